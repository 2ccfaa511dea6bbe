#include "tests/ui/lab_harness.h"
#include "ui/compare/comparison_view.h"
#include "ui/compare/rescue_dialog.h"
#include "ui/compare/rescue_table.h"
#include "ui/runs/run_chooser.h"
#include "ui/theme/theme.h"
#include "ui/views/network_view.h"
#include "ui/window/actions.h"
#include "ui/window/lab.h"
#include "ui/window/main_window.h"
#include "ui/window/status_strip.h"
#include "ui/window/view_grid.h"

#include <QAction>
#include <QPushButton>
#include <QSettings>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

constexpr int patience = 30000; // ms: a deadline, not a wait

struct Bench {
    FakeFiles files;
    Services services = files.services();
    Lab lab{services};
    MainWindow window{services, &lab};

    Bench() {
        window.show();
        lab.post(StartExperiment{smallExperiment()});
    }
    [[nodiscard]] bool ready() const { return lab.frame().snapshot->dataset != nullptr; }
    [[nodiscard]] QAction* action(const QString& text) {
        for (QAction* one : window.findChildren<QAction*>())
            if (one->text().remove(QLatin1Char('&')).startsWith(text))
                return one;
        return nullptr;
    }
    [[nodiscard]] std::string activation(std::size_t run) const {
        return lab.frame().twins[run]->settings.network.activation;
    }
};

} // namespace

class TwinsWindowTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("flatline-test");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        applyTheme(*qApp, Appearance::Light);
    }

    // Breaks where a clone is not seen, a change of B's reaches A, or the runs cannot be chosen, hidden and dropped by
    // keys.
    void aTwinFromCloneToDrop() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.ready(), patience);
        QVERIFY(!bench.action("Compare side by side")->isEnabled());
        bench.action("Clone to a twin")->trigger();
        auto* comparison = bench.window.findChild<ComparisonView*>();
        QTRY_VERIFY_WITH_TIMEOUT(comparison->isVisible(), patience);
        QCOMPARE(bench.lab.frame().chosen, std::size_t{1});
        QVERIFY(bench.lab.change({{"network.activation", std::string("elu")}}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(bench.activation(1), std::string("elu"), patience);
        QCOMPARE(bench.activation(0), std::string("relu"));
        QVERIFY(bench.window.findChild<RunChooser*>()->isVisible());
        bench.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.window.setFocus();
        QTest::keyClick(&bench.window, Qt::Key_X);
        QTRY_COMPARE_WITH_TIMEOUT(bench.lab.frame().chosen, std::size_t{0}, patience);
        QCOMPARE(bench.lab.frame().snapshot->settings.network.activation, std::string("relu"));
        QTest::keyClick(&bench.window, Qt::Key_C);
        QVERIFY(!comparison->isVisible());
        QVERIFY(bench.window.findChild<ViewGrid*>()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.action("Drop the chosen twin")->isEnabled(), patience);
        QTest::keyClick(&bench.window, Qt::Key_C);
        QVERIFY(comparison->isVisible());
        QTest::keyClick(&bench.window, Qt::Key_X);
        QTRY_VERIFY_WITH_TIMEOUT(bench.action("Drop the chosen twin")->isEnabled(), patience);
        bench.action("Drop the chosen twin")->trigger();
        QVERIFY(bench.window.findChild<StatusStrip*>()->sentence().contains("B is gone"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.lab.frame().twins.empty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!comparison->isVisible(), patience);
        QCOMPARE(bench.lab.frame().snapshot->settings.network.activation, std::string("relu"));
    }

    // Breaks where neurons flash beside each other though less motion was asked for.
    void lessMotionHoldsForTwinsToo() {
        Bench bench;
        const auto* strip = bench.window.findChild<ComparisonView*>()->findChild<NetworkView*>();
        QVERIFY(strip != nullptr);
        QAction* less = bench.action("Reduce motion");
        less->setChecked(true);
        QCOMPARE(strip->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, strip), 0);
        less->setChecked(false);
        QVERIFY(strip->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, strip) > 0);
    }

    // Breaks where Ctrl+Z in the leaderboard's window does not take back the cure that was just done from there.
    void aCureIsTakenBackFromItsWindow() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.ready(), patience);
        bench.action("Rescue")->trigger();
        auto* dialog = bench.window.findChild<RescueDialog*>();
        auto* table = dialog->findChild<RescueTable*>();
        const auto rowOfElu = [&] {
            for (int row = 0; row < table->rowCount(); ++row)
                if (table->lines()[static_cast<std::size_t>(row)].cure->id == std::string("elu"))
                    return table->cellWidget(row, rescueColumns);
            return static_cast<QWidget*>(nullptr);
        };
        QTRY_VERIFY_WITH_TIMEOUT(rowOfElu() != nullptr, patience);
        const auto activation = [&] { return bench.lab.frame().snapshot->settings.network.activation; };
        rowOfElu()->findChild<QPushButton*>()->click();
        QTRY_COMPARE_WITH_TIMEOUT(activation(), std::string("elu"), patience);
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTRY_VERIFY_WITH_TIMEOUT(bench.action("Undo")->isEnabled(), patience);
        QTest::keyClick(dialog, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(activation(), std::string("relu"), patience);
        dialog->close();
    }

    // Breaks where Shift+X does nothing, can be asked for with one run, or does not say what became of A.
    void theChosenRunBecomesA() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.ready(), patience);
        QVERIFY(!bench.action("Swap with A")->isEnabled());
        bench.action("Clone to a twin")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(bench.lab.frame().twins.size(), std::size_t{2}, patience);
        QVERIFY(bench.lab.change({{"network.activation", std::string("elu")}}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(bench.activation(1), std::string("elu"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.action("Swap with A")->isEnabled(), patience);
        bench.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.window.setFocus();
        QTest::keyClick(&bench.window, Qt::Key_X, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(bench.activation(0), std::string("elu"), patience);
        QCOMPARE(bench.activation(1), std::string("relu"));
        QCOMPARE(bench.lab.frame().chosen, std::size_t{0});
        QVERIFY(bench.window.findChild<StatusStrip*>()->sentence().contains("B is A now"));
    }

    // Breaks where the fifth run can be made, or the runs do not stand at one step when they are paused.
    void fourRunsInStep() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.ready(), patience);
        for (std::size_t runs = 2; runs <= mostRuns; ++runs) {
            bench.action("Clone to a twin")->trigger();
            QTRY_COMPARE_WITH_TIMEOUT(bench.lab.frame().twins.size(), runs, patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!bench.action("Clone to a twin")->isEnabled(), patience);
        bench.lab.post(EpochCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(bench.lab.frame().twins.front()->now.epoch == 1, patience);
        for (const auto& run : bench.lab.frame().twins)
            QCOMPARE(run->now.step, bench.lab.frame().twins.front()->now.step);
    }

private:
    QTemporaryDir m_folder; ///< of what windows remember
};

QTEST_MAIN(TwinsWindowTest)
#include "twins_window_test.moc"
