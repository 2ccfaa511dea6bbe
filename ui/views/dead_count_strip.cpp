#include "ui/views/dead_count_strip.h"

#include "ui/charts/marks.h"
#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {
constexpr int labelsAbove = 20; ///< room for the marks' words
constexpr int nothingAbove = 6;
constexpr double labelHeight = 12.0;
} // namespace

DeadStrip::DeadStrip(QWidget* parent)
    : QWidget(parent) {}

void DeadStrip::showSnapshot(std::shared_ptr<const Snapshot> snapshot, bool markLabels) {
    m_snapshot = std::move(snapshot);
    m_markLabels = markLabels;
    double last = 10.0;
    for (const Curve& curve : m_snapshot->curves->dead)
        last = std::max(last, curve.empty() ? 0.0 : curve.back().step);
    m_steps = stickyRange(m_steps, 0.0, last);
    update();
}

std::size_t DeadStrip::layers() const {
    return m_snapshot ? std::min(m_snapshot->curves->dead.size(), m_snapshot->now.layers.size()) : 0;
}

QMargins DeadStrip::margins() const {
    return {44, m_markLabels ? labelsAbove : nothingAbove, 92, 34};
}

QRectF DeadStrip::area() const {
    return QRectF(rect()).marginsRemoved(QMarginsF(margins()));
}

QRectF DeadStrip::row(std::size_t layer) const {
    const QRectF all = area();
    const auto edge = [&](std::size_t index) {
        return all.top() + std::round(all.height() * static_cast<double>(index) / static_cast<double>(layers()));
    };
    const double gap = all.height() / static_cast<double>(layers()) >= 6.0 ? 1.0 : 0.0;
    return {all.left(), edge(layer), all.width(), edge(layer + 1) - edge(layer) - gap};
}

double DeadStrip::placeX(double step) const {
    return area().left() + (step - m_steps.from) / m_steps.span() * area().width();
}

/// Neighbouring points with the same count are one rectangle: in long quiet stretches there is next to nothing to do.
void DeadStrip::paintRow(QPainter& painter, std::size_t layer) const {
    const Theme& theme = themeOf(this);
    const QRectF place = row(layer);
    painter.fillRect(place, theme.sunken);
    const Curve& curve = m_snapshot->curves->dead[layer];
    const double neurons = std::max(1, m_snapshot->now.layers[layer].neurons);
    const QBrush hatch = hatchBrush(theme.surface, devicePixelRatioF());
    for (std::size_t from = 0; from < curve.size();) {
        std::size_t to = from + 1;
        while (to < curve.size() && curve[to].value == curve[from].value)
            ++to;
        const double right = placeX(to < curve.size() ? curve[to].step : curve.back().step + 1.0);
        const double left = placeX(curve[from].step);
        const double share = std::clamp(curve[from].value / neurons, 0.0, 1.0);
        QColor color = theme.dead;
        color.setAlphaF(static_cast<float>(share));
        const QRectF run(left, place.top(), std::max(1.0, std::min(right, place.right()) - left), place.height());
        painter.fillRect(run, color);
        if (share >= 1.0)
            painter.fillRect(run, hatch);
        from = to;
    }
}

void DeadStrip::paintLabels(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    const double height = area().height() / static_cast<double>(layers());
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(labelHeight / height)));
    for (std::size_t layer = 0; layer < layers(); layer += every) {
        const QRectF place = row(layer);
        const double baseline = place.center().y() + metrics.capHeight() / 2.0;
        const QString number = countText(static_cast<qint64>(layer) + 1);
        const Observation::Layer& now = m_snapshot->now.layers[layer];
        painter.setPen(theme.muted);
        drawTabular(painter, {place.left() - 6.0 - tabularWidth(metrics, number), baseline}, number);
        painter.setPen(now.dead > 0 ? theme.dead : theme.muted);
        drawTabular(painter, {place.right() + 8.0, baseline},
                    tr("%1 of %2").arg(countText(now.dead), countText(now.neurons)));
    }
}

void DeadStrip::paintEvent(QPaintEvent*) {
    if (layers() == 0)
        return;
    PlotContent content;
    content.marks = plotMarks(*m_snapshot, MarkWords::Full);
    content.cursor = cursorOf(*m_snapshot);
    content.yLabels = false;
    content.margins = margins();
    content.markLabels = m_markLabels;
    content.xTitle = tr("step");
    const PlotScene scene{content, themeOf(this), rect(), area(), m_steps, {0.0, 1.0}, devicePixelRatioF()};
    QPainter painter(this);
    paintBelow(painter, scene);
    for (std::size_t layer = 0; layer < layers(); ++layer)
        paintRow(painter, layer);
    paintAbove(painter, scene);
    paintCursor(painter, scene);
    paintLabels(painter); // above the veil over what lies after the moment: these are its figures
    if (content.cursor && m_markLabels) {
        painter.setFont(strongAxisFont());
        painter.setPen(scene.theme.accent);
        drawTabular(painter, {area().right() + 8.0, area().top() - 8.0},
                    tr("at %1").arg(countText(m_snapshot->now.step)));
    }
}

QString DeadStrip::wordsAt(const QPointF& place) const {
    if (layers() == 0 || !area().contains(place))
        return {};
    const double part = (place.y() - area().top()) / area().height();
    const auto layer = std::min(static_cast<std::size_t>(part * static_cast<double>(layers())), layers() - 1);
    const double step = m_steps.from + (place.x() - area().left()) / area().width() * m_steps.span();
    const CurvePoint* point = pointAt(m_snapshot->curves->dead[layer], step);
    if (point == nullptr)
        return {};
    return tr("Layer %1, step %2: %3 of %4 dead")
        .arg(layer + 1)
        .arg(countText(std::llround(step)), countText(std::llround(point->value)),
             countText(m_snapshot->now.layers[layer].neurons));
}

void DeadStrip::mousePressEvent(QMouseEvent* event) {
    m_picking = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier);
    if (m_picking)
        mouseMoveEvent(event);
    else
        QWidget::mousePressEvent(event); // a double click is the card's
}

void DeadStrip::mouseMoveEvent(QMouseEvent* event) {
    if (!m_picking || layers() == 0)
        return;
    const double part = (event->position().x() - area().left()) / area().width();
    emit picked(std::llround(m_steps.from + std::clamp(part, 0.0, 1.0) * m_steps.span()));
}

void DeadStrip::mouseReleaseEvent(QMouseEvent* event) {
    m_picking = false;
    QWidget::mouseReleaseEvent(event);
}

bool DeadStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString words = wordsAt(help->pos());
    if (words.isEmpty())
        return QWidget::event(event);
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace flatline
