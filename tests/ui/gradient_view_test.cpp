#include "real_run.h"
#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/charts/zero_stretches.h"
#include "ui/theme/theme.h"
#include "ui/views/gradient_bars.h"
#include "ui/views/gradient_strip.h"
#include "ui/views/gradient_view.h"
#include "ui/widgets/head_switch.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

using namespace flatline;

class GradientViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void theRatioIsSaidInWords();
    void theWhisperOfTenSigmoidLayers();
    void noGradientIsAStateNotAMissingBar();
    void fewLayersAreCurvesOverTime();
    void aMomentOfThePastIsMarked();
    void manyLayersAreAStripOverTime();
    void zeroStretchesAreFound();
    void noLayersAreSaid();

private:
    void overTime() const {
        for (auto* button : m_view->findChildren<QPushButton*>())
            if (button->text() == "Over time")
                button->click();
    }
    std::unique_ptr<GradientView> m_view;
};

namespace {

Observation rowOf(const std::vector<double>& norms) {
    Observation row;
    for (const double norm : norms)
        row.layers.push_back({4, 0, 0, 0, 0.0, norm});
    return row;
}

/// A run by hand whose second layer gets nothing from step 400 on.
std::shared_ptr<Snapshot> silencedRun(int layers) {
    auto snapshot = test::sampleRun(layers);
    auto curves = std::make_shared<Curves>(*snapshot->curves);
    for (int layer = 0; layer < layers; ++layer) {
        Curve curve;
        for (int step = 0; step <= 900; step += 100) {
            const double value = layer == 1 && step >= 400 ? 0.0 : 0.01 * (layer + 1);
            curve.push_back({1.0 * step, value, value, value});
        }
        curves->gradients.push_back(curve);
        snapshot->now.layers[static_cast<std::size_t>(layer)].gradientNorm = curve.back().value;
    }
    snapshot->curves = curves;
    return snapshot;
}

} // namespace

void GradientViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<GradientView>();
    m_view->resize(320, 205);
    m_view->show();
}

// Breaks where the sentence has the wrong ratio, or a silent layer is said to get some of nothing.
void GradientViewTest::theRatioIsSaidInWords() {
    QCOMPARE(GradientView::comparison(rowOf({1e-5, 1.0, 0.31})),
             QString("Layer 1 gets 1/31,000 of what layer 3 gets."));
    QCOMPARE(GradientView::comparison(rowOf({1.2, 0.1})), QString("Layer 1 gets 12 times what layer 2 gets."));
    QVERIFY(GradientView::comparison(rowOf({0.0, 0.5})).contains("Layer 1 gets no gradient"));
    QVERIFY(GradientView::comparison(rowOf({0.5, 0.0})).contains("Layer 2 gets no gradient"));
    QVERIFY(GradientView::comparison(rowOf({0.0, 0.0})).contains("Neither"));
    QVERIFY(GradientView::comparison(rowOf({std::nan(""), 1.0})).contains("not finite"));
    QCOMPARE(GradientView::comparison(rowOf({0.25})), QString("Layer 1 gets 0.25."));
    QVERIFY(GradientView::comparison(rowOf({})).isEmpty());
    QVERIFY(GradientView::comparison(rowOf({1e-12, 1.0})).contains("1/1e12"));
}

// Breaks where the first of ten sigmoid layers is not seen to get a tiny part of the last one's gradient.
void GradientViewTest::theWhisperOfTenSigmoidLayers() {
    const auto run = test::realRun(test::circles("sigmoid", std::vector<int>(10, 4)), 20);
    QVERIFY(run->now.layers.front().gradientNorm < 1e-3 * run->now.layers.back().gradientNorm);
    m_view->showFrame(test::frameOf(run));
    QVERIFY2(m_view->summary().contains("Layer 1 gets 1/"), qPrintable(m_view->summary()));
    auto* bars = m_view->findChild<GradientBars*>();
    QVERIFY(bars->isVisible());
    for (std::size_t layer = 1; layer < 10; ++layer)
        QVERIFY(bars->bar(layer).height() > bars->bar(layer - 1).height());
    QVERIFY(bars->bar(0).height() > 4.0); // a bar, if a small one
    QCOMPARE(run->curves->gradients.size(), std::size_t{10});
    QCOMPARE(run->curves->gradients[0].back().value, run->now.layers[0].gradientNorm);
}

// Breaks where a layer without a gradient has no bar, or one that looks like a small gradient.
void GradientViewTest::noGradientIsAStateNotAMissingBar() {
    m_view->showFrame(test::frameOf(silencedRun(3)));
    auto* bars = m_view->findChild<GradientBars*>();
    const QRectF silent = bars->bar(1);
    QVERIFY(silent.height() > 100.0);
    QVERIFY(silent.top() < bars->bar(2).top() + 1.0);
    const QImage image = bars->grab().toImage();
    int red = 0;
    int ground = 0;
    for (int x = qCeil(silent.left()) + 3; x < silent.right() - 3; ++x) {
        const QColor pixel = image.pixelColor(x, qRound(silent.center().y()));
        red += pixel.red() > pixel.green() + 20 ? 1 : 0;
        ground += pixel == themeFor(false).surface ? 1 : 0;
    }
    QVERIFY2(red > 5 && ground > 5, "not hatched");
    QVERIFY(m_view->summary().contains("1 of 3 layers get no gradient"));
}

void GradientViewTest::fewLayersAreCurvesOverTime() {
    m_view->showFrame(test::frameOf(silencedRun(3)));
    overTime();
    auto* plot = m_view->findChild<Plot*>();
    QVERIFY(plot->isVisible() && !m_view->findChild<GradientBars*>()->isVisible());
    QVERIFY(plot->content().logarithmic);
    int named = 0;
    bool hatched = false;
    for (const PlotCurve& curve : plot->content().curves) {
        named += curve.name.isEmpty() ? 0 : 1;
        if (curve.hatched) {
            hatched = true;
            QCOMPARE(curve.name, QString("layer 2"));
            QCOMPARE(curve.value, QString("none"));
            QCOMPARE(curve.points.front().step, 400.0);
            QCOMPARE(curve.points.back().step, 900.0);
        }
    }
    QCOMPARE(named, 3);
    QVERIFY2(hatched, "the silence is not shown");
}

// Breaks where a past moment is not marked, or with the norms of another one.
void GradientViewTest::aMomentOfThePastIsMarked() {
    auto past = silencedRun(3);
    past->past = true;
    past->head = past->now.step;
    past->now.step = 300;
    for (std::size_t layer = 0; layer < 3; ++layer)
        past->now.layers[layer].gradientNorm = layer == 2 ? 0.0 : 0.25;
    m_view->showFrame(test::frameOf(past));
    overTime();
    const auto& cursor = m_view->findChild<Plot*>()->content().cursor;
    QVERIFY(cursor.has_value());
    QCOMPARE(cursor->x, 300.0);
    QCOMPARE(cursor->words, QStringList({"layer 1: 0.25", "layer 3: none"}));
    QCOMPARE(cursor->dots.size(), std::size_t{2});
}

void GradientViewTest::manyLayersAreAStripOverTime() {
    m_view->showFrame(test::frameOf(silencedRun(8)));
    overTime();
    auto* strip = m_view->findChild<GradientStrip*>();
    QVERIFY(strip->isVisible() && !m_view->findChild<Plot*>()->isVisible());
    QVERIFY(strip->strength(0.08) > strip->strength(0.01));
    QVERIFY(strip->strength(0.01) > 0.0);
    QCOMPARE(strip->strength(0.0), 0.0);
    const QImage image = strip->grab().toImage();
    const auto at = [&](std::size_t layer, double step) {
        return image.pixelColor(QPointF(strip->placeX(step), strip->row(layer).center().y()).toPoint());
    };
    QVERIFY(at(7, 300).lightness() < at(0, 300).lightness()); // the larger, the stronger
    int red = 0;
    for (int x = qRound(strip->placeX(450)); x < qRound(strip->placeX(850)); ++x) {
        const QColor pixel = image.pixelColor(x, qRound(strip->row(1).center().y()));
        red += pixel.red() > pixel.green() + 40 ? 1 : 0;
    }
    QVERIFY2(red > 5, "a silent layer is not hatched");
}

void GradientViewTest::zeroStretchesAreFound() {
    const auto curve = [](const std::vector<double>& values) {
        Curve points;
        for (std::size_t i = 0; i < values.size(); ++i)
            points.push_back({static_cast<double>(i), values[i], values[i], values[i]});
        return points;
    };
    QVERIFY(zeroStretches(curve({1, 2, 3})).empty());
    QCOMPARE(zeroStretches(curve({1, 0, 0, 3, 0})), (std::vector<AxisRange>{{1, 3}, {4, 4}}));
    QCOMPARE(zeroStretches(curve({0, 0})), (std::vector<AxisRange>{{0, 1}}));
    QVERIFY(!positiveReach({curve({0, 0})}));
    QCOMPARE(*positiveReach({curve({0, 2}), curve({0.5, 1})}), (AxisRange{0.5, 2}));
}

void GradientViewTest::noLayersAreSaid() {
    m_view->showFrame(test::frameOf(test::sampleRun(0)));
    QVERIFY(m_view->summary().contains("No hidden layers"));
    for (const QWidget* part :
         {static_cast<QWidget*>(m_view->findChild<GradientBars*>()), static_cast<QWidget*>(m_view->findChild<Plot*>())})
        QVERIFY(!part->isVisible());
    QVERIFY(!m_view->grab().isNull());
}

QTEST_MAIN(GradientViewTest)
#include "gradient_view_test.moc"
