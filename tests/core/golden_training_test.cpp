#include "core/export/csv_files.h"
#include "core/settings/setting_table.h"
#include "tests/core/fixtures.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

const QString cases = QStringLiteral(FLATLINE_SHARED_DIR "/golden/training");

QList<QList<QByteArray>> readRows(const QString& path) {
    QFile file(path);
    QList<QList<QByteArray>> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    file.readLine();
    while (!file.atEnd())
        rows.append(file.readLine().trimmed().split(','));
    return rows;
}

SettingValue valueOf(const QJsonValue& json) {
    if (json.isBool())
        return json.toBool();
    if (json.isString())
        return json.toString().toStdString();
    if (!json.isArray())
        return json.toDouble();
    std::vector<int> widths;
    for (const QJsonValue width : json.toArray())
        widths.push_back(width.toInt());
    return widths;
}

/// The experiment beside the case, key by key; throws where one is not known.
Settings settingsOf(const QString& folder) {
    QFile file(folder + "/experiment.json");
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    Settings settings;
    settings.seed = json["seed"].toInteger();
    for (const char* group : {"data", "network", "initialization", "training"}) {
        const QJsonObject keys = json[group].toObject();
        for (auto key = keys.begin(); key != keys.end(); ++key)
            if (const auto set =
                    setSetting(settings, (QString(group) + '.' + key.key()).toStdString(), valueOf(key.value()));
                !set)
                throw std::runtime_error(set.error().english());
    }
    settings.data.file = (folder + "/" + QString::fromStdString(settings.data.file)).toStdString();
    settings.initialization.file = (folder + "/" + QString::fromStdString(settings.initialization.file)).toStdString();
    return settings;
}

} // namespace

/// Training against PyTorch, which computed in float64: starting parameters, data, the loss after each of 100 steps and
/// the parameters at the end.
class GoldenTrainingTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a rule, a layer, the order of the batches or a loss is not PyTorch's, or where single precision
    // loses more than it must. What is asked for is 1e-4 relative up to step 49, then 1e-3, and 1e-3 absolute for the
    // parameters; what is reached is a hundred times closer.
    void agreesWithPyTorch_data() {
        QTest::addColumn<QString>("folder");
        QTest::newRow("the folder of cases") << cases;
        for (const QString& name : QDir(cases).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << cases + "/" + name;
    }
    void agreesWithPyTorch() {
        QFETCH(QString, folder);
        if (!QDir(folder).exists())
            QSKIP("the reference values are not on this machine: ../shared/golden/training");
        if (folder == cases) {
            QVERIFY(QDir(cases).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 5);
            return;
        }
        const Settings settings = settingsOf(folder);
        const auto data = fixtures::dataset(settings);
        const Layout layout = layoutOf(makeNetworkSpec(settings, *data).value());
        const auto parametersOf = [&](const std::string& path) {
            return readParameters(fixtures::readText(path).value(), path, layout).value();
        };
        Trainer trainer = fixtures::trainer(settings, parametersOf(settings.initialization.file));
        const auto trace = readRows(folder + "/expected_trace.csv");
        QCOMPARE(trace.size(), 101);
        double worst = 0.0;
        for (int step = 0; step <= 100; ++step) {
            const double expected = trace[step][1].toDouble();
            worst = std::max(worst, std::abs(trainer.observe().trainLoss / expected - 1.0));
            QVERIFY(step == 100 || trainer.step());
        }
        const std::vector<float> expected = parametersOf((folder + "/expected_parameters.csv").toStdString());
        double furthest = 0.0;
        for (std::size_t i = 0; i < expected.size(); ++i)
            furthest = std::max(furthest, static_cast<double>(std::abs(trainer.parameters()[i] - expected[i])));
        const QString reached = QString("loss %1, parameters %2").arg(worst).arg(furthest);
        qInfo("%s", qPrintable(reached));
        QVERIFY2(worst < 5e-6 && furthest < 2e-5, qPrintable(reached));
    }
};

QTEST_GUILESS_MAIN(GoldenTrainingTest)
#include "golden_training_test.moc"
