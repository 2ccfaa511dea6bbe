#include "core/export/csv_files.h"
#include "tests/core/fixtures.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

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

Settings settingsOf(const QString& folder) {
    QFile file(folder + "/experiment.json");
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject network = json["network"].toObject();
    const QJsonObject training = json["training"].toObject();
    Settings settings;
    settings.seed = json["seed"].toInteger();
    settings.data.source = "csv";
    settings.data.file = (folder + "/data.csv").toStdString();
    settings.data.target = "y";
    settings.data.testFraction = 0.0;
    settings.data.standardize = false;
    settings.network.hidden.clear();
    for (const QJsonValue width : network["hidden"].toArray())
        settings.network.hidden.push_back(width.toInt());
    settings.network.activation = network["activation"].toString().toStdString();
    settings.network.alpha = network["alpha"].toDouble();
    settings.network.output = network["output"].toString().toStdString();
    settings.training.learningRate = training["learning_rate"].toDouble();
    settings.training.momentum = training["momentum"].toDouble();
    settings.training.batchSize = training["batch_size"].toInt();
    settings.training.shuffle = training["shuffle"].toBool();
    settings.training.weightDecay = training["weight_decay"].toDouble();
    settings.training.biasDecay = training["bias_decay"].toDouble();
    return settings;
}

} // namespace

/// Training against PyTorch, which computed in float64: starting parameters, data, the loss after each of 100 steps and
/// the parameters at the end.
class GoldenTrainingTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithPyTorch_data() {
        QTest::addColumn<QString>("folder");
        for (const char* name : {"relu-softmax", "leaky-linear"})
            QTest::newRow(name) << cases + "/" + name;
    }
    void agreesWithPyTorch() {
        QFETCH(QString, folder);
        if (!QDir(folder).exists())
            QSKIP("the reference values are not on this machine: ../shared/golden/training");
        const Settings settings = settingsOf(folder);
        const auto data = fixtures::dataset(settings);
        const Network<float> network(makeNetworkSpec(settings, *data).value());
        const auto parametersOf = [&](const char* name) {
            const std::string path = (folder + "/" + name).toStdString();
            return readParameters(fixtures::readText(path).value(), path, network.layout()).value();
        };
        Trainer trainer = fixtures::trainer(settings, parametersOf("parameters.csv"));
        const auto trace = readRows(folder + "/expected_trace.csv");
        QCOMPARE(trace.size(), 101);
        for (int step = 0; step <= 100; ++step) {
            const double loss = trainer.observe().trainLoss;
            const double expected = trace[step][1].toDouble();
            const double tolerance = step < 50 ? 1e-4 : 1e-3;
            QVERIFY2(std::abs(loss - expected) <= tolerance * std::abs(expected),
                     qPrintable(QString("step %1: %2, not %3").arg(step).arg(loss).arg(expected)));
            if (step < 100)
                QVERIFY(trainer.step());
        }
        const std::vector<float> expected = parametersOf("expected_parameters.csv");
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(trainer.parameters()[i] - expected[i]) <= 1e-3F);
    }
};

QTEST_GUILESS_MAIN(GoldenTrainingTest)
#include "golden_training_test.moc"
