#include "core/export/csv_cells.h"

#include "core/base/number_text.h"
#include "core/export/csv_files.h"

#include <cmath>
#include <limits>
#include <ostream>

namespace flatline {

std::string csvCell(std::string_view text) {
    constexpr std::string_view armed = "=+-@\t\r";
    std::string cell;
    if (!text.empty() && armed.find(text.front()) != std::string_view::npos)
        cell += '\'';
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string realCell(double value) {
    using Float = std::numeric_limits<float>;
    if (std::isnan(value))
        return {};
    const double size = std::abs(value);
    const bool beyond = std::isfinite(value) && size > static_cast<double>(Float::max());
    const bool below = size > 0.0 && size < static_cast<double>(Float::denorm_min());
    return beyond || below ? toText(value) : toText(static_cast<float>(value));
}

std::string lossCell(double value) {
    return realCell(std::isnan(value) ? std::numeric_limits<double>::infinity() : value);
}

std::string countCell(std::int64_t value) {
    return toText(value);
}

CsvRow& CsvRow::add(std::string_view cell) {
    if (!m_first)
        m_out << ',';
    m_first = false;
    m_out << cell;
    return *this;
}

CsvRow& CsvRow::add(std::initializer_list<std::string_view> cells) {
    for (const std::string_view cell : cells)
        add(cell);
    return *this;
}

CsvRow& CsvRow::add(std::span<const std::string> cells) {
    for (const std::string& cell : cells)
        add(std::string_view(cell));
    return *this;
}

void CsvRow::end() {
    m_out << "\r\n";
    m_first = true;
}

} // namespace flatline
