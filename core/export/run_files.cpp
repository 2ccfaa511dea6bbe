#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"
#include "core/export/trace_cells.h"

namespace flatline {
namespace {

/// A layer's or neuron's number; 0 stands for none.
std::string numberCell(int number) {
    return number == 0 ? std::string{} : countCell(number);
}

} // namespace

void writeTrace(std::ostream& out, int hiddenLayers, std::span<const std::shared_ptr<const Observation>> rows) {
    CsvRow row(out);
    row.add(traceColumns(hiddenLayers));
    row.end();
    for (const auto& seen : rows) {
        if (seen->afterIntervention)
            continue;
        row.add(traceCells(*seen));
        row.end();
    }
}

void writeEvents(std::ostream& out, const EventLog& events) {
    CsvRow row(out);
    row.add({"step", "layer", "neuron", "event", "cause", "detail"});
    row.end();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        row.add({countCell(event.step), numberCell(event.layer), numberCell(event.neuron), eventKindId(event.kind),
                 csvCell(event.cause), csvCell(event.detail)});
        row.end();
    }
}

void writeLandscape(std::ostream& out, const Surface& surface) {
    CsvRow row(out);
    row.add({"a", "b", "loss"});
    row.end();
    for (int j = 0; j < surface.side; ++j) {
        for (int i = 0; i < surface.side; ++i) {
            const auto index =
                static_cast<std::size_t>(j) * static_cast<std::size_t>(surface.side) + static_cast<std::size_t>(i);
            row.add({realCell(surface.coordinate(i)), realCell(surface.coordinate(j)), lossCell(surface.loss[index])});
            row.end();
        }
    }
}

} // namespace flatline
