#include "core/data/csv_header.h"

#include "core/base/number_text.h"

#include <algorithm>

namespace flatline {
namespace {

std::string number(std::size_t value) {
    return toText(static_cast<std::int64_t>(value));
}

std::optional<Error> checkName(const CsvScanner& scanner, const CsvHeader& header, const CsvCell& cell) {
    const std::string_view name = trimmed(cell.text);
    if (header.names.size() == maxCsvColumns)
        return scanner.errorAt(cell.begin, FLATLINE_TEXT("more than 256 columns; leave some out"));
    if (name.empty())
        return scanner.errorAt(cell.begin, FLATLINE_TEXT("column %1 has no name; the first row must name every column"),
                               {number(header.names.size() + 1)});
    const auto same = std::find(header.names.begin(), header.names.end(), name);
    if (same != header.names.end())
        return scanner.errorAt(cell.begin,
                               FLATLINE_TEXT("\"%1\" is already the name of column %2; give each column a name "
                                             "of its own"),
                               {shownText(name), number(static_cast<std::size_t>(same - header.names.begin()) + 1)});
    return std::nullopt;
}

/// All names, or the first of very many.
std::string nameList(const std::vector<std::string>& names) {
    constexpr std::size_t most = 20;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        list += (i == 0 ? "" : ", ") + shownText(names[i]);
    return names.size() > most ? list + ", …" : list;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

Result<CsvHeader> readCsvHeader(CsvScanner& scanner) {
    CsvHeader header;
    CsvCell cell;
    while (!cell.lastOfRow) {
        if (auto error = scanner.next(cell))
            return *error;
        if (auto error = checkName(scanner, header, cell))
            return *error;
        header.names.emplace_back(trimmed(cell.text));
        header.places.push_back(cell.begin);
    }
    return header;
}

Result<std::size_t> findTarget(const CsvScanner& scanner, const CsvHeader& header, std::string_view target) {
    target = trimmed(target);
    auto found = std::find(header.names.begin(), header.names.end(), target);
    if (target.empty())
        found = header.names.end() - 1;
    if (found == header.names.end())
        return scanner.errorAt(0, FLATLINE_TEXT("no column is called \"%1\" (data.target); the columns are %2"),
                               {shownText(target), nameList(header.names)});
    if (header.names.size() == 1)
        return scanner.errorAt(0, FLATLINE_TEXT("only one column; a table needs a target and at least one other "
                                                "column, separated by a comma, a semicolon or a TAB"));
    return static_cast<std::size_t>(found - header.names.begin());
}

} // namespace flatline
