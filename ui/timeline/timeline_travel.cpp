// How the timeline is used: mouse, keys, wheel.
#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

namespace {

constexpr double grasp = 5.0;       ///< px beside a sign that are still it
constexpr double leastSteps = 20.0; ///< the axis never shows fewer
constexpr double zoomOfANotch = 0.8;
constexpr double notch = 120.0; ///< eighths of a degree

/// A key of the timeline and where it leads.
struct Travel {
    int key;
    bool control;
    qint64 (*to)(qint64 moment, qint64 head, qint64 page); ///< null: to an event
    bool forward;
};
constexpr std::array<Travel, 8> travels{{
    {Qt::Key_Left, false, [](qint64 moment, qint64, qint64) { return moment - 1; }, false},
    {Qt::Key_Right, false, [](qint64 moment, qint64, qint64) { return moment + 1; }, true},
    {Qt::Key_PageUp, false, [](qint64 moment, qint64, qint64 page) { return moment - page; }, false},
    {Qt::Key_PageDown, false, [](qint64 moment, qint64, qint64 page) { return moment + page; }, true},
    {Qt::Key_Home, false, [](qint64, qint64, qint64) { return qint64{0}; }, false},
    {Qt::Key_End, false, [](qint64, qint64 head, qint64) { return head; }, true},
    {Qt::Key_Left, true, nullptr, false},
    {Qt::Key_Right, true, nullptr, true},
}};

const Travel* findTravel(const QKeyEvent& event) {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers != Qt::NoModifier && modifiers != Qt::ControlModifier)
        return nullptr;
    const auto* found = std::ranges::find_if(travels, [&](const Travel& travel) {
        return travel.key == event.key() && travel.control == (modifiers == Qt::ControlModifier);
    });
    return found == travels.end() ? nullptr : found;
}

} // namespace

void Timeline::travel(qint64 step) {
    if (!m_frame.snapshot || !m_frame.snapshot->dataset)
        return;
    const qint64 end = head();
    const qint64 there = std::clamp<qint64>(step, 0, end);
    keepInSight(there);
    if (there == moment() && (m_wish || past() == (there < end)))
        return;
    m_wish = there;
    m_wished.start();
    update();
    if (there == end)
        emit liveWished();
    else
        emit travelWished(there);
}

void Timeline::chooseNeuron(std::size_t index) {
    const Event& event = m_frame.snapshot->events[index];
    if (event.layer > 0 && event.neuron > 0)
        emit neuronClicked({event.layer, event.neuron});
}

void Timeline::choose(const TimelineMark& mark) {
    travel(mark.first);
    if (mark.sign != TimelineSign::Death && mark.sign != TimelineSign::Revival)
        return;
    chooseNeuron(mark.index);
    const Event& event = m_frame.snapshot->events[mark.index];
    if (event.layer > 0 && event.neuron > 0)
        emit neuronOpened({event.layer, event.neuron});
}

void Timeline::travelToEvent(bool forward, EventChoice choice) {
    if (!m_frame.snapshot)
        return;
    const EventLog& events = m_frame.snapshot->events;
    const auto found = nearestEvent(events, moment(), forward, choice);
    // A divergence is written down one step beyond the last one that can be shown.
    if (found && std::min<qint64>(events[*found].step, head()) != moment()) {
        travel(events[*found].step);
        chooseNeuron(*found);
        return;
    }
    const bool deaths = choice == EventChoice::Deaths;
    const QString none = forward ? (deaths ? tr("No death after step %1.") : tr("No event after step %1."))
                                 : (deaths ? tr("No death before step %1.") : tr("No event before step %1."));
    emit nothingFound(none.arg(countText(moment())));
}

qint64 Timeline::stepUnder(const QPointF& position) const {
    const TimelinePlace all = place();
    return std::clamp<qint64>(all.scale.stepAt(position.x() - all.left), 0, head());
}

std::vector<TimelineMark> Timeline::marksUnder(const QPointF& position) const {
    const TimelinePlace all = place();
    if (position.y() >= all.foot)
        return {};
    return m_model.at(position.x() - all.left, grasp);
}

QString Timeline::tipUnder(const QPointF& position) const {
    QStringList tips;
    for (const TimelineMark& mark : marksUnder(position))
        tips << signTip(*m_frame.snapshot, mark);
    return tips.join(QLatin1Char('\n'));
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    QToolTip::hideText();
    const std::vector<TimelineMark> marks = marksUnder(event->position());
    m_pressed = marks.empty() ? std::nullopt : std::optional(event->position().x());
    if (marks.empty())
        travel(stepUnder(event->position()));
    else
        choose(marks.front());
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    m_hover = std::clamp(position.x(), place().left, place().left + place().scale.width);
    update();
    if (event->buttons().testFlag(Qt::LeftButton)) {
        if (m_pressed && std::abs(position.x() - *m_pressed) < grasp)
            return;
        m_pressed.reset();
        travel(stepUnder(position));
    } else { // at once: one looks for a sign among many. Without a sign it goes away
        QToolTip::showText(event->globalPosition().toPoint(), tipUnder(position), this);
    }
}

void Timeline::mouseReleaseEvent(QMouseEvent* event) {
    m_pressed.reset();
    QWidget::mouseReleaseEvent(event);
}

void Timeline::leaveEvent(QEvent* event) {
    m_hover.reset();
    update();
    QWidget::leaveEvent(event);
}

void Timeline::keepInSight(qint64 step) {
    if (!m_part)
        return;
    const auto at = static_cast<double>(step);
    const double span = m_part->span();
    if (at >= m_part->from && at <= m_part->to)
        return;
    const double from = std::clamp(at - span / 2.0, 0.0, std::max(0.0, m_steps.to - span));
    setPart(AxisRange{from, from + span});
}

void Timeline::setPart(std::optional<AxisRange> part) {
    if (part == m_part)
        return;
    const bool changes = part.has_value() != m_part.has_value();
    m_part = part;
    updateMarks();
    update();
    if (changes)
        emit zoomedChanged(zoomed());
}

void Timeline::showWholeRun() {
    setPart(std::nullopt);
}

void Timeline::wheelEvent(QWheelEvent* event) {
    const TimelinePlace all = place();
    const AxisRange shown = all.scale.steps;
    const QPoint turn = event->angleDelta();
    const bool along = event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turn.x()) > std::abs(turn.y());
    event->accept();
    if (along) {
        const double by = -(turn.x() != 0 ? turn.x() : turn.y()) / notch * shown.span() / 10.0;
        const double from = std::clamp(shown.from + by, 0.0, std::max(0.0, m_steps.to - shown.span()));
        return setPart(m_part ? std::optional(AxisRange{from, from + shown.span()}) : std::nullopt);
    }
    const double share = std::clamp((event->position().x() - all.left) / all.scale.width, 0.0, 1.0);
    const double span = std::max(leastSteps, shown.span() * std::pow(zoomOfANotch, turn.y() / notch));
    if (span >= m_steps.span())
        return showWholeRun();
    const double from = std::clamp(shown.from + share * (shown.span() - span), 0.0, m_steps.to - span);
    setPart(AxisRange{from, from + span});
}

void Timeline::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && zoomed())
        return showWholeRun();
    const Travel* found = findTravel(*event);
    if (found == nullptr)
        return QWidget::keyPressEvent(event);
    if (found->to == nullptr)
        return travelToEvent(found->forward, EventChoice::All);
    constexpr double pages = 10.0; // as many make the axis
    const auto page = std::max<qint64>(1, std::llround(place().scale.steps.span() / pages));
    travel(found->to(moment(), head(), page));
}

bool Timeline::event(QEvent* event) {
    // Its own keys go before the window's, which steps with the same arrows.
    if (event->type() == QEvent::ShortcutOverride && findTravel(*static_cast<QKeyEvent*>(event)) != nullptr) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ToolTip && m_frame.snapshot) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipUnder(help->pos());
        QToolTip::showText(help->globalPos(),
                           tip.isEmpty() ? tr("Step %1. Drag to travel through the run, turn the wheel to look closer.")
                                               .arg(countText(stepUnder(help->pos())))
                                         : tip,
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace flatline
