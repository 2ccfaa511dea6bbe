#include "app/exports/export_table.h"

#include "app/experiments/json_text.h"
#include "app/exports/provenance.h"
#include "app/files/files.h"
#include "core/base/number_text.h"
#include "core/export/csv_files.h"
#include "core/landscape/plane.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cassert>
#include <sstream>
#include <thread>
#include <utility>

namespace flatline {
namespace {

void trace(std::ostream& out, const Snapshot& run, const Surface*) {
    writeTrace(out, static_cast<int>(run.spec->hidden.size()), run.rows);
}
void neurons(std::ostream& out, const Snapshot& run, const Surface*) {
    writeNeurons(out, run, computeOutlook(run, usualKick(run.experiment)));
}
void events(std::ostream& out, const Snapshot& run, const Surface*) {
    writeEvents(out, run.events);
}
void parameters(std::ostream& out, const Snapshot& run, const Surface*) {
    writeParameters(out, Network<float>(*run.spec).layout(), *run.parameters);
}
void landscape(std::ostream& out, const Snapshot& /*run*/, const Surface* surface) {
    writeLandscape(out, *surface);
}
void predictions(std::ostream& out, const Snapshot& run, const Surface*) {
    writePredictions(out, Network<float>(*run.spec), *run.parameters, *run.dataset);
}

constexpr std::array table{
    ExportRow{"trace", QT_TRANSLATE_NOOP("exports", "Trace: losses and deaths, a row for each step looked at"), false,
              true, trace},
    ExportRow{"neurons", QT_TRANSLATE_NOOP("exports", "Neurons: the state, past and prospects of each"), false, false,
              neurons},
    ExportRow{"events", QT_TRANSLATE_NOOP("exports", "Events: deaths, revivals, kicks, changes"), false, true, events},
    ExportRow{"parameters", QT_TRANSLATE_NOOP("exports", "Parameters: weights and biases, to start from again"), false,
              false, parameters},
    ExportRow{"landscape", QT_TRANSLATE_NOOP("exports", "Landscape: the loss around the parameters"), true, false,
              landscape},
    ExportRow{"predictions", QT_TRANSLATE_NOOP("exports", "Predictions: each sample with the outputs"), false, false,
              predictions},
};

/// How the landscape was cut.
OriginDetails cutDetails(const Surface& surface) {
    return {{"plane", jsonString(planeText(surface.choice))},
            {"extent", toText(surface.extent)},
            {"side", toText(std::int64_t{surface.side})}};
}

} // namespace

std::span<const ExportRow> exportTable() {
    return table;
}

const ExportRow* findExport(const QString& id) {
    for (const ExportRow& row : table)
        if (id == QLatin1String(row.id))
            return &row;
    return nullptr;
}

Surface surfaceOf(const Snapshot& snapshot, const LandscapeView& view) {
    SurfaceRequest request = surfaceRequest(snapshot);
    request.choice = view.choice;
    request.extent = view.extent;
    request.side = view.side;
    auto plane = makePlane(view.choice, planeContext(snapshot));
    assert(plane); // nobody cancels it
    request.plane = std::move(*plane);
    request.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    auto surface = computeSurface(request);
    assert(surface);
    return std::move(*surface);
}

Result<void> writeWithProvenance(const QString& path, const QByteArray& content, const Snapshot& snapshot,
                                 const OriginDetails& details) {
    const auto written = writeFile(path, content);
    if (!written || isStream(path))
        return written;
    return writeFile(provenancePath(path), provenanceJson(path, content, snapshot, details));
}

Result<void> exportRun(const ExportRow& row, const QString& path, const Snapshot& snapshot, const Surface* surface) {
    std::optional<Surface> own;
    if (row.needsSurface && surface == nullptr)
        surface = &own.emplace(surfaceOf(snapshot));
    std::ostringstream out;
    out.imbue(std::locale::classic());
    row.write(out, snapshot, surface);
    Snapshot origin = snapshot;
    if (row.wholeRun && snapshot.past)
        origin.now.step = snapshot.head;
    return writeWithProvenance(path, QByteArray::fromStdString(std::move(out).str()), origin,
                               row.needsSurface ? cutDetails(*surface) : OriginDetails());
}

} // namespace flatline
