#pragma once

#include "core/training/snapshot.h"

#include <QByteArray>
#include <QString>

namespace flatline {

/// Where an exported file comes from, as JSON: the complete experiment, seed, version, compiler, kind of CPU, step, and
/// the content's SHA-256. The experiment's file names are relative to the exported file's folder.
[[nodiscard]] QByteArray provenanceJson(const QString& path, const QByteArray& content, const Snapshot& snapshot);

} // namespace flatline
