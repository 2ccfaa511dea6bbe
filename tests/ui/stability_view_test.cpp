#include "real_run.h"
#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/stability_view.h"

#include <QApplication>
#include <QTest>

using namespace flatline;

class StabilityViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void theLimitFollowsTheLearningRate();
    void sharpnessStandsBesideItsLimit();
    void updatesAreDrawnWithTheirExtremes();
    void flatStretchesAreHatched();
    void aMomentOfThePastIsMarked();
    void tooLargeIsSaid();
    void othersThanPlainDescentAreSaid();

private:
    [[nodiscard]] const PlotContent& upper() const { return m_view->findChildren<Plot*>()[0]->content(); }
    [[nodiscard]] const PlotContent& lower() const { return m_view->findChildren<Plot*>()[1]->content(); }
    [[nodiscard]] static std::shared_ptr<Analysis> analysisOf(const Snapshot& snapshot) {
        SharpnessPath path;
        path.follow(snapshot);
        for (int i = 0; i < 6; ++i)
            (void)path.computeNext(nullptr);
        auto analysis = std::make_shared<Analysis>();
        analysis->run = snapshot.run;
        analysis->step = snapshot.now.step;
        analysis->path = path.curve();
        return analysis;
    }
    std::unique_ptr<StabilityView> m_view;
};

void StabilityViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<StabilityView>();
    m_view->resize(320, 205);
    m_view->show();
}

// Breaks where the limit is that of now all along, or misses a change.
void StabilityViewTest::theLimitFollowsTheLearningRate() {
    auto run = test::sampleRun();
    run->head = 900;
    const Curve limit = StabilityView::limitOf(*run);
    QCOMPARE(limit.size(), std::size_t{4});
    QCOMPARE(limit[0].value, 2.0 / 0.3);
    QCOMPARE(limit[1].step, 200.0);
    QCOMPARE(limit[1].value, 2.0 / 3.0);
    QCOMPARE(limit[2].value, 2.0 / 0.3);
    QCOMPARE(limit[3].step, 900.0);
}

// Breaks where a point of the path is missing, or the summary has another ratio than the curves.
void StabilityViewTest::sharpnessStandsBesideItsLimit() {
    const auto run = test::realRun(test::circles("tanh", {4}), 60);
    auto analysis = analysisOf(*run);
    QCOMPARE(analysis->path->points.size(), std::size_t{6});
    QVERIFY(analysis->path->missing > 0);
    const Frame frame{run, nullptr, {}, analysis};
    m_view->showFrame(frame);
    const Curve sharpness = StabilityView::sharpnessOf(frame);
    QCOMPARE(sharpness.size(), std::size_t{6});
    QCOMPARE(upper().curves.back().points, sharpness);
    QCOMPARE(upper().curves.back().name, QString("sharp"));
    QVERIFY2(m_view->summary().contains(numberText(sharpness.back().value)), qPrintable(m_view->summary()));
    QVERIFY(m_view->summary().contains(numberText(2.0 / 0.03)));
    QVERIFY2(m_view->subtitle().contains("to go"), qPrintable(m_view->subtitle()));
    for (const Plot* plot : m_view->findChildren<Plot*>()) {
        QVERIFY(m_view->rect().contains(plot->geometry()));
        QVERIFY(plot->area().height() > 40.0);
    }
    const auto plots = m_view->findChildren<Plot*>();
    QCOMPARE(plots[0]->place(30, 1).x(), plots[1]->place(30, 1).x());
}

void StabilityViewTest::updatesAreDrawnWithTheirExtremes() {
    const auto run = test::realRun(test::circles("tanh", {4}), 60);
    m_view->showFrame({run, nullptr, {}, nullptr});
    QCOMPARE(lower().curves.size(), std::size_t{1});
    QVERIFY(lower().curves[0].band && lower().logarithmic);
    QCOMPARE(lower().curves[0].points.back().value, *run->now.updateRatio);
    QVERIFY2(m_view->summary().contains(numberText(*run->now.updateRatio)), qPrintable(m_view->summary()));
}

// Breaks where a loss that curves nowhere upwards is a gap without a word.
void StabilityViewTest::flatStretchesAreHatched() {
    const auto run = test::sampleRun();
    auto analysis = std::make_shared<Analysis>();
    auto path = std::make_shared<SharpnessCurve>();
    path->points = {{0, 4.0, 0.3}, {300, 0.0, 0.3}, {600, 0.0, 0.3}, {900, 2.0, 0.3}};
    analysis->path = path;
    m_view->showFrame({run, nullptr, {}, analysis});
    QCOMPARE(upper().holes.size(), std::size_t{1});
    QCOMPARE(upper().holes[0].from, 300.0);
    QCOMPARE(upper().holes[0].to, 900.0);
    path->points.back().value = -0.5;
    auto later = std::make_shared<Analysis>(*analysis);
    m_view->showFrame({run, nullptr, {}, later});
    QVERIFY2(m_view->summary().contains("in no direction"), qPrintable(m_view->summary()));
}

// Breaks where a past moment is not marked in both charts, or stays where it was while one travels.
void StabilityViewTest::aMomentOfThePastIsMarked() {
    const auto live = test::realRun(test::circles("tanh", {4}), 60);
    m_view->showFrame({live, nullptr, {}, analysisOf(*live)});
    QVERIFY(!upper().cursor && !lower().cursor);
    for (const std::int64_t step : {20, 31}) {
        auto past = std::make_shared<Snapshot>(*live);
        past->past = true;
        past->head = live->now.step;
        past->now.step = step;
        past->now.updateRatio = 0.125;
        m_view->showFrame({past, nullptr, {}, analysisOf(*live)});
        QVERIFY(upper().cursor && lower().cursor);
        QCOMPARE(upper().cursor->x, static_cast<double>(step));
        QCOMPARE(lower().cursor->x, static_cast<double>(step));
        QCOMPARE(lower().cursor->words, QStringList("0.125"));
    }
}

void StabilityViewTest::tooLargeIsSaid() {
    auto run = test::sampleRun();
    run->state = RunState::Running;
    auto analysis = std::make_shared<Analysis>();
    analysis->path = std::make_shared<SharpnessCurve>(SharpnessCurve{{}, 12});
    m_view->showFrame({run, nullptr, {}, analysis});
    QVERIFY2(m_view->subtitle().contains("pause"), qPrintable(m_view->subtitle()));
    QVERIFY(m_view->summary().contains("too large"));
}

void StabilityViewTest::othersThanPlainDescentAreSaid() {
    auto run = test::sampleRun();
    run->settings.training.optimizer = "adam";
    m_view->showFrame({run, nullptr, {}, nullptr});
    QVERIFY(m_view->subtitle().contains("plain SGD"));
    auto momentum = test::sampleRun();
    momentum->settings.training.momentum = 0.5; // 2 (1 + 0.5) / 0.3
    m_view->showFrame({momentum, nullptr, {}, nullptr});
    QVERIFY2(m_view->subtitle().contains("10"), qPrintable(m_view->subtitle()));
}

QTEST_MAIN(StabilityViewTest)
#include "stability_view_test.moc"
