#include "app/exports/provenance.h"

#include "app/experiments/experiment_file.h"
#include "app/experiments/json_text.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSysInfo>

namespace flatline {

QByteArray provenanceJson(const QString& path, const QByteArray& content, const Snapshot& snapshot) {
    const QFileInfo file(path);
    const std::string hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().toStdString();
    const Settings experiment = rebased(resolved(snapshot.experiment, snapshot.dataset->task), {}, file.absolutePath());
    std::string json = "{\n  \"file\": " + jsonString(file.fileName().toStdString());
    json += ",\n  \"sha256\": " + jsonString(hash);
    json += ",\n  \"program\": \"Flatline\"";
    json += ",\n  \"version\": " + jsonString(FLATLINE_VERSION);
    json += ",\n  \"compiler\": " + jsonString(FLATLINE_COMPILER);
    json += ",\n  \"cpu\": " + jsonString(QSysInfo::currentCpuArchitecture().toStdString());
    json += ",\n  \"seed\": " + std::to_string(experiment.seed);
    json += ",\n  \"step\": " + std::to_string(snapshot.now.step);
    json += ",\n  \"experiment\": " + experimentJson(experiment, "  ");
    return QByteArray::fromStdString(json + "\n}\n");
}

} // namespace flatline
