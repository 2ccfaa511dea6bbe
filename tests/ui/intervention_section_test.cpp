#include "lab_harness.h"
#include "neuron_run.h"
#include "ui/controls/control_panel.h"
#include "ui/controls/number_box.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/status_strip.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace flatline;

namespace {

template <class Field>
Field* named(const QWidget& window, const QString& name) {
    for (Field* field : window.findChildren<Field*>())
        if (field->accessibleName() == name)
            return field;
    qFatal("no field is called %s", qPrintable(name));
}

void type(QWidget* field, const QString& text) {
    field->setFocus();
    qobject_cast<QAbstractSpinBox*>(field)->selectAll();
    QTest::keyClicks(field, text);
}

void choose(QComboBox* box, int index) {
    box->setCurrentIndex(index);
    emit box->activated(index);
}

QString prediction(const QWidget& panel) {
    for (const QLabel* label : panel.findChildren<QLabel*>())
        if (label->text().startsWith("Predicted"))
            return label->text();
    return {};
}

/// A panel on screen that shows four dead neurons of eight.
struct Bench {
    ControlPanel panel{[](const QString&) { return QStringList(); }};
    std::vector<Action> actions;

    explicit Bench(const Frame& frame = test::neuronFrame()) {
        QObject::connect(&panel, &ControlPanel::actionWished, [this](const Action& one) { actions.push_back(one); });
        panel.resize(264, 760);
        panel.showFrame(frame);
        panel.show();
        panel.activateWindow();
        (void)QTest::qWaitForWindowActive(&panel);
    }
};

/// Nobody is dead.
Frame livingFrame() {
    Frame frame = test::neuronFrame();
    auto run = std::make_shared<Snapshot>(*frame.snapshot);
    for (auto& layer : run->now.layers)
        layer.dead = 0;
    frame.snapshot = run;
    auto analysis = std::make_shared<Analysis>(*frame.analysis);
    for (auto& layer : analysis->outlook)
        for (auto& neuron : layer)
            neuron = {};
    frame.analysis = analysis;
    return frame;
}

} // namespace

class InterventionSectionTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    // Breaks where the kick is not what the controls say, a typed strength that was not confirmed included.
    void theKickIsWhatTheControlsSay() {
        Bench bench;
        QVERIFY(bench.panel.kick() == ThermalKick{});
        auto* target = named<QComboBox>(bench.panel, "Target");
        QCOMPARE(target->itemText(0), QStringLiteral("Dead neurons (4)"));
        target->setCurrentIndex(2);
        choose(named<QComboBox>(bench.panel, "What the kick strikes"), 1);
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "1.5"); // no Enter
        const ThermalKick expected{1.5, {Target::Kind::Layer, 2, 0}, KickedParameters::Bias};
        QVERIFY(bench.panel.kick() == expected);
        bench.panel.showFrame(test::neuronFrame()); // a new frame does not forget the choice
        QVERIFY(bench.panel.kick() == expected);
    }

    // Breaks where another strength or other parameters do not ask for new chances, or another target asks in vain.
    void newChancesAreAskedFor() {
        Bench bench;
        QSignalSpy asked(&bench.panel, &ControlPanel::kickChanged);
        named<QComboBox>(bench.panel, "Target")->setCurrentIndex(1);
        QCOMPARE(asked.count(), 0);
        choose(named<QComboBox>(bench.panel, "What the kick strikes"), 2);
        QCOMPARE(asked.count(), 1);
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "2\r");
        QCOMPARE(asked.count(), 2);
        const auto kick = asked.last()[0].value<ThermalKick>();
        QCOMPARE(kick.strength, 2.0);
        QCOMPARE(kick.parameters, KickedParameters::Weights);
    }

    // Breaks where the predicted revivals are not stated before the kick, or are those of another kick.
    void theRevivalsArePredicted() {
        Bench bench;
        QVERIFY2(prediction(bench.panel).contains("<b>1.8</b> of 4"), qPrintable(prediction(bench.panel)));
        named<QComboBox>(bench.panel, "Target")->setCurrentIndex(1);
        bench.panel.showFrame(test::neuronFrame());
        QVERIFY(prediction(bench.panel).contains("<b>0.9</b> of 2"));
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "2\r");
        bench.panel.showFrame(test::neuronFrame());
        QVERIFY(prediction(bench.panel).contains("…"));
        QVERIFY(prediction(Bench(livingFrame()).panel).contains("none"));
    }

    // Breaks where the buttons do not wish what the controls say.
    void warmingAndResetAreWished() {
        Bench bench;
        type(named<NumberBox>(bench.panel, "Gamma of the warming"), "-2.5");
        type(named<NumberBox>(bench.panel, "Steps of the warming"), "50");
        QTest::mouseClick(named<QPushButton>(bench.panel, "Warm"), Qt::LeftButton);
        QCOMPARE(bench.actions.size(), std::size_t{1});
        QVERIFY((bench.actions.back() == Action(BiasWarming{-2.5, 50})));
        QTest::mouseClick(named<QPushButton>(bench.panel, "Reset dead"), Qt::LeftButton);
        QVERIFY((bench.actions.back() == Action(ResetNeurons{})));
        named<QComboBox>(bench.panel, "Target")->setCurrentIndex(2);
        QTest::mouseClick(named<QPushButton>(bench.panel, "Reset layer 2"), Qt::LeftButton);
        QVERIFY((bench.actions.back() == Action(ResetNeurons{{Target::Kind::Layer, 2, 0}})));
    }

    // Breaks where a deed that would do nothing can be pressed, or does not say why it cannot.
    void whatWouldDoNothingSaysWhy() {
        Bench bench(livingFrame());
        auto* kick = named<QPushButton>(bench.panel, "Kick");
        auto* reset = named<QPushButton>(bench.panel, "Reset dead");
        QVERIFY(!kick->isEnabled() && kick->toolTip().contains("No neuron is dead"));
        QVERIFY(!reset->isEnabled() && reset->toolTip().contains("No neuron is dead"));
        QVERIFY(!bench.panel.kick().has_value());
        named<QComboBox>(bench.panel, "Target")->setCurrentIndex(1);
        QVERIFY(kick->isEnabled() && reset->isEnabled());
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "0\r");
        QVERIFY(!kick->isEnabled() && kick->toolTip().contains("strength of 0"));
        auto* warm = named<QPushButton>(bench.panel, "Warm");
        QVERIFY(warm->isEnabled());
        type(named<NumberBox>(bench.panel, "Gamma of the warming"), "0\r");
        QVERIFY(!warm->isEnabled() && warm->toolTip().contains("γ of 0"));
        Frame bare = livingFrame();
        auto run = std::make_shared<Snapshot>(*bare.snapshot);
        run->now.layers.clear();
        bare.snapshot = run;
        bench.panel.showFrame(bare);
        QVERIFY(warm->toolTip().contains("no hidden neurons") && !reset->isEnabled());
    }

    // Breaks where a deed is not handed to the run as a command and recorded as an intervention of the experiment.
    void everyDeedReachesTheRun() {
        FakeFiles files;
        const Services services = files.services();
        Lab lab(services);
        MainWindow window(services, &lab);
        window.resize(1280, 800);
        window.show();
        lab.post(StartExperiment{smallExperiment()});
        const auto now = [&lab] { return lab.frame().snapshot; };
        QTRY_VERIFY_WITH_TIMEOUT(now()->dataset && now()->state == RunState::Paused, 10000);
        auto* target = named<QComboBox>(window, "Target");
        QTRY_VERIFY(target->count() > 1);
        target->setCurrentIndex(1); // layer 1
        QTest::mouseClick(named<QPushButton>(window, "Warm"), Qt::LeftButton);
        QTRY_COMPARE(now()->now.warming, 1.0);
        QTest::mouseClick(named<QPushButton>(window, "Reset layer 1"), Qt::LeftButton);
        QTRY_COMPARE(now()->experiment.interventions.size(), std::size_t{2});
        choose(named<QComboBox>(window, "What the kick strikes"), 1);
        QTest::mouseClick(named<QPushButton>(window, "Kick"), Qt::LeftButton);
        QTRY_COMPARE(now()->experiment.interventions.size(), std::size_t{3});
        const auto& done = now()->experiment.interventions;
        QVERIFY((done[0].action == Action(BiasWarming{})));
        QVERIFY((done[1].action == Action(ResetNeurons{{Target::Kind::Layer, 1, 0}})));
        QVERIFY((done[2].action == Action(ThermalKick{0.5, {Target::Kind::Layer, 1, 0}, KickedParameters::Bias})));
        QVERIFY(window.findChild<StatusStrip*>()->sentence().contains("Warming adds +1"));
    }

    // Breaks where the key for the kick does something that the button would refuse, or says nothing.
    void theKeyIsRefusedInWords() {
        FakeFiles files;
        const Services services = files.services();
        Lab lab(services);
        MainWindow window(services, &lab);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        Settings calm = smallExperiment();
        calm.network.activation = "leaky-relu";
        lab.post(StartExperiment{calm});
        QTRY_VERIFY_WITH_TIMEOUT(lab.frame().snapshot->dataset != nullptr, 10000);
        QTRY_VERIFY(named<QPushButton>(window, "Kick")->toolTip().contains("No neuron is dead"));
        QTest::keyClick(&window, Qt::Key_K);
        QVERIFY(window.findChild<StatusStrip*>()->sentence().startsWith("No neuron is dead."));
        QTest::qWait(50);
        QVERIFY(lab.frame().snapshot->experiment.interventions.empty());
    }
};

QTEST_MAIN(InterventionSectionTest)
#include "intervention_section_test.moc"
