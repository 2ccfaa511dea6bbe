#include "app/experiments/experiment_file.h"
#include "app/experiments/open_experiment.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

SessionState sample() {
    SessionState moment;
    moment.experiment.name = "For class";
    moment.experiment.network.hidden = {5, 4};
    moment.experiment.interventions = {{12, ThermalKick{0.7, {}, KickedParameters::Bias}}};
    moment.step = 300;
    moment.views = {"loss", "dead", "network"};
    moment.filling = "dead";
    moment.selectedLayer = 2;
    moment.selectedNeuron = 3;
    moment.choices = {{"landscape/Plane", "pca"}};
    moment.controls = QStringList{"training.learning_rate", "kick"};
    moment.ended = true;
    return moment;
}

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The key "class" of an experiment file: what 'Save for class' writes, and what must not change for those who do not
/// look at it.
class ClassFileTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void whatIsSavedComesBack() {
        QVERIFY(saveForClass(sample(), path("a.json")));
        const auto opened = openForClass(path("a.json"));
        QVERIFY2(opened.ok(), opened ? "" : opened.error().english().c_str());
        QVERIFY(opened.value().has_value());
        SessionState wanted = sample();
        wanted.experiment = resolved(wanted.experiment, {});
        QVERIFY(*opened.value() == wanted);
    }

    void allControlsAndNoViewsAreTheDefault() {
        SessionState moment;
        moment.ended = true;
        QVERIFY(saveForClass(moment, path("b.json")));
        const auto opened = openForClass(path("b.json"));
        QVERIFY(opened && opened.value());
        QVERIFY(!opened.value()->controls.has_value());
        QVERIFY(opened.value()->views.isEmpty());
    }

    // Breaks where a file of before would be taken for one of a class.
    void anExperimentAloneIsNone() {
        QVERIFY(saveExperiment(sample().experiment, path("c.json")));
        QVERIFY(!content(path("c.json")).contains("\"class\""));
        const auto opened = openForClass(path("c.json"));
        QVERIFY(opened.ok() && !opened.value());
        QVERIFY(openForClass(QStringLiteral("healthy")).ok());
    }

    // Breaks where a class file would train another run than its experiment.
    void runPaysNoHeedToIt() {
        QVERIFY(saveForClass(sample(), path("with.json")));
        QVERIFY(saveExperiment(sample().experiment, path("without.json")));
        for (const char* name : {"with", "without"})
            QCOMPARE(QProcess::execute(QStringLiteral(FLATLINE_BINARY),
                                       {"run", path((std::string(name) + ".json").c_str()), "--steps", "40", "--trace",
                                        path((std::string(name) + ".csv").c_str())}),
                     0);
        QVERIFY(!content(path("with.csv")).isEmpty());
        QCOMPARE(content(path("with.csv")), content(path("without.csv")));
    }

    void mistakesAreNamed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* text, const char* error) {
            QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(error);
        };
        row("[]", "x.json: class: [] is not an object");
        row("{\"stop\": 3}", "x.json: class.stop: there is no such key here; known are: step, views, filling");
        row("{\"step\": -1}", "x.json: class.step: -1 is not a whole number");
        row("{\"step\": 1.5}", "x.json: class.step: 1.5 is not a whole number");
        row("{\"views\": \"loss\"}", "x.json: class.views: \"loss\" is not a list");
        row("{\"views\": [1]}", "x.json: class.views: [1] is not a list");
        row("{\"filling\": 2}", "x.json: class.filling: 2 is not the name of a view");
        row("{\"selected\": [1]}", "x.json: class.selected: [1] is not a layer and a neuron");
        row("{\"selected\": [0, 2]}", "x.json: class.selected: [0,2] is not a layer and a neuron");
        row("{\"choices\": {\"a\": 1}}", "x.json: class.choices: {\"a\":1} is not an object of texts");
        row("{\"controls\": true}", "x.json: class.controls: true is neither a list");
    }
    void mistakesAreNamed() {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        const auto read = readExperiment("{\"flatline\": 1, \"class\": " + text + "}", QStringLiteral("x.json"));
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().english()).startsWith(error), read.error().english().c_str());
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ClassFileTest)
#include "class_file_test.moc"
