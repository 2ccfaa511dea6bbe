#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/dead_count_strip.h"
#include "ui/views/dead_count_view.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace flatline;

class DeadCountViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aChartALayerWithItsCount();
    void chartsShareTheirSteps();
    void onlyTheFirstNamesMarksAndTheLastTheSteps();
    void manyLayersAreAStrip();
    void stripColoursByShare();
    void fewerLayersHideCharts();
    void noLayersAreSaid();
    void warmingHasItsCurve();
    void theMomentHasItsOwnCounts();
    void theStripMarksTheMoment();
    void aClickSelectsWhoDied();
    void aClickInTheStripSelectsWhoDied();
    void theStripsTooltipNamesWhoDied();

private:
    [[nodiscard]] QList<Plot*> visiblePlots() const;
    std::unique_ptr<DeadCountView> m_view;
};

void DeadCountViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<DeadCountView>();
    m_view->resize(480, 240);
    m_view->show();
}

QList<Plot*> DeadCountViewTest::visiblePlots() const {
    QList<Plot*> plots;
    for (Plot* plot : m_view->findChildren<Plot*>()) {
        if (plot->isVisible())
            plots.append(plot);
    }
    return plots;
}

void DeadCountViewTest::aChartALayerWithItsCount() {
    m_view->showFrame(test::frameOf(test::sampleRun(2)));
    const QList<Plot*> plots = visiblePlots();
    QCOMPARE(plots.size(), 2);
    const PlotCurve& second = plots[1]->content().curves[0];
    QCOMPARE(second.name, QStringLiteral("Layer 2"));
    QCOMPARE(second.value, QStringLiteral("3 of 8"));
    QVERIFY(second.hatched && second.steps && second.ink == &Theme::dead);
    QCOMPARE(plots[0]->content().curves[0].value, QStringLiteral("4 of 8"));
    QCOMPARE(plots[0]->yRange().to, 8.0);
    QVERIFY(m_view->summary().contains("7 of 16"));
}

void DeadCountViewTest::chartsShareTheirSteps() {
    m_view->showFrame(test::frameOf(test::sampleRun(3)));
    const QList<Plot*> plots = visiblePlots();
    for (const Plot* plot : plots) {
        QCOMPARE(plot->xRange(), plots[0]->xRange());
        QCOMPARE(plot->place(600, 0).x(), plots[0]->place(600, 0).x());
        QVERIFY(std::abs(plot->area().height() - plots[0]->area().height()) < 1.5);
    }
    QVERIFY(plots[2]->geometry().bottom() <= m_view->height());
}

void DeadCountViewTest::onlyTheFirstNamesMarksAndTheLastTheSteps() {
    m_view->showFrame(test::frameOf(test::sampleRun(3)));
    const QList<Plot*> plots = visiblePlots();
    QVERIFY(plots[0]->content().markLabels && !plots[1]->content().markLabels);
    QVERIFY(!plots[0]->content().xLabels && plots[2]->content().xLabels);
    for (const Plot* plot : plots)
        QCOMPARE(plot->content().marks.size(), std::size_t{2});
}

void DeadCountViewTest::manyLayersAreAStrip() {
    m_view->showFrame(test::frameOf(test::sampleRun(7)));
    QVERIFY(visiblePlots().isEmpty());
    QVERIFY(m_view->findChild<DeadStrip*>()->isVisible());
    m_view->showFrame(test::frameOf(test::sampleRun(6)));
    QCOMPARE(visiblePlots().size(), 6);
    QVERIFY(!m_view->findChild<DeadStrip*>()->isVisible());
}

void DeadCountViewTest::stripColoursByShare() {
    m_view->showFrame(test::frameOf(test::sampleRun(8)));
    auto* strip = m_view->findChild<DeadStrip*>();
    const QImage image = strip->grab().toImage();
    const auto colour = [&](std::size_t layer, double step) {
        return image.pixelColor(QPointF(strip->placeX(step), strip->row(layer).center().y()).toPoint());
    };
    QCOMPARE(colour(1, 100), themeFor(false).sunken);
    QVERIFY(colour(0, 100).green() > colour(0, 800).green()); // one of eight, four of eight
    const QRectF row = strip->row(1);
    int full = 0;
    int stroke = 0;
    for (int x = qRound(strip->placeX(300)); x < qRound(strip->placeX(500)); ++x) {
        const QColor pixel = image.pixelColor(x, qRound(row.center().y()));
        full += pixel == themeFor(false).dead ? 1 : 0;
        stroke += pixel.green() > 100 ? 1 : 0;
    }
    QVERIFY2(full > 10 && stroke > 5, "a layer that is dead as a whole is not hatched");
}

void DeadCountViewTest::fewerLayersHideCharts() {
    m_view->showFrame(test::frameOf(test::sampleRun(4)));
    m_view->showFrame(test::frameOf(test::sampleRun(1)));
    QCOMPARE(visiblePlots().size(), 1);
    QVERIFY(visiblePlots()[0]->height() > 180);
}

void DeadCountViewTest::noLayersAreSaid() {
    m_view->showFrame(test::frameOf(test::sampleRun(0)));
    QVERIFY(visiblePlots().isEmpty());
    QVERIFY(m_view->summary().contains("No hidden layers"));
    QVERIFY(!m_view->grab().isNull());
}

// A click near a death selects the neuron that died there, in that layer; one elsewhere nobody.
void DeadCountViewTest::aClickSelectsWhoDied() {
    auto run = test::sampleRun(2);
    run->events.append({203, 1, 5, EventKind::Died});
    run->events.append({260, 2, 7, EventKind::Died});
    run->events.append({605, 1, 3, EventKind::Revived});
    m_view->showFrame(test::frameOf(run));
    std::vector<NeuronId> clicked;
    QSignalSpy opened(m_view.get(), &View::neuronOpened);
    connect(m_view.get(), &View::neuronClicked, this, [&](NeuronId id) { clicked.push_back(id); });
    const auto click = [&](int layer, double step) {
        const Plot* plot = visiblePlots()[layer - 1];
        const QPointF place = plot->place(step, 1.0) + plot->pos();
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, place.toPoint());
    };
    click(1, 204);
    click(2, 204); // the other layer's
    click(1, 400);
    click(2, 259);
    click(1, 600);
    QCOMPARE(clicked, (std::vector<NeuronId>{{1, 5}, {2, 7}, {1, 3}}));
    QCOMPARE(opened.size(), 3);
}

// Breaks where a strip of many layers takes no click, or one beside the death or in another layer's row.
void DeadCountViewTest::aClickInTheStripSelectsWhoDied() {
    auto run = test::sampleRun(8);
    run->events.append({203, 7, 5, EventKind::Died});
    m_view->showFrame(test::frameOf(run));
    auto* strip = m_view->findChild<DeadStrip*>();
    QSignalSpy opened(m_view.get(), &View::neuronOpened);
    const auto click = [&](std::size_t layer, double step) {
        QTest::mouseClick(strip, Qt::LeftButton, {},
                          QPointF(strip->placeX(step), strip->row(layer - 1).center().y()).toPoint());
    };
    click(6, 203);
    click(7, 400);
    QCOMPARE(opened.size(), 0);
    click(7, 204);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].value<NeuronId>(), (NeuronId{7, 5}));
}

// Breaks where the tooltip of a strip does not say whom a click would open, or how that neuron is now.
void DeadCountViewTest::theStripsTooltipNamesWhoDied() {
    auto run = test::sampleRun(8);
    run->events.append({203, 7, 5, EventKind::Died});
    run->events.append({700, 7, 6, EventKind::Died});
    auto& lives = run->lives;
    lives.assign(8, std::vector<NeuronLife>(8));
    auto diagnosis = std::make_shared<Diagnosis>(*run->diagnosis);
    diagnosis->layers[6].neurons[4].state = NeuronState::Dead;
    diagnosis->layers[6].neurons[5].activeFraction = 0.4F;
    run->diagnosis = diagnosis;
    lives[6][4].diedAt = 203;
    m_view->showFrame(test::frameOf(run));
    const auto* strip = m_view->findChild<DeadStrip*>();
    const auto tip = [&](std::size_t layer, double step) {
        return strip->wordsAt({strip->placeX(step), strip->row(layer - 1).center().y()}).split('\n');
    };
    QCOMPARE(tip(7, 400).size(), 1);
    QCOMPARE(tip(6, 203).size(), 1);
    const QStringList dead = tip(7, 203);
    QVERIFY2(dead[0].startsWith("Layer 7, step 20") && dead.size() == 3, qPrintable(dead.join('|')));
    QCOMPARE(dead[1], QString::fromUtf8("L7·5: dead since step 203"));
    const QStringList alive = tip(7, 700);
    QVERIFY2(alive.size() == 4, qPrintable(alive.join('|')));
    QCOMPARE(alive[1], QString::fromUtf8("L7·6 died at step 700"));
    QCOMPARE(alive[2], QString::fromUtf8("L7·6: alive"));
}

void DeadCountViewTest::warmingHasItsCurve() {
    for (const int layers : {2, 8}) { // charts, and the strip
        auto snapshot = test::sampleRun(layers);
        m_view->showFrame(test::frameOf(snapshot));
        const auto without = visiblePlots().size();
        auto curves = std::make_shared<Curves>(*snapshot->curves);
        for (int step = 0; step <= 900; step += 10)
            curves->warming.push_back({1.0 * step, 1.5 - step / 900.0, 1.5 - step / 900.0, 1.5 - step / 900.0});
        auto warmed = std::make_shared<Snapshot>(*snapshot);
        warmed->curves = curves;
        warmed->now.warming = 0.5;
        m_view->showFrame(test::frameOf(warmed));
        const QList<Plot*> plots = visiblePlots();
        QCOMPARE(plots.size(), without + 1);
        const Plot* warming =
            *std::min_element(plots.begin(), plots.end(), [](const Plot* a, const Plot* b) { return a->y() < b->y(); });
        const PlotCurve& curve = warming->content().curves[0];
        QCOMPARE(curve.name, QStringLiteral("warming"));
        QCOMPARE(curve.value, QStringLiteral("+0.5"));
        QVERIFY(warming->content().markLabels && warming->yRange().to >= 1.5);
        for (const Plot* plot : plots) {
            QVERIFY(m_view->rect().contains(plot->geometry()));
            QVERIFY(plot == warming || !plot->content().markLabels);
            QVERIFY(plot == warming || plot->y() >= warming->geometry().bottom());
            QCOMPARE(plot->place(600, 0).x(), warming->place(600, 0).x());
        }
        const auto* strip = m_view->findChild<DeadStrip*>();
        QVERIFY(strip->isHidden() || strip->y() >= warming->geometry().bottom());
        QVERIFY(m_view->summary().contains("+0.5"));
    }
}

namespace {

std::shared_ptr<Snapshot> pastRun(int hidden) {
    auto past = std::make_shared<Snapshot>(*test::sampleRun(hidden));
    past->past = true;
    past->head = past->now.step;
    past->now.step = 300;
    past->now.layers[0].dead = 6;
    return past;
}

} // namespace

// Breaks where the count beside the curve's end is the moment's: the curve ends elsewhere.
void DeadCountViewTest::theMomentHasItsOwnCounts() {
    m_view->showFrame(test::frameOf(test::sampleRun(2)));
    QVERIFY(!visiblePlots()[0]->content().cursor);
    m_view->showFrame(test::frameOf(pastRun(2)));
    const PlotContent& first = visiblePlots()[0]->content();
    QVERIFY(first.cursor && first.cursor->x == 300.0);
    QCOMPARE(first.cursor->words, QStringList{"6 of 8"});
    QCOMPARE(first.curves[0].value, QStringLiteral("4 of 8"));
    QSignalSpy travels(m_view.get(), &View::travelWished);
    emit visiblePlots()[1]->picked(12.2);
    QCOMPARE(travels[0][0].toLongLong(), 12);
}

void DeadCountViewTest::theStripMarksTheMoment() {
    const auto past = pastRun(12);
    m_view->showFrame(test::frameOf(past));
    auto* strip = m_view->findChild<DeadStrip*>();
    QVERIFY(strip->isVisible());
    const QImage image = strip->grab().toImage();
    const QColor line = image.pixelColor(static_cast<int>(strip->placeX(300)), strip->row(5).center().toPoint().y());
    const QColor accent = themeFor(false).accent;
    QVERIFY(std::abs(line.red() - accent.red()) < 60 && std::abs(line.blue() - accent.blue()) < 60);
    QSignalSpy travels(m_view.get(), &View::travelWished);
    const QPoint at(static_cast<int>(strip->placeX(450)), strip->row(3).center().toPoint().y());
    QTest::mouseClick(strip, Qt::LeftButton, {}, at);
    QCOMPARE(travels.size(), 0);
    QTest::mouseClick(strip, Qt::LeftButton, Qt::ControlModifier, at);
    QVERIFY(travels.size() >= 1 && std::abs(travels[0][0].toLongLong() - 450) <= 2);
}

QTEST_MAIN(DeadCountViewTest)
#include "dead_count_view_test.moc"
