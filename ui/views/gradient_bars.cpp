#include "ui/views/gradient_bars.h"

#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {
constexpr QMargins margins(52, 18, 8, 32);
constexpr double narrowBar = 34.0; ///< below that there is no room for its figure
} // namespace

void GradientBars::showLayers(const std::vector<Observation::Layer>& layers) {
    if (layers.size() != m_layers.size())
        m_norms = {};
    m_layers = layers;
    double low = 0.0;
    double high = 0.0;
    for (const Observation::Layer& layer : layers) {
        if (!(layer.gradientNorm > 0.0) || !std::isfinite(layer.gradientNorm))
            continue;
        low = low > 0.0 ? std::min(low, layer.gradientNorm) : layer.gradientNorm;
        high = std::max(high, layer.gradientNorm);
    }
    if (low > 0.0)
        m_norms = stickyLogRange(m_norms, low / 3.0, high); // the smallest bar is still a bar
    else if (!(m_norms.from > 0.0))
        m_norms = {0.1, 1.0};
    update();
}

QRectF GradientBars::area() const {
    return QRectF(rect()).marginsRemoved(QMarginsF(margins) * typeScale());
}

QRectF GradientBars::column(std::size_t layer) const {
    const QRectF all = area();
    const double wide = all.width() / static_cast<double>(std::max<std::size_t>(1, m_layers.size()));
    const double gap = std::clamp(0.2 * wide, 1.0, 12.0);
    return {all.left() + static_cast<double>(layer) * wide + gap / 2.0, all.top(), wide - gap, all.height()};
}

QRectF GradientBars::bar(std::size_t layer) const {
    QRectF place = column(layer);
    const auto value = axisValue(m_layers[layer].gradientNorm, true);
    if (!value)
        return place;
    const double from = std::log10(m_norms.from);
    const double part = (*value - from) / (std::log10(m_norms.to) - from);
    place.setTop(place.bottom() - std::clamp(part, 0.0, 1.0) * place.height());
    return place;
}

void GradientBars::paintBar(QPainter& painter, std::size_t layer) const {
    const Theme& theme = themeOf(this);
    const double norm = m_layers[layer].gradientNorm;
    const QRectF place = bar(layer);
    const bool none = norm == 0.0;
    const bool roomy = place.width() >= narrowBar;
    const QString text = none ? tr("none") : numberText(norm, roomy ? 3 : 2);
    if (none) {
        QColor silence = theme.dead;
        silence.setAlphaF(0.6F);
        painter.fillRect(place, hatchBrush(silence, devicePixelRatioF()));
        painter.setPen(QPen(theme.dead, 1.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
    } else if (std::isfinite(norm)) {
        painter.fillRect(place, theme.muted);
    }
    const QFontMetricsF metrics(painter.font());
    const double width = tabularWidth(metrics, text);
    if (width > column(layer).width() + 4.0)
        return;
    painter.setPen(none ? theme.dead : theme.text);
    drawTabular(painter, {place.center().x() - width / 2.0, place.top() - 4.0}, text);
}

void GradientBars::paintNames(QPainter& painter) const {
    const QFontMetricsF metrics(painter.font());
    const double wide = column(0).width() + 4.0;
    const double label = tabularWidth(metrics, countText(static_cast<qint64>(m_layers.size()))) + 4.0;
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(label / wide)));
    const double baseline = area().bottom() + 4.0 + metrics.ascent();
    painter.setPen(themeOf(this).muted);
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        const bool last = layer + 1 == m_layers.size();
        if (!last && (layer % every != 0 || m_layers.size() - 1 - layer < every))
            continue;
        const QString name = countText(static_cast<qint64>(layer) + 1);
        drawTabular(painter, {column(layer).center().x() - tabularWidth(metrics, name) / 2.0, baseline}, name);
    }
    const QString title = tr("layer");
    painter.drawText(
        QPointF(area().center().x() - metrics.horizontalAdvance(title) / 2.0, baseline + metrics.height() - 1.0),
        title);
}

void GradientBars::paintEvent(QPaintEvent* /*event*/) {
    if (m_layers.empty())
        return;
    PlotContent content;
    content.logarithmic = true;
    content.xLabels = false;
    content.margins = margins;
    const AxisRange decades{std::log10(m_norms.from), std::log10(m_norms.to)};
    const PlotScene scene{content, themeOf(this),      rect(), area(), {0.0, static_cast<double>(m_layers.size())},
                          decades, devicePixelRatioF()};
    QPainter painter(this);
    paintBelow(painter, scene);
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer)
        paintBar(painter, layer);
    paintNames(painter);
}

bool GradientBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || m_layers.empty())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        if (!column(layer).contains(help->pos()))
            continue;
        const Observation::Layer& one = m_layers[layer];
        const QString gradient =
            one.gradientNorm == 0.0 ? tr("no gradient") : tr("gradient %1").arg(numberText(one.gradientNorm));
        QToolTip::showText(help->globalPos(),
                           tr("Layer %1: %2; %3 of the slopes f′(z) are exactly 0")
                               .arg(layer + 1)
                               .arg(gradient, percentText(one.inactiveShare)),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace flatline
