#pragma once

#include "core/settings/settings.h"
#include "core/training/snapshot.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace flatline {

/// What one kind of file has besides: keys, and their values as JSON.
using OriginDetails = std::vector<std::pair<std::string, std::string>>;

/// What is told about an exported file.
struct Origin {
    QString path;       ///< the exported file
    std::string sha256; ///< of its content; empty: it is still being written
    OriginDetails details;
    Settings experiment; ///< its file names relative to the current folder
};

/// Where an exported file comes from, as JSON: its SHA-256, version, compiler, kind of CPU, the details and the
/// complete experiment, whose file names become relative to the exported file's folder.
[[nodiscard]] QByteArray provenanceJson(const Origin& origin);

/// The same for a file of one run: with its seed and step, and then the details.
[[nodiscard]] QByteArray provenanceJson(const QString& path, const QByteArray& content, const Snapshot& snapshot,
                                        const OriginDetails& details = {});

/// NAME.provenance.json: where that is written.
[[nodiscard]] QString provenancePath(const QString& path);

} // namespace flatline
