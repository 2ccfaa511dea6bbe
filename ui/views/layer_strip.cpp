#include "ui/views/layer_strip.h"

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

void LayerStrip::showSnapshot(std::shared_ptr<const Snapshot> snapshot, bool markLabels) {
    m_snapshot = std::move(snapshot);
    m_markLabels = markLabels;
    double last = 10.0;
    for (const Curve& one : curvesOf(*m_snapshot->curves))
        last = std::max(last, one.empty() ? 0.0 : one.back().step);
    m_steps = stickyRange(m_steps, 0.0, last);
    snapshotChanged();
    update();
}

std::size_t LayerStrip::layers() const {
    return m_snapshot ? std::min(curvesOf(*m_snapshot->curves).size(), m_snapshot->now.layers.size()) : 0;
}

QMargins LayerStrip::margins() const {
    return {44, m_markLabels ? labelsAbove : nothingAbove, 92, 34};
}

QRectF LayerStrip::area() const {
    return QRectF(rect()).marginsRemoved(QMarginsF(margins()) * typeScale());
}

QRectF LayerStrip::row(std::size_t layer) const {
    const QRectF all = area();
    const auto edge = [&](std::size_t index) {
        return all.top() + std::round(all.height() * static_cast<double>(index) / static_cast<double>(layers()));
    };
    const double gap = all.height() / static_cast<double>(layers()) >= 6.0 ? 1.0 : 0.0;
    return {all.left(), edge(layer), all.width(), edge(layer + 1) - edge(layer) - gap};
}

double LayerStrip::placeX(double step) const {
    return area().left() + (step - m_steps.from) / m_steps.span() * area().width();
}

double LayerStrip::stepAt(double x) const {
    return m_steps.from + (x - area().left()) / area().width() * m_steps.span();
}

void LayerStrip::paintLabels(QPainter& painter) const {
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    const double height = area().height() / static_cast<double>(layers());
    const auto every =
        static_cast<std::size_t>(std::max(1.0, std::ceil(scaled(static_cast<int>(labelHeight)) / height)));
    for (std::size_t layer = 0; layer < layers(); layer += every) {
        const QRectF place = row(layer);
        const double baseline = place.center().y() + metrics.capHeight() / 2.0;
        const QString number = countText(static_cast<qint64>(layer) + 1);
        painter.setPen(themeOf(this).muted);
        drawTabular(painter, {place.left() - 6.0 - tabularWidth(metrics, number), baseline}, number);
        const EndLabel end = endLabel(m_snapshot->now.layers[layer]);
        painter.setPen(end.ink);
        drawTabular(painter, {place.right() + 8.0, baseline}, end.text);
    }
}

void LayerStrip::paintEvent(QPaintEvent* /*event*/) {
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

void LayerStrip::mousePressEvent(QMouseEvent* event) {
    m_picking = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier);
    if (m_picking)
        mouseMoveEvent(event);
    else
        QWidget::mousePressEvent(event); // a double click is the card's
}

void LayerStrip::mouseMoveEvent(QMouseEvent* event) {
    if (!m_picking || layers() == 0)
        return;
    emit picked(std::llround(stepAt(std::clamp(event->position().x(), area().left(), area().right()))));
}

void LayerStrip::mouseReleaseEvent(QMouseEvent* event) {
    m_picking = false;
    QWidget::mouseReleaseEvent(event);
}

std::optional<LayerStrip::Spot> LayerStrip::spotAt(const QPointF& place) const {
    if (layers() == 0 || !area().contains(place))
        return std::nullopt;
    const double part = (place.y() - area().top()) / area().height();
    const auto layer = std::min(static_cast<std::size_t>(part * static_cast<double>(layers())), layers() - 1);
    return Spot{layer, stepAt(place.x())};
}

QString LayerStrip::wordsAt(const QPointF& place) const {
    const auto spot = spotAt(place);
    const CurvePoint* point = spot ? pointAt(curve(spot->layer), spot->step) : nullptr;
    if (point == nullptr)
        return {};
    const QString words =
        tr("Layer %1, step %2: %3")
            .arg(spot->layer + 1)
            .arg(countText(std::llround(spot->step)), wordsFor(point->value, m_snapshot->now.layers[spot->layer]));
    const QString more = m_more ? m_more(*spot) : QString();
    return more.isEmpty() ? words : words + QLatin1Char('\n') + more;
}

bool LayerStrip::event(QEvent* event) {
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
