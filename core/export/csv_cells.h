#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>

namespace flatline {

/// The shortest text that reads back to the same float32; "inf" and "nan" for what is not finite. A value
/// that is finite and not 0, but no float32 holds, keeps its double: neither a huge loss nor a tiny gradient
/// becomes a lie.
[[nodiscard]] std::string realCell(double value);
[[nodiscard]] std::string countCell(std::int64_t value);

/// Writes rows of finished cells.
class CsvRow {
public:
    explicit CsvRow(std::ostream& out)
        : m_out(out) {}
    CsvRow& add(std::string_view cell);
    CsvRow& add(std::initializer_list<std::string_view> cells);
    void end();

private:
    std::ostream& m_out;
    bool m_first = true;
};

} // namespace flatline
