#include "core/settings/setting_table.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace flatline;

namespace {

/// A value that the row allows and that differs from the default.
SettingValue another(const SettingRow& row) {
    const SettingValue now = row.get(Settings{});
    std::vector<SettingValue> candidates{true, false, std::string("another"), std::vector<int>{3}, row.maximum};
    if (row.kind == SettingKind::Integer)
        candidates = {static_cast<std::int64_t>(row.maximum)};
    if (row.kind == SettingKind::Choice)
        candidates.assign({row.choices().back(), row.choices().front()});
    for (const SettingValue& candidate : candidates) {
        Settings trial;
        if (candidate != now && setSetting(trial, row.path, candidate) && row.get(trial) != now)
            return candidate;
    }
    return now;
}

std::vector<SettingValue> wrongFor(const SettingRow& row) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<SettingValue> wrong{std::vector<int>{0}, std::vector<int>{513}, std::vector<int>(101, 4)};
    if (row.kind != SettingKind::Text)
        wrong.emplace_back(std::string("no such thing"));
    if (row.kind != SettingKind::Boolean)
        wrong.emplace_back(true);
    if (!row.optional)
        wrong.emplace_back(std::monostate{});
    if (row.kind == SettingKind::Integer || row.kind == SettingKind::Real) {
        const double infinity = std::numeric_limits<double>::infinity();
        wrong.insert(wrong.end(), {nan, infinity, std::nextafter(row.minimum, -infinity),
                                   std::nextafter(row.maximum, infinity), row.maximum * 2 + 1});
    } else {
        wrong.insert(wrong.end(), {0.5, std::int64_t{1}});
    }
    if (row.kind == SettingKind::Integer)
        wrong.insert(wrong.end(), {row.minimum + 0.5, static_cast<std::int64_t>(row.maximum) + 1,
                                   static_cast<std::int64_t>(row.minimum) - 1});
    return wrong;
}

Settings with(Action action) {
    Settings settings;
    settings.interventions.push_back({5, std::move(action)});
    return settings;
}

} // namespace

class SettingTableTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a key of the file format is missing, misspelt, or in another place.
    void hasTheKeysOfTheFormat();
    // Breaks where a row reads or writes another member than its own, or a bound does not belong to the range.
    void everyKeyRoundTrips();
    // Breaks where a wrong type or a value out of range gets in, or a refused one leaves a trace.
    void everyKeyRefusesWhatItIsNot();
    // Breaks where a change that needs a restart is taken for a live one, or the other way round.
    void knowsWhatIsLive();
    void numbersOfEitherKind();
    void readsTexts_data();
    void readsTexts();
    void refusesTexts_data();
    void refusesTexts();
    void errorsSayWhatIsRight();
    void targets();
    void validates_data();
    void validates();
};

void SettingTableTest::hasTheKeysOfTheFormat() {
    const std::vector<std::string> expected{"name",
                                            "seed",
                                            "data.source",
                                            "data.samples",
                                            "data.noise",
                                            "data.offset",
                                            "data.test_fraction",
                                            "data.standardize",
                                            "data.file",
                                            "data.target",
                                            "network.hidden",
                                            "network.activation",
                                            "network.alpha",
                                            "network.slope_at_zero",
                                            "network.batch_norm",
                                            "network.output",
                                            "initialization.weights",
                                            "initialization.gain",
                                            "initialization.bias",
                                            "initialization.file",
                                            "training.optimizer",
                                            "training.learning_rate",
                                            "training.momentum",
                                            "training.batch_size",
                                            "training.shuffle",
                                            "training.weight_decay",
                                            "training.bias_decay"};
    std::vector<std::string> paths;
    for (const SettingRow& row : settingTable()) {
        paths.emplace_back(row.path);
        QVERIFY(std::string(row.meaning).ends_with('.'));
        QCOMPARE(findSetting(row.path), &row);
    }
    QCOMPARE(paths, expected);
    QCOMPARE(findSetting("network"), nullptr);
}

void SettingTableTest::everyKeyRoundTrips() {
    for (const SettingRow& row : settingTable()) {
        const SettingValue value = another(row);
        Settings changed;
        QVERIFY2(setSetting(changed, row.path, value), row.path);
        QVERIFY2(row.get(changed) == value, row.path);
        Settings fromText;
        QVERIFY2(setSettingFromText(fromText, row.path, settingText(value)), row.path);
        QVERIFY2(fromText == changed, row.path);
        // Nothing but that key moved.
        row.set(changed, row.get(Settings{}));
        QVERIFY2(changed == Settings{}, row.path);
        if (row.optional) {
            QVERIFY2(setSettingFromText(fromText, row.path, "null"), row.path);
            QVERIFY2(std::holds_alternative<std::monostate>(row.get(fromText)), row.path);
        }
        // Both ends of a range belong to it.
        if (row.kind == SettingKind::Real || row.kind == SettingKind::Integer) {
            QVERIFY2(setSetting(changed, row.path, row.minimum), row.path);
            QVERIFY2(setSetting(changed, row.path, row.maximum), row.path);
        }
        if (row.kind == SettingKind::Choice)
            for (const std::string& id : row.choices())
                QVERIFY2(setSetting(changed, row.path, id), row.path);
    }
}

void SettingTableTest::everyKeyRefusesWhatItIsNot() {
    for (const SettingRow& row : settingTable()) {
        for (const SettingValue& value : wrongFor(row)) {
            Settings settings;
            const auto done = setSetting(settings, row.path, value);
            QVERIFY2(!done, (std::string(row.path) + " took " + settingText(value)).c_str());
            QCOMPARE(done.error().where, std::string(row.path));
            QVERIFY(settings == Settings{});
        }
    }
}

void SettingTableTest::knowsWhatIsLive() {
    const std::set<std::string> live{"training.learning_rate", "training.momentum",    "training.batch_size",
                                     "training.weight_decay",  "training.bias_decay",  "network.activation",
                                     "network.alpha",          "network.slope_at_zero"};
    for (const SettingRow& row : settingTable()) {
        QCOMPARE(row.live, live.contains(row.path));
        Settings to;
        row.set(to, another(row));
        if (to == Settings{})
            continue; // a choice that has one entry so far
        const bool keepsWeights = row.live || std::string(row.path) == "name";
        QVERIFY2(differsOnlyLive(Settings{}, to) == keepsWeights, row.path);
    }
    QVERIFY(differsOnlyLive(Settings{}, with(ThermalKick{})));
}

void SettingTableTest::numbersOfEitherKind() {
    Settings settings;
    QVERIFY(setSetting(settings, "training.batch_size", 32.0));
    QCOMPARE(settings.training.batchSize, 32);
    QVERIFY(setSetting(settings, "training.learning_rate", std::int64_t{2}));
    QCOMPARE(settings.training.learningRate, 2.0);
    QVERIFY(setSetting(settings, "seed", 9007199254740991.0));
    QCOMPARE(settings.seed, std::int64_t{9007199254740991});
}

void SettingTableTest::readsTexts_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("back");
    QTest::newRow("widths") << "network.hidden"
                            << "8,8"
                            << "8,8";
    QTest::newRow("widths in brackets") << "network.hidden"
                                        << "[8, 4]"
                                        << "8,4";
    QTest::newRow("no widths in brackets") << "network.hidden"
                                           << "[]"
                                           << "";
    QTest::newRow("widths with blanks") << "network.hidden"
                                        << " 8, 16 "
                                        << "8,16";
    QTest::newRow("no hidden layer") << "network.hidden"
                                     << ""
                                     << "";
    QTest::newRow("exponent") << "training.learning_rate"
                              << "1e-3"
                              << "0.001";
    QTest::newRow("whole exponent") << "data.samples"
                                    << "1e3"
                                    << "1000";
    QTest::newRow("negative") << "data.offset"
                              << "-2.5"
                              << "-2.5";
    QTest::newRow("boolean") << "training.shuffle"
                             << "false"
                             << "false";
    QTest::newRow("optional given") << "data.standardize"
                                    << "true"
                                    << "true";
    QTest::newRow("optional left out") << "network.alpha"
                                       << ""
                                       << "null";
    QTest::newRow("empty text") << "data.file"
                                << ""
                                << "";
    QTest::newRow("text like a number") << "name"
                                        << "12"
                                        << "12";
}

void SettingTableTest::readsTexts() {
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, back);
    Settings settings;
    QVERIFY(setSettingFromText(settings, path.toStdString(), text.toStdString()));
    QCOMPARE(settingText(findSetting(path.toStdString())->get(settings)), back.toStdString());
}

void SettingTableTest::refusesTexts_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::newRow("decimal comma") << "training.learning_rate"
                                   << "0,5";
    QTest::newRow("trailing letters") << "training.learning_rate"
                                      << "0.5x";
    QTest::newRow("blank") << "training.learning_rate"
                           << " 0.5";
    QTest::newRow("empty number") << "training.learning_rate"
                                  << "";
    QTest::newRow("infinite") << "training.learning_rate"
                              << "inf";
    QTest::newRow("not a number") << "data.offset"
                                  << "nan";
    QTest::newRow("fraction") << "training.batch_size"
                              << "2.5";
    QTest::newRow("hole in widths") << "network.hidden"
                                    << "8,,8";
    QTest::newRow("widths end in a comma") << "network.hidden"
                                           << "8,";
    QTest::newRow("wide") << "network.hidden"
                          << "513";
    QTest::newRow("too large for an int") << "network.hidden"
                                          << "4294967304";
    QTest::newRow("yes") << "training.shuffle"
                         << "yes";
    QTest::newRow("choice in capitals") << "network.activation"
                                        << "ReLU";
    QTest::newRow("left out where it must not be") << "training.momentum"
                                                   << "null";
    QTest::newRow("unknown") << "training.rate"
                             << "1";
    QTest::newRow("group") << "training"
                           << "1";
}

void SettingTableTest::refusesTexts() {
    QFETCH(QString, path);
    QFETCH(QString, text);
    Settings settings;
    const auto done = setSettingFromText(settings, path.toStdString(), text.toStdString());
    QVERIFY(!done);
    QCOMPARE(done.error().where, path.toStdString());
    QVERIFY(settings == Settings{});
}

void SettingTableTest::errorsSayWhatIsRight() {
    Settings settings;
    QCOMPARE(setSetting(settings, "training.learning_rate", 200.0).error().english(),
             std::string("training.learning_rate: 200 is not a number from 0 to 100"));
    QCOMPARE(setSetting(settings, "data.samples", std::string("many")).error().english(),
             std::string("data.samples: \"many\" is not a whole number from 1 to 1000000"));
    QCOMPARE(setSetting(settings, "network.batch_norm", std::string("before")).error().english(),
             std::string("network.batch_norm: \"before\" is not one of: none, before-activation, after-activation"));
    const std::string unknown = setSetting(settings, "training.rate", 1.0).error().english();
    QVERIFY(unknown.find("training.learning_rate") != std::string::npos);
    QVERIFY(unknown.find("data.noise") == std::string::npos);
}

void SettingTableTest::targets() {
    for (const char* text : {"dead", "all", "layer:2", "neuron:1:3"}) {
        const auto target = parseTarget(text);
        QVERIFY(target);
        QCOMPARE(targetText(target.value()), std::string(text));
    }
    for (const char* text : {"", "Dead", "layer", "layer:", "layer:0", "layer:1:1", "neuron:1", "neuron:1:0",
                             "neuron:1:2:3", "layer:1 ", "layer:x", "layer:99999999999999999999"})
        QVERIFY2(!parseTarget(text), text);
}

void SettingTableTest::validates_data() {
    QTest::addColumn<Settings>("settings");
    QTest::addColumn<QString>("where");
    const auto kick = [](double strength, Target target) { return with(ThermalKick{strength, target}); };
    Settings csv;
    csv.data.source = "csv";
    Settings early = with(ThermalKick{});
    early.interventions.front().step = -1;
    QTest::newRow("default") << Settings{} << "";
    QTest::newRow("kick") << kick(1000, {Target::Kind::Neuron, 2, 8}) << "";
    QTest::newRow("set") << with(SettingChange{"network.activation", std::string("leaky-relu")}) << "";
    QTest::newRow("csv without a file") << csv << "data.file";
    QTest::newRow("before the start") << early << "interventions[0].step";
    QTest::newRow("too strong") << kick(1001, {}) << "interventions[0].strength";
    QTest::newRow("negative strength") << kick(-1, {}) << "interventions[0].strength";
    QTest::newRow("warming") << with(BiasWarming{-1000, 1}) << "";
    QTest::newRow("too warm") << with(BiasWarming{1001, 10}) << "interventions[0].gamma";
    QTest::newRow("warmth that is no number") << with(BiasWarming{std::nan(""), 10}) << "interventions[0].gamma";
    QTest::newRow("warming of no steps") << with(BiasWarming{1, 0}) << "interventions[0].steps";
    QTest::newRow("warming of one") << with(BiasWarming{1, 10, {Target::Kind::Neuron, 1, 3}}) << "";
    QTest::newRow("warming of nobody there")
        << with(BiasWarming{1, 10, {Target::Kind::Neuron, 1, 99}}) << "interventions[0].target";
    QTest::newRow("edit") << with(EditParameters{1, 1, -0.5, {1.0, std::nullopt}}) << "";
    QTest::newRow("edit of nobody there") << with(EditParameters{3, 1, -0.5, {}}) << "interventions[0].target";
    QTest::newRow("bias that is no number") << with(EditParameters{1, 1, std::nan(""), {}}) << "interventions[0].bias";
    QTest::newRow("weight beyond float32")
        << with(EditParameters{1, 1, {}, {1.0, 1e39}}) << "interventions[0].weights[1]";
    QTest::newRow("too many weights") << with(EditParameters{2, 1, {}, std::vector<std::optional<double>>(99, 0.5)})
                                      << "interventions[0].weights";
    QTest::newRow("beta without batch norm") << with(EditParameters{1, 1, {}, {}, 0.5}) << "interventions[0].beta";
    QTest::newRow("reset") << with(ResetNeurons{{Target::Kind::Layer, 2}}) << "";
    QTest::newRow("reset of no such layer")
        << with(ResetNeurons{{Target::Kind::Layer, 3}}) << "interventions[0].target";
    QTest::newRow("no such layer") << kick(1, {Target::Kind::Layer, 3}) << "interventions[0].target";
    QTest::newRow("layer 0") << kick(1, {Target::Kind::Layer, 0}) << "interventions[0].target";
    QTest::newRow("no such neuron") << kick(1, {Target::Kind::Neuron, 2, 9}) << "interventions[0].target";
    QTest::newRow("not live") << with(SettingChange{"data.noise", 0.1}) << "interventions[0].path";
    QTest::newRow("no such setting") << with(SettingChange{"network.acti", 0.1}) << "interventions[0].path";
    QTest::newRow("out of range") << with(SettingChange{"training.momentum", 1.0}) << "interventions[0].value";
    QTest::newRow("wrong type") << with(SettingChange{"training.momentum", true}) << "interventions[0].value";
}

void SettingTableTest::validates() {
    QFETCH(Settings, settings);
    QFETCH(QString, where);
    const auto valid = validate(settings);
    QCOMPARE(valid.ok(), where.isEmpty());
    if (!valid)
        QCOMPARE(valid.error().where, where.toStdString());
}

QTEST_GUILESS_MAIN(SettingTableTest)
#include "setting_table_test.moc"
