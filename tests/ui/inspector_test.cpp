#include "inspected_run.h"
#include "reading_order.h"
#include "ui/inspector/cures.h"
#include "ui/inspector/inspector_card.h"
#include "ui/inspector/inspector_window.h"
#include "ui/inspector/margin_histogram.h"
#include "ui/inspector/plane_picture.h"
#include "ui/inspector/rate_chart.h"
#include "ui/inspector/vital_strip.h"
#include "ui/inspector/weight_bars.h"
#include "ui/inspector/weight_image.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

template <class Widget>
Widget* named(const QWidget& parent, const QString& name) {
    for (auto* one : parent.findChildren<Widget*>())
        if (one->accessibleName() == name)
            return one;
    return nullptr;
}

QString textOf(const QWidget& widget) {
    QString text;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->isVisibleTo(&widget))
            text += label->text() + '\n';
    return text;
}

/// The window with what it asked for.
struct Bench {
    InspectorWindow window;
    std::vector<Action> actions;
    QSignalSpy selected{&window, &InspectorWindow::selectWished};

    explicit Bench(const Frame& frame, QSize size = {1120, 800}) {
        QObject::connect(&window, &InspectorWindow::commandWished, &window, [this](const Command& command) {
            if (const auto* act = std::get_if<ActCommand>(&command))
                actions.push_back(act->action);
        });
        window.resize(size);
        window.showFrame(frame);
        window.show();
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window);
    }
    [[nodiscard]] PlanePicture& picture() const { return *window.findChild<PlanePicture*>(); }
    [[nodiscard]] const EditParameters& edit() const { return std::get<EditParameters>(actions.back()); }
};

} // namespace

class InspectorTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        applyTheme(*qApp, Appearance::Light);
        m_run = test::deadlyRun();
        m_dead = test::firstOf(*m_run, 1, true);
        m_alive = test::firstOf(*m_run, 2, false);
    }

    // Breaks where the report of a dead neuron lacks a part: state, certificate, pulse, way back, margin, rates, cures.
    void aDeathIsReported() {
        const Bench bench(test::inspected(m_run, m_dead));
        const QString died = countText(lifeOf(*m_run, m_dead).diedAt);
        const QString text = textOf(bench.window);
        for (const QString& part :
             {QStringLiteral("is dead"), "since step " + died, QStringLiteral("Death certificate"),
              QStringLiteral("Vital signs"), QStringLiteral("Its half-plane on the data"),
              QStringLiteral("The way back"), QStringLiteral("Pre-activation now"),
              QStringLiteral("What could bring it back"), "Margin after step " + died})
            QVERIFY2(text.contains(part), qPrintable(part + "\n" + text));
        const QString summary = bench.window.summary();
        for (const QString& part : {"died at step " + died, QStringLiteral("no output, no gradient"),
                                    QStringLiteral("largest safe learning rate"), QStringLiteral("margin −")})
            QVERIFY2(summary.contains(part), qPrintable(part + "\n" + summary));
        QCOMPARE(bench.window.accessibleDescription(), summary);
        QVERIFY(!bench.window.findChild<VitalStrip*>()->signs().dead.empty());
        QVERIFY(bench.window.findChild<RateChart*>()->curve()->made);
    }

    // Breaks where a living neuron is told as dead, or its next step is not foreseen.
    void aLifeIsReported() {
        const Bench bench(test::inspected(m_run, m_alive));
        const QString text = textOf(bench.window);
        for (const char* part : {"Where it fires", "Act on this neuron alone", "Margin after the next step"})
            QVERIFY2(text.contains(part), qPrintable(part + ("\n" + text)));
        QVERIFY(!text.contains("The way back") && !text.contains("is dead"));
        QVERIFY(!bench.picture().moveGrip().has_value()); // no edge in the plane of the data
    }

    // Breaks where Left and Right, or the buttons, do not go from one dead neuron to the next, round and round.
    void arrowsGoThroughTheDead() {
        Bench bench(test::inspected(m_run, m_dead));
        QTest::keyClick(&bench.window, Qt::Key_Right);
        QCOMPARE(bench.selected.size(), 1);
        const auto next = bench.selected[0][0].value<NeuronId>();
        QCOMPARE(next, *InspectorWindow::nextDead(*m_run, m_dead, 1));
        QVERIFY(next != m_dead && diagnosisOf(*m_run, next).state == NeuronState::Dead);
        QCOMPARE(*InspectorWindow::nextDead(*m_run, next, -1), m_dead);
        QTest::keyClick(&bench.window, Qt::Key_Left);
        QCOMPARE(bench.selected[1][0].value<NeuronId>(), *InspectorWindow::nextDead(*m_run, m_dead, -1));
        NeuronId at = m_dead; // all of them come, and the first again
        int count = 0;
        do {
            at = *InspectorWindow::nextDead(*m_run, at, 1);
            ++count;
        } while (at != m_dead && count < 100);
        QCOMPARE(count, m_run->diagnosis->dead());
    }

    // Breaks where D does not travel to the step of the death, or from there back to live; where undo is not asked for.
    void keysTravelAndUndo() {
        Bench bench(test::inspected(m_run, m_dead));
        std::vector<Command> commands;
        connect(&bench.window, &InspectorWindow::commandWished, this,
                [&](const Command& command) { commands.push_back(command); });
        QTest::keyClick(&bench.window, Qt::Key_D);
        QCOMPARE(commands.size(), std::size_t{1});
        QCOMPARE(std::get<TravelCommand>(commands[0]).step, lifeOf(*m_run, m_dead).diedAt);
        auto past = std::make_shared<Snapshot>(*m_run);
        past->past = true;
        past->now.step = lifeOf(*m_run, m_dead).diedAt;
        bench.window.showFrame(test::inspected(past, m_dead));
        QTest::keyClick(&bench.window, Qt::Key_D);
        QVERIFY(std::holds_alternative<LiveCommand>(commands.back()));
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(std::holds_alternative<UndoCommand>(commands.back()));
    }

    // Breaks where dragging the edge changes the weights, posts more than one event, does not follow the mouse, or
    // shows nothing meanwhile.
    void draggingTheEdgeIsItsBias() {
        Bench bench(test::inspected(m_run, m_dead));
        PlanePicture& picture = bench.picture();
        const QPoint from = picture.moveGrip()->toPoint();
        const QPoint to = picture.rect().center() - QPoint(picture.width() / 4, 3);
        const QString before = bench.window.findChild<MarginHistogram*>()->note();
        QTest::mousePress(&picture, Qt::LeftButton, {}, from);
        QTest::mouseMove(&picture, (from + to) / 2);
        QTest::mouseMove(&picture, to);
        QVERIFY(picture.editing());
        QVERIFY(bench.actions.empty());
        QVERIFY(bench.window.findChild<MarginHistogram*>()->note() != before);
        QTest::mouseRelease(&picture, Qt::LeftButton, {}, to);
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QCOMPARE((NeuronId{bench.edit().layer, bench.edit().neuron}), m_dead);
        QVERIFY(bench.edit().bias.has_value() && bench.edit().weights.empty());
        QVERIFY(!picture.editing());
    }

    // Breaks where turning the edge does not set the weights, or stretches them.
    void turningTheEdgeIsItsWeights() {
        Bench bench(test::inspected(m_run, firstWithEdge()));
        PlanePicture& picture = bench.picture();
        const QPoint from = picture.turnGrip()->toPoint();
        const NeuronWeights own = picture.shown();
        QTest::mousePress(&picture, Qt::LeftButton, {}, from);
        QTest::mouseMove(&picture, from + QPoint(14, -22));
        QTest::mouseRelease(&picture, Qt::LeftButton, {}, from + QPoint(14, -22));
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QCOMPARE(bench.edit().weights.size(), std::size_t{2});
        const double norm = std::hypot(*bench.edit().weights[0], *bench.edit().weights[1]);
        QVERIFY(std::abs(norm - std::hypot(static_cast<double>(own.weights[0]), static_cast<double>(own.weights[1]))) <
                1e-5);
        QVERIFY(*bench.edit().weights[0] != static_cast<double>(own.weights[0]));
    }

    // Breaks where the keyboard cannot edit, makes an event of each key, or Escape does not take all of it back.
    void keysEditToo() {
        Bench bench(test::inspected(m_run, m_dead));
        PlanePicture& picture = bench.picture();
        picture.setFocus();
        const float before = picture.shown().bias;
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&picture, Qt::Key_Up);
        QVERIFY(picture.shown().bias > before && bench.actions.empty());
        QTest::keyClick(&picture, Qt::Key_Escape);
        QVERIFY(bench.window.isVisible()); // it took back the edit, not the window
        QCOMPARE(picture.shown().bias, before);
        QTest::keyClick(&picture, Qt::Key_Down);
        QTest::keyClick(&picture, Qt::Key_Up, Qt::ShiftModifier);
        QTest::keyClick(&picture, Qt::Key_Return);
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QCOMPARE(bench.edit().weights.size(), std::size_t{2});
        QTest::keyClick(&picture, Qt::Key_Up); // left alone, it is taken over
        QTRY_COMPARE_WITH_TIMEOUT(bench.actions.size(), std::size_t{2}, 5000);
    }

    // Breaks where a value typed sets another parameter, or more than one.
    void typedValuesAreEdits() {
        Bench bench(test::inspected(m_run, m_dead));
        const auto type = [](NumberBox* box, const QString& text) {
            QVERIFY(box != nullptr);
            box->setFocus();
            box->selectAll();
            QTest::keyClicks(box, text);
            QTest::keyClick(box, Qt::Key_Return);
        };
        type(named<NumberBox>(bench.window, "Bias"), "-0.75");
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QVERIFY((bench.edit() == EditParameters{m_dead.layer, m_dead.neuron, -0.75, {}}));
        QString second;
        for (const auto* box : bench.window.findChildren<NumberBox*>())
            if (box->accessibleName().startsWith("Weight 2"))
                second = box->accessibleName();
        type(named<NumberBox>(bench.window, second), "1.5");
        QVERIFY((bench.edit() == EditParameters{m_dead.layer, m_dead.neuron, {}, {std::nullopt, 1.5}}));
    }

    // Breaks where a cure aims at others than this neuron, or one that cannot work can be pressed.
    void curesAimAtThisNeuron() {
        Bench bench(test::inspected(m_run, m_dead));
        const Target target{Target::Kind::Neuron, m_dead.layer, m_dead.neuron};
        for (auto* button : bench.window.findChild<CurePanel*>()->findChildren<QAbstractButton*>())
            button->click();
        QCOMPARE(bench.actions.size(), std::size_t{4});
        QVERIFY(std::get<ThermalKick>(bench.actions[0]).target == target);
        QVERIFY(std::get<ResetNeurons>(bench.actions[1]).target == target);
        QCOMPARE(std::get<SettingChange>(bench.actions[2]).path, std::string("network.activation"));
        const auto& warming = std::get<BiasWarming>(bench.actions[3]);
        QVERIFY(warming.target == target);
        QVERIFY(warming.gamma > -static_cast<double>(diagnosisOf(*m_run, m_dead).margin)); // it wakes, as it says
        const auto cures = curesFor(test::inspected(m_run, m_dead), m_dead);
        for (const Cure& cure : cures)
            QVERIFY2(!cure.chance.isEmpty(), qPrintable(cure.text));
        Settings leaky = test::deadlySettings();
        leaky.network.activation = "leaky-relu";
        const auto none = curesFor(test::inspected(test::realRun(leaky, 40), {1, 1}), {1, 1});
        QVERIFY(!none[2].problem.isEmpty() && none[2].chance.isEmpty());
    }

    // Breaks where the inspector tells what is to be guessed: a cure's chance, the rate that kills at the next step.
    // What a death's own step would have done is no prediction.
    void predictionsCanBeHidden() {
        Frame frame = test::inspected(m_run, m_dead);
        frame.predictionsHidden = true;
        for (const Cure& cure : curesFor(frame, m_dead))
            QVERIFY2(cure.chance.isEmpty(), qPrintable(cure.text));
        const Bench dead(frame);
        QVERIFY(textOf(dead.window).contains("predictions are hidden"));
        QVERIFY(!dead.window.summary().contains('%'));
        QVERIFY(dead.window.findChild<RateChart*>()->curve().has_value());
        frame = test::inspected(m_run, m_alive);
        QVERIFY(frame.inspection->rates.has_value());
        frame.predictionsHidden = true;
        const Bench alive(frame);
        QVERIFY(!alive.window.findChild<RateChart*>()->curve().has_value());
        QVERIFY(alive.window.summary().contains("Predictions are hidden"));
    }

    // Breaks where batch norm before the activation has no edge, or one that can be turned though the next batches
    // would move it anyhow; or batch norm after it, which leaves z alone, is taken for the same.
    void batchNormHasItsEdge() {
        for (const char* norm : {"before-activation", "after-activation"}) {
            Settings settings = test::deadlySettings();
            settings.network.batchNorm = norm;
            const Frame frame = test::inspected(test::realRun(settings, 20), {1, 1});
            const Bench bench(frame);
            QVERIFY(textOf(bench.window).contains("Its half-plane on the data"));
            const bool before = QLatin1String(norm) == QLatin1String("before-activation");
            QVERIFY(bench.picture().moveGrip().has_value());
            QVERIFY(!before || !bench.picture().turnGrip().has_value());
            QCOMPARE(textOf(bench.window).contains("batch norm's β"), before);
            QCOMPARE(bench.picture().toolTip().contains("running figures"), before);
            const std::vector<float> z = firstLayerValues(bench.picture().shown(), frame.snapshot->dataset->train);
            for (std::size_t i = 0; i < z.size(); ++i)
                QVERIFY(std::abs(z[i] - frame.inspection->z[i]) < 1e-4F * (1.0F + std::abs(z[i])));
        }
    }

    // Breaks where a drag under batch norm sets anything but beta, or leaves z elsewhere than the picture showed it.
    void batchNormsEdgeIsMovedByBeta() {
        Settings settings = test::deadlySettings();
        settings.network.batchNorm = "before-activation";
        Bench bench(test::inspected(test::realRun(settings, 20), {1, 1}));
        PlanePicture& picture = bench.picture();
        const float before = picture.shown().bias;
        picture.setFocus();
        QTest::keyClick(&picture, Qt::Key_Up, Qt::ShiftModifier); // no turn
        QVERIFY(!picture.editing());
        QTest::keyClick(&picture, Qt::Key_Up);
        QTest::keyClick(&picture, Qt::Key_Up);
        const auto moved = static_cast<double>(picture.shown().bias - before);
        QVERIFY(moved > 0.0);
        QTest::keyClick(&picture, Qt::Key_Return);
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QVERIFY(!bench.edit().bias && bench.edit().weights.empty() && bench.edit().beta);
        const auto run = test::realRun(settings, 20);
        const Layout layout = layoutOf(*run->spec);
        const auto beta = static_cast<double>((*run->parameters)[layout.block(1, BlockKind::Beta).at(0, 0)]);
        QVERIFY(std::abs(*bench.edit().beta - beta - moved) < 1e-6);
        auto* typed = named<NumberBox>(bench.window, "Beta");
        QVERIFY(typed != nullptr && typed->isVisible());
        Bench without(test::inspected(m_run, m_dead));
        QVERIFY(!named<NumberBox>(without.window, "Beta")->isVisible());
    }

    // Breaks where the plane, which is worked in, stays small beside a column that has nothing to report.
    void withoutAReportThePlaneIsLarger() {
        const Bench dead(test::inspected(m_run, m_dead));
        const auto healthy = test::realRun(test::deadlySettings(), 5);
        QVERIFY(lifeOf(*healthy, {1, 1}).death == nullptr && lifeOf(*healthy, {1, 1}).revival == nullptr);
        const Bench bench(test::inspected(healthy, {1, 1}));
        QVERIFY2(bench.picture().height() > dead.picture().height() + 40,
                 qPrintable(QStringLiteral("%1 %2").arg(bench.picture().height()).arg(dead.picture().height())));
        QTRY_VERIFY(bench.picture().width() > dead.picture().width() + 40); // the plane is a square
        const auto left = [](const Bench& in) {
            return in.window.findChild<MarginHistogram*>()->mapTo(&in.window, QPoint()).x() <
                   in.picture().mapTo(&in.window, QPoint()).x();
        };
        QVERIFY(left(bench) && !left(dead));
    }

    // Breaks where the sign of a number below 0 is cut off at the left of the chart: -0.02 would read 0.02.
    void ratesAxisHasRoomForItsNumbers() {
        RateChart chart(nullptr);
        const QFontMetricsF metrics(fontFor(TextRole::Axis));
        for (const double size : {0.03, 4.0, 3e-6, 2000.0}) {
            RateCurve curve;
            curve.points = {{0.01, size}, {1.0, -size}, {10.0, -2.0 * size}};
            curve.taken = {1.0, -size};
            curve.largestSafe = 0.5;
            chart.showCurve(curve, {}, {});
            QVERIFY(chart.labelRoom() > metrics.horizontalAdvance(numberText(-size / 2.0)));
        }
    }

    // Breaks where Tab goes through the window otherwise than one reads: the head, the signs, then the left column from
    // its top to its bottom, then the right one.
    void tabGoesAsOneReads() {
        for (const NeuronId id : {m_dead, m_alive}) {
            const Bench bench(test::inspected(m_run, id), {1120, 900});
            for (const auto* card : bench.window.findChildren<InspectorCard*>())
                QCOMPARE(test::outOfOrder(*card), QString());
            const auto place = [&bench](const QWidget* stop) { return stop->mapTo(&bench.window, QPoint()); };
            const QWidget* right = bench.window.findChild<RateChart*>();
            const auto rank = [&](const QWidget* stop) { // by columns below the signs
                const int top = bench.window.findChild<VitalStrip*>()->mapTo(&bench.window, QPoint()).y();
                return place(stop).y() <= top ? 0 : place(stop).x() < place(right).x() ? 1 : 2;
            };
            int before = 0;
            int stops = 0;
            for (const QWidget* stop = bench.window.nextInFocusChain(); stop != &bench.window;
                 stop = stop->nextInFocusChain()) {
                if (!bench.window.isAncestorOf(stop) || !stop->isVisible() || (stop->focusPolicy() & Qt::TabFocus) == 0)
                    continue;
                QVERIFY2(rank(stop) >= before, qPrintable(stop->accessibleName()));
                before = rank(stop);
                ++stops;
            }
            QVERIFY2(stops >= 8 && before >= 1, qPrintable(QString::number(stops)));
        }
    }

    // Breaks where pixels are not drawn as a picture, a click chooses another one than it hits, or Up and Down do not
    // go a row.
    void pixelsAreAPicture() {
        QVERIFY(!pixelGrid({"x", "y"}) && !pixelGrid({"pixel_0_0", "pixel_0_1", "pixel_1_0"}));
        QVERIFY(!pixelGrid({"pixel_0_0", "pixel_0_1", "pixel_1_0", "pixel_2_1"}));
        QVERIFY(pixelGrid({"pixel_0_0", "pixel_0_1", "pixel_1_0", "pixel_1_1"}) == QSize(2, 2));
        WeightImage image(QSize(2, 2), nullptr);
        image.resize(150, 150);
        image.showWeights({1.0F, -1.0F, 0.0F, 0.25F});
        QSignalSpy chosen(&image, &WeightPicker::chosenByUser);
        QTest::mouseClick(&image, Qt::LeftButton, {}, image.cellBox(3).center().toPoint());
        QCOMPARE(image.chosen(), 3);
        QTest::keyClick(&image, Qt::Key_Up);
        QCOMPARE(image.chosen(), 1);
        QTest::keyClick(&image, Qt::Key_Up); // there is no row above
        QCOMPARE(image.chosen(), 1);
        QTest::keyClick(&image, Qt::Key_Left);
        QCOMPARE(image.chosen(), 0);
        QCOMPARE(chosen.count(), 4);
        const QImage picture = image.grab().toImage();
        const auto middle = [&](int index) { return picture.pixelColor(image.cellBox(index).center().toPoint()); };
        QCOMPARE(middle(0), themeFor(false).text); // positive: filled
        QVERIFY(middle(1) == themeFor(false).sunken && middle(2) == themeFor(false).sunken);
    }

    // Breaks where many inputs have no place, or the box edits another weight than the bar that is chosen.
    void manyWeightsAreBars() {
        Bench bench(test::inspected(m_run, m_alive)); // six inputs
        auto* bars = bench.window.findChild<WeightBars*>();
        QVERIFY(bars != nullptr && bars->isVisible());
        QTest::mouseClick(bars, Qt::LeftButton, {}, QPoint(bars->width() * 7 / 12, 3)); // the fourth of six
        QCOMPARE(bars->chosen(), 3);
        bars->setFocus();
        QTest::keyClick(bars, Qt::Key_Right);
        QCOMPARE(bars->chosen(), 4);
        QVERIFY(bench.selected.isEmpty()); // the window's own Right has not acted
        NumberBox* box = nullptr;
        for (auto* one : bench.window.findChildren<NumberBox*>())
            if (one->accessibleName().startsWith("Weight 5"))
                box = one;
        QVERIFY(box != nullptr);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, "2");
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(bench.edit().weights.size(), std::size_t{6});
        for (std::size_t i = 0; i < 6; ++i)
            QCOMPARE(bench.edit().weights[i].has_value(), i == 4);
    }

    // Breaks where something is cut off or overlaps in a small window: all cards are wide enough, what is too tall
    // scrolls.
    void fitsIntoASmallWindow() {
        for (const QSize size : {QSize(1120, 800), QSize(1024, 700), QSize(860, 560)}) {
            const Bench bench(test::inspected(m_run, m_dead), size);
            QVERIFY(bench.window.width() <= size.width());
            for (const auto* card : bench.window.findChildren<QFrame*>())
                if (card->property("role").toString() == "card") {
                    const QRect place(card->mapTo(&bench.window, QPoint()), card->size());
                    QVERIFY2(place.right() <= bench.window.width(), qPrintable(card->accessibleName()));
                }
        }
    }

    // Breaks where the whole look takes so long that the window stutters.
    void aFrameIsCheap() {
        Bench bench(test::inspected(m_run, m_dead));
        const Frame frame = test::inspected(m_run, m_dead);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            bench.window.showFrame(frame);
        QVERIFY2(timer.elapsed() < 20 * 40, qPrintable(QString::number(timer.elapsed()))); // loaded machines, too
    }

private:
    /// A neuron of the first layer whose edge crosses the plane.
    NeuronId firstWithEdge() const {
        for (NeuronId id{1, 1}; hasNeuron(*m_run, id); ++id.neuron) {
            const Frame frame = test::inspected(m_run, id);
            const auto bounds = planeBounds(*frame.inspection->map, *m_run->dataset);
            if (edgeWithin(frame.inspection->own, bounds))
                return id;
        }
        return m_dead;
    }

    std::shared_ptr<const Snapshot> m_run;
    NeuronId m_dead;
    NeuronId m_alive;
};

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
