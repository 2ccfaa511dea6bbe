#include "core/analysis/output_reading.h"
#include "real_run.h"
#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/fields/output_table.h"
#include "ui/theme/theme.h"
#include "ui/views/output_view.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <numeric>

using namespace flatline;

class OutputViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void softmaxStandsBesideReluOverSum();
    void infinityIsShownAsSuch();
    void theSpinBoxChooses();
    void theNextMissIsFound();
    void aClickOnTheMapChooses();
    void aLargeViewIsFilled();
    void sigmoidAndValuesSayWhatTheyAre();
    void ownClassStaysWhereRowsDoNotFit();
    void narrowColumnsLeaveRoomForTheWidest();
    void aSmallerSetKeepsASample();
    void nothingThereIsSaid();

private:
    [[nodiscard]] QSpinBox* box() const { return m_view->findChild<QSpinBox*>(); }
    std::unique_ptr<OutputView> m_view;
};

namespace {

Settings withOutput(const char* output) {
    Settings settings = test::circles("relu", {4, 4});
    settings.network.output = output;
    return settings;
}

/// A training sample whose loss is infinite at the start.
int infiniteSample(const Snapshot& snapshot) {
    for (int sample = 0; sample < snapshot.dataset->train.samples(); ++sample)
        if (outputTable(snapshot, sample).groups.back().infinite)
            return sample;
    return -1;
}

} // namespace

void OutputViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<OutputView>();
    m_view->resize(320, 205);
    m_view->show();
}

// Breaks where probabilities do not come from the same logits, or the one in use is not marked.
void OutputViewTest::softmaxStandsBesideReluOverSum() {
    const auto run = test::realRun(withOutput("softmax"), 30);
    const OutputTable table = outputTable(*run, 3);
    QCOMPARE(table.names, (QStringList{"inner", "outer"}));
    QCOMPARE(table.groups.size(), std::size_t{3});
    QVERIFY(table.groups[1].inUse && !table.groups[2].inUse && !table.groups[0].inUse);
    const Batch<float> logits = outputsFor(*run->spec, *run->parameters, run->dataset->train, 3, 1);
    const double a = std::exp(static_cast<double>(logits(0, 0)));
    const double b = std::exp(static_cast<double>(logits(0, 1)));
    QCOMPARE(table.groups[0].cells[1][0].text, numberText(static_cast<double>(logits(0, 1))));
    QCOMPARE(table.groups[1].cells[0][0].text, numberText(a / (a + b)));
    const int label = run->dataset->train.targets.labels[3];
    QCOMPARE(table.own[static_cast<std::size_t>(label)], char{1});
    QCOMPARE(table.groups[1].loss, numberText(-std::log((label == 0 ? a : b) / (a + b))));
    m_view->showFrame(test::frameOf(run));
    m_view->chooseSample(3);
    QVERIFY2(m_view->subtitle().contains("4"), qPrintable(m_view->subtitle()));
    QVERIFY(m_view->summary().contains(table.groups[1].loss) && m_view->summary().contains("ReLU over sum"));
}

// Breaks where an infinite loss is a number, a blank, or has a gradient.
void OutputViewTest::infinityIsShownAsSuch() {
    const auto run = test::realRun(withOutput("relu-normalized"), 0);
    const int sample = infiniteSample(*run);
    QVERIFY2(sample >= 0, "no infinite loss to look at");
    const OutputTable table = outputTable(*run, sample);
    const OutputGroup& group = table.groups[2];
    QVERIFY(group.inUse && group.infinite && group.silent);
    QVERIFY2(group.loss.startsWith("∞: its own share is 0"), qPrintable(group.loss));
    QCOMPARE(group.gradient, QString("no gradient"));
    for (const auto& row : group.cells)
        QVERIFY(row[1].silent);
    QVERIFY(!table.groups[1].infinite && !table.groups[1].silent); // softmax of the same logits learns
    m_view->showFrame(test::frameOf(run));
    m_view->chooseSample(sample);
    QVERIFY(m_view->summary().contains("∞") && m_view->summary().contains("no gradient"));
    const QImage image = m_view->grab().toImage();
    int red = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = image.width() / 2; x < image.width(); ++x)
            red += image.pixelColor(x, y).red() > image.pixelColor(x, y).green() + 40 ? 1 : 0;
    QVERIFY2(red > 60, "no hatch, no warning");
}

void OutputViewTest::theSpinBoxChooses() {
    const auto run = test::realRun(withOutput("softmax"), 0);
    m_view->showFrame(test::frameOf(run));
    QCOMPARE(box()->maximum(), run->dataset->train.samples());
    box()->setValue(17);
    QCOMPARE(m_view->sample(), 16);
    m_view->chooseSample(4);
    QCOMPARE(box()->value(), 5);
}

// Breaks where a view that fills the grid leaves half of it empty, or the share's cost is drawn at another share, or
// one that costs infinitely much at none.
void OutputViewTest::aLargeViewIsFilled() {
    const auto run = test::realRun(withOutput("relu-normalized"), 0);
    m_view->showFrame(test::frameOf(run));
    const auto* plot = m_view->findChild<Plot*>();
    QVERIFY(!plot->isVisible());
    m_view->resize(1000, 460);
    QVERIFY(m_view->mapBox().height() > 380.0);
    QTRY_VERIFY(plot->isVisible());
    QVERIFY(plot->geometry().bottom() > 420 && plot->geometry().right() < m_view->mapBox().left());
    m_view->chooseSample(infiniteSample(*run));
    QCOMPARE(plot->content().notes.size(), std::size_t{2}); // softmax, ReLU over sum
    QVERIFY(plot->content().notes[1].text.contains("∞"));
    QCOMPARE(plot->content().notes[1].x, 0.0);
    const PlotNote& softmax = plot->content().notes[0];
    QVERIFY(std::abs(softmax.y + std::log(softmax.x)) < 1e-6);
}

// Breaks where the search stops at a sample that is right, misses one, or never ends where all are right.
void OutputViewTest::theNextMissIsFound() {
    const auto run = test::realRun(withOutput("softmax"), 5);
    m_view->showFrame(test::frameOf(run));
    const Dataset& data = *run->dataset;
    const auto missed = [&](int sample) {
        const Batch<float> outputs = outputsFor(*run->spec, *run->parameters, data.train, sample, 1);
        return predictedClass(outputs, 0, 2) != data.train.targets.labels[static_cast<std::size_t>(sample)];
    };
    int expected = 1;
    while (expected < data.train.samples() && !missed(expected))
        ++expected;
    QVERIFY(expected < data.train.samples());
    m_view->findChild<QToolButton*>()->click();
    QTRY_COMPARE(m_view->sample(), expected);
    QVERIFY(m_view->subtitle().contains("missed"));
    Settings easy = test::circles("tanh", {8});
    easy.data.source = "gaussians";
    easy.data.noise = 0.0;
    easy.training.learningRate = 0.3;
    const auto learnt = test::realRun(easy, 200);
    QCOMPARE(*learnt->now.trainAccuracy, 1.0);
    m_view->showFrame(test::frameOf(learnt));
    const int before = m_view->sample();
    m_view->seekMissed();
    QTRY_VERIFY(m_view->subtitle().contains("no other"));
    QCOMPARE(m_view->sample(), before);
}

void OutputViewTest::aClickOnTheMapChooses() {
    const auto run = test::realRun(withOutput("softmax"), 5);
    m_view->showFrame(test::frameOf(run));
    QVERIFY(m_view->mapBox().isEmpty()); // no room
    m_view->resize(500, 240);
    const QRectF map = m_view->mapBox();
    QVERIFY(m_view->rect().contains(map.toAlignedRect()));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, map.topLeft().toPoint() + QPoint(2, 2));
    const int corner = m_view->sample();
    const auto& features = run->dataset->train.features; // the top left is low in x, high in y
    for (int sample = 0; sample < run->dataset->train.samples(); ++sample)
        QVERIFY(features(sample, 0) > features(corner, 0) - 0.2F || features(sample, 1) < features(corner, 1) + 0.2F);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, map.center().toPoint());
    QVERIFY(m_view->sample() != corner);
}

void OutputViewTest::sigmoidAndValuesSayWhatTheyAre() {
    const OutputTable sigmoid = outputTable(*test::realRun(withOutput("sigmoid"), 3), 0);
    QCOMPARE(sigmoid.groups.size(), std::size_t{2});
    QCOMPARE(sigmoid.names.size(), 2);
    QVERIFY(sigmoid.note.contains("softmax of (0, z)"));
    Settings values = test::circles("relu", {4});
    values.data.source = "sine";
    const auto run = test::realRun(values, 3);
    const OutputTable linear = outputTable(*run, 0);
    QCOMPARE(linear.groups.size(), std::size_t{2});
    QVERIFY(linear.note.contains("no probabilities"));
    const double z = static_cast<double>(outputsFor(*run->spec, *run->parameters, run->dataset->train, 0, 1)(0, 0));
    const double t = static_cast<double>(run->dataset->train.targets.values(0, 0));
    QCOMPARE(linear.groups[1].cells[0][1].text, signedText(2.0 * (z - t)));
    QCOMPARE(linear.groups[1].loss, numberText((z - t) * (z - t)));
    for (const char* output : {"sigmoid", "linear"}) { // classes fitted with squared error have targets, too
        m_view->showFrame(test::frameOf(test::realRun(withOutput(output), 1)));
        QVERIFY(!m_view->summary().isEmpty() && !m_view->grab().isNull());
    }
}

void OutputViewTest::ownClassStaysWhereRowsDoNotFit() {
    OutputTable table;
    OutputGroup logits;
    OutputGroup shares;
    for (int k = 0; k < 30; ++k) {
        table.names << QString::number(k);
        table.own.push_back(k == 27 ? 1 : 0);
        logits.cells.push_back({OutputCell{}});
        shares.cells.push_back({OutputCell{"", k == 12 ? 0.9 : 0.001}, OutputCell{}});
    }
    table.groups = {logits, shares};
    const auto rows = rowsShown(table, 5);
    QCOMPARE(rows.size(), std::size_t{5});
    QVERIFY(std::ranges::is_sorted(rows));
    QVERIFY(std::ranges::count(rows, std::size_t{27}) == 1 && std::ranges::count(rows, std::size_t{12}) == 1);
    QCOMPARE(rowsShown(table, 40).size(), std::size_t{30});
}

// Breaks where a narrow table writes one figure into the next although another column has room to spare.
void OutputViewTest::narrowColumnsLeaveRoomForTheWidest() {
    OutputTable table;
    table.names = {"inner"};
    table.own = {1};
    OutputGroup group;
    group.columns = {"p", "q", "r"};
    group.cells = {{{"0"}, {"-0.578"}, {"0.578"}}};
    table.groups = {group, group};
    const std::vector<double> wide = columnWidths(table, 900.0);
    QCOMPARE(wide, std::vector<double>(6, 110.0));
    const double needed = QFontMetricsF(fontFor(TextRole::Axis)).horizontalAdvance("-0.578");
    const std::vector<double> narrow = columnWidths(table, 240.0);
    QVERIFY(narrow[1] > needed && narrow[4] == narrow[1] && narrow[0] < narrow[1]);
    QVERIFY(std::accumulate(narrow.begin(), narrow.end(), 0.0) <= 240.001);
    const std::vector<double> tiny = columnWidths(table, 60.0);
    QVERIFY(std::accumulate(tiny.begin(), tiny.end(), 0.0) <= 60.001);
}

void OutputViewTest::aSmallerSetKeepsASample() {
    m_view->showFrame(test::frameOf(test::realRun(withOutput("softmax"), 0)));
    m_view->chooseSample(59);
    Settings small = withOutput("softmax");
    small.data.samples = 20;
    m_view->showFrame(test::frameOf(test::realRun(small, 0)));
    QCOMPARE(m_view->sample(), 9);
    QVERIFY(m_view->summary().contains("10"));
}

void OutputViewTest::nothingThereIsSaid() {
    m_view->showFrame(test::frameOf(test::sampleRun()));
    QVERIFY(m_view->summary().contains("No sample"));
    m_view->seekMissed();
    QVERIFY(!m_view->grab().isNull());
}

QTEST_MAIN(OutputViewTest)
#include "output_view_test.moc"
