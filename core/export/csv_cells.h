#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace flatline {

/// The shortest text that reads back to the same float32; "inf" for what is infinite, nothing for what is no number.
/// A value that is finite and not 0, but no float32 holds, keeps its double: neither a huge loss nor a tiny gradient
/// becomes a lie.
[[nodiscard]] std::string realCell(double value);
/// A loss is no number only where what it is made of is too large for a float32: "inf", too.
[[nodiscard]] std::string lossCell(double value);
[[nodiscard]] std::string countCell(std::int64_t value);

/// Writes rows of finished cells.
class CsvRow {
public:
    explicit CsvRow(std::ostream& out)
        : m_out(out) {}
    CsvRow& add(std::string_view cell);
    CsvRow& add(std::initializer_list<std::string_view> cells);
    CsvRow& add(std::span<const std::string> cells);
    void end();

private:
    std::ostream& m_out;
    bool m_first = true;
};

} // namespace flatline
