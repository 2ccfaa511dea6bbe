#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flatline {

/// What a CSV file may hold at most.
inline constexpr std::size_t maxCsvBytes = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t maxCsvColumns = 256;
inline constexpr std::size_t maxCsvRows = 1'000'000;

/// One cell of a CSV text.
struct CsvCell {
    std::string_view text; ///< without its quotes; valid until the next cell is read
    std::size_t begin = 0; ///< where it begins in the text, its opening quote included
    std::size_t end = 0;   ///< one past its last character
    bool lastOfRow = false;
};

/// Walks over the cells of a CSV text: RFC 4180 in UTF-8, with or without a byte order mark, lines ended by
/// CRLF or LF, cells separated by ',' or ';' or TAB (whichever the first row has most of). Knows nothing of
/// what the cells mean. The text must outlive it.
class CsvScanner {
public:
    /// Errors: too large, not UTF-8, a NUL, nothing but line breaks.
    [[nodiscard]] static Result<CsvScanner> create(std::string_view text, std::string fileName);

    /// False behind the last row. Line breaks at the end of the text are no rows.
    [[nodiscard]] bool hasRow() const { return m_at < m_text.size(); }
    /// The next cell of the row. Errors: an unterminated quote, a quote or a CR at the wrong place.
    [[nodiscard]] std::optional<Error> next(CsvCell& cell);

    [[nodiscard]] char separator() const { return m_separator; }
    /// Where the next cell begins.
    [[nodiscard]] std::size_t position() const { return m_at; }
    /// How much there is from there on, in bytes.
    [[nodiscard]] std::size_t rest() const { return m_text.size() - m_at; }
    /// FILE:LINE:COLUMN of a place in the text, counted from 1, columns in characters.
    [[nodiscard]] std::string where(std::size_t place) const;
    [[nodiscard]] Error errorAt(std::size_t place, std::string text, std::vector<std::string> arguments = {}) const;

private:
    CsvScanner(std::string_view text, std::string fileName)
        : m_text(text)
        , m_fileName(std::move(fileName)) {}
    [[nodiscard]] std::optional<Error> nextQuoted(CsvCell& cell);
    [[nodiscard]] std::optional<Error> endCell(CsvCell& cell, std::size_t end);

    std::string_view m_text; ///< without the byte order mark
    std::string m_fileName;
    std::string m_unescaped; ///< the text of a cell that has quotes within
    std::size_t m_at = 0;
    char m_separator = ',';
};

/// A cell or a name for a message: one line, cut where it is long.
[[nodiscard]] std::string shownText(std::string_view text);

} // namespace flatline
