#include "core/data/csv_reader.h"

#include "core/base/number_text.h"
#include "core/data/csv_header.h"
#include "core/data/csv_number.h"
#include "core/data/csv_scanner.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace flatline {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Numbers the distinct target cells in order of first appearance.
class TargetColumn {
public:
    void add(std::string_view text, std::size_t place, bool decimalComma) {
        auto known = m_numbers.find(text);
        if (known == m_numbers.end()) {
            known = m_numbers.emplace(std::string(text), static_cast<int>(m_texts.size())).first;
            m_texts.emplace_back(text);
            m_places.push_back(place);
            m_values.push_back(parseCsvNumber(text, decimalComma));
        }
        m_rows.push_back(known->second);
    }

    /// A text anywhere makes the column one of classes; else every number must be finite.
    std::optional<Error> finish(const CsvScanner& scanner, CsvTable& table) {
        const auto is = [](CsvNumber::Kind kind) {
            return [kind](const CsvNumber& number) { return number.kind == kind; };
        };
        const auto text = std::find_if(m_values.begin(), m_values.end(), is(CsvNumber::Kind::NotANumber));
        const auto bad = std::find_if_not(m_values.begin(), m_values.end(), is(CsvNumber::Kind::Finite));
        const auto placeOf = [&](auto number) { return m_places[static_cast<std::size_t>(number - m_values.begin())]; };
        if (text != m_values.end()) {
            table.targetPlace = scanner.where(placeOf(text));
        } else if (bad != m_values.end()) {
            const std::string& cell = m_texts[static_cast<std::size_t>(bad - m_values.begin())];
            const Message message = numberMessage(bad->kind, cell, table.targetName);
            return scanner.errorAt(placeOf(bad), message.text, message.arguments);
        } else {
            mergeEqualNumbers();
            for (const CsvNumber& number : m_values)
                table.targetNumbers.push_back(number.value);
        }
        table.targetTexts = std::move(m_texts);
        table.targets = std::move(m_rows);
        return std::nullopt;
    }

private:
    /// "1" and "1.0" are one value.
    void mergeEqualNumbers() {
        std::unordered_map<double, int> first;
        std::vector<int> merged(m_texts.size());
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_texts.size(); ++i) {
            const auto [entry, isNew] = first.emplace(m_values[i].value, static_cast<int>(kept));
            merged[i] = entry->second;
            if (!isNew)
                continue;
            if (kept != i) {
                m_texts[kept] = std::move(m_texts[i]);
                m_values[kept] = m_values[i];
            }
            ++kept;
        }
        m_texts.resize(kept);
        m_values.resize(kept);
        for (int& row : m_rows)
            row = merged[static_cast<std::size_t>(row)];
    }

    std::unordered_map<std::string, int, TextHash, std::equal_to<>> m_numbers;
    std::vector<std::string> m_texts;
    std::vector<std::size_t> m_places; ///< of each text's first appearance
    std::vector<CsvNumber> m_values;
    std::vector<int> m_rows;
};

std::string count(std::size_t value) {
    return toText(static_cast<std::int64_t>(value));
}

/// Reads the rows below the header, one cell at a time.
class RowReader {
public:
    RowReader(CsvScanner& scanner, const CsvHeader& header, std::size_t target)
        : m_scanner(scanner)
        , m_header(header)
        , m_target(target)
        , m_decimalComma(scanner.separator() != ',') {}

    /// A row has as many cells as the header: no more, no fewer.
    std::optional<Error> readRow(CsvTable& table) {
        CsvCell cell;
        std::size_t column = 0;
        std::size_t surplus = 0; ///< where the first cell too many begins
        for (; !cell.lastOfRow; ++column) {
            if (auto error = m_scanner.next(cell))
                return error;
            if (column == m_header.names.size())
                surplus = cell.begin;
            if (column >= m_header.names.size())
                continue;
            if (cell.lastOfRow && column + 1 < m_header.names.size())
                return raggedRow(cell.end, column + 1);
            if (auto error = readCell(cell, column, table))
                return error;
        }
        if (column > m_header.names.size())
            return raggedRow(surplus, column);
        return std::nullopt;
    }

    std::optional<Error> finish(CsvTable& table) { return m_targets.finish(m_scanner, table); }

private:
    std::optional<Error> readCell(const CsvCell& cell, std::size_t column, CsvTable& table) {
        const std::string_view text = trimmed(cell.text);
        if (column == m_target && !text.empty()) {
            m_targets.add(text, cell.begin, m_decimalComma);
            return std::nullopt;
        }
        const CsvNumber number = parseCsvNumber(text, m_decimalComma);
        if (number.kind != CsvNumber::Kind::Finite) {
            const Message message = numberMessage(number.kind, text, m_header.names[column]);
            return m_scanner.errorAt(cell.begin, message.text, message.arguments);
        }
        table.features.push_back(number.value);
        return std::nullopt;
    }

    Error raggedRow(std::size_t place, std::size_t cells) const {
        return m_scanner.errorAt(place,
                                 FLATLINE_TEXT("this row has %1 cells, but the header names %2 columns; give "
                                               "every row as many cells as the header"),
                                 {count(cells), count(m_header.names.size())});
    }

    CsvScanner& m_scanner;
    const CsvHeader& m_header;
    std::size_t m_target;
    bool m_decimalComma;
    TargetColumn m_targets;
};

/// After so many rows it is clear about how many there will be: room for all of them at once, instead of moving them
/// again and again.
constexpr std::size_t rowsSeenBefore = 100;

std::optional<Error> readRows(CsvScanner& scanner, RowReader& reader, CsvTable& table) {
    if (!scanner.hasRow())
        return scanner.errorAt(scanner.position(),
                               FLATLINE_TEXT("only a header; below the column names there must be at least one row"));
    const std::size_t begin = scanner.position();
    for (std::size_t row = 0; scanner.hasRow(); ++row) {
        if (row == rowsSeenBefore) {
            const double share = static_cast<double>(scanner.rest()) / static_cast<double>(scanner.position() - begin);
            const double rows = std::min(1.05 * (1.0 + share) * rowsSeenBefore, double{maxCsvRows});
            table.features.reserve(static_cast<std::size_t>(rows) * table.featureNames.size());
        }
        if (row == maxCsvRows)
            return scanner.errorAt(scanner.position(),
                                   FLATLINE_TEXT("more than 1,000,000 rows; take a sample of them"));
        if (auto error = reader.readRow(table))
            return error;
    }
    return reader.finish(table);
}

} // namespace

Result<CsvTable> readCsv(std::string_view text, const std::string& fileName, std::string_view target) {
    auto scanner = CsvScanner::create(text, fileName);
    if (!scanner)
        return scanner.error();
    const auto header = readCsvHeader(scanner.value());
    if (!header)
        return header.error();
    const auto column = findTarget(scanner.value(), header.value(), target);
    if (!column)
        return column.error();

    CsvTable table;
    table.featureNames = header.value().names;
    table.targetName = header.value().names[column.value()];
    table.featureNames.erase(table.featureNames.begin() + static_cast<std::ptrdiff_t>(column.value()));
    table.targetPlace = scanner.value().where(header.value().places[column.value()]);
    RowReader reader(scanner.value(), header.value(), column.value());
    if (auto error = readRows(scanner.value(), reader, table))
        return *error;
    return table;
}

} // namespace flatline
