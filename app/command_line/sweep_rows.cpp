#include "app/command_line/sweep_rows.h"

#include "core/base/number_text.h"
#include "core/export/csv_files.h"
#include "core/export/trace_cells.h"

namespace flatline {
namespace {

constexpr auto lineEnd = "\r\n";

std::string joined(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line.append(i == 0 ? "" : ",").append(cells[i]);
    return line;
}

/// A number stays one, whatever its sign.
std::string valueCell(const std::string& value) {
    return parseReal(value) ? value : csvCell(value);
}

} // namespace

std::string sweepHeader(const SweepGrid& grid) {
    std::string line;
    for (const SweepAxis& axis : grid.axes())
        line += axis.path + ',';
    return line + "seed," + joined(traceColumns(grid.mostLayers())) + lineEnd;
}

std::string sweepKey(const SweepGrid& grid, std::int64_t run) {
    std::vector<std::string> cells = grid.values(run);
    for (std::string& cell : cells)
        cell = valueCell(cell);
    return joined(cells);
}

std::string sweepRow(const SweepGrid& grid, std::int64_t run, const Observation& last) {
    std::vector<std::string> cells = traceCells(last);
    cells.resize(traceColumns(grid.mostLayers()).size()); // a layer's cells come last
    return sweepKey(grid, run) + ',' + joined(cells) + lineEnd;
}

} // namespace flatline
