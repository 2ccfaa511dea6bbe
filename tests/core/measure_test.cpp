#include "core/export/trace_cells.h"
#include "core/verify/measure.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// The measure of a run "a" and, where it is given, a run "b", so many steps long.
double measured(const std::string& text, std::int64_t steps, std::vector<Settings> settings) {
    std::vector<std::string> names{"a", "b"};
    names.resize(settings.size());
    const auto measure = Measure::create(text, names, steps);
    if (!measure)
        throw std::runtime_error(measure.error().english());
    std::vector<std::unique_ptr<MeasuredRun>> runs;
    std::vector<MeasuredRun*> places;
    Measure::Readings readings;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const RunDemand& demand = measure.value().demand(i);
        auto trainer = Trainer::create(settings[i], fixtures::dataset(settings[i]), {}, {demand.watch});
        runs.push_back(std::make_unique<MeasuredRun>(std::move(trainer).value(), demand.keep));
        places.push_back(runs.back().get());
        measure.value().read(i, *runs.back(), readings);
        bool finite = true;
        while (finite && runs.back()->trainer().stepsDone() < steps) {
            finite = runs.back()->step();
            if (finite)
                measure.value().read(i, *runs.back(), readings);
        }
        if (!finite)
            measure.value().readDiverged(i, *runs.back(), readings);
    }
    return measure.value().value(places, readings);
}

Settings with(Settings settings, const std::function<void(Settings&)>& change) {
    change(settings);
    return settings;
}

Settings diverging() {
    Settings settings;
    settings.data.source = "sine";
    settings.training.learningRate = 100.0;
    return settings;
}

} // namespace

class MeasureTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a column of the trace is no quantity, or means another.
    void theTraceIsThere();
    void arithmetic();
    void steps();
    void functionsOfSteps();
    void eventsAddUp();
    // Breaks where runs that are the same seem different, or the other way round.
    void differences();
    void theDeadStandStill();
    void divergence();
    void mistakes_data();
    void mistakes();
    void layersThatAreNotThere();
    // Breaks where the handbook for teachers forgets a quantity or function, or says something else of it.
    void theHandbookHasThemAll();
};

void MeasureTest::theTraceIsThere() {
    const Settings settings = fixtures::harshSettings(3);
    Trainer trainer = fixtures::trainer(settings);
    for (int i = 0; i < 40; ++i)
        QVERIFY(trainer.step());
    const std::vector<std::string> names = traceColumns(2);
    const std::vector<std::string> cells = traceCells(trainer.observe());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double value = measured("a." + names[i], 40, {settings});
        const double cell = std::stod(cells[i]);
        QVERIFY2(std::abs(value - cell) <= 1e-6 * std::abs(cell), names[i].c_str()); // cells are float32
    }
}

void MeasureTest::arithmetic() {
    const Settings settings = fixtures::harshSettings(3);
    QCOMPARE(measured("1 + 2 * 3 - 4 / 8", 0, {settings}), 6.5);
    QCOMPARE(measured("-(2 - 5) * 2", 0, {settings}), 6.0);
    QCOMPARE(measured("max(1, 3, 2) + min(4, 2) + abs(-1)", 0, {settings}), 6.0);
    QCOMPARE(measured("pow(2, 10) + log(exp(3)) + sqrt(16)", 0, {settings}), 1031.0);
    QVERIFY(std::isnan(measured("max(1, 0 / 0)", 0, {settings})));
    QCOMPARE(measured("a.neurons", 0, {settings}), 12.0);
}

void MeasureTest::steps() {
    const Settings settings = fixtures::harshSettings(3);
    QCOMPARE(measured("a.step + 100 * a.step@7 + 10000 * a.step@0", 30, {settings}), 730.0);
}

void MeasureTest::functionsOfSteps() {
    const Settings settings = fixtures::harshSettings(3);
    QCOMPARE(measured("highest(a.step) - lowest(a.step)", 25, {settings}), 25.0);
    QCOMPARE(measured("first_above(a.step, 6.5)", 25, {settings}), 7.0);
    QCOMPARE(measured("first_below(a.step, 6.5)", 25, {settings}), 0.0);
    QVERIFY(std::isinf(measured("first_above(a.step, 1000)", 25, {settings})));
}

void MeasureTest::eventsAddUp() {
    const Settings settings = fixtures::harshSettings(3);
    QVERIFY(measured("a.deaths", 300, {settings}) > 0.0);
    QCOMPARE(measured("a.deaths - a.layer1_deaths - a.layer2_deaths", 300, {settings}), 0.0);
    QCOMPARE(measured("a.born_dead + a.deaths - a.revivals - a.dead", 300, {settings}), 0.0);
    std::string causes = "a.deaths";
    for (const VerdictRow& row : verdictTable())
        if (row.verdict != Verdict::BornDead)
            causes += " - a.deaths_" + QString(row.id).replace('-', '_').toStdString();
    QCOMPARE(measured(causes, 300, {settings}), 0.0);
}

void MeasureTest::differences() {
    const Settings settings = fixtures::harshSettings(3);
    QCOMPARE(measured("differences(a, b)", 50, {settings, settings}), 0.0);
    const Settings other = with(settings, [](Settings& s) { s.training.learningRate = 0.8001; });
    QVERIFY(measured("differences(a, b)", 50, {settings, other}) > 0.0);
    QCOMPARE(measured("differences(a, b)", 0, {settings, other}), 0.0); // the rate has done nothing yet
    const Settings wider = with(settings, [](Settings& s) { s.network.hidden = {7, 6}; });
    QVERIFY(std::isnan(measured("differences(a, b)", 5, {settings, wider})));
}

void MeasureTest::theDeadStandStill() {
    const Settings settings = with(fixtures::harshSettings(3), [](Settings& s) { s.training.learningRate = 2.0; });
    QVERIFY(measured("a.layer1_dead", 200, {settings}) > 0.0);
    QCOMPARE(measured("a.dead_movement", 200, {settings}), 0.0);
    const Settings rolling = with(settings, [](Settings& s) { s.training.momentum = 0.9; });
    QVERIFY(measured("a.dead_movement", 200, {rolling}) > 0.0);
    const Settings alive = with(settings, [](Settings& s) { s.network.activation = "leaky-relu"; });
    QVERIFY(std::isnan(measured("a.dead_movement", 20, {alive})));
}

void MeasureTest::divergence() {
    QCOMPARE(measured("a.diverged", 200, {diverging()}), 1.0);
    QVERIFY(measured("a.step", 200, {diverging()}) < 200.0);
    QVERIFY(std::isnan(measured("a.train_loss", 200, {diverging()})));
    QVERIFY(std::isfinite(measured("a.train_loss@0", 200, {diverging()})));
    QVERIFY(std::isnan(measured("lowest(a.train_loss)", 200, {diverging()})));
    QVERIFY(std::isnan(measured("differences(a, b)", 200, {diverging(), diverging()})));
    QCOMPARE(measured("a.diverged", 20, {fixtures::harshSettings(3)}), 0.0);
}

void MeasureTest::mistakes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* text, int column, const char* part) {
        QTest::newRow(text) << text << column << part;
    };
    row("a.ded", 1, "\"dead\"");       // the nearest
    row("1 + c.dead", 5, "a, b");      // the claim's runs
    row("a.dead@101", 1, "100");       // beyond the end
    row("a", 1, "a.dead");             // a run is no number
    row("mean(a.dead)", 1, "highest"); // lists the functions
    row("abs(1, 2)", 1, "abs(x)");     // how it is written
    row("highest(3)", 1, "highest(RUN.NAME)");
    row("highest(a.dead@5)", 9, "@");
    row("differences(a, 2)", 1, "differences(RUN, RUN)");
    row("2 * differences(a)", 5, "differences(RUN, RUN)");
    row("a.layerK_dead", 1, "no quantity"); // the placeholder itself
    row("a.layer0_dead", 1, "layerK_dead");
    row("a.deaths_boredom", 1, "deaths_CAUSE");
    row("a.dead +", 9, "missing");
}

void MeasureTest::mistakes() {
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, part);
    const auto measure = Measure::create(text.toStdString(), {"a", "b"}, 100);
    QVERIFY(!measure);
    QCOMPARE(measure.error().where, "column " + std::to_string(column));
    QVERIFY2(measure.error().english().find(part.toStdString()) != std::string::npos,
             measure.error().english().c_str());
}

void MeasureTest::layersThatAreNotThere() {
    const auto measure = Measure::create("1 + a.layer3_dead", {"a"}, 1);
    QVERIFY(measure);
    QVERIFY(measure.value().checkLayers(0, 3));
    const auto there = measure.value().checkLayers(0, 2);
    QVERIFY(!there);
    QCOMPARE(there.error().where, std::string("column 5"));
}

void MeasureTest::theHandbookHasThemAll() {
    const auto text = fixtures::readText(FLATLINE_SOURCE_DIR "/resources/lessons/README.md");
    QVERIFY(text);
    const auto has = [&](const std::string& usage, const char* meaning) {
        const std::string line = "| `" + usage + "` | " + meaning + " |";
        QVERIFY2(text.value().find(line) != std::string::npos, line.c_str());
    };
    for (const QuantityRow& row : quantityTable())
        has(std::string("RUN.") + row.id, row.meaning);
    for (const NumberFunction& row : numberFunctionTable())
        has(row.usage, row.meaning);
    for (const StepsFunction& row : stepsFunctionTable())
        has(row.usage, row.meaning);
    for (const RunsFunction& row : runsFunctionTable())
        has(row.usage, row.meaning);
}

QTEST_GUILESS_MAIN(MeasureTest)
#include "measure_test.moc"
