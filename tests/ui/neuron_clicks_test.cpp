#include "ui/charts/plot.h"
#include "ui/inspector/inspector_window.h"
#include "ui/timeline/timeline.h"
#include "ui/views/activation_row.h"
#include "ui/views/dead_count_view.h"
#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "window_bench.h"

using namespace flatline;

/// A neuron is found by a click wherever it is seen: in the network, the histogram, the dead count, the timeline. Its
/// card opens, and from there the inspector.
class NeuronClicksTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        Settings deadly = smallExperiment();
        deadly.interventions = {{5, EditParameters{1, 2, -50.0, {}}}};
        QVERIFY(m_bench.open(deadly));
        m_bench.lab->post(StopConditionCommand{{.atStep = 40}});
        m_bench.lab->post(RunCommand{});
        QTRY_COMPARE(m_bench.now().now.step, std::int64_t{40});
        QTRY_VERIFY(m_bench.now().state != RunState::Running);
        QTRY_COMPARE(m_bench.now().lives[0][1].diedAt, std::int64_t{5});
    }

    void inTheNetwork() {
        auto* network = m_bench.part<NetworkView>();
        QTest::mouseClick(network, Qt::LeftButton, {}, network->cellBox({1, 2}).center().toPoint());
        itsCardIsOpen();
        QTest::mouseDClick(network, Qt::LeftButton, {}, network->cellBox({1, 2}).center().toPoint());
        QTRY_VERIFY(m_bench.part<InspectorWindow>() != nullptr && m_bench.part<InspectorWindow>()->isVisible());
        QCOMPARE(m_bench.part<InspectorWindow>()->neuron(), (NeuronId{1, 2}));
        QVERIFY(!m_bench.part<NeuronCard>()->isVisible());
    }

    void inTheHistogram() {
        const auto* row = m_bench.part<ActivationRowWidget>();
        auto* plot = row->findChild<Plot*>();
        const auto margin = [this] {
            return static_cast<double>(m_bench.now().diagnosis->layers[0].neurons[1].margin);
        };
        QTRY_COMPARE(row->neuronNear(margin()), std::optional(2));
        QTest::mouseClick(plot, Qt::LeftButton, {},
                          QPoint(static_cast<int>(std::lround(plot->place(margin(), 0.0).x())), 20));
        itsCardIsOpen();
    }

    void inTheDeadCount() {
        auto* view = m_bench.part<DeadCountView>();
        const auto* plot = view->findChild<Plot*>();
        for (const auto* one : view->findChildren<Plot*>())
            plot = one->isVisible() && one->content().curves.size() > 0 ? one : plot;
        QTest::mouseClick(view, Qt::LeftButton, {}, (plot->place(5.0, 0.5) + plot->pos()).toPoint());
        itsCardIsOpen();
    }

    void inTheTimeline() {
        auto* timeline = m_bench.part<Timeline>();
        QTRY_VERIFY(!timeline->marks().empty());
        const TimelineMark* death = nullptr;
        for (const TimelineMark& mark : timeline->marks())
            death = mark.sign == TimelineSign::Death ? &mark : death;
        QVERIFY(death != nullptr);
        const QPoint at = QPointF(timeline->place().placeX(death->first), 14.0).toPoint();
        for (int look = 0; look < 2; ++look) { // another look at the same one does not close it
            QTest::mouseClick(timeline, Qt::LeftButton, {}, at);
            itsCardIsOpen();
        }
    }

private:
    void itsCardIsOpen() {
        QTRY_VERIFY(m_bench.part<NeuronCard>()->isVisible());
        QTRY_COMPARE(m_bench.part<NeuronCard>()->neuron(), (NeuronId{1, 2}));
        QTRY_COMPARE(m_bench.lab->frame().selected, (NeuronId{1, 2}));
    }

    WindowBench m_bench;
};

QTEST_MAIN(NeuronClicksTest)
#include "neuron_clicks_test.moc"
