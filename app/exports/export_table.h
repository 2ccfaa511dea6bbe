#pragma once

#include "app/exports/provenance.h"
#include "core/base/result.h"
#include "core/landscape/landscape_worker.h"
#include "core/training/snapshot.h"

#include <QByteArray>
#include <QString>

#include <iosfwd>
#include <span>

namespace flatline {

/// One CSV file that a run can be saved as. `run --ID` and the window's menu iterate the table.
struct ExportRow {
    const char* id;    ///< "trace": also the option's name
    const char* label; ///< translatable, context "exports"
    bool needsSurface;
    bool wholeRun; ///< it tells of the run up to its last step, whatever moment is shown
    void (*write)(std::ostream& out, const Snapshot& snapshot, const Surface* surface);

    [[nodiscard]] QString fileName() const { return QString::fromLatin1(id) + QStringLiteral(".csv"); }
};
[[nodiscard]] std::span<const ExportRow> exportTable();
[[nodiscard]] const ExportRow* findExport(const QString& id);

/// Writes the CSV and, beside it, where it comes from. The landscape is computed where it is needed and `surface` is
/// null. The snapshot has a network.
[[nodiscard]] Result<void> exportRun(const ExportRow& row, const QString& path, const Snapshot& snapshot,
                                     const Surface* surface);

/// Writes a file's content, and NAME.provenance.json beside it; a stream has nothing beside it.
[[nodiscard]] Result<void> writeWithProvenance(const QString& path, const QByteArray& content, const Snapshot& snapshot,
                                               const OriginDetails& details = {});

/// The loss around the snapshot's parameters; by default along the plane that is shown first. The plane fits the
/// network.
[[nodiscard]] Surface surfaceOf(const Snapshot& snapshot, const LandscapeView& view = {});

} // namespace flatline
