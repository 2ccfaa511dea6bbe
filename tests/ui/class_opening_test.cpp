#include "ui/controls/control_panel.h"
#include "ui/window/class_actions.h"
#include "ui/window/class_dialog.h"
#include "ui/window/file_actions.h"
#include "ui/window/notice_bar.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QCheckBox>
#include <QPushButton>

using namespace flatline;

namespace {

SessionState sample() {
    SessionState moment;
    moment.experiment = smallExperiment();
    moment.experiment.name = "For class";
    moment.experiment.interventions = {{10, ThermalKick{0.5, {Target::Kind::All, 0, 0}, KickedParameters::Both}}};
    moment.step = 40;
    moment.views = {"loss", "network"};
    moment.selectedLayer = 1;
    moment.selectedNeuron = 2;
    moment.controls = QStringList{"training.learning_rate"};
    return moment;
}

} // namespace

/// A file that was saved for a class, in the window: its moment, its views and its controls, and the way back.
class ClassOpeningTest : public QObject {
    Q_OBJECT
private slots:
    void init() { QVERIFY(m_bench.open()); }

    void itOpensAsItWasSaved() {
        m_bench.window->forClass().open(sample());
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.now().now.step, std::int64_t{40}, 10000);
        QTRY_VERIFY(!m_bench.lab->running());
        QCOMPARE(m_bench.now().settings.name, std::string("For class"));
        QCOMPARE(m_bench.window->views().shownIds(), (QStringList{"loss", "network"}));
        QTRY_COMPARE(m_bench.lab->frame().selected.neuron, 2);
        QVERIFY(!seen("training.batch_size") && seen("training.learning_rate"));
        QTRY_VERIFY(m_bench.window->notice().text().contains("saved for class"));
    }

    void allOfItComesBackWhenAskedFor() {
        const QStringList own = m_bench.window->views().shownIds();
        m_bench.window->forClass().open(sample());
        QTRY_VERIFY_WITH_TIMEOUT(m_bench.window->notice().text().contains("saved for class"), 10000);
        for (auto* button : m_bench.window->notice().findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("All controls and views"))
                button->click();
        QTRY_VERIFY(seen("training.batch_size"));
        QCOMPARE(m_bench.window->views().shownIds(), own);
        QCOMPARE(m_bench.now().now.step, std::int64_t{40});
    }

    void anotherExperimentEndsIt() {
        m_bench.window->forClass().open(sample());
        QTRY_VERIFY_WITH_TIMEOUT(!seen("training.batch_size"), 10000);
        m_bench.window->startAfresh();
        QTRY_VERIFY(seen("training.batch_size"));
    }

    // Breaks where what is seen is not what is saved.
    void whatIsSeenIsSaved() {
        m_bench.window->forClass().open(sample());
        QTRY_VERIFY_WITH_TIMEOUT(m_bench.window->notice().text().contains("saved for class"), 10000);
        m_bench.window->views().expand(ViewGrid::rowOf("loss"));
        const SessionState now = m_bench.window->forClass().moment(QStringList{"kick"});
        QCOMPARE(now.step, std::int64_t{40});
        QVERIFY(now.experiment == m_bench.now().experiment);
        QCOMPARE(now.views, (QStringList{"loss", "network"}));
        QCOMPARE(now.filling, QStringLiteral("loss"));
        QCOMPARE(now.selectedNeuron, 2);
        QCOMPARE(now.controls, std::optional(QStringList{"kick"}));
    }

    void theDialogKnowsEveryControl() {
        auto* panel = m_bench.part<ControlPanel>();
        ClassDialog all(QStringLiteral("Now"), *panel, std::nullopt, nullptr);
        QVERIFY(!all.controls().has_value());
        const ClassDialog some(QStringLiteral("Now"), *panel, QStringList{"kick", "training.learning_rate"}, nullptr);
        QCOMPARE(some.controls(), std::optional(QStringList{"training.learning_rate", "kick"}));
        QVERIFY(some.findChildren<QCheckBox*>().size() > 15);
    }

private:
    [[nodiscard]] bool seen(const char* control) const {
        return !m_bench.part<ControlPanel>()->placeOf(control).isEmpty();
    }

    WindowBench m_bench;
};

QTEST_MAIN(ClassOpeningTest)
#include "class_opening_test.moc"
