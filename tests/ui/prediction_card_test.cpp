#include "lab_harness.h"
#include "ui/controls/control_panel.h"
#include "ui/predictions/guess_book.h"
#include "ui/predictions/guess_table.h"
#include "ui/predictions/prediction_window.h"
#include "ui/predictions/question_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"
#include "ui/window/main_window.h"

#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

/// A lab with the window of predictions open.
struct Bench {
    FakeFiles files;
    Services services = files.services();
    std::unique_ptr<Lab> lab;
    std::unique_ptr<MainWindow> window;

    explicit Bench(const Settings& settings, const std::vector<float>& start = {}) {
        if (!start.empty())
            services.loadParameters = [start](const std::string&, const Layout&) -> Result<std::vector<float>> {
                return start;
            };
        lab = std::make_unique<Lab>(services);
        window = std::make_unique<MainWindow>(services, lab.get());
        window->show();
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
        lab->post(StartExperiment{settings});
        (void)QTest::qWaitFor([this] { return now().dataset && now().state == RunState::Paused; }, 10000);
        QTest::keyClick(window.get(), Qt::Key_P);
        (void)QTest::qWaitForWindowExposed(card());
    }
    [[nodiscard]] const Snapshot& now() const { return *lab->frame().snapshot; }
    [[nodiscard]] PredictionWindow* card() const { return window->findChild<PredictionWindow*>(); }
    [[nodiscard]] GuessBook& book() const { return window->findChild<ControlPanel*>()->guesses(); }
    template <class Field>
    Field* named(const QString& name) const {
        for (Field* field : card()->findChildren<Field*>())
            if (field->accessibleName() == name)
                return field;
        qFatal("no field is called %s", qPrintable(name));
    }
    [[nodiscard]] QPushButton* button(const QString& text) const {
        for (auto* one : card()->findChildren<QPushButton*>())
            if (one->text() == text)
                return one;
        qFatal("no button says %s", qPrintable(text));
    }
    void type(const QString& field, const QString& text) const {
        auto* box = named<NumberBox>(field);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, text);
    }
    [[nodiscard]] QString words() const {
        QStringList all;
        for (const QLabel* label : card()->findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        return all.join('\n');
    }
    [[nodiscard]] QString cell(int row, int column) const {
        return card()->findChild<GuessTable*>()->item(row, column)->text();
    }
};

constexpr auto countdownField = "Guess: at which step it wakes";
constexpr auto rateField = "Guess: a learning rate that kills";
constexpr auto kickField = "Guess: how many come back";

/// One ReLU neuron on a line, dead: z = 0.1 x - 1; bias decay draws it back.
Settings drawnBack() {
    Settings settings;
    settings.data.source = "sine";
    settings.data.samples = 50;
    settings.data.testFraction = 0.0;
    settings.network.hidden = {1};
    settings.initialization.file = "dead.csv";
    settings.training.batchSize = 50;
    settings.training.learningRate = 0.1;
    settings.training.biasDecay = 0.2;
    return settings;
}
const std::vector<float> deadStart{0.1F, -1.0F, 0.5F, 0.0F};

/// Data far from 0: some of the four neurons die of a large enough step.
Settings mortal() {
    Settings settings = smallExperiment();
    settings.seed = 3;
    settings.data.offset = 1.5;
    settings.network.hidden = {4};
    return settings;
}

} // namespace

class PredictionCardTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("flatline-test");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        applyTheme(*qApp, Appearance::Light);
    }

    // Breaks where a countdown does not come true at the very step foretold, in a real run at full speed; or guess,
    // prediction and outcome do not stand side by side.
    void theCountdownComesTrue() {
        Bench bench(drawnBack(), deadStart);
        QTRY_VERIFY_WITH_TIMEOUT(bench.button("Write down")->isEnabled(), 10000);
        const auto wakes = bench.lab->frame().analysis->outlook[0][0].wakesAt;
        QVERIFY(wakes && *wakes > 10);
        QVERIFY2(bench.words().contains(QStringLiteral("step %1").arg(*wakes)), qPrintable(bench.words()));
        bench.type(countdownField, "50");
        QTest::mouseClick(bench.button("Write down"), Qt::LeftButton);
        QCOMPARE(bench.cell(0, 3), QString::number(*wakes));
        QVERIFY(bench.cell(0, 4).startsWith("waiting"));
        QVERIFY(!bench.button("Write down")->isEnabled()); // once is enough
        bench.lab->post(SpeedCommand{0.0});
        bench.lab->post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(bench.book().guesses().front().end == GuessEnd::Settled, 10000);
        bench.lab->post(PauseCommand{});
        QCOMPARE(bench.book().guesses().front().outcome, std::optional(static_cast<double>(*wakes)));
        QVERIFY(!bench.book().guesses().front().otherCause);
        QCOMPARE(bench.cell(0, 2), QStringLiteral("50"));
        QCOMPARE(bench.cell(0, 4), QString::number(*wakes));
    }

    // Breaks where nothing is said of why there is no countdown.
    void noCountdownSaysWhy() {
        Bench bench(mortal());
        QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains("No dead neuron is on its way back"), 10000);
        QVERIFY(!bench.button("Write down")->isEnabled());
    }

    // Breaks where a rate is tried for more or less than one step, is not set back, or the verdict is not the event of
    // that step. In the first layer the prediction is exact: it has to come true on either side of the edge.
    void aRateIsTriedForOneStep() {
        Bench bench(mortal());
        QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains("Predicted: <b>"), 10000);
        QVERIFY(!bench.button("Try one step")->isEnabled());
        QVERIFY(bench.button("Try one step")->toolTip().contains("Type the rate"));
        const double rate = bench.now().settings.training.learningRate;
        for (const double share : {0.98, 1.02}) {
            if (bench.now().now.step > 0) { // the same moment for both
                bench.lab->post(ResetCommand{});
                QTRY_COMPARE(bench.now().now.step, std::int64_t{0});
            }
            const auto step = bench.now().now.step;
            QTRY_VERIFY_WITH_TIMEOUT(bench.lab->frame().analysis && bench.lab->frame().analysis->step == step &&
                                         bench.now().settings.training.learningRate == rate,
                                     10000);
            QTRY_COMPARE(rateQuestion(bench.lab->frame(), bench.book()).problem, QString());
            const NeuronId neuron = rateQuestion(bench.lab->frame(), bench.book()).neuron;
            QCOMPARE(neuron.layer, 1);
            const auto lethal =
                bench.lab->frame().analysis->outlook[0][static_cast<std::size_t>(neuron.neuron - 1)].lethal;
            QVERIFY(lethal && lethal->high > 1.1 * lethal->low && lethal->low < 90.0);
            bench.type(rateField, QString::number(share * lethal->low, 'g', 12)); // no Enter: the press takes it over
            QTRY_VERIFY(bench.button("Try one step")->isEnabled());
            QTest::mouseClick(bench.button("Try one step"), Qt::LeftButton);
            QVERIFY(bench.book().trying());
            QTRY_VERIFY(!bench.book().trying() && bench.now().settings.training.learningRate == rate);
            QCOMPARE(bench.now().now.step, step + 1);
            const Guess& row = bench.book().guesses().back();
            QVERIFY(row.end == GuessEnd::Settled);
            QCOMPARE(row.prediction, std::optional(share > 1.0 ? 1.0 : 0.0));
            QCOMPARE(row.outcome, row.prediction);
            QCOMPARE(bench.cell(0, 4), share > 1.0 ? QStringLiteral("dies") : QStringLiteral("lives"));
        }
    }

    // Breaks where a rate can be tried while the run goes on, so that the step foretold is not the one tried.
    void aRunningRunIsNotTried() {
        Bench bench(mortal());
        bench.type(rateField, "2\r");
        QTRY_VERIFY_WITH_TIMEOUT(bench.button("Try one step")->isEnabled(), 10000);
        QTest::keyClick(bench.card(), Qt::Key_F5); // the lab's keys act in this window, too
        QTRY_VERIFY(bench.now().state == RunState::Running);
        QTRY_VERIFY(!bench.button("Try one step")->isEnabled());
        QVERIFY(bench.button("Try one step")->toolTip().contains("Pause first"));
        QTest::keyClick(bench.card(), Qt::Key_Space);
        QTRY_VERIFY(bench.now().state == RunState::Paused);
        QTRY_VERIFY_WITH_TIMEOUT(bench.button("Try one step")->isEnabled(), 10000);
    }

    // Breaks where what is typed is lost, or is no number and does not say what would be right.
    void badGuessesAreSaid() {
        Bench bench(mortal());
        bench.type(rateField, "fast\r");
        QVERIFY(bench.words().contains("A number from 0 to 100"));
        QCOMPARE(bench.named<NumberBox>(rateField)->text(), QStringLiteral("fast"));
        QVERIFY(!bench.button("Try one step")->isEnabled());
        bench.type(kickField, "99\r");
        QVERIFY2(bench.words().contains("A whole number from 0 to 4"), qPrintable(bench.words()));
        QVERIFY(!bench.book().kickGuess());
        bench.type(kickField, "2\r");
        QCOMPARE(bench.book().kickGuess(), std::optional(2.0));
    }

    // Breaks where a hidden prediction can be read before its outcome, or is forgotten with the window.
    void predictionsCanBeHidden() {
        {
            Bench bench(mortal());
            QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains("Predicted: <b>"), 10000);
            QTest::mouseClick(bench.button("Hide predictions"), Qt::LeftButton);
            QVERIFY(!bench.words().contains("Predicted: <b>") && bench.words().contains("hidden until"));
            QVERIFY(bench.lab->frame().predictionsHidden); // for the views and the inspector
            bench.window->close();
        }
        Bench bench(mortal());
        QVERIFY(bench.book().hidden() && bench.lab->frame().predictionsHidden);
        QTest::mouseClick(bench.button("Show predictions"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bench.words().contains("Predicted: <b>"), 10000);
    }

    // Breaks where the card's kick is not the controls', or what is copied is not what the table says.
    void kicksAreMadeAndCopied() {
        Settings settings = mortal();
        settings.initialization.bias = -4.0; // three or four of four are dead
        Bench bench(settings);
        QTRY_VERIFY_WITH_TIMEOUT(bench.now().now.dead() > 0 && bench.button("Kick")->isEnabled(), 10000);
        QTRY_VERIFY_WITH_TIMEOUT(forecastOf(bench.lab->frame(), {}) != nullptr, 10000);
        bench.type(kickField, "1");
        QTest::mouseClick(bench.button("Kick"), Qt::LeftButton);
        QTRY_VERIFY(bench.book().latestKick() && bench.book().latestKick()->end == GuessEnd::Settled);
        QCOMPARE(bench.book().latestKick()->guess, std::optional(1.0));
        QVERIFY(bench.book().latestKick()->prediction.has_value());
        QCOMPARE(bench.now().experiment.interventions.size(), std::size_t{1});
        QTest::mouseClick(bench.button("Copy as CSV"), Qt::LeftButton);
        const QString csv = QApplication::clipboard()->text();
        QVERIFY2(csv.startsWith("seed,step,kind,guess") && csv.contains("\n3,0,kick-revivals,1,"), qPrintable(csv));
        QTest::mouseClick(bench.button("Clear"), Qt::LeftButton);
        QVERIFY(bench.book().guesses().empty() && !bench.button("Clear")->isEnabled());
    }

    // Breaks where a control of the card cannot be reached by Tab, or does not say what it does; or Esc does not close
    // it.
    void theKeyboardReachesEverything() {
        Bench bench(mortal());
        QSet<QWidget*> reached;
        bench.card()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.card()));
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(bench.card()->focusWidget() ? bench.card()->focusWidget() : bench.card(), Qt::Key_Tab);
            reached << bench.card()->focusWidget();
        }
        for (auto* box : bench.card()->findChildren<NumberBox*>())
            QVERIFY2(reached.contains(box) && !box->toolTip().isEmpty(), qPrintable(box->accessibleName()));
        for (auto* one : bench.card()->findChildren<QPushButton*>())
            QVERIFY2((reached.contains(one) || !one->isEnabled()) && !one->toolTip().isEmpty(),
                     qPrintable(one->text()));
        QVERIFY(reached.contains(bench.card()->findChild<GuessTable*>()));
        QTest::keyClick(bench.button("Copy as CSV"), Qt::Key_Escape);
        QVERIFY(!bench.card()->isVisible());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(PredictionCardTest)
#include "prediction_card_test.moc"
