#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/activation_row.h"
#include "ui/views/activation_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace flatline;

class ActivationViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void sharesAddUpToAll();
    void silentBinsAreHollow();
    void leakPassesEverywhere();
    void functionIsDrawnOverItsAxis();
    void zeroBarIsHatchedToItsShare();
    void pilesAreNamed();
    void switchShowsTheOutputs();
    void hundredLayersArePaged();
    void noLayersAreSaid();
    void learntSlopesAreAFan();
    void warmingIsSaid();
    void aClickFindsTheNeuronWithThatMargin();

private:
    [[nodiscard]] QList<ActivationRowWidget*> visibleRows() const;
    [[nodiscard]] const PlotContent& content(int row) const {
        return visibleRows()[row]->findChild<Plot*>()->content();
    }
    void show(std::shared_ptr<Snapshot> snapshot, const char* activation = "relu");
    std::unique_ptr<ActivationView> m_view;
};

void ActivationViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<ActivationView>();
    m_view->resize(480, 220);
    m_view->show();
}

void ActivationViewTest::show(std::shared_ptr<Snapshot> snapshot, const char* activation) {
    snapshot->spec->activation = findActivation(activation);
    snapshot->spec->activationParameters = activationParameters(*findActivation(activation), {}, 0.0);
    m_view->showFrame(test::frameOf(std::move(snapshot)));
}

QList<ActivationRowWidget*> ActivationViewTest::visibleRows() const {
    QList<ActivationRowWidget*> rows;
    for (ActivationRowWidget* row : m_view->findChildren<ActivationRowWidget*>()) {
        if (row->isVisible())
            rows.append(row);
    }
    return rows;
}

void ActivationViewTest::sharesAddUpToAll() {
    Histogram histogram;
    histogram.bins = {1, 2, 3, 4};
    histogram.below = 5;
    histogram.above = 6;
    histogram.zeros = 7;
    histogram.count = 28;
    const HistogramShares with = histogramShares(histogram, true);
    QCOMPARE(with.heights.size(), std::size_t{6});
    QVERIFY(std::abs(std::accumulate(with.heights.begin(), with.heights.end(), 0.0) - 1.0) < 1e-12);
    QCOMPARE(with.heights[2], 9.0 / 28.0); // the bin that ends at 0
    QCOMPARE(histogramShares(histogram, false).heights[2], 2.0 / 28.0);
    QCOMPARE(with.edge(1, 6.0F), -6.0);
    QCOMPARE(with.edge(3, 6.0F), 0.0);
}

void ActivationViewTest::silentBinsAreHollow() {
    show(test::sampleRun(2));
    const PlotBars& bars = content(0).bars;
    QCOMPARE(bars.filled.size(), std::size_t{66});
    for (std::size_t bar = 0; bar < 66; ++bar)
        QCOMPARE(bars.filled[bar] != 0, bar >= 33);
}

void ActivationViewTest::leakPassesEverywhere() {
    show(test::sampleRun(2), "leaky-relu");
    const auto& filled = content(0).bars.filled;
    QVERIFY(std::all_of(filled.begin(), filled.end(), [](char one) { return one != 0; }));
}

void ActivationViewTest::functionIsDrawnOverItsAxis() {
    show(test::sampleRun(2));
    const PlotCurve& value = content(0).curves.back();
    const double top = content(0).yRange->to;
    QVERIFY(value.ink == &Theme::text);
    for (const CurvePoint& point : value.points) { // f(6.1875) stands at 94 % of the height
        const double expected = std::max(0.0, point.step) / value.points.back().step * 0.94 * top;
        QVERIFY(std::abs(point.value - expected) < 1e-6);
    }
    QCOMPARE(content(0).notes[0].text, QStringLiteral("f(z) = max(0, z)"));
}

void ActivationViewTest::zeroBarIsHatchedToItsShare() {
    show(test::sampleRun(2));
    ActivationRowWidget* row = visibleRows()[0];
    QCOMPARE(row->zeroShare(), 0.83);
    const QImage image = row->grab().toImage();
    const QRectF bar = row->zeroBar();
    QCOMPARE(image.pixelColor(QPointF(bar.center().x(), bar.top() + 2).toPoint()), themeFor(false).sunken);
    const int y = qRound(bar.bottom() - 10);
    int changes = 0;
    for (int x = qRound(bar.left()) + 2; x < qRound(bar.right()) - 3; ++x)
        changes += std::abs(image.pixelColor(x, y).green() - image.pixelColor(x + 1, y).green()) > 30 ? 1 : 0;
    QVERIFY(changes >= 4);
    QVERIFY(m_view->summary().contains("83 %"));
}

void ActivationViewTest::pilesAreNamed() {
    show(test::sampleRun(2));
    const auto& notes = content(0).notes;
    QVERIFY(std::any_of(notes.begin(), notes.end(),
                        [](const PlotNote& note) { return note.text == QStringLiteral("≤ −6 piled up: 12 %"); }));
    QVERIFY(content(0).bars.heights[0] <= content(0).yRange->to);
}

void ActivationViewTest::switchShowsTheOutputs() {
    const auto snapshot = test::sampleRun(2);
    show(snapshot);
    m_view->headControls()->findChildren<QAbstractButton*>()[1]->click();
    const Histogram& outputs = snapshot->diagnosis->layers[0].activations;
    QVERIFY(content(0).curves.empty());
    QCOMPARE(content(0).bars.heights[34], static_cast<double>(outputs.bins[33]) / 2000.0);
    QCOMPARE(m_view->subtitle(), QStringLiteral("what comes out"));
}

void ActivationViewTest::hundredLayersArePaged() {
    show(test::sampleRun(100));
    auto* bar = m_view->findChild<QScrollBar*>();
    const int fit = static_cast<int>(visibleRows().size());
    QVERIFY(fit >= 2 && fit <= 3);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->maximum(), 100 - fit);
    QVERIFY(m_view->findChildren<ActivationRowWidget*>().size() <= 4); // a pool, not a row a layer
    bar->setValue(bar->maximum());
    QVERIFY(m_view->summary().contains("Layer 100:"));
    m_view->resize(480, 700);
    QVERIFY(visibleRows().size() >= 8);
    QVERIFY(m_view->summary().contains("Layer 100:"));
    show(test::sampleRun(1));
    QCOMPARE(visibleRows().size(), 1);
    QVERIFY(!bar->isVisible());
}

void ActivationViewTest::noLayersAreSaid() {
    show(test::sampleRun(0));
    QVERIFY(visibleRows().isEmpty());
    QVERIFY(m_view->summary().contains("No hidden layers"));
    QVERIFY(!m_view->grab().isNull());
}

void ActivationViewTest::learntSlopesAreAFan() {
    auto snapshot = test::sampleRun(2);
    snapshot->spec->activation = findActivation("prelu");
    const Layout layout = layoutOf(*snapshot->spec);
    std::vector<float> parameters(layout.size(), 0.0F);
    const Block& slopes = layout.block(1, BlockKind::Alpha);
    for (int neuron = 0; neuron < 8; ++neuron)
        parameters[slopes.at(neuron, 0)] = 0.12F + 0.05F * static_cast<float>(neuron);
    snapshot->parameters = std::make_shared<const std::vector<float>>(parameters);
    show(snapshot, "prelu");
    const auto& notes = content(0).notes;
    QVERIFY(std::any_of(notes.begin(), notes.end(), [](const PlotNote& note) {
        return note.text == QStringLiteral("learnt slopes 0.12 to 0.47");
    }));
    const PlotCurve& value = content(0).curves.back();
    QVERIFY(value.band);
    const CurvePoint& left = value.points.front(); // z = −6.19: from 0.47 z to 0.12 z
    const CurvePoint& right = value.points.back();
    const double zero = value.points[value.points.size() / 2].value;
    QVERIFY(std::abs((left.low - zero) / (left.high - zero) - 0.47 / 0.12) < 0.01);
    QCOMPARE(right.low, right.high);                     // above 0 all are alike
    QCOMPARE(content(0).curves.size(), std::size_t{12}); // eight neurons, f and f′ with their casings
    QVERIFY(m_view->summary().contains("Learnt slopes from 0.12 to 0.47."));
    const auto& filled = content(0).bars.filled;
    QVERIFY(std::all_of(filled.begin(), filled.end(), [](char one) { return one != 0; }));
}

void ActivationViewTest::warmingIsSaid() {
    auto snapshot = test::sampleRun(2);
    m_view->resize(700, 220);
    show(snapshot);
    const QImage cold = m_view->grab().toImage();
    auto warm = std::make_shared<Snapshot>(*snapshot);
    warm->diagnosis = std::make_shared<Diagnosis>(*snapshot->diagnosis);
    warm->now.warming = 0.62;
    show(warm);
    QVERIFY(m_view->grab().toImage().copy(0, 204, 700, 16) != cold.copy(0, 204, 700, 16)); // under the axis
}

// Breaks where a click in the histogram opens another neuron than the one whose largest z is there, or one far away, or
// f(z), in which a margin has no place, is taken for z.
void ActivationViewTest::aClickFindsTheNeuronWithThatMargin() {
    auto snapshot = test::sampleRun(2);
    auto diagnosis = std::make_shared<Diagnosis>(*snapshot->diagnosis);
    std::vector<NeuronDiagnosis>& neurons = diagnosis->layers[1].neurons;
    for (NeuronDiagnosis& neuron : neurons)
        neuron.margin = 1.0F;
    neurons[2].margin = -3.0F;
    neurons[4].margin = 1e6F; // stands with what is piled up at the end
    snapshot->diagnosis = diagnosis;
    show(snapshot);
    QSignalSpy clicked(m_view.get(), &View::neuronClicked);
    QSignalSpy opened(m_view.get(), &View::neuronOpened);
    const auto click = [this](double z) {
        ActivationRowWidget* row = visibleRows()[1];
        const Plot* plot = row->findChild<Plot*>();
        QTest::mouseClick(row, Qt::LeftButton, {}, (plot->place(z, 0.0) + plot->pos() - QPointF(0.0, 6.0)).toPoint());
    };
    click(-3.05);
    click(-5.0);
    click(1e6);
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0][0].value<NeuronId>(), (NeuronId{2, 3}));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(visibleRows()[1]->neuronNear(6.1), std::optional(5));
    m_view->headControls()->findChildren<QAbstractButton*>()[1]->click();
    QVERIFY(!visibleRows()[1]->neuronNear(-3.0));
}

QTEST_MAIN(ActivationViewTest)
#include "activation_view_test.moc"
