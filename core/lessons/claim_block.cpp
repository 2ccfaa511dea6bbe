#include "core/base/number_text.h"
#include "core/lessons/keyed_lines.h"
#include "core/lessons/lesson_blocks.h"

#include <algorithm>
#include <array>

namespace flatline {

namespace {

constexpr std::int64_t mostSteps = 1'000'000;

Result<Comparison> readComparison(const KeyedLine& line) {
    static constexpr std::array<std::pair<std::string_view, Comparison::Kind>, 5> signs{
        {{"<=", Comparison::Kind::AtMost}, // before the shorter ones
         {">=", Comparison::Kind::AtLeast},
         {"<", Comparison::Kind::Less},
         {">", Comparison::Kind::Greater},
         {"=", Comparison::Kind::Equal}}};
    const auto error = [&] {
        return line.error(FLATLINE_TEXT("\"%1\" asks for nothing; right would be < 1, <= 1, = 1, >= 1, > 1 or 1 to 2"),
                          {line.value});
    };
    for (const auto& [sign, kind] : signs) {
        if (!line.value.starts_with(sign))
            continue;
        const auto number = parseReal(splitAt(line.value, sign)->second);
        return number ? Result<Comparison>(Comparison{kind, *number, 0.0}) : error();
    }
    const auto ends = splitAt(line.value, " to ");
    const auto low = ends ? parseReal(ends->first) : std::nullopt;
    const auto high = ends ? parseReal(ends->second) : std::nullopt;
    if (!low || !high || *low > *high)
        return error();
    return Comparison{Comparison::Kind::Between, *low, *high};
}

Result<double> readShare(const KeyedLine& line) {
    const auto percent = splitAt(line.value, "%");
    const auto number = percent && percent->second.empty() ? parseReal(percent->first) : std::nullopt;
    if (!number || !(*number >= 0.0 && *number <= 100.0))
        return line.error(FLATLINE_TEXT("\"%1\" is no share; from 0 % to 100 % would be right"), {line.value});
    return *number / 100.0;
}

Result<void> readRun(const KeyedLine& line, Claim& claim) {
    ClaimRun run;
    run.name = line.name;
    run.line = line.line;
    if (line.value != "as it is")
        for (const std::string& text : splitAll(line.value, ';')) {
            const auto change = readTextChange(line, text);
            if (!change)
                return change.error();
            run.set.push_back(change.value());
        }
    claim.runs.push_back(std::move(run));
    return {};
}

/// Stores a text or a number where reading it went well.
template <class T>
Result<void> keep(const Result<T>& read, T& place) {
    if (!read)
        return read.error();
    place = read.value();
    return {};
}

std::vector<KeyRule> rulesFor(Claim& claim) {
    const auto text = [](std::string& place) {
        return [&place](const KeyedLine& line) { return keep(Result<std::string>(line.value), place); };
    };
    return {
        {"id", false, false, text(claim.id)},
        {"says", false, false, text(claim.says)},
        {"corrects", false, false, text(claim.corrects)},
        {"experiment", false, false, text(claim.experiment)},
        {"run", true, true, [&claim](const KeyedLine& line) { return readRun(line, claim); }},
        {"steps", false, false,
         [&claim](const KeyedLine& line) { return keep(line.count(0, mostSteps), claim.steps); }},
        {"measure", false, false,
         [&claim](const KeyedLine& line) {
             claim.measureLine = line.line;
             return keep(Result<std::string>(line.value), claim.measure);
         }},
        {"holds", false, false, [&claim](const KeyedLine& line) { return keep(readComparison(line), claim.holds); }},
        {"promised", false, false, [&claim](const KeyedLine& line) { return keep(readShare(line), claim.promised); }},
    };
}

} // namespace

bool Comparison::holds(double value) const {
    switch (kind) {
    case Kind::Less:
        return value < low;
    case Kind::AtMost:
        return value <= low;
    case Kind::Equal:
        return value == low;
    case Kind::AtLeast:
        return value >= low;
    case Kind::Greater:
        return value > low;
    case Kind::Between:
        return value >= low && value <= high;
    }
    return false;
}

Result<Claim> readClaimBlock(const SourceBlock& block, const std::string& file) {
    Claim claim;
    claim.line = block.line;
    std::vector<std::string> given;
    std::vector<KeyRule> rules = rulesFor(claim);
    for (KeyRule& rule : rules)
        rule.read = [&given, read = rule.read](const KeyedLine& line) {
            given.push_back(line.key);
            return read(line);
        };
    if (Result<void> read = readKeyed(block.lines, file, rules); !read)
        return read.error();
    for (const char* key : {"id", "says", "experiment", "steps", "measure", "holds"})
        if (std::find(given.begin(), given.end(), key) == given.end())
            return badInput(placeIn(file, block.line, key), FLATLINE_TEXT("a claim needs this key"));
    for (std::size_t i = 0; i < claim.runs.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (claim.runs[i].name == claim.runs[k].name)
                return badInput(placeIn(file, claim.runs[i].line, "run"),
                                FLATLINE_TEXT("\"%1\" is the name of two runs"), {claim.runs[i].name});
    if (claim.runs.empty())
        claim.runs.push_back({"run", {}, block.line});
    return claim;
}

} // namespace flatline
