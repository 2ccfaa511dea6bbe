#include "app/experiments/built_in.h"
#include "app/experiments/experiment_file.h"
#include "app/experiments/open_experiment.h"
#include "core/settings/setting_table.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

Settings everythingChanged() {
    Settings settings;
    settings.name = "A \"quoted\"\tname \\ with ünïcode";
    settings.seed = 9007199254740991;
    settings.data = {"csv", 77, 0.25, -3.5, 0.0, true, "data/mine.csv", "y"};
    settings.network = {{}, "elu", 0.1, 0.5, "none", "linear"};
    settings.initialization = {"zeros", 2.5, -0.1, "start.csv"};
    settings.training = {"sgd", 1e-5, 0.9, 32, false, 1e-4, 0.125};
    settings.interventions = {{0, SettingChange{"training.batch_size", std::int64_t{4}}},
                              {3, ThermalKick{0.1, {Target::Kind::All}, KickedParameters::Bias}},
                              {3, ThermalKick{2.0, {Target::Kind::Dead}, KickedParameters::Weights}},
                              {9, SettingChange{"network.alpha", SettingValue{}}},
                              {1000000, SettingChange{"network.activation", std::string("relu")}}};
    return settings;
}

Result<Settings> read(const std::string& text) {
    return readExperiment(QByteArray::fromStdString(text), "e.json");
}

void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

class ExperimentFileTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a default is not the format's, or a key is demanded that may be left out.
    void emptyIsTheDefault();
    // Breaks where the documented example or any of its values is not read as it says.
    void readsTheDocumentedForm();
    // Breaks where anything is lost between writing and reading.
    void roundTrips();
    // Breaks where a key is missing from what is written.
    void writesEveryKey();
    // Breaks where a left-out value would mean something else when it is read again.
    void resolvesWhatWasLeftOut();
    void refuses_data();
    void refuses();
    // Breaks where file names are not relative to the experiment.
    void fileNamesAreRelativeToTheFile();
    void opensBuiltInOnes();
    void changesAreUsage();
};

void ExperimentFileTest::emptyIsTheDefault() {
    const auto settings = read("{}");
    QVERIFY(settings);
    QVERIFY(settings.value() == Settings{});
}

void ExperimentFileTest::readsTheDocumentedForm() {
    const auto settings = read(R"({
      "flatline": 1, "name": "A step too far", "seed": 7,
      "data": {"source": "circles", "samples": 500, "noise": 0.1, "offset": 0.0, "test_fraction": 0.5},
      "network": {"hidden": [8, 8], "activation": "relu", "alpha": 0.01, "slope_at_zero": 0.0,
                  "batch_norm": "none", "output": "softmax"},
      "initialization": {"weights": "he-normal", "gain": 1.0, "bias": 0.0, "file": ""},
      "training": {"optimizer": "sgd", "learning_rate": 0.03, "momentum": 0.0, "batch_size": 10,
                   "shuffle": true, "weight_decay": 0.0, "bias_decay": 0.0},
      "interventions": [{"step": 800, "kind": "set", "path": "network.activation", "value": "leaky-relu"},
                        {"step": 500, "kind": "thermal-kick", "strength": 0.5, "target": "neuron:2:8"},
                        {"kind": "thermal-kick"}]})");
    QVERIFY2(settings, settings ? "" : settings.error().english().c_str());
    Settings expected;
    expected.name = "A step too far";
    expected.network.alpha = 0.01;
    expected.network.output = "softmax";
    // In the order of their steps.
    expected.interventions = {{0, ThermalKick{}},
                              {500, ThermalKick{0.5, {Target::Kind::Neuron, 2, 8}}},
                              {800, SettingChange{"network.activation", std::string("leaky-relu")}}};
    QVERIFY(settings.value() == expected);
    // A whole number is a number.
    const auto whole = read(R"({"interventions": [{"kind": "set", "path": "training.learning_rate", "value": 3}]})");
    QVERIFY(whole);
    QVERIFY(std::get<SettingChange>(whole.value().interventions[0].action).value == SettingValue{3.0});
}

void ExperimentFileTest::roundTrips() {
    Settings edited;
    edited.interventions = {{2, BiasWarming{1.5, 20, {Target::Kind::Neuron, 2, 8}}},
                            {2, EditParameters{1, 3, static_cast<double>(0.1F), {}}},
                            {4, EditParameters{1, 3, {}, {-1.0 / 3.0, std::nullopt}}},
                            {5, EditParameters{2, 1, {}, {}, 1.0 / 3.0}}};
    edited.network.batchNorm = "before-activation";
    for (const Settings& settings : {Settings{}, everythingChanged(), edited}) {
        const auto back = read(experimentJson(settings, "    "));
        QVERIFY2(back, back ? "" : back.error().english().c_str());
        QVERIFY(back.value() == settings);
    }
}

void ExperimentFileTest::writesEveryKey() {
    const QByteArray text = QByteArray::fromStdString(experimentJson(everythingChanged()));
    QJsonParseError problem{};
    const QJsonObject root = QJsonDocument::fromJson(text, &problem).object();
    QVERIFY2(problem.error == QJsonParseError::NoError, qPrintable(problem.errorString() + text));
    QCOMPARE(root.value("flatline").toInt(), 1);
    QCOMPARE(root.value("interventions").toArray().size(), 5);
    qsizetype keys = 0;
    for (const char* group : {"data", "network", "initialization", "training"})
        keys += root.value(QLatin1String(group)).toObject().size();
    QCOMPARE(keys + 2, static_cast<qsizetype>(settingTable().size()));
    const QJsonObject kick = root.value("interventions").toArray().at(1).toObject();
    QCOMPARE(kick.keys(), (QStringList{"kind", "parameters", "step", "strength", "target"}));
}

void ExperimentFileTest::resolvesWhatWasLeftOut() {
    Settings settings;
    settings.network.activation = "elu";
    QCOMPARE(resolved(settings, Task::Regression).network.output, std::string("linear"));
    QCOMPARE(resolved(settings, Task::Classification).network.output, std::string("softmax"));
    QCOMPARE(resolved(settings, {}).network.output, std::string("softmax"));
    settings.data.source = "csv";
    QCOMPARE(resolved(settings, {}).network.output, std::string());
    settings.data.source = "sine";
    QCOMPARE(resolved(settings, {}).network.output, std::string("linear"));
    QVERIFY(resolved(settings, {}).data.standardize == false);
    QVERIFY(resolved(settings, {}).network.alpha == 1.0);
    settings.data.source = "iris";
    QVERIFY(resolved(settings, {}).data.standardize == true);
    settings.network.activation = "relu";
    QVERIFY(!resolved(settings, {}).network.alpha);
    // With another activation to come, a default written out would become that one's alpha.
    settings.network.activation = "leaky-relu";
    settings.interventions = {{5, SettingChange{"network.activation", std::string("elu")}}};
    QVERIFY(!resolved(settings, {}).network.alpha);
}

void ExperimentFileTest::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const char* text, const char* where, const char* part) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(where) << QByteArray(part);
    };
    row("nothing", "", "e.json:1:1", "object");
    row("no JSON", "seed = 7", "e.json:1:1", "object");
    row("list", "[]", "e.json:1:1", "object");
    row("number", "7", "e.json:1:1", "object");
    row("trailing comma", "{\n  \"seed\": 7,\n}", "e.json:3:2", "JSON");
    row("open end", "{\"seed\": 7", "e.json:1:11", "JSON");
    row("two texts", "{}\n{}", "e.json:2:1", "JSON");
    row("comment", "{\n // no\n}", "e.json:2:3", "JSON");
    row("not UTF-8", "{\"name\": \"\xff\"}", "e.json:1:11", "UTF");
    row("key twice", "{\"seed\": 7,\n \"seed\": 8}", "e.json:2:2", "\"seed\"");
    row("key twice in a group", "{\"data\": {\"noise\": 0.1, \"noise\": 0.2}}", "e.json:1:25", "\"noise\"");
    row("key twice in disguise", "{\"seed\": 7, \"s\\u0065ed\": 8}", "e.json:1:13", "\"seed\"");
    row("group twice", "{\"data\": {}, \"data\": {}}", "e.json:1:14", "\"data\"");
    row("key twice in an intervention", "{\"interventions\": [{\"step\": 1, \"step\": 2}]}", "e.json:1:32", "step");
    row("unknown key", "{\"sead\": 7}", "e.json: sead", "interventions");
    row("unknown key in a group", "{\"data\": {\"nois\": 1}}", "e.json: data.nois", "data.noise");
    row("path as a key", "{\"data.noise\": 0.1}", "e.json: data.noise", "known are");
    row("path within a group", "{\"data\": {\"data.noise\": 0.1}}", "e.json: data.data.noise", "known are");
    row("group is a number", "{\"data\": 7}", "e.json: data", "object");
    row("group left out", "{\"network\": null}", "e.json: network", "object");
    row("version 2", "{\"flatline\": 2}", "e.json: flatline", "1");
    row("version as text", "{\"flatline\": \"1\"}", "e.json: flatline", "1");
    row("seed negative", "{\"seed\": -1}", "e.json: seed", "-1 is not a whole number from 0");
    row("seed beyond", "{\"seed\": 9007199254740992}", "e.json: seed", "9007199254740991");
    row("seed broken", "{\"seed\": 7.5}", "e.json: seed", "whole");
    row("seed as text", "{\"seed\": \"7\"}", "e.json: seed", "\"7\"");
    row("seed null", "{\"seed\": null}", "e.json: seed", "null");
    row("seed a list", "{\"seed\": [7]}", "e.json: seed", "[7]");
    row("name a number", "{\"name\": 7}", "e.json: name", "text");
    row("name an object", "{\"name\": {\"a\": 1}}", "e.json: name", "{\"a\":1}");
    row("source", "{\"data\": {\"source\": \"circle\"}}", "e.json: data.source", "circles, xor");
    row("samples 0", "{\"data\": {\"samples\": 0}}", "e.json: data.samples", "1 to 1000000");
    row("test fraction", "{\"data\": {\"test_fraction\": 1}}", "e.json: data.test_fraction", "0 to 0.9");
    row("csv without a file", "{\"data\": {\"source\": \"csv\"}}", "e.json: data.file", "CSV");
    row("hidden a number", "{\"network\": {\"hidden\": 8}}", "e.json: network.hidden", "list");
    row("hidden a text", "{\"network\": {\"hidden\": [8, \"8\"]}}", "e.json: network.hidden", "[8,\"8\"]");
    row("width 0", "{\"network\": {\"hidden\": [0]}}", "e.json: network.hidden", "1 to 512");
    row("width broken", "{\"network\": {\"hidden\": [1.5]}}", "e.json: network.hidden", "[1.5]");
    row("later activation", "{\"network\": {\"activation\": \"maxout\"}}", "e.json: network.activation", "leaky-relu");
    row("later optimizer", "{\"training\": {\"optimizer\": \"lion\"}}", "e.json: training.optimizer", "sgd");
    row("rate", "{\"training\": {\"learning_rate\": 101}}", "e.json: training.learning_rate", "0 to 100");
    row("shuffle 1", "{\"training\": {\"shuffle\": 1}}", "e.json: training.shuffle", "true nor false");
    row("interventions an object", "{\"interventions\": {}}", "e.json: interventions", "list");
    row("intervention a text", "{\"interventions\": [\"kick\"]}", "e.json: interventions[0]", "object");
    row("no kind", "{\"interventions\": [{\"step\": 1}]}", "e.json: interventions[0].kind", "thermal-kick, set");
    row("later kind", "{\"interventions\": [{\"kind\": \"lobotomy\"}]}", "e.json: interventions[0].kind",
        "thermal-kick, set");
    row("negative step", "{\"interventions\": [{\"kind\": \"thermal-kick\", \"step\": -1}]}",
        "e.json: interventions[0].step", "from 0");
    row("unknown key of a kick", "{\"interventions\": [{\"kind\": \"thermal-kick\", \"gamma\": 1}]}",
        "e.json: interventions[0].gamma", "strength");
    row("second one's target",
        "{\"interventions\": [{\"kind\": \"thermal-kick\", \"step\": 9}, {\"kind\": "
        "\"thermal-kick\", \"target\": \"layer\"}]}",
        "e.json: interventions[1].target", "layer:K");
    row("layer that is not there", "{\"interventions\": [{\"kind\": \"thermal-kick\", \"target\": \"layer:3\"}]}",
        "e.json: interventions[0].target", "2 hidden layers");
    row("strength", "{\"interventions\": [{\"kind\": \"thermal-kick\", \"strength\": \"1\"}]}",
        "e.json: interventions[0].strength", "number");
    row("kicked parameters", "{\"interventions\": [{\"kind\": \"thermal-kick\", \"parameters\": \"biases\"}]}",
        "e.json: interventions[0].parameters", "both, bias, weights");
    row("warming of a layer that is not there",
        "{\"interventions\": [{\"kind\": \"bias-warming\", \"target\": \"layer:3\"}]}",
        "e.json: interventions[0].target", "2 hidden layers");
    row("edit of nobody", "{\"interventions\": [{\"kind\": \"set-parameters\", \"bias\": 1}]}",
        "e.json: interventions[0].target", "neuron:K:J");
    row("edit of a layer",
        "{\"interventions\": [{\"kind\": \"set-parameters\", \"target\": \"layer:1\", \"bias\": 1}]}",
        "e.json: interventions[0].target", "neuron:K:J");
    row("edited bias a text",
        "{\"interventions\": [{\"kind\": \"set-parameters\", \"target\": \"neuron:1:1\", \"bias\": \"1\"}]}",
        "e.json: interventions[0].bias", "null");
    row("edited weights no list",
        "{\"interventions\": [{\"kind\": \"set-parameters\", \"target\": \"neuron:1:1\", \"weights\": 1}]}",
        "e.json: interventions[0].weights", "list");
    row("edited weight a text",
        "{\"interventions\": [{\"kind\": \"set-parameters\", \"target\": \"neuron:1:1\", \"weights\": [1, \"2\"]}]}",
        "e.json: interventions[0].weights[1]", "null");
    row("more weights than the layer before has neurons",
        "{\"interventions\": [{\"kind\": \"set-parameters\", \"target\": \"neuron:2:1\", \"weights\": [1]}]}",
        "e.json: interventions[0].weights", "8 inputs");
    row("set without a path", "{\"interventions\": [{\"kind\": \"set\", \"value\": 1}]}",
        "e.json: interventions[0].path", "setting");
    row("set without a value", "{\"interventions\": [{\"kind\": \"set\", \"path\": \"training.momentum\"}]}",
        "e.json: interventions[0].value", "missing");
    row("set what is not live", "{\"interventions\": [{\"kind\": \"set\", \"path\": \"data.noise\", \"value\": 0}]}",
        "e.json: interventions[0].path", "training.learning_rate");
    row("set out of range", "{\"interventions\": [{\"kind\": \"set\", \"path\": \"training.momentum\", \"value\": 1}]}",
        "e.json: interventions[0].value", "0.999");
}

void ExperimentFileTest::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, part);
    const auto settings = read(text.toStdString());
    QVERIFY(!settings);
    QCOMPARE(static_cast<int>(settings.error().kind), 3);
    QCOMPARE(QByteArray::fromStdString(settings.error().where), where);
    const std::string message = settings.error().english();
    QVERIFY2(message.find(part.toStdString()) != std::string::npos, message.c_str());
    QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
}

void ExperimentFileTest::fileNamesAreRelativeToTheFile() {
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath("a/b"));
    const QString path = folder.filePath("a/e.json");
    write(path, R"({"data": {"source": "csv", "file": "b/mine.csv"}, "initialization": {"file": "../p.csv"}})");
    const auto settings = openExperiment(path);
    QVERIFY2(settings, settings ? "" : settings.error().english().c_str());
    QCOMPARE(QString::fromStdString(settings.value().data.file), folder.filePath("a/b/mine.csv"));
    QCOMPARE(QString::fromStdString(settings.value().initialization.file), folder.filePath("p.csv"));
    const QString copy = folder.filePath("a/b/copy.json");
    QVERIFY(saveExperiment(settings.value(), copy));
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject saved = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(saved.value("data").toObject().value("file").toString(), QString("mine.csv"));
    QCOMPARE(saved.value("initialization").toObject().value("file").toString(), QString("../../p.csv"));
    QCOMPARE(static_cast<int>(saveExperiment({}, folder.filePath("none/x.json")).error().kind), 4);
    QCOMPARE(static_cast<int>(openExperiment(folder.filePath("none.json")).error().kind), 4);
}

void ExperimentFileTest::opensBuiltInOnes() {
    QCOMPARE(builtInTable().size(), std::size_t{11});
    for (const BuiltInRow& row : builtInTable()) {
        const auto settings = openExperiment(QString::fromLatin1(row.id));
        QVERIFY2(settings, settings ? "" : settings.error().english().c_str());
        QVERIFY(settings.value().name != Settings{}.name);
    }
    const QTemporaryDir folder;
    const QString before = QDir::currentPath();
    QVERIFY(QDir(folder.path()).mkdir("healthy") && QDir::setCurrent(folder.path()));
    const bool opened = openExperiment("healthy").ok();
    QVERIFY(QDir::setCurrent(before));
    QVERIFY2(opened, "a folder of that name hides it");
}

void ExperimentFileTest::changesAreUsage() {
    const auto changed = openExperiment("healthy", {{"training.learning_rate", "0.5"}, {"network.hidden", "3"}});
    QVERIFY(changed);
    QCOMPARE(changed.value().training.learningRate, 0.5);
    QCOMPARE(changed.value().network.hidden, std::vector<int>{3});
    const auto wrong = openExperiment("healthy", {{"training.learning_rate", "0,5"}});
    QVERIFY(!wrong);
    QCOMPARE(static_cast<int>(wrong.error().kind), 2);
    QCOMPARE(wrong.error().where, std::string("--set training.learning_rate"));
}

QTEST_GUILESS_MAIN(ExperimentFileTest)
#include "experiment_file_test.moc"
