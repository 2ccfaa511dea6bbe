#include "lab_harness.h"
#include "neuron_run.h"
#include "ui/controls/control_panel.h"
#include "ui/predictions/guess_book.h"
#include "ui/predictions/kick_forecast_line.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"
#include "ui/window/main_window.h"
#include "ui/window/status_strip.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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

/// The words beside the chances.
QString prediction(const QWidget& panel) {
    const auto* line = panel.findChild<KickForecastLine*>();
    QStringList words;
    for (const QLabel* label : line->findChildren<QLabel*>())
        words << label->text();
    return words.join(' ');
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
    analysis->forecast = KickForecast{0, {}, {}, 400};
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

    // Breaks where another strength, target or other parameters do not ask for a new forecast, or the same kick asks
    // again.
    void newForecastsAreAskedFor() {
        Bench bench;
        QSignalSpy asked(&bench.panel, &ControlPanel::kickChanged);
        bench.panel.showFrame(test::neuronFrame());
        QCOMPARE(asked.count(), 0);
        named<QComboBox>(bench.panel, "Target")->setCurrentIndex(1);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.last()[0].value<ThermalKick>().target.layer, 1);
        choose(named<QComboBox>(bench.panel, "What the kick strikes"), 2);
        QCOMPARE(asked.count(), 2);
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "2\r");
        QCOMPARE(asked.count(), 3);
        const auto kick = asked.last()[0].value<ThermalKick>();
        QCOMPARE(kick.strength, 2.0);
        QCOMPARE(kick.parameters, KickedParameters::Weights);
    }

    // Breaks where the predicted revivals are not stated before the kick, or are those of another kick.
    void theRevivalsArePredicted() {
        Bench bench;
        QVERIFY2(prediction(bench.panel).contains("<b>2.0 of 4</b> (1 to 3)"), qPrintable(prediction(bench.panel)));
        type(named<NumberBox>(bench.panel, "Strength of the kick"), "2\r");
        QVERIFY(prediction(bench.panel).contains("…"));
        Frame frame = test::neuronFrame();
        auto analysis = std::make_shared<Analysis>(*frame.analysis);
        analysis->kick.strength = 2.0;
        analysis->forecast->draws = 0;
        frame.analysis = analysis;
        bench.panel.showFrame(frame);
        QVERIFY(prediction(bench.panel).contains("≈ <b>2.0 of 4</b>")); // too large to be tried, and says so
        analysis->forecast.reset();
        bench.panel.showFrame(frame);
        QVERIFY(prediction(bench.panel).contains("not known"));
        QVERIFY(prediction(Bench(livingFrame()).panel).contains("none is dead"));
    }

    // Breaks where a prediction that is to be kept back can be read, or the chart gives it away.
    void aPredictionCanBeHidden() {
        Bench bench;
        QTest::mouseClick(named<QToolButton>(bench.panel, "Hide predictions"), Qt::LeftButton);
        auto* line = bench.panel.findChild<KickForecastLine*>();
        QVERIFY(prediction(bench.panel).contains("hidden") && !prediction(bench.panel).contains("2.0"));
        QVERIFY(!line->toolTip().contains("50"));
        const QImage hidden = line->grab().toImage();
        QTest::mouseClick(named<QToolButton>(bench.panel, "Show predictions"), Qt::LeftButton);
        QVERIFY(prediction(bench.panel).contains("2.0"));
        QVERIFY(line->toolTip().contains("2: 50 %"));
        QVERIFY(line->grab().toImage() != hidden);
    }

    // Breaks where a guess that is no number is taken, lost, or kicked over; or an empty field is not allowed.
    void badGuessesAreRefused() {
        Bench bench;
        auto* box = named<NumberBox>(bench.panel, "The class's guess");
        GuessBook& book = bench.panel.guesses();
        type(box, "many\r");
        QVERIFY(!book.kickGuess());
        QCOMPARE(box->text(), QStringLiteral("many"));
        QVERIFY(!bench.panel.kick().has_value());
        QVERIFY2(bench.panel.kickProblem().contains("A whole number from 0 to 8"),
                 qPrintable(bench.panel.kickProblem()));
        type(box, "9\r"); // more than there are
        QVERIFY(!bench.panel.kick().has_value());
        type(box, "1.5\r");
        QVERIFY(!bench.panel.kick().has_value());
        type(box, "3"); // no Enter
        QVERIFY(bench.panel.kick().has_value());
        QCOMPARE(book.kickGuess(), std::optional(3.0));
        type(box, "");
        QTest::keyClick(box, Qt::Key_Delete);
        QVERIFY(bench.panel.kick().has_value());
        QVERIFY(!book.kickGuess());
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

    // Breaks where, after a real kick, guess, prediction and outcome do not stand side by side, or are not those of
    // that kick.
    void guessPredictionAndOutcome() {
        FakeFiles files;
        const Services services = files.services();
        Lab lab(services);
        MainWindow window(services, &lab);
        window.resize(1280, 800);
        window.show();
        Settings harsh = smallExperiment();
        harsh.training.learningRate = 10.0;
        harsh.network.hidden = {8};
        const auto now = [&lab] { return lab.frame().snapshot; };
        lab.post(StartExperiment{harsh});
        QTRY_VERIFY_WITH_TIMEOUT(now()->dataset && now()->state == RunState::Paused, 10000);
        lab.post(EpochCommand{});
        lab.post(EpochCommand{});
        QTRY_VERIFY(now()->now.step > 0 && now()->state == RunState::Paused && now()->now.dead() > 2);
        const auto told = [&] { return forecastOf(lab.frame(), {}); };
        QTRY_VERIFY_WITH_TIMEOUT(told() != nullptr, 10000);
        const KickForecast forecast = *told();
        type(named<NumberBox>(window, "The class's guess"), "3");
        const int before = now()->now.dead();
        QTest::mouseClick(named<QPushButton>(window, "Kick"), Qt::LeftButton);
        QTRY_COMPARE(now()->curves->marks.size(), std::size_t{1});
        auto& book = window.findChild<ControlPanel*>()->guesses();
        QTRY_VERIFY(book.latestKick() != nullptr && book.latestKick()->end == GuessEnd::Settled);
        const Guess& kick = *book.latestKick();
        QCOMPARE(kick.guess, std::optional(3.0));
        QCOMPARE(kick.prediction, std::optional(forecast.revived.mean()));
        QCOMPARE(kick.reach, before);
        QCOMPARE(static_cast<int>(*kick.outcome) - kick.died, before - now()->now.dead());
        QVERIFY(!book.kickGuess()); // the next kick has a guess of its own
        const auto shown = [&] {
            for (const QLabel* label : window.findChildren<QLabel*>())
                if (label->text().startsWith("Guess 3"))
                    return label->text();
            return QString();
        };
        QVERIFY2(shown().contains(QStringLiteral("came back <b>%1</b>").arg(*kick.outcome)), qPrintable(shown()));
        QVERIFY(shown().contains("predicted"));
        lab.post(StepCommand{}); // it stays
        QTRY_VERIFY(now()->now.step > kick.step);
        QVERIFY(!shown().isEmpty());
        lab.post(ResetCommand{}); // until the next kick, whatever the run does
        QTRY_COMPARE(now()->now.step, std::int64_t{0});
        QVERIFY(!shown().isEmpty());
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
        QTRY_VERIFY_WITH_TIMEOUT(lab.settled(), 10000);
        QVERIFY(lab.frame().snapshot->experiment.interventions.empty());
    }

    // Breaks where the Run menu's warming and reset do nothing, or something else than the controls; or what would do
    // nothing is done, or can be pressed.
    void theMenuWarmsAndResets() {
        FakeFiles files;
        const Services services = files.services();
        Lab lab(services);
        MainWindow window(services, &lab);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        Settings born = smallExperiment();
        born.initialization.bias = -50.0; // all are born dead
        lab.post(StartExperiment{born});
        QTRY_VERIFY_WITH_TIMEOUT(lab.frame().snapshot->now.dead() > 0, 10000);
        const auto action = [&](const QString& text) {
            const auto all = window.findChildren<QAction*>();
            return *std::ranges::find_if(
                all, [&](const QAction* one) { return one->text().remove(QLatin1Char('&')) == text; });
        };
        const auto last = [&] { return lab.frame().snapshot->experiment.interventions.back().action; };
        type(named<NumberBox>(window, "Gamma of the warming"), "2");
        window.setFocus();
        QTest::keyClick(&window, Qt::Key_W);
        QTRY_COMPARE_WITH_TIMEOUT(lab.frame().snapshot->experiment.interventions.size(), std::size_t{1}, 10000);
        QVERIFY((last() == Action(BiasWarming{2.0, 300})));
        QTRY_VERIFY_WITH_TIMEOUT(action("Reset dead neurons")->isEnabled(), 10000);
        action("Reset dead neurons")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(lab.frame().snapshot->experiment.interventions.size(), std::size_t{2}, 10000);
        QVERIFY((last() == Action(ResetNeurons{})));
        type(named<NumberBox>(window, "Gamma of the warming"), "0");
        window.setFocus();
        QTest::keyClick(&window, Qt::Key_W);
        QVERIFY(window.findChild<StatusStrip*>()->sentence().startsWith("With a γ of 0"));
        QTRY_VERIFY_WITH_TIMEOUT(lab.settled(), 10000);
        QCOMPARE(lab.frame().snapshot->experiment.interventions.size(), std::size_t{2});
    }
};

QTEST_MAIN(InterventionSectionTest)
#include "intervention_section_test.moc"
