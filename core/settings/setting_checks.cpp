#include "core/base/number_text.h"
#include "core/settings/setting_table.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr std::size_t mostLayers = 100;

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

/// A bound as people write it: 1000000, not 1e+06.
std::string boundText(double bound) {
    return bound == std::floor(bound) ? toText(static_cast<std::int64_t>(bound)) : toText(bound);
}

/// The value as an error quotes it.
std::string quoted(const SettingValue& value) {
    if (std::holds_alternative<std::string>(value))
        return '"' + std::get<std::string>(value) + '"';
    if (std::holds_alternative<std::vector<int>>(value))
        return '[' + settingText(value) + ']';
    return settingText(value);
}

bool within(const SettingRow& row, double number) {
    return number >= row.minimum && number <= row.maximum;
}

/// The value in the row's own type and range; nothing where it is not.
std::optional<SettingValue> asInteger(const SettingRow& row, const SettingValue& value) {
    if (const auto* real = std::get_if<double>(&value)) {
        if (!within(row, *real) || *real != std::floor(*real))
            return std::nullopt;
        return static_cast<std::int64_t>(*real);
    }
    const auto* whole = std::get_if<std::int64_t>(&value);
    // The bounds are whole doubles below 2^53, so that this comparison is exact.
    if (whole == nullptr || *whole < static_cast<std::int64_t>(row.minimum) ||
        *whole > static_cast<std::int64_t>(row.maximum))
        return std::nullopt;
    return value;
}

std::optional<SettingValue> asReal(const SettingRow& row, const SettingValue& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    if (whole == nullptr && real == nullptr)
        return std::nullopt;
    const double number = whole != nullptr ? static_cast<double>(*whole) : *real;
    return within(row, number) ? std::optional<SettingValue>{number} : std::nullopt;
}

std::optional<SettingValue> asBoolean(const SettingRow&, const SettingValue& value) {
    return std::holds_alternative<bool>(value) ? std::optional{value} : std::nullopt;
}

std::optional<SettingValue> asText(const SettingRow&, const SettingValue& value) {
    return std::holds_alternative<std::string>(value) ? std::optional{value} : std::nullopt;
}

std::optional<SettingValue> asChoice(const SettingRow& row, const SettingValue& value) {
    const auto* id = std::get_if<std::string>(&value);
    if (id == nullptr || !std::ranges::count(row.choices(), *id))
        return std::nullopt;
    return value;
}

std::optional<SettingValue> asWidths(const SettingRow& row, const SettingValue& value) {
    const auto* widths = std::get_if<std::vector<int>>(&value);
    if (widths == nullptr || widths->size() > mostLayers ||
        !std::ranges::all_of(*widths, [&row](int width) { return within(row, width); }))
        return std::nullopt;
    return value;
}

std::optional<SettingValue> booleanFromText(std::string_view text) {
    if (text == "true" || text == "false")
        return text == "true";
    return std::nullopt;
}

std::optional<SettingValue> numberFromText(std::string_view text) {
    if (const auto whole = parseInteger(text))
        return *whole;
    if (const auto real = parseReal(text))
        return *real;
    return std::nullopt;
}

std::optional<SettingValue> textFromText(std::string_view text) {
    return std::string(text);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::optional<SettingValue> widthsFromText(std::string_view text) {
    std::vector<int> widths;
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = trimmed(text.substr(1, text.size() - 2)); // as the file has it, and as errors quote it
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto width = parseInteger(trimmed(text.substr(0, comma)));
        const bool trailing = comma + 1 == text.size();
        if (!width || std::abs(*width) > 1000000 || trailing)
            return std::nullopt;
        widths.push_back(static_cast<int>(*width));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return widths;
}

/// What the kinds of settings differ in, in the order of SettingKind.
struct KindRow {
    std::optional<SettingValue> (*convert)(const SettingRow&, const SettingValue&);
    std::optional<SettingValue> (*fromText)(std::string_view);
    const char* complaint; ///< %1: the value, %2 and %3: the range, %4: the choices
};
constexpr KindRow kinds[]{
    {asBoolean, booleanFromText, FLATLINE_TEXT("%1 is neither true nor false")},
    {asInteger, numberFromText, FLATLINE_TEXT("%1 is not a whole number from %2 to %3")},
    {asReal, numberFromText, FLATLINE_TEXT("%1 is not a number from %2 to %3")},
    {asChoice, textFromText, FLATLINE_TEXT("%1 is not one of: %4")},
    {asText, textFromText, FLATLINE_TEXT("%1 is not a text")},
    {asWidths, widthsFromText,
     FLATLINE_TEXT("%1 is not a list of at most 100 layers, each a whole number from %2 to %3")},
};
const KindRow& kindOf(const SettingRow& row) {
    return kinds[static_cast<std::size_t>(row.kind)];
}

Error unknownSetting(std::string_view path) {
    const std::size_t dot = path.find('.');
    const std::string group(path.substr(0, dot == std::string_view::npos ? 0 : dot + 1));
    std::vector<std::string> inGroup;
    std::vector<std::string> all;
    for (const SettingRow& row : settingTable()) {
        all.emplace_back(row.path);
        if (!group.empty() && all.back().starts_with(group))
            inGroup.push_back(all.back());
    }
    return badInput(std::string(path), FLATLINE_TEXT("there is no such setting; known are: %1"),
                    {joined(inGroup.empty() ? all : inGroup)});
}

} // namespace

Error settingError(const SettingRow& row, const std::string& shown) {
    return badInput(row.path, kindOf(row).complaint,
                    {shown, boundText(row.minimum), boundText(row.maximum),
                     row.choices != nullptr ? joined(row.choices()) : std::string{}});
}

Result<void> setSetting(Settings& settings, std::string_view path, const SettingValue& value) {
    const SettingRow* row = findSetting(path);
    if (row == nullptr)
        return unknownSetting(path);
    std::optional<SettingValue> converted;
    if (row->optional && std::holds_alternative<std::monostate>(value))
        converted = value;
    else
        converted = kindOf(*row).convert(*row, value);
    if (!converted)
        return settingError(*row, quoted(value));
    row->set(settings, *converted);
    return {};
}

Result<void> setSettingFromText(Settings& settings, std::string_view path, std::string_view text) {
    const SettingRow* row = findSetting(path);
    if (row == nullptr)
        return unknownSetting(path);
    if (row->optional && (text.empty() || text == "null"))
        return setSetting(settings, path, {});
    // A text that cannot be read as the setting's kind goes on as a text, and is refused with the right
    // complaint.
    return setSetting(settings, path, kindOf(*row).fromText(text).value_or(std::string(text)));
}

std::string settingText(const SettingValue& value) {
    if (std::holds_alternative<std::monostate>(value))
        return "null";
    if (const auto* truth = std::get_if<bool>(&value))
        return *truth ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return toText(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return toText(*real);
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    std::string list;
    for (const int width : std::get<std::vector<int>>(value))
        list.append(list.empty() ? "" : ",").append(toText(std::int64_t{width}));
    return list;
}

} // namespace flatline
