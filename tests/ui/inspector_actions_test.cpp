#include "lab_harness.h"
#include "ui/fields/strip_text.h"
#include "ui/inspector/inspector_window.h"
#include "ui/theme/theme.h"
#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "ui/widgets/number_box.h"
#include "ui/window/lab.h"
#include "ui/window/main_window.h"
#include "ui/window/picture_actions.h"

#include <QImage>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

/// The inspector in the window, on a run that goes on.
class InspectorActionsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("Flatline tests");
        QCoreApplication::setApplicationName("inspector actions");
        applyTheme(*qApp, Appearance::Light);
    }
    void init() {
        QSettings().clear();
        m_lab = std::make_unique<Lab>(m_files.services());
        m_window = std::make_unique<MainWindow>(m_files.services(), m_lab.get());
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_lab->post(StartExperiment{smallExperiment()});
        QVERIFY(QTest::qWaitFor([this] { return now().dataset && now().state == RunState::Paused; }, 10000));
    }
    void cleanup() {
        m_window.reset();
        m_lab.reset();
    }

    // Breaks where the key, the card's button or a double click does not open it, Escape does not close it, or the lab
    // looks closely while nobody reads it.
    void opensAndCloses() {
        QVERIFY(m_lab->frame().inspection == nullptr);
        QTest::keyClick(m_window.get(), Qt::Key_I);
        QVERIFY(inspector() != nullptr && inspector()->isVisible());
        QCOMPARE(inspector()->neuron(), (NeuronId{1, 1})); // nobody was selected, nobody is dead
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->frame().inspection != nullptr, 10000);
        close();
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->frame().inspection == nullptr, 10000);
        auto* strip = m_window->findChild<NetworkView*>();
        const auto at = [&](NeuronId id) { return strip->cellBox(id).center().toPoint(); };
        QTRY_VERIFY_WITH_TIMEOUT(!strip->cellBox({1, 3}).isEmpty(), 10000);
        QTest::mouseClick(strip, Qt::LeftButton, {}, at({1, 3}));
        QVERIFY(!inspector()->isVisible());
        for (auto* button : m_window->findChild<NeuronCard*>()->findChildren<QPushButton*>())
            if (button->text() == "Inspect (I)")
                button->click();
        QVERIFY(inspector()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(inspector()->neuron(), (NeuronId{1, 3}), 10000);
        close();
        QTest::mouseDClick(strip, Qt::LeftButton, {}, at({1, 5}));
        QTRY_COMPARE_WITH_TIMEOUT(inspector()->neuron(), (NeuronId{1, 5}), 10000);
        QVERIFY(inspector()->isVisible() && !m_window->findChild<NeuronCard*>()->isVisible());
    }

    // Breaks where an edit is not made, not recorded, does not kill as it must, or cannot be taken back.
    void anEditKillsAndUndoBringsBack() {
        QTest::keyClick(m_window.get(), Qt::Key_I);
        m_lab->post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(now().now.step, 1, 10000);
        auto* bias = box("Bias");
        QTRY_VERIFY_WITH_TIMEOUT((bias = box("Bias")) != nullptr, 10000);
        bias->setFocus();
        bias->selectAll();
        QTest::keyClicks(bias, "-50");
        QTest::keyClick(bias, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(isDead(), 10000);
        QCOMPARE(now().experiment.interventions.size(), std::size_t{1});
        QVERIFY((now().experiment.interventions[0].action == Action(EditParameters{1, 1, -50.0, {}})));
        QTRY_VERIFY_WITH_TIMEOUT(inspector()->windowTitle().contains("is dead"), 10000);
        inspector()->setFocus();
        QTest::keyClick(inspector(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!isDead(), 10000);
        QVERIFY(now().experiment.interventions.empty());
    }

    // Breaks where D does not lead to the step of the death and back, or the report there is of another moment.
    void travelsToTheDeathAndBack() {
        QTest::keyClick(m_window.get(), Qt::Key_I);
        for (int step = 1; step <= 3; ++step)
            m_lab->post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(now().now.step, 3, 10000);
        m_lab->post(ActCommand{EditParameters{1, 1, -50.0, {}}});
        for (int step = 1; step <= 4; ++step)
            m_lab->post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(now().now.step, 7, 10000);
        QTRY_VERIFY_WITH_TIMEOUT(inspector()->windowTitle().contains("is dead"), 10000);
        inspector()->setFocus();
        QTest::keyClick(inspector(), Qt::Key_D);
        QTRY_COMPARE_WITH_TIMEOUT(now().now.step, 3, 10000);
        QVERIFY(now().past);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->frame().inspection != nullptr && m_lab->frame().inspection->step == 3, 10000);
        QTest::keyClick(inspector(), Qt::Key_D);
        QTRY_COMPARE_WITH_TIMEOUT(now().now.step, 7, 10000);
        QVERIFY(!now().past);
    }

    // Breaks where Space does nothing in the inspector: it is where one looks while the run goes on.
    void spaceRunsAndPauses() {
        QTest::keyClick(m_window.get(), Qt::Key_I);
        inspector()->setFocus();
        QTest::keyClick(inspector(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(now().state == RunState::Running, 10000);
        QTest::keyClick(inspector(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(now().state == RunState::Paused, 10000);
    }

    // Breaks where the picture is not of the inspector, at twice its resolution.
    void aPictureIsSaved() {
        const QTemporaryDir folder;
        QTest::keyClick(m_window.get(), Qt::Key_I);
        const QString path = folder.filePath("neuron.png");
        QVERIFY(m_window->findChild<PictureActions*>()->saveWindowTo(path, inspector(), inspector()->summary()));
        QCOMPARE(QImage(path).size(), inspector()->size() * 2);
    }

private:
    [[nodiscard]] const Snapshot& now() const { return *m_lab->frame().snapshot; }
    [[nodiscard]] InspectorWindow* inspector() const { return m_window->findChild<InspectorWindow*>(); }
    [[nodiscard]] bool isDead() const { return diagnosisOf(now(), {1, 1}).state == NeuronState::Dead; }
    [[nodiscard]] NumberBox* box(const QString& name) const {
        for (auto* one : inspector()->findChildren<NumberBox*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    void close() {
        QCoreApplication::processEvents(); // what has made another window active is over
        inspector()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(inspector()));
        inspector()->setFocus();
        QTest::keyClick(inspector(), Qt::Key_Escape);
        QVERIFY(!inspector()->isVisible());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    FakeFiles m_files;
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(InspectorActionsTest)
#include "inspector_actions_test.moc"
