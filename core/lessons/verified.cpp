#include "core/lessons/verified.h"

#include "core/base/number_text.h"
#include "core/data/csv_scanner.h"
#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>

namespace flatline {
namespace {

constexpr std::array<std::string_view, 8> columns{"id", "seeds", "held", "low", "high", "promised", "median", "hash"};

/// Reads the cells of a row, one after the other, each by its column's name.
class RowReader {
public:
    explicit RowReader(CsvScanner& cells)
        : m_cells(cells) {}

    Result<std::string> text() {
        CsvCell cell;
        if (auto error = m_cells.next(cell))
            return *error;
        m_begin = cell.begin;
        ++m_column;
        if (cell.lastOfRow != (m_column == columns.size()))
            return m_cells.errorAt(m_begin, FLATLINE_TEXT("a row has %1 cells"),
                                   {toText(static_cast<std::int64_t>(columns.size()))});
        return std::string(cell.text);
    }
    Result<void> count(int& into) {
        const auto cell = text();
        if (!cell)
            return cell.error();
        const auto value = parseInteger(cell.value());
        if (!value || *value < 0 || *value > std::numeric_limits<int>::max())
            return wrong(cell.value());
        into = static_cast<int>(*value);
        return {};
    }
    /// Empty: not a number.
    Result<void> real(double& into) {
        const auto cell = text();
        if (!cell)
            return cell.error();
        const auto value = parseReal(cell.value());
        if (!value && !cell.value().empty())
            return wrong(cell.value());
        into = value.value_or(std::numeric_limits<double>::quiet_NaN());
        return {};
    }
    Result<void> text(std::string& into) {
        auto cell = text();
        if (!cell)
            return cell.error();
        into = std::move(cell).value();
        return {};
    }

private:
    [[nodiscard]] Error wrong(const std::string& cell) const {
        return m_cells.errorAt(m_begin, FLATLINE_TEXT("\"%1\" is no figure for the column %2"),
                               {shownText(cell), std::string(columns[m_column - 1])});
    }

    CsvScanner& m_cells;
    std::size_t m_column = 0;
    std::size_t m_begin = 0;
};

Result<VerifiedClaim> readRow(CsvScanner& cells) {
    VerifiedClaim claim;
    RowReader row(cells);
    for (const auto& read :
         {row.text(claim.id), row.count(claim.seeds), row.count(claim.held), row.real(claim.low), row.real(claim.high),
          row.real(claim.promised), row.real(claim.median), row.text(claim.hash)})
        if (!read)
            return read.error();
    return claim;
}

Result<void> readHeader(CsvScanner& cells) {
    RowReader row(cells);
    for (const std::string_view column : columns) {
        const std::size_t begin = cells.position();
        const auto name = row.text();
        if (!name)
            return name.error();
        if (name.value() != column)
            return cells.errorAt(begin, FLATLINE_TEXT("the column %1 is needed here"), {std::string(column)});
    }
    return {};
}

std::string comparisonText(const Comparison& holds) {
    return toText(static_cast<std::int64_t>(holds.kind)) + ' ' + toText(holds.low) + ' ' + toText(holds.high);
}

std::string medianCell(double median) {
    return std::isnan(median) ? std::string() : toText(median);
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo 1991): h <- (h xor byte) * prime.
std::uint64_t hashOf(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return hash;
}

} // namespace

Result<std::vector<VerifiedClaim>> readVerified(std::string_view text, const std::string& fileName) {
    auto cells = CsvScanner::create(text, fileName);
    if (!cells)
        return cells.error();
    if (const auto header = readHeader(cells.value()); !header)
        return header.error();
    std::vector<VerifiedClaim> claims;
    while (cells.value().hasRow()) {
        auto claim = readRow(cells.value());
        if (!claim)
            return claim.error();
        claims.push_back(std::move(claim).value());
    }
    return claims;
}

void writeVerified(std::ostream& out, std::span<const VerifiedClaim> claims) {
    CsvRow row(out);
    for (const std::string_view column : columns)
        row.add(column);
    row.end();
    for (const VerifiedClaim& claim : claims) {
        row.add({csvCell(claim.id), countCell(claim.seeds), countCell(claim.held), toText(claim.low),
                 toText(claim.high), toText(claim.promised), medianCell(claim.median), claim.hash});
        row.end();
    }
}

const VerifiedClaim* findVerified(std::span<const VerifiedClaim> claims, std::string_view id, std::string_view hash) {
    for (const VerifiedClaim& claim : claims)
        if (claim.id == id && claim.hash == hash)
            return &claim;
    return nullptr;
}

std::string claimHash(const Claim& claim, std::span<const std::string> experiments) {
    std::string all = toText(claim.steps) + '\n' + claim.measure + '\n' + comparisonText(claim.holds);
    for (std::size_t run = 0; run < claim.runs.size(); ++run)
        all += '\n' + claim.runs[run].name + '\n' + (run < experiments.size() ? experiments[run] : std::string());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    std::uint64_t hash = hashOf(all);
    for (int i = 0; i < 16; ++i, hash >>= 4U)
        text.insert(text.begin(), digits[hash & 15U]);
    return text;
}

} // namespace flatline
