#include "core/base/number_text.h"
#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace flatline {
namespace {

constexpr std::array columnNames{"layer", "kind", "row", "column", "value"};
constexpr std::string_view header = "layer,kind,row,column,value";

std::string number(std::size_t value) {
    return toText(static_cast<std::int64_t>(value));
}

/// A cell with the column, from 1, at which it begins in its line.
struct Cell {
    std::string_view text;
    std::size_t column = 1;
};

std::string_view unquoted(std::string_view cell) {
    return cell.size() >= 2 && cell.front() == '"' && cell.back() == '"' ? cell.substr(1, cell.size() - 2) : cell;
}

/// No cell of this file holds a comma, a quote or a line break, so that its lines split at every comma.
std::vector<Cell> split(std::string_view line) {
    std::vector<Cell> cells;
    std::size_t begin = 0;
    for (bool more = true; more;) {
        const std::size_t comma = std::min(line.find(',', begin), line.size());
        cells.push_back({unquoted(line.substr(begin, comma - begin)), begin + 1});
        more = comma < line.size();
        begin = comma + 1;
    }
    return cells;
}

/// Straight to float32: through a double it could be rounded twice.
std::optional<float> parseFloat(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-')
        text.remove_prefix(1);
    float value = 0.0F;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

class ParameterReader {
public:
    ParameterReader(const std::string& fileName, const Layout& layout)
        : m_fileName(fileName)
        , m_layout(layout)
        , m_values(layout.size(), 0.0F)
        , m_given(layout.size(), false) {}

    Result<std::vector<float>> read(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF"))
            text.remove_prefix(3);
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            ++m_line;
            if (line.empty())
                continue;
            const auto done = m_line == 1 ? readHeader(line) : readLine(split(line));
            if (!done)
                return done.error();
        }
        if (m_line == 0)
            return error(1, FLATLINE_TEXT("the file is empty; its first line must be %1"), {std::string(header)});
        return complete();
    }

private:
    Error error(std::size_t column, const char* text, std::vector<std::string> arguments = {}) const {
        return badInput(m_fileName + ':' + number(std::max<std::size_t>(m_line, 1)) + ':' + number(column), text,
                        std::move(arguments));
    }

    Result<void> readHeader(std::string_view line) const {
        const auto cells = split(line);
        for (std::size_t i = 0; i < columnNames.size(); ++i)
            if (i >= cells.size() || cells[i].text != columnNames[i])
                return error(i < cells.size() ? cells[i].column : line.size() + 1,
                             FLATLINE_TEXT("the first line must be %1"), {std::string(header)});
        if (cells.size() > columnNames.size())
            return error(cells[columnNames.size()].column, FLATLINE_TEXT("the first line must be %1"),
                         {std::string(header)});
        return {};
    }

    Result<void> readLine(const std::vector<Cell>& cells) {
        if (cells.size() != columnNames.size())
            return error(1, FLATLINE_TEXT("there are %1 cells where %2 are right (%3)"),
                         {number(cells.size()), number(columnNames.size()), std::string(header)});
        const auto layer = count(cells[0], m_layout.layers());
        if (!layer)
            return layer.error();
        const Block* block = nullptr;
        std::string kinds;
        for (const Block& candidate : m_layout.blocks()) {
            if (candidate.layer != layer.value())
                continue;
            kinds += (kinds.empty() ? "" : ", ") + std::string(blockKindId(candidate.kind));
            if (blockKindId(candidate.kind) == cells[1].text)
                block = &candidate;
        }
        if (block == nullptr)
            return error(cells[1].column, FLATLINE_TEXT("\"%1\" is not a kind of this layer's parameters: %2"),
                         {std::string(cells[1].text), kinds});
        const auto row = count(cells[2], block->rows);
        if (!row)
            return row.error();
        const auto column = count(cells[3], block->columns);
        if (!column)
            return column.error();
        return store(block->at(row.value() - 1, column.value() - 1), cells);
    }

    Result<void> store(std::size_t place, const std::vector<Cell>& cells) {
        if (m_given[place])
            return error(1, FLATLINE_TEXT("this parameter has been given before; each is given once"));
        const auto value = parseFloat(cells[4].text);
        if (!value)
            return error(cells[4].column, FLATLINE_TEXT("\"%1\" is not a finite number"), {std::string(cells[4].text)});
        m_given[place] = true;
        m_values[place] = *value;
        return {};
    }

    Result<int> count(const Cell& cell, int greatest) const {
        const auto value = parseInteger(cell.text);
        if (!value || *value < 1 || *value > greatest)
            return error(cell.column, FLATLINE_TEXT("\"%1\" is not a whole number from %2 to %3"),
                         {std::string(cell.text), "1", toText(std::int64_t{greatest})});
        return static_cast<int>(*value);
    }

    /// The values, or which one is missing.
    Result<std::vector<float>> complete() {
        for (const Block& block : m_layout.blocks())
            for (int row = 0; row < block.rows; ++row)
                for (int column = 0; column < block.columns; ++column)
                    if (!m_given[block.at(row, column)])
                        return error(1, FLATLINE_TEXT("the file ends without the %1 of layer %2, row %3, column %4"),
                                     {std::string(blockKindId(block.kind)), toText(std::int64_t{block.layer}),
                                      toText(std::int64_t{row + 1}), toText(std::int64_t{column + 1})});
        return std::move(m_values);
    }

    const std::string& m_fileName;
    const Layout& m_layout;
    std::vector<float> m_values;
    std::vector<bool> m_given;
    std::size_t m_line = 0;
};

} // namespace

void writeParameters(std::ostream& out, const Layout& layout, std::span<const float> parameters) {
    CsvRow line(out);
    line.add(header);
    line.end();
    for (const Block& block : layout.blocks()) {
        for (int row = 0; row < block.rows; ++row) {
            for (int column = 0; column < block.columns; ++column) {
                line.add({countCell(block.layer), blockKindId(block.kind), countCell(row + 1), countCell(column + 1),
                          realCell(parameters[block.at(row, column)])});
                line.end();
            }
        }
    }
}

Result<std::vector<float>> readParameters(const std::string& text, const std::string& fileName, const Layout& layout) {
    return ParameterReader(fileName, layout).read(text);
}

} // namespace flatline
