#include "sample_run.h"
#include "ui/charts/marks.h"

#include <QTest>

using namespace flatline;

namespace {

std::shared_ptr<Snapshot> runWith(std::vector<Mark> marks) {
    auto snapshot = test::sampleRun();
    auto curves = std::make_shared<Curves>(*snapshot->curves);
    curves->marks = std::move(marks);
    snapshot->curves = curves;
    return snapshot;
}

} // namespace

class MarksTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where some kind of intervention has no mark or no words of its own.
    void everyKindHasItsWords_data() {
        QTest::addColumn<Action>("action");
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("brief");
        QTest::addColumn<bool>("solid");
        QTest::newRow("kick") << Action(ThermalKick{1.0, {}, KickedParameters::Both}) << "kick σ 1: 12 → 6"
                              << "kick" << true;
        QTest::newRow("bias kick") << Action(ThermalKick{0.5, {}, KickedParameters::Bias}) << "bias kick σ 0.5: 12 → 6"
                                   << "kick" << true;
        QTest::newRow("weight kick") << Action(ThermalKick{0.5, {}, KickedParameters::Weights})
                                     << "weight kick σ 0.5: 12 → 6"
                                     << "kick" << true;
        QTest::newRow("reset") << Action(ResetNeurons{}) << "reset: 12 → 6"
                               << "reset" << true;
        QTest::newRow("warming") << Action(BiasWarming{1.5, 300}) << "warm +1.5 for 300 steps"
                                 << "warm +1.5" << false;
        QTest::newRow("edit") << Action(EditParameters{2, 3, 0.5, {}}) << "L2·3 edited: 12 → 6"
                              << "edit" << true;
        QTest::newRow("setting") << Action(SettingChange{"training.learning_rate", 0.2}) << "lr 0.3 → 0.2"
                                 << "lr 0.3 → 0.2" << false;
    }
    void everyKindHasItsWords() {
        QFETCH(Action, action);
        QFETCH(QString, full);
        QFETCH(QString, brief);
        QFETCH(bool, solid);
        const auto run = runWith({{400, action, 12, 6}});
        const auto marks = plotMarks(*run, MarkWords::Full);
        QCOMPARE(marks.size(), std::size_t{1});
        QCOMPARE(marks[0].x, 400.0);
        QCOMPARE(marks[0].label, full);
        QCOMPARE(marks[0].kick || marks[0].jolt, solid);
        QCOMPARE(plotMarks(*run, MarkWords::Short)[0].label, brief);
    }

    // Breaks where interventions of other kinds between a raised rate and its end hide the stretch or are hidden by it.
    void aHarshStretchSurvivesOtherDeeds() {
        const auto rate = [](std::int64_t step, double value) {
            return Mark{step, SettingChange{"training.learning_rate", value}, 0, 0};
        };
        const auto marks = plotMarks(
            *runWith({rate(200, 3.0), {202, BiasWarming{}, 0, 0}, {204, ResetNeurons{}, 1, 0}, rate(210, 0.3)}),
            MarkWords::Full);
        QCOMPARE(marks.size(), std::size_t{3});
        QCOMPARE(marks[0].until, 210.0);
        QVERIFY(marks[1].label.startsWith("warm") && marks[2].label.startsWith("reset"));
    }

    // Breaks where a stretch of one step, or a rate undone and done again between two steps, is told in a wrong number.
    void shortStretchesAreCounted() {
        const auto rate = [](std::int64_t step, double value) {
            return Mark{step, SettingChange{"training.learning_rate", value}, 0, 0};
        };
        QCOMPARE(plotMarks(*runWith({rate(200, 3.0), rate(201, 0.3)}), MarkWords::Full)[0].label,
                 QStringLiteral("lr 3 for 1 step"));
        const auto marks = plotMarks(*runWith({rate(200, 3.0), rate(200, 0.3)}), MarkWords::Full);
        QCOMPARE(marks.size(), std::size_t{2});
        QVERIFY2(!marks[0].label.contains("steps"), qPrintable(marks[0].label));
    }
};

QTEST_GUILESS_MAIN(MarksTest)
#include "marks_test.moc"
