#include "core/lessons/keyed_lines.h"

#include "core/base/number_text.h"
#include "core/data/csv_header.h"

#include <algorithm>
#include <set>

namespace flatline {

namespace {

std::string keysText(const std::vector<KeyRule>& rules) {
    std::string text;
    for (const KeyRule& rule : rules)
        text += (text.empty() ? "" : ", ") + std::string(rule.key) + (rule.named ? " NAME" : "");
    return text;
}

Result<KeyedLine> parsed(const SourceLine& line, const std::string& file) {
    const auto split = splitAt(line.text, ":");
    if (!split || split->first.empty())
        return badInput(placeIn(file, line.line), FLATLINE_TEXT("\"%1\" is no \"key: value\""), {line.text});
    KeyedLine keyed{file, line.line, split->first, {}, split->second};
    if (const auto named = splitAt(split->first, " ")) {
        keyed.key = named->first;
        keyed.name = named->second;
    }
    return keyed;
}

} // namespace

Error KeyedLine::error(std::string text, std::vector<std::string> arguments) const {
    return badInput(placeIn(file, line, key), std::move(text), std::move(arguments));
}

Result<double> KeyedLine::real(double least, double most) const {
    const auto number = parseReal(value);
    if (!number || !(*number >= least && *number <= most))
        return error(FLATLINE_TEXT("\"%1\" is no number from %2 to %3"), {value, toText(least), toText(most)});
    return *number;
}

Result<std::int64_t> KeyedLine::count(std::int64_t least, std::int64_t most) const {
    const auto number = parseInteger(value);
    if (!number || *number < least || *number > most)
        return error(FLATLINE_TEXT("\"%1\" is no whole number from %2 to %3"), {value, toText(least), toText(most)});
    return *number;
}

Result<void> readKeyed(const std::vector<SourceLine>& lines, const std::string& file,
                       const std::vector<KeyRule>& rules) {
    std::set<std::string> seen;
    for (const SourceLine& line : lines) {
        if (trimmed(line.text).empty())
            continue;
        const Result<KeyedLine> keyed = parsed(line, file);
        if (!keyed)
            return keyed.error();
        const KeyedLine& found = keyed.value();
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const KeyRule& r) { return r.key == found.key; });
        if (rule == rules.end() || rule->named == found.name.empty())
            return found.error(FLATLINE_TEXT("there is no such key here; there are %1"), {keysText(rules)});
        if (!seen.insert(found.key + ' ' + found.name).second && !rule->repeats)
            return found.error(FLATLINE_TEXT("this key stands here twice; once would be right"));
        if (found.value.empty())
            return found.error(FLATLINE_TEXT("there is no value behind the colon"));
        if (Result<void> read = rule->read(found); !read)
            return read;
    }
    return {};
}

std::optional<std::pair<std::string, std::string>> splitAt(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return std::nullopt;
    return std::pair{std::string(trimmed(text.substr(0, at))), std::string(trimmed(text.substr(at + mark.size())))};
}

std::vector<std::string> splitAll(std::string_view text, char mark) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(mark);
        parts.emplace_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

} // namespace flatline
