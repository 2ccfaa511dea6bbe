#include "lab_harness.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"
#include "ui/window/actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/status_strip.h"
#include "ui/window/stop_dialog.h"

#include <QAction>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace flatline;

/// Time and undo by keys, buttons and menus of the window.
class TimeActionsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void theArrowsGoBackAndForth();
    void theButtonStepsBack();
    void resumingByKeyIsUndone();
    void undoSaysWhatItUndoes();
    void undoLeavesTextFieldsAlone();
    void stopsAtTheNextDeath();
    void theDialogSetsConditions();
    void theDialogRefusesWhatIsNoNumber();
    void whatIsSavedIsOfTheMoment();

private:
    [[nodiscard]] const Snapshot& now() const { return *m_lab->frame().snapshot; }
    [[nodiscard]] bool at(std::int64_t step) {
        return QTest::qWaitFor([=, this] { return now().now.step == step && now().state == RunState::Paused; }, 10000);
    }
    QAction* action(const QString& begin) {
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text().remove(QLatin1Char('&')).startsWith(begin))
                return action;
        qFatal("no action begins with %s", qPrintable(begin));
    }
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* target = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_window.get();
        QTest::keyClick(target, static_cast<Qt::Key>(key), modifiers);
    }

    QTemporaryDir m_folder;
    FakeFiles m_files;
    Services m_services;
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<MainWindow> m_window;
};

void TimeActionsTest::initTestCase() {
    QCoreApplication::setOrganizationName("flatline-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    applyTheme(*qApp, Appearance::Light);
}

void TimeActionsTest::init() {
    QSettings().clear();
    m_files = {};
    m_services = m_files.services();
    m_lab = std::make_unique<Lab>(m_services);
    m_window = std::make_unique<MainWindow>(m_services, m_lab.get());
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_lab->post(StartExperiment{smallExperiment()});
    QVERIFY(QTest::qWaitFor([this] { return now().dataset && now().state == RunState::Paused; }, 10000));
    if (QApplication::focusWidget() != nullptr)
        QApplication::focusWidget()->clearFocus();
}

void TimeActionsTest::cleanup() {
    m_window.reset();
    m_lab.reset();
}

// Breaks where a key is not bound, or a step back is not one.
void TimeActionsTest::theArrowsGoBackAndForth() {
    QTRY_VERIFY(!action("Step back")->isEnabled()); // nothing before step 0
    for (int i = 0; i < 5; ++i)
        key(Qt::Key_Right);
    QVERIFY(at(5));
    QTRY_VERIFY(action("Step back")->isEnabled());
    QVERIFY(!action("Back to live")->isEnabled());
    key(Qt::Key_Left);
    key(Qt::Key_Left);
    QVERIFY(at(3));
    QVERIFY(now().past);
    key(Qt::Key_Right);
    QVERIFY(at(4));
    QTRY_VERIFY(action("Back to live")->isEnabled());
    key(Qt::Key_End);
    QVERIFY(at(5));
    QVERIFY(!now().past);
}

void TimeActionsTest::theButtonStepsBack() {
    key(Qt::Key_Right);
    QVERIFY(at(1));
    QPushButton* back = nullptr;
    for (auto* button : m_window->findChildren<QPushButton*>())
        if (button->accessibleName() == "Step back")
            back = button;
    QVERIFY(back != nullptr && back->isVisible());
    QTRY_VERIFY(back->isEnabled());
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(at(0));
    QTRY_VERIFY(!back->isEnabled());
}

// Breaks where going on from an earlier moment cannot be asked for, taken back or given up in the window.
void TimeActionsTest::resumingByKeyIsUndone() {
    key(Qt::Key_E);
    QVERIFY(at(3));
    QTRY_VERIFY(action("Step back")->isEnabled());
    key(Qt::Key_Left);
    QVERIFY(at(2));
    QTRY_VERIFY(action("Resume from here")->isEnabled());
    key(Qt::Key_F);
    QTRY_COMPARE(now().head, std::int64_t{2});
    QTRY_VERIFY(action("Discard")->isEnabled());
    QTRY_VERIFY(action("Undo")->text().endsWith("resume from step 2"));
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(now().head, std::int64_t{3});
    QTRY_VERIFY(action("Redo")->isEnabled());
    key(Qt::Key_Y, Qt::ControlModifier);
    QTRY_COMPARE(now().head, std::int64_t{2});
    QTRY_VERIFY(action("Discard")->isEnabled());
    action("Discard")->trigger();
    QTRY_COMPARE(now().abandoned, 0);
    QTRY_VERIFY(!action("Undo")->isEnabled() && !action("Discard")->isEnabled());
}

// Breaks where the menu does not name the edit, or Ctrl+Shift+Z does not do it again.
void TimeActionsTest::undoSaysWhatItUndoes() {
    key(Qt::Key_Right);
    QVERIFY(at(1));
    QVERIFY(m_lab->change({{"training.learning_rate", 0.3}}).ok());
    QTRY_COMPARE(action("Undo")->text(), QString("&Undo learning rate 0.03 → 0.3"));
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(now().settings.training.learningRate, 0.03);
    QVERIFY(m_window->findChild<StatusStrip*>()->sentence().startsWith("Undone: learning rate"));
    QTRY_COMPARE(action("Redo")->text(), QString("&Redo learning rate 0.03 → 0.3"));
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(now().settings.training.learningRate, 0.3);
    m_lab->post(ActCommand{ThermalKick{}});
    QTRY_COMPARE(action("Undo")->text(), QString("&Undo kick at step 1"));
}

// Breaks where Ctrl+Z in a text field takes back a deed of the run instead of what was typed.
void TimeActionsTest::undoLeavesTextFieldsAlone() {
    key(Qt::Key_Right);
    QVERIFY(at(1));
    QVERIFY(m_lab->change({{"training.learning_rate", 0.3}}).ok());
    QTRY_VERIFY(action("Undo")->isEnabled());
    NumberBox* seed = nullptr;
    for (auto* box : m_window->findChildren<NumberBox*>())
        if (box->accessibleName() == "Seed")
            seed = box;
    QVERIFY(seed != nullptr);
    seed->setFocus();
    auto* edit = seed->findChild<QLineEdit*>();
    edit->selectAll();
    QTest::keyClicks(seed, "123");
    QCOMPARE(edit->text(), QString("123"));
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(edit->text() != QString("123"));
    key(Qt::Key_Escape);
    m_lab->post(StepCommand{}); // by now an undo would have been obeyed
    QVERIFY(at(2));
    QCOMPARE(now().settings.training.learningRate, 0.3);
}

// Breaks where the mode is not set, not shown, or not said when it has stopped the run.
void TimeActionsTest::stopsAtTheNextDeath() {
    Settings harsh = smallExperiment();
    harsh.training.learningRate = 2.0;
    harsh.network.hidden = {8, 8};
    m_lab->post(StartExperiment{harsh});
    QTRY_COMPARE(now().settings.network.hidden.size(), std::size_t{2});
    key(Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY(now().stopCondition.nextDeath);
    QTRY_VERIFY(action("Stop at the next death")->isChecked());
    QCOMPARE(action("Stop when")->text(), QString("Stop &when…")); // it speaks of the other conditions
    key(Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([this] { return now().stopped.has_value(); }, 10000));
    QTRY_VERIFY(!m_lab->running());
    QTRY_VERIFY(m_window->findChild<StatusStrip*>()->sentence().startsWith(
        QString("Stopped at step %1: L").arg(now().stopped->step)));
    key(Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY(!now().stopCondition.nextDeath);
}

void TimeActionsTest::theDialogSetsConditions() {
    QTimer::singleShot(0, this, [this] {
        auto* dialog = qobject_cast<StopDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        for (auto* box : dialog->findChildren<NumberBox*>()) {
            QVERIFY(!box->number());
            if (box->accessibleName() != "Step") {
                box->findChild<QLineEdit*>()->setFocus();
                QTest::keyClicks(box, box->accessibleName() == "Dead neurons over" ? "5" : "0.25");
            }
        }
        dialog->accept();
    });
    action("Stop when")->trigger();
    StopCondition expected;
    expected.lossUnder = 0.25;
    expected.deadOver = 5;
    QTRY_VERIFY(now().stopCondition == expected);
    QTRY_COMPARE(action("Stop when")->text(), QString("Stop &when: loss under 0.25, dead over 5…"));
}

// Breaks where a mistake in the dialog is lost or taken for something else.
void TimeActionsTest::theDialogRefusesWhatIsNoNumber() {
    StopCondition before;
    before.atStep = 7;
    StopDialog dialog(before);
    dialog.show();
    for (auto* box : dialog.findChildren<NumberBox*>())
        if (box->accessibleName() == "Training loss under")
            QTest::keyClicks(box, "-3");
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QVERIFY(dialog.condition() == before);
    dialog.reject();
    QVERIFY(!dialog.isVisible());
}

// Breaks where a file saved in the past is of another moment than the one shown.
void TimeActionsTest::whatIsSavedIsOfTheMoment() {
    for (int i = 0; i < 4; ++i)
        key(Qt::Key_Right);
    QVERIFY(at(4));
    QTRY_VERIFY(action("Step back")->isEnabled());
    key(Qt::Key_Left);
    QVERIFY(at(3));
    QVERIFY(m_window->findChild<FileActions*>()->saveCsvTo(m_services.exportKinds[1], "n.csv"));
    QCOMPARE(m_files.exportedStep, std::int64_t{3});
}

QTEST_MAIN(TimeActionsTest)
#include "time_actions_test.moc"
