#include "core/export/sharpness_file.h"

#include "core/export/csv_cells.h"

#include <limits>
#include <string>

namespace flatline {

void writeSharpness(std::ostream& out, std::span<const SharpnessRow> rows) {
    CsvRow row(out);
    row.add({"step", "sharpness", "two_over_learning_rate"});
    row.end();
    for (const SharpnessRow& seen : rows) {
        const double edge = seen.learningRate > 0.0 ? 2.0 / seen.learningRate : std::numeric_limits<double>::infinity();
        row.add({countCell(seen.step), seen.sharpness ? realCell(*seen.sharpness) : std::string(), realCell(edge)});
        row.end();
    }
}

} // namespace flatline
