#include "app/exports/provenance.h"

#include "app/experiments/experiment_file.h"
#include "app/experiments/json_text.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSysInfo>

namespace flatline {

QString provenancePath(const QString& path) {
    return path + QStringLiteral(".provenance.json");
}

QByteArray provenanceJson(const Origin& origin) {
    const QFileInfo file(origin.path);
    std::string json = "{\n  \"file\": " + jsonString(file.fileName().toStdString());
    json += ",\n  \"sha256\": " + (origin.sha256.empty() ? "null" : jsonString(origin.sha256));
    json += ",\n  \"program\": \"Flatline\"";
    json += ",\n  \"version\": " + jsonString(FLATLINE_VERSION);
    json += ",\n  \"compiler\": " + jsonString(FLATLINE_COMPILER);
    json += ",\n  \"cpu\": " + jsonString(QSysInfo::currentCpuArchitecture().toStdString());
    for (const auto& [key, value] : origin.details)
        json += ",\n  " + jsonString(key) + ": " + value;
    json += ",\n  \"experiment\": " + experimentJson(rebased(origin.experiment, {}, file.absolutePath()), "  ");
    return QByteArray::fromStdString(json + "\n}\n");
}

QByteArray provenanceJson(const QString& path, const QByteArray& content, const Snapshot& snapshot,
                          const OriginDetails& details) {
    const std::string hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().toStdString();
    OriginDetails all{{"seed", std::to_string(snapshot.experiment.seed)}, {"step", std::to_string(snapshot.now.step)}};
    all.insert(all.end(), details.begin(), details.end());
    return provenanceJson({path, hash, all, resolved(snapshot.experiment, snapshot.dataset->task)});
}

} // namespace flatline
