#include "core/session/twins.h"
#include "tests/core/fixtures.h"
#include "ui/charts/plot.h"
#include "ui/compare/comparison_charts.h"
#include "ui/compare/comparison_panel.h"
#include "ui/compare/comparison_view.h"
#include "ui/compare/difference_table.h"
#include "ui/compare/verdict.h"
#include "ui/controls/training_section.h"
#include "ui/runs/difference_sign.h"
#include "ui/runs/run_button.h"
#include "ui/theme/theme.h"
#include "ui/views/loss_view.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace flatline;

namespace {

/// Real runs: A dies at a harsh rate, B got a leak at step 200; both at step 320.
class TwoRuns {
public:
    explicit TwoRuns(bool leak = true)
        : m_first(fixtures::trainer(settings())) {
        step(200);
        (void)m_twins.add(m_first, Session::defaultHistoryCap);
        if (leak)
            (void)m_twins[0].act(SettingChange{"network.activation", std::string("leaky-relu")});
        step(120);
    }
    void addKicked() {
        (void)m_twins.add(m_first, Session::defaultHistoryCap);
        (void)m_twins[m_twins.size() - 1].act(ThermalKick{1.0, {}, KickedParameters::Both});
    }
    [[nodiscard]] Runs runs() {
        auto first = std::make_shared<Snapshot>(m_first.snapshot(true));
        first->state = RunState::Paused;
        Runs all{first};
        for (auto& twin : m_twins.snapshots(true, *first))
            all.push_back(twin);
        return all;
    }

private:
    static Settings settings() {
        Settings settings = fixtures::harshSettings(3);
        settings.training.learningRate = 1.5;
        return settings;
    }
    void step(int steps) {
        for (int i = 0; i < steps && m_first.step(); ++i)
            m_twins.step(m_first.shown().stepsDone());
        m_first.finish();
    }
    Session m_first;
    Twins m_twins;
};

Frame frameOf(const Runs& runs, std::size_t chosen) {
    return {runs[chosen], nullptr, {}, nullptr, nullptr, runs, chosen};
}

const DifferenceRow& rowOf(const std::vector<DifferenceRow>& rows, const QString& id) {
    return *std::ranges::find(rows, id, &DifferenceRow::id);
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    // Breaks where the table leaves out a setting that differs, lists one that does not, or has the signs reversed.
    void theTableSaysWhatDiffers() {
        const Runs runs = TwoRuns().runs();
        const std::vector<DifferenceRow> rows = differenceRows(runs);
        const DifferenceRow& activation = rowOf(rows, "network.activation");
        QCOMPARE(activation.values, QStringList({"ReLU", "Leaky ReLU"}));
        QVERIFY(std::ranges::find(rows, QStringLiteral("training.learning_rate"), &DifferenceRow::id) == rows.end());
        const DifferenceRow& dead = rowOf(rows, "dead");
        QVERIFY(runs[0]->now.dead() > 0);
        QCOMPARE(runs[1]->now.dead(), 0);
        QCOMPARE(dead.difference, QChar(0x2212) + QString::number(runs[0]->now.dead()));
        QVERIFY(dead.tone == DifferenceRow::Tone::Better);
        const Runs reversed{runs[1], runs[0]};
        QVERIFY(rowOf(differenceRows(reversed), "dead").tone == DifferenceRow::Tone::Worse);
        const QByteArray csv = differenceCsv(runs);
        QVERIFY(csv.startsWith("figure,a,b,difference\r\nnetwork.activation,relu,leaky-relu,\r\n"));
        QVERIFY(csv.contains("\r\ndead," + QByteArray::number(runs[0]->now.dead()) + ",0,-"));
    }

    // Breaks where three runs are told as two, or deeds that differ are not said.
    void moreRunsHaveAColumnEach() {
        TwoRuns pair;
        pair.addKicked();
        const Runs runs = pair.runs();
        const std::vector<DifferenceRow> rows = differenceRows(runs);
        QCOMPARE(rowOf(rows, "deeds").values, QStringList({"0", "0", "1"}));
        QCOMPARE(rowOf(rows, "dead").values.size(), 3);
        QVERIFY(rowOf(rows, "dead").difference.isEmpty());
        QVERIFY(differenceCsv(runs).startsWith("figure,a,b,c,difference\r\n"));
        QVERIFY(commonText(runs).contains(QStringLiteral("2 things differ")));
    }

    // Breaks where the verdict claims more than one seed shows, or praises a run for neurons that only leak.
    void theVerdictNamesItsLimits() {
        const Runs runs = TwoRuns().runs();
        const RunVerdict verdict = comparisonVerdict(runs, 1, nullptr);
        QCOMPARE(verdict.lead, QStringLiteral("Alive is not the same as useful."));
        QVERIFY(verdict.rest.contains(QStringLiteral("One seed proves nothing.")));
        const Runs same = TwoRuns(false).runs();
        QVERIFY(comparisonVerdict(same, 1, nullptr).lead.contains(QStringLiteral("the same so far")));
        PairReport pairs;
        pairs.seeds = 3;
        for (int i = 0; i < 3; ++i) {
            PairOutcome pair;
            pair.first.dead = 5;
            pair.first.trainLoss = 0.5 + 0.3 * i;
            pair.second.trainLoss = 0.6 - 0.2 * i;
            pairs.outcomes.push_back(pair);
        }
        const QString many = comparisonVerdict(runs, 1, &pairs).rest;
        QVERIFY(many.contains(QStringLiteral("Over 3 seeds fewer are dead in B")));
        QVERIFY(many.contains(QStringLiteral("may be chance")));
        QVERIFY(commonText(runs).startsWith(QStringLiteral("same data, draws and batches; one thing differs")));
        QVERIFY(lockstepText(runs).contains(QStringLiteral("In lockstep, step 320")));
    }

    // Breaks where the runs are drawn on axes of their own, or a run's curve has lost its ink, shape or name.
    void chartsShareTheirAxes() {
        const Runs runs = TwoRuns().runs();
        const PlotContent loss = comparedLoss(runs, {0.0, 400.0});
        QCOMPARE(loss.curves.size(), std::size_t{2});
        QCOMPARE(loss.curves.back().name, QStringLiteral("A · ReLU"));
        QCOMPARE(loss.curves.front().name, QStringLiteral("B · Leaky ReLU"));
        QVERIFY(loss.curves.front().ink == &Theme::runB);
        QVERIFY(loss.curves.front().end == PlotCurve::End::Square);
        const PlotContent dead = comparedDeaths(runs, {0.0, 400.0});
        QCOMPARE(dead.curves.back().points.back().value, static_cast<double>(runs[0]->now.dead()));
        QCOMPARE(dead.yRange->to, 12.0);
        QVERIFY(dead.xRange == loss.xRange);
    }

    // Breaks where an ordinary view forgets the other run, or the table and strips do not follow the runs.
    void viewsShowTheOtherRun() {
        const Runs runs = TwoRuns().runs();
        LossView view;
        view.resize(500, 300);
        view.showFrame(frameOf(runs, 0));
        const auto& curves = view.findChild<Plot*>()->content().curves;
        QVERIFY(std::ranges::any_of(curves, [](const PlotCurve& curve) { return curve.name == QStringLiteral("B"); }));
        QVERIFY(view.summary().contains(QStringLiteral("Run B")));
        view.showFrame({runs[0], nullptr, {}});
        QVERIFY(std::ranges::none_of(view.findChild<Plot*>()->content().curves,
                                     [](const PlotCurve& curve) { return curve.name == QStringLiteral("B"); }));
    }

    // Breaks where the comparison shows nothing, hides a run, or a click on a run's sign does not choose it.
    void aRunIsChosenByItsSign() {
        const Runs runs = TwoRuns().runs();
        ComparisonView view;
        view.resize(1200, 700);
        view.show();
        view.showFrame(frameOf(runs, 0), 1);
        QVERIFY(view.findChild<DifferenceTable*>()->rows().size() > 5);
        QSignalSpy chosen(&view, &ComparisonView::runChosen);
        QList<RunButton*> visible;
        for (RunButton* button : view.findChildren<RunButton*>())
            if (button->isVisible())
                visible << button;
        QCOMPARE(visible.size(), 2);
        visible[1]->setFocus();
        QTest::keyClick(visible[1], Qt::Key_Space);
        QCOMPARE(chosen.takeFirst().front().toInt(), 1);
        QVERIFY(view.summary().contains(QStringLiteral("Leaky ReLU")));
        QVERIFY(!view.grab().isNull());
    }

    // Breaks where a setting that is not A's is not marked beside its control, one that is A's is, or marks stay.
    void controlsMarkWhatDiffers() {
        const Runs runs = TwoRuns().runs();
        TrainingSection section;
        section.resize(254, 400);
        section.show();
        section.showFrame(frameOf(runs, 1));
        const auto marks = [&section] {
            QStringList names;
            for (DifferenceSign* sign : section.findChildren<DifferenceSign*>())
                if (sign->isVisible())
                    names << sign->accessibleName();
            return names;
        };
        QCOMPARE(marks(), QStringList{QStringLiteral("Differs from A: ReLU there.")});
        section.showFrame(frameOf(runs, 0));
        QVERIFY(marks().isEmpty());
        auto rate = std::make_shared<Snapshot>(*runs[1]);
        rate->settings.training.learningRate = 0.1;
        section.showFrame(frameOf({runs[0], rate}, 1));
        QCOMPARE(marks().size(), 2);
    }

    // Breaks where the seeds' button does not start and stop, or what was found for other settings passes for this.
    void seedsAreStartedAndStopped() {
        const Runs runs = TwoRuns().runs();
        ComparisonPanel panel;
        panel.showRuns(runs, 0);
        QSignalSpy start(&panel, &ComparisonPanel::seedsWished);
        QSignalSpy stop(&panel, &ComparisonPanel::stopWished);
        QPushButton* button = nullptr;
        for (QPushButton* one : panel.findChildren<QPushButton*>())
            if (one->text() == QStringLiteral("Run 30 paired seeds"))
                button = one;
        QVERIFY(button != nullptr);
        button->click();
        QCOMPARE(start.size(), 1);
        panel.showPairs(nullptr, true);
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        button->click();
        QCOMPARE(stop.size(), 1);
        auto pairs = std::make_shared<PairReport>();
        pairs->seeds = 2;
        pairs->steps = 320;
        pairs->first = runs[0]->experiment;
        pairs->second = runs[1]->experiment;
        pairs->outcomes.resize(2);
        pairs->outcomes[0].first.dead = 4;
        pairs->outcomes[1].first.dead = 6;
        panel.showPairs(pairs, false);
        QVERIFY(panel.text().contains(QStringLiteral("Over 2 seeds")));
        pairs = std::make_shared<PairReport>(*pairs);
        pairs->second.training.learningRate = 0.5;
        panel.showPairs(pairs, false);
        QVERIFY(panel.text().contains(QStringLiteral("One seed proves nothing")));
        const std::vector<DifferenceRow> rows = seedRows(*pairs);
        QCOMPARE(rows.front().id, QStringLiteral("dead"));
        QVERIFY(rows.front().difference.startsWith(QChar(0x2212) + QStringLiteral("5 ±")));
        QVERIFY(rows.front().tone == DifferenceRow::Tone::Plain); // 4 and 6: the interval holds 0
    }
};

QTEST_MAIN(ComparisonTest)
#include "comparison_test.moc"
