#include "ui/fields/cell.h"
#include "ui/fields/cell_flash.h"
#include "ui/fields/strip_text.h"
#include "ui/views/network_view.h"

#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

/// A network with as many neurons, whose states go round in the enum's order.
std::shared_ptr<Snapshot> makeSnapshot(const std::vector<int>& widths, int features = 2) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run = 1;
    auto diagnosis = std::make_shared<Diagnosis>();
    NetworkSpec spec;
    spec.inputs = features;
    spec.hidden = widths;
    spec.outputs = 2;
    spec.activation = findActivation("relu");
    spec.objective = findObjective("softmax");
    for (const int width : widths) {
        LayerDiagnosis layer;
        for (int k = 0; k < width; ++k) {
            NeuronDiagnosis neuron;
            neuron.state = static_cast<NeuronState>(k % 4);
            neuron.activeFraction = neuron.state == NeuronState::Dead ? 0.0F : 0.38F;
            layer.neurons.push_back(neuron);
        }
        diagnosis->layers.push_back(layer);
        snapshot->lives.emplace_back(static_cast<std::size_t>(width));
    }
    snapshot->spec = spec;
    snapshot->diagnosis = diagnosis;
    auto dataset = std::make_shared<Dataset>();
    dataset->featureNames.assign(static_cast<std::size_t>(features), "x");
    dataset->classNames = {"0", "1"};
    dataset->train.features = Batch<float>::Random(20, features);
    for (int k = 0; k < 20; ++k)
        dataset->train.targets.labels.push_back(k % 2);
    snapshot->dataset = dataset;
    return snapshot;
}

void addFields(Snapshot& snapshot) {
    auto fields = std::make_shared<Fields>();
    const bool plane = snapshot.dataset->features() == 2;
    fields->columns = 24;
    fields->rows = plane ? 24 : 1;
    fields->xMinimum = fields->yMinimum = -1.0F;
    fields->xMaximum = fields->yMaximum = 1.0F;
    const auto samples = static_cast<std::size_t>(fields->columns * fields->rows);
    std::vector<float> ramp(samples);
    for (std::size_t k = 0; k < samples; ++k)
        ramp[k] = static_cast<float>(k % 24) / 23.0F - 0.4F;
    for (const LayerDiagnosis& layer : snapshot.diagnosis->layers)
        fields->activations.emplace_back(layer.neurons.size(), ramp);
    fields->predictions = {std::vector<float>(samples, 0.3F), std::vector<float>(samples, 0.7F)};
    fields->predictions[0][5] = std::numeric_limits<float>::quiet_NaN();
    snapshot.fields = fields;
}

Frame frameOf(std::shared_ptr<const Snapshot> snapshot, NeuronId selected = {}) {
    return {std::move(snapshot), nullptr, selected};
}

NeuronId lastClicked(const QSignalSpy& spy) {
    return spy.isEmpty() ? NeuronId{} : spy.last()[0].value<NeuronId>();
}

/// A theme in which all states have one colour.
Theme colourless() {
    Theme theme = themeFor(false);
    for (QColor Theme::*member : {&Theme::alive, &Theme::atRisk, &Theme::comatose, &Theme::dead, &Theme::revived})
        theme.*member = QColor(60, 60, 60);
    return theme;
}

QImage paintedCell(CellLook look, int size, const Theme& theme, const QImage* field = nullptr) {
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintCell(painter, QRectF(0, 0, size, size), {look, field, nullptr, nullptr}, theme);
    painter.end();
    return image.convertToFormat(QImage::Format_Grayscale8);
}

/// How many pixels differ clearly.
int difference(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 40 ? 1 : 0;
    return count;
}

} // namespace

class NetworkViewTest : public QObject {
    Q_OBJECT
private slots:
    void statesDifferWithoutColour_data();
    void statesDifferWithoutColour();
    void aNeuronsLookIsItsState();
    void clicksSelectTheNeuronUnderThem();
    void arrowsMoveTheSelection();
    void arrowsAreTakenBeforeShortcuts();
    void sixtyFourARowThenWrap();
    void cellsShrinkAndThenScroll();
    void everyKindOfNetworkPaints_data();
    void everyKindOfNetworkPaints();
    void compactShowsTheCellsOnly();
    void aFieldIsDrawnWhereTheNeuronFires();
    void deathsAndKicksFlash();
    void theSummaryCountsTheStates();
    void dormantNeuronsAreSeen();
};

void NetworkViewTest::statesDifferWithoutColour_data() {
    QTest::addColumn<int>("size");
    for (const int size : {48, 32, 20, 12, 10})
        QTest::addRow("%d px", size) << size;
}

void NetworkViewTest::statesDifferWithoutColour() {
    QFETCH(int, size);
    const Theme theme = colourless();
    QImage field(16, 16, QImage::Format_RGB32);
    field.fill(theme.sunken);
    for (const CellStyle& a : cellStyles())
        for (const CellStyle& b : cellStyles())
            if (a.look != b.look) {
                const int differing =
                    difference(paintedCell(a.look, size, theme, &field), paintedCell(b.look, size, theme, &field));
                QVERIFY2(differing >= size / 2, qPrintable(QString("%1 / %2: %3").arg(a.word, b.word).arg(differing)));
            }
}

void NetworkViewTest::aNeuronsLookIsItsState() {
    const ActivationRow* relu = findActivation("relu");
    const ActivationRow* leaky = findActivation("leaky-relu");
    const ActivationRow* tanh = findActivation("tanh");
    NeuronDiagnosis neuron;
    neuron.activeFraction = 0.3F;
    NeuronLife before;
    before.deaths = 1;
    QCOMPARE(cellLook(neuron, {}, relu), CellLook::Alive);
    QCOMPARE(cellLook(neuron, before, relu), CellLook::Revived);
    neuron.state = NeuronState::AtRisk;
    QCOMPARE(cellLook(neuron, before, relu), CellLook::AtRisk);
    neuron.state = NeuronState::Comatose;
    QCOMPARE(cellLook(neuron, {}, tanh), CellLook::Comatose);
    neuron.state = NeuronState::Dead;
    neuron.activeFraction = 0.0F;
    QCOMPARE(cellLook(neuron, before, relu), CellLook::Dead);
    neuron.state = NeuronState::Alive;
    QCOMPARE(cellLook(neuron, {}, leaky), CellLook::Leaks);
    QCOMPARE(cellLook(neuron, {}, tanh), CellLook::Alive); // it has no dead side to leak from
}

void NetworkViewTest::clicksSelectTheNeuronUnderThem() {
    NetworkView view;
    view.resize(990, 110);
    view.showFrame(frameOf(makeSnapshot({8, 8})));
    QSignalSpy clicked(&view, &View::neuronClicked);
    for (const NeuronId id : {NeuronId{1, 1}, {1, 8}, {2, 1}, {2, 5}}) {
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellBox(id).center().toPoint());
        QCOMPARE(lastClicked(clicked), id);
    }
    QCOMPARE(clicked.count(), 4);
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(985, 100)); // the output map
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(20, 105));  // the counts
    QCOMPARE(clicked.count(), 4);
    QVERIFY(view.cellBox({3, 1}).isEmpty());
}

void NetworkViewTest::arrowsMoveTheSelection() {
    NetworkView view;
    view.resize(990, 110);
    view.showFrame(frameOf(makeSnapshot({3, 2})));
    QSignalSpy clicked(&view, &View::neuronClicked);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&view, key);
        return lastClicked(clicked);
    };
    QCOMPARE(press(Qt::Key_Return), (NeuronId{1, 1})); // none was selected
    QCOMPARE(press(Qt::Key_Right), (NeuronId{1, 2}));
    QCOMPARE(press(Qt::Key_Right), (NeuronId{1, 3}));
    QCOMPARE(press(Qt::Key_Right), (NeuronId{2, 1}));
    QCOMPARE(press(Qt::Key_Left), (NeuronId{1, 3}));
    QCOMPARE(press(Qt::Key_Down), (NeuronId{2, 2})); // the layer below has two
    QCOMPARE(press(Qt::Key_Right), (NeuronId{2, 2}));
    QCOMPARE(press(Qt::Key_Up), (NeuronId{1, 2}));
    view.showFrame(frameOf(makeSnapshot({3, 2}), {2, 1}));
    QCOMPARE(press(Qt::Key_Enter), (NeuronId{2, 1}));
}

void NetworkViewTest::arrowsAreTakenBeforeShortcuts() {
    NetworkView view;
    QKeyEvent right(QEvent::ShortcutOverride, Qt::Key_Right, Qt::NoModifier);
    right.ignore();
    QCoreApplication::sendEvent(&view, &right);
    QVERIFY(right.isAccepted());
    QKeyEvent kick(QEvent::ShortcutOverride, Qt::Key_K, Qt::NoModifier);
    kick.ignore();
    QCoreApplication::sendEvent(&view, &kick);
    QVERIFY(!kick.isAccepted());
}

void NetworkViewTest::sixtyFourARowThenWrap() {
    const StripLayout layout = layOutStrip({512}, {4000, 4000}, {});
    QCOMPARE(layout.cellBox({1, 64}).top(), layout.cellBox({1, 1}).top());
    QCOMPARE(layout.cellBox({1, 65}).left(), layout.cellBox({1, 1}).left());
    QVERIFY(layout.cellBox({1, 65}).top() > layout.cellBox({1, 1}).bottom());
    for (const int neuron : {1, 64, 65, 512})
        QCOMPARE(layout.at(layout.cellBox({1, neuron}).center()), (NeuronId{1, neuron}));
    QCOMPARE(layout.neighbour({1, 3}, 0, 1), (NeuronId{1, 67}));
    const StripLayout tall = layOutStrip({16}, {900, 400}, {});
    QCOMPARE(tall.cellBox({1, 16}).top(), tall.cellBox({1, 1}).top());
}

void NetworkViewTest::cellsShrinkAndThenScroll() {
    const QSizeF room(850, 84);
    const StripLayout roomy = layOutStrip({8, 8}, room, {});
    const StripLayout deep = layOutStrip(std::vector<int>(10, 2), room, {});
    const StripLayout deepest = layOutStrip(std::vector<int>(100, 2), room, {});
    QVERIFY(roomy.cell >= smallestFieldCell);
    QVERIFY(deep.cell < roomy.cell && deep.cell >= smallestGlyphCell);
    QVERIFY(roomy.height <= room.height() && deep.height <= room.height());
    QVERIFY(deepest.cell >= 10.0 && deepest.height > room.height());
    for (const StripLayout& layout : {roomy, deep, deepest})
        for (const StripLayout::Layer& layer : layout.layers)
            QVERIFY(layer.origin.x() + layer.columns * (layout.cell + layout.gap) <= room.width() + layout.gap);
    NetworkView view;
    view.resize(990, 110);
    view.showFrame(frameOf(makeSnapshot(std::vector<int>(100, 2)), {1, 1}));
    auto* bar = view.findChild<QScrollBar*>();
    QVERIFY(!bar->isHidden());
    QTest::keyClick(&view, Qt::Key_Up);
    for (int k = 0; k < 99; ++k)
        QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(bar->value() > 0); // the selection stays in sight
    const QRectF box = view.cellBox({100, 1});
    QVERIFY(box.top() >= 0.0 && box.bottom() <= 90.0);
}

void NetworkViewTest::everyKindOfNetworkPaints_data() {
    QTest::addColumn<QList<int>>("widths");
    QTest::addColumn<int>("features");
    QTest::newRow("two layers") << QList<int>{8, 8} << 2;
    QTest::newRow("one feature") << QList<int>{8} << 1;
    QTest::newRow("64 features") << QList<int>{16, 16} << 64;
    QTest::newRow("100 layers") << QList<int>(100, 2) << 2;
    QTest::newRow("100 layers of 512") << QList<int>(100, 512) << 64;
    QTest::newRow("one wide") << QList<int>{512} << 2;
    QTest::newRow("no hidden layer") << QList<int>{} << 2;
}

void NetworkViewTest::everyKindOfNetworkPaints() {
    QFETCH(QList<int>, widths);
    QFETCH(int, features);
    auto snapshot = makeSnapshot({widths.begin(), widths.end()}, features);
    NetworkView view;
    for (const bool withFields : {false, true}) {
        if (withFields && features <= 2)
            addFields(*snapshot);
        for (const QSize size : {QSize(990, 110), QSize(300, 60), QSize(1, 1), QSize(1600, 400), QSize(600, 480)}) {
            view.resize(size);
            for (const NeuronId selected : {NeuronId{1, 1}, NeuronId{}}) {
                auto next = std::make_shared<Snapshot>(*snapshot);
                view.showFrame(frameOf(next, selected));
                QVERIFY(!view.grab().isNull());
            }
        }
    }
    auto empty = std::make_shared<Snapshot>();
    view.showFrame(frameOf(empty));
    QVERIFY(!view.grab().isNull());
}

void NetworkViewTest::compactShowsTheCellsOnly() {
    NetworkView view;
    view.resize(990, 110);
    auto snapshot = makeSnapshot({8, 8});
    addFields(*snapshot);
    view.showFrame(frameOf(snapshot));
    const int full = view.sizeHint().height();
    const double narrow = view.cellBox({2, 8}).right();
    view.setCompact(true);
    QVERIFY(view.sizeHint().height() < full);
    QVERIFY(view.cellBox({2, 8}).right() > narrow); // the map's room is theirs
    const QImage image = view.grab().toImage();
    const QRgb ground = image.pixel(985, 2);
    for (int y = 0; y < 110; ++y)
        QCOMPARE(image.pixel(985, y), ground);
}

void NetworkViewTest::aFieldIsDrawnWhereTheNeuronFires() {
    auto snapshot = makeSnapshot({4, 4});
    addFields(*snapshot); // fires at the right
    NetworkView view;
    view.resize(990, 110);
    view.showFrame(frameOf(snapshot));
    const QImage image = view.grab().toImage();
    const double ratio = image.devicePixelRatio();
    const QRectF cell = view.cellBox({1, 1});
    const auto at = [&](double share) {
        return image.pixel((QPointF(cell.left() + share * cell.width(), cell.center().y()) * ratio).toPoint());
    };
    const Theme& theme = themeOf(&view);
    QCOMPARE(at(0.15), theme.sunken.rgb());
    QVERIFY(at(0.85) != theme.sunken.rgb());
}

void NetworkViewTest::deathsAndKicksFlash() {
    auto before = makeSnapshot({4});
    auto after = std::make_shared<Snapshot>(*before);
    auto diagnosis = std::make_shared<Diagnosis>(*before->diagnosis);
    diagnosis->layers[0].neurons[0].state = NeuronState::Dead;
    after->diagnosis = diagnosis;
    const auto deaths = flashesBetween(*before, *after);
    QCOMPARE(deaths.size(), std::size_t{1});
    QCOMPARE(deaths[0].id, (NeuronId{1, 1}));
    QVERIFY(deaths[0].died);
    before->curves = std::make_shared<Curves>();
    auto kicked = std::make_shared<Curves>();
    kicked->marks.push_back({5, ThermalKick{}, 1, 1}); // aims at the dead: the fourth
    after->curves = kicked;
    const auto both = flashesBetween(*before, *after);
    QCOMPARE(both.size(), std::size_t{2});
    QCOMPARE(both[1].id, (NeuronId{1, 4}));
    QVERIFY(!both[1].died);
    kicked->marks[0].action = ResetNeurons{{Target::Kind::Neuron, 1, 2}};
    QCOMPARE(flashesBetween(*before, *after)[1].id, (NeuronId{1, 2}));
    kicked->marks[0].action = BiasWarming{}; // strikes no neuron in particular
    QCOMPARE(flashesBetween(*before, *after).size(), std::size_t{1});
    after->past = true; // a jump through time is no death
    after->now.step = before->now.step + 7;
    QVERIFY(flashesBetween(*before, *after).empty());
    after->now.step = before->now.step + 1; // a replay's step is
    QCOMPARE(flashesBetween(*before, *after).size(), std::size_t{1});
    after->run = 2;
    QVERIFY(flashesBetween(*before, *after).empty());
}

void NetworkViewTest::theSummaryCountsTheStates() {
    auto snapshot = makeSnapshot({8, 8});
    snapshot->lives[0][4].deaths = 1; // alive again
    snapshot->lives[0][3].deaths = 1;
    snapshot->lives[0][3].diedAt = 203;
    NetworkView view;
    view.showFrame(frameOf(snapshot, {1, 4}));
    for (const char* part : {"3 alive", "1 revived", "4 at risk", "4 comatose", "4 dead", "L1·4, dead since step 203"})
        QVERIFY2(view.summary().contains(part), qPrintable(view.summary()));
    const QString tip = neuronTip(frameOf(snapshot), {1, 1});
    QVERIFY(tip.contains("alive") && tip.contains("38 %"));
}

void NetworkViewTest::dormantNeuronsAreSeen() {
    NeuronDiagnosis neuron;
    neuron.dormancy = dormantBelow;
    QVERIFY(isDormant(neuron));
    neuron.dormancy = 0.026F;
    QVERIFY(!isDormant(neuron));
    neuron.dormancy = 0.0F;
    neuron.state = NeuronState::Dead;
    QVERIFY(!isDormant(neuron)); // that is worse
    const Theme theme = colourless();
    QImage field(16, 16, QImage::Format_RGB32);
    field.fill(theme.sunken);
    for (const CellLook look : {CellLook::Alive, CellLook::Revived, CellLook::AtRisk, CellLook::Comatose}) {
        QImage image(48, 48, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintCell(painter, QRectF(0, 0, 48, 48), {look, &field, nullptr, nullptr, true}, theme);
        painter.end();
        QVERIFY(difference(image.convertToFormat(QImage::Format_Grayscale8), paintedCell(look, 48, theme, &field)) >
                20);
    }
    auto snapshot = makeSnapshot({8});
    auto diagnosis = std::make_shared<Diagnosis>(*snapshot->diagnosis);
    for (NeuronDiagnosis& one : diagnosis->layers[0].neurons)
        one.dormancy = 1.0F;
    diagnosis->layers[0].neurons[0].dormancy = 0.01F;
    snapshot->diagnosis = diagnosis;
    NetworkView view;
    view.showFrame(frameOf(snapshot));
    QVERIFY2(view.summary().contains("1 dormant"), qPrintable(view.summary()));
}

QTEST_MAIN(NetworkViewTest)
#include "network_view_test.moc"
