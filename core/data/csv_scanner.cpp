#include "core/data/csv_scanner.h"

#include "core/base/number_text.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <array>

namespace flatline {
namespace {

/// The separator of which the first row has most outside of quotes; the earlier of two that tie.
char mostFrequentSeparator(std::string_view text) {
    constexpr std::array separators{',', ';', '\t'};
    std::array<std::size_t, separators.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '\n')
            break;
        for (std::size_t i = 0; i < separators.size(); ++i)
            counts[i] += c == separators[i] ? 1 : 0;
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return separators[static_cast<std::size_t>(most - counts.begin())];
}

/// Keeps one line break of those at the end, so that the place behind the last row is a line of its own.
std::string_view withoutBlankEnd(std::string_view text) {
    const std::size_t last = text.find_last_not_of("\r\n");
    if (last == std::string_view::npos)
        return {};
    return text.substr(0, text.find('\n', last) == std::string_view::npos ? last + 1 : text.find('\n', last) + 1);
}

} // namespace

Result<CsvScanner> CsvScanner::create(std::string_view text, std::string fileName) {
    if (text.size() > maxCsvBytes)
        return badInput(std::move(fileName),
                        FLATLINE_TEXT("the file has more than 64 MB; shorten it or take a sample of its rows"));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    CsvScanner scanner(text, std::move(fileName));
    if (const std::size_t bad = firstInvalidUtf8(text); bad != std::string_view::npos)
        return scanner.errorAt(bad, FLATLINE_TEXT("this is not UTF-8 text; save the file as CSV in UTF-8"));
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return scanner.errorAt(nul, FLATLINE_TEXT("a NUL character; save the file as CSV in UTF-8"));
    scanner.m_text = withoutBlankEnd(text);
    if (scanner.m_text.empty())
        return scanner.errorAt(0, FLATLINE_TEXT("the file is empty; it needs a row of column names and rows of "
                                                "numbers"));
    scanner.m_separator = mostFrequentSeparator(text);
    return scanner;
}

std::optional<Error> CsvScanner::next(CsvCell& cell) {
    cell.begin = m_at;
    if (m_at < m_text.size() && m_text[m_at] == '"')
        return nextQuoted(cell);
    std::size_t end = m_at;
    while (end < m_text.size()) {
        const char c = m_text[end];
        if (c == m_separator || c == '\n' || c == '\r')
            break;
        if (c == '"')
            return errorAt(cell.begin, FLATLINE_TEXT("a quote inside a cell that does not begin with one; put the "
                                                     "whole cell in quotes and double those within"));
        ++end;
    }
    cell.text = m_text.substr(m_at, end - m_at);
    return endCell(cell, end);
}

std::optional<Error> CsvScanner::nextQuoted(CsvCell& cell) {
    m_unescaped.clear();
    std::size_t from = m_at + 1;
    for (;;) {
        const std::size_t quote = m_text.find('"', from);
        if (quote == std::string_view::npos)
            return errorAt(cell.begin, FLATLINE_TEXT("the quote that opens this cell is never closed; end the "
                                                     "cell with a quote"));
        const std::string_view piece = m_text.substr(from, quote - from);
        if (quote + 1 < m_text.size() && m_text[quote + 1] == '"') {
            m_unescaped.append(piece).push_back('"');
            from = quote + 2;
            continue;
        }
        // Most quoted cells have no quote within, and need no copy.
        cell.text = m_unescaped.empty() ? piece : std::string_view(m_unescaped.append(piece));
        return endCell(cell, quote + 1);
    }
}

std::optional<Error> CsvScanner::endCell(CsvCell& cell, std::size_t end) {
    cell.end = end;
    cell.lastOfRow = true;
    m_at = end;
    if (end == m_text.size())
        return std::nullopt;
    const char c = m_text[end];
    const bool lineFeedNext = end + 1 < m_text.size() && m_text[end + 1] == '\n';
    if (c == m_separator) {
        cell.lastOfRow = false;
        m_at = end + 1;
    } else if (c == '\n') {
        m_at = end + 1;
    } else if (c == '\r' && lineFeedNext) {
        m_at = end + 2;
    } else if (c == '\r') {
        return errorAt(cell.begin, FLATLINE_TEXT("a carriage return without a line feed behind this cell; end lines "
                                                 "with LF or CRLF"));
    } else {
        return errorAt(cell.begin, FLATLINE_TEXT("text after the quote that closes this cell; double the quotes "
                                                 "within a quoted cell"));
    }
    return std::nullopt;
}

std::string CsvScanner::where(std::size_t place) const {
    const std::string_view before = std::string_view(m_text.data(), place);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lineBreak = before.rfind('\n');
    const auto column = 1 + characterCount(lineBreak == std::string_view::npos ? before : before.substr(lineBreak + 1));
    return m_fileName + ':' + toText(static_cast<std::int64_t>(line)) + ':' + toText(static_cast<std::int64_t>(column));
}

Error CsvScanner::errorAt(std::size_t place, std::string text, std::vector<std::string> arguments) const {
    return badInput(where(place), std::move(text), std::move(arguments));
}

std::string shownText(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string shown(firstCharacters(text, longest));
    const bool cut = shown.size() < text.size();
    for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return cut ? shown + "…" : shown;
}

} // namespace flatline
