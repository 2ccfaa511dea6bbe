#include "ui/timeline/timeline.h"

#include "ui/charts/plot_painting.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_text.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr double side = 12.0; ///< beside the axis: half a handle
constexpr double foot = 21.0;
constexpr double thinFoot = 15.0;
constexpr double belowFoot = 25.0; ///< track, and the handle under it
constexpr qint64 patience = 600;   ///< ms that a wish waits for its frame: then what is shown counts again
constexpr qint64 describeTime = 1000;

} // namespace

Timeline::Timeline(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline: the run and its events"));
    setToolTip(
        tr("The whole run and what happened in it. Red ticks are deaths, the taller the more; arrows are neurons "
           "that came back; bolts are kicks, diamonds changed settings.\n"
           "Click or drag to travel: all views show that moment. A click on a sign goes to the step of its first "
           "event and chooses the neuron. The wheel looks closer, Escape shows the whole run again.\n"
           "Left and Right: one step. With Ctrl: the event before or after. Page keys: a tenth of the axis. Home "
           "and End: the start, and the last step."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_described.start();
}

QSize Timeline::sizeHint() const {
    return {600, static_cast<int>(((m_thin ? thinFoot : foot) + belowFoot) * typeScale())};
}

QSize Timeline::minimumSizeHint() const {
    return {240, sizeHint().height()};
}

void Timeline::setThin(bool thin) {
    if (thin == m_thin)
        return;
    m_thin = thin;
    updateGeometry();
    m_picture.forget();
    update();
}

qint64 Timeline::head() const {
    if (!m_frame.snapshot)
        return 0;
    return m_frame.snapshot->past ? m_frame.snapshot->head : m_frame.snapshot->now.step;
}

qint64 Timeline::moment() const {
    return m_wish.value_or(m_frame.snapshot ? qint64{m_frame.snapshot->now.step} : 0);
}

bool Timeline::past() const {
    return m_wish ? *m_wish < head() : m_frame.snapshot && m_frame.snapshot->past;
}

TimelinePlace Timeline::place() const {
    return {{m_part.value_or(m_steps), std::max(1.0, width() - 2.0 * side)},
            side,
            (m_thin ? thinFoot : foot) * typeScale(),
            QRectF(rect())};
}

void Timeline::showFrame(const Frame& frame) {
    const std::shared_ptr<const Snapshot> before = m_frame.snapshot;
    m_frame = frame;
    if (before == frame.snapshot)
        return;
    if (before && before->run != frame.snapshot->run) {
        m_wish.reset();
        setPart(std::nullopt);
    }
    const bool dragging = QApplication::mouseButtons().testFlag(Qt::LeftButton);
    if (m_wish && (frame.snapshot->now.step == *m_wish || (!dragging && m_wished.hasExpired(patience))))
        m_wish.reset();
    updateRange();
    updateMarks();
    if (m_described.hasExpired(describeTime))
        describe();
    update();
}

void Timeline::updateRange() {
    constexpr double shortest = 10.0; // steps: a run that has just begun
    m_steps = stickyRange(m_steps, 0.0, std::max(shortest, static_cast<double>(head())));
}

void Timeline::updateMarks() {
    static const std::vector<Mark> none;
    const Snapshot* snapshot = m_frame.snapshot.get();
    if (snapshot == nullptr)
        return;
    if (m_model.show(snapshot->events, snapshot->curves ? snapshot->curves->marks : none, place().scale))
        m_picture.forget();
}

void Timeline::describe() {
    m_described.start();
    const QString words = summary();
    if (accessibleDescription() != words)
        setAccessibleDescription(words);
}

QString Timeline::summary() const {
    return m_frame.snapshot ? timelineSummary(*m_frame.snapshot) : QString();
}

void Timeline::paintAll(QPainter& painter) const {
    if (!m_frame.snapshot)
        return;
    const Theme& theme = themeOf(this);
    const TimelinePlace all = place();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(strongAxisFont());
    paintTimelineLabels(painter, placeLabels(*m_frame.snapshot, m_model.marks(), all.scale.width, metrics), all, theme);
    paintTimelineSigns(painter, m_model.marks(), all, theme);
}

void Timeline::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    const TimelinePlace all = place();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture.of(*this, [this](QPainter& picture) { paintAll(picture); }));
    const bool before = past();
    if (before) {
        QColor veil = theme.surface;
        veil.setAlphaF(0.62F);
        const double x = std::floor(all.placeX(moment())) + 2.5; // the sign of the moment itself stays strong
        painter.fillRect(QRectF(x, 0.0, std::max(0.0, width() - x), all.foot), veil);
    }
    paintTimelineTrack(painter, all, {moment(), head(), before}, theme);
    if (m_hover && isEnabled()) {
        painter.setPen(QPen(theme.line, 1.0));
        const double x = std::floor(*m_hover) + 0.5;
        painter.drawLine(QPointF(x, 0.0), QPointF(x, all.foot + TimelinePlace::track));
    }
}

void Timeline::resizeEvent(QResizeEvent*) {
    updateMarks();
    m_picture.forget();
}

void Timeline::changeEvent(QEvent* event) {
    if (changesLook(*event)) {
        m_picture.forget();
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace flatline
