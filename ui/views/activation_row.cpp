#include "ui/views/activation_row.h"

#include "ui/charts/plot.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"
#include "ui/views/layer_functions.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int plotLeft = 96;
constexpr int titleHeight = 16;
constexpr int axisHeight = 18;

double share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

/// One note at the left for both piles: at the right the function's formula stands.
void addPiles(PlotContent& content, const Histogram& histogram, double top) {
    constexpr double least = 0.005;
    const double below = share(histogram.below, histogram.count);
    const double above = share(histogram.above, histogram.count);
    if (std::max(below, above) < least)
        return;
    const double range = static_cast<double>(histogram.range);
    const QString left = QStringLiteral("≤ ") + numberText(-range);
    const QString right = QStringLiteral("≥ ") + numberText(range);
    PlotNote note{.x = content.xRange->from, .y = top, .text = {}, .ink = &Theme::muted};
    if (below >= least && above >= least)
        note.text = ActivationRowWidget::tr("piled up: %1: %2, %3: %4")
                        .arg(left, percentText(below), right, percentText(above));
    else
        note.text = ActivationRowWidget::tr("%1 piled up: %2")
                        .arg(below >= least ? left : right, percentText(std::max(below, above)));
    content.notes.push_back(note);
}

} // namespace

double barWidth(const Histogram& histogram) {
    return 2.0 * static_cast<double>(histogram.range) /
           static_cast<double>(std::max<std::size_t>(1, histogram.bins.size()));
}

std::vector<double> barMiddles(const Histogram& histogram) {
    std::vector<double> z;
    const double width = barWidth(histogram);
    const double left = -static_cast<double>(histogram.range) - width;
    for (std::size_t bar = 0; bar < histogram.bins.size() + 2; ++bar)
        z.push_back(left + (static_cast<double>(bar) + 0.5) * width);
    return z;
}

double HistogramShares::edge(std::size_t bar, float range) const {
    const double bins = static_cast<double>(heights.size()) - 2.0;
    return static_cast<double>(range) * (2.0 * (static_cast<double>(bar) - 1.0) / bins - 1.0);
}

HistogramShares histogramShares(const Histogram& histogram, bool withZeros) {
    HistogramShares shares;
    shares.heights.push_back(share(histogram.below, histogram.count));
    for (std::size_t i = 0; i < histogram.bins.size(); ++i) {
        const bool besideZero = withZeros && i + 1 == (histogram.bins.size() + 1) / 2;
        shares.heights.push_back(share(histogram.bins[i] + (besideZero ? histogram.zeros : 0), histogram.count));
        shares.highestInside = std::max(shares.highestInside, shares.heights.back());
    }
    shares.heights.push_back(share(histogram.above, histogram.count));
    return shares;
}

ActivationRowWidget::ActivationRowWidget(QWidget* parent)
    : QWidget(parent)
    , m_plot(new Plot(this)) {
    m_plot->setReadout([this](double x) { return readout(x); });
}

void ActivationRowWidget::showLayer(int layer, const LayerDiagnosis& diagnosis, const NetworkSpec& spec,
                                    std::span<const float> slopes, ActivationSide side) {
    const LayerFunctions functions(spec, slopes);
    if (side != m_side || layer != m_layer)
        m_heights = {};
    m_layer = layer;
    m_side = side;
    m_zeroShare = share(diagnosis.activations.zeros, diagnosis.activations.count);
    m_histogram = side == ActivationSide::Before ? diagnosis.preActivations : diagnosis.activations;
    m_margins.clear();
    for (const NeuronDiagnosis& neuron : diagnosis.neurons)
        m_margins.push_back(neuron.margin);
    const HistogramShares shares = histogramShares(m_histogram, side == ActivationSide::Before);
    m_heights = stickyRange(m_heights, 0.0, std::max(0.02, shares.highestInside));
    const double top = m_heights.to;
    const double width = barWidth(m_histogram);
    const double range = static_cast<double>(m_histogram.range);
    PlotContent content;
    content.margins = {4, titleHeight - 4, 26, axisHeight};
    content.yLabels = false;
    content.xRange = AxisRange{-range - width, range + width};
    content.yRange = m_heights;
    content.bars.heights = shares.heights;
    for (double& height : content.bars.heights)
        height = std::min(height, top);
    content.bars.filled = side == ActivationSide::Before ? functions.passing(barMiddles(m_histogram))
                                                         : std::vector<char>(shares.heights.size(), 1);
    if (side == ActivationSide::Before)
        functions.addTo(content, top);
    addPiles(content, m_histogram, top);
    m_plot->setContent(std::move(content));
    update();
}

QRectF ActivationRowWidget::zeroBar() const {
    const double over = scaled(titleHeight) + 2.0;
    return {scaled(plotLeft - 44) + 0.0, over, scaled(24) + 0.0, height() - over - scaled(axisHeight)};
}

void ActivationRowWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    QFont font = fontFor(TextRole::Axis);
    const QFontMetricsF metrics(font);
    const QRectF bar = zeroBar();
    QRectF filled = bar;
    filled.setTop(bar.bottom() - std::round(bar.height() * m_zeroShare));
    QColor hatch = theme.dead;
    hatch.setAlphaF(0.6F);
    painter.fillRect(bar, theme.sunken);
    if (m_zeroShare > 0.0) {
        painter.fillRect(filled, theme.surface);
        painter.fillRect(filled, hatchBrush(hatch, devicePixelRatioF()));
        painter.setPen(QPen(theme.dead, 1.0));
        painter.drawRect(filled.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.setFont(font);
    painter.setPen(theme.text);
    const QString zero = QStringLiteral("= 0");
    painter.drawText(
        QPointF(bar.center().x() - metrics.horizontalAdvance(zero) / 2.0, bar.bottom() + 5.0 + metrics.ascent()), zero);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.drawText(QPointF(2.0, metrics.ascent()), tr("Layer %1").arg(m_layer));
    painter.setPen(m_zeroShare > 0.0 ? theme.dead : theme.muted);
    const QString words = percentText(m_zeroShare);
    drawTabular(painter,
                {bar.left() - 6.0 - tabularWidth(QFontMetricsF(font), words), bar.top() + metrics.capHeight() + 2.0},
                words);
}

void ActivationRowWidget::resizeEvent(QResizeEvent*) {
    m_plot->setGeometry(scaled(plotLeft), 0, std::max(0, width() - scaled(plotLeft)), height());
}

QStringList ActivationRowWidget::readout(double x) const {
    const HistogramShares shares = histogramShares(m_histogram, m_side == ActivationSide::Before);
    const double width = barWidth(m_histogram);
    const double place = (x + static_cast<double>(m_histogram.range)) / width + 1.0;
    const auto bar = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(shares.heights.size()) - 1.0));
    const double from = shares.edge(bar, m_histogram.range);
    const QString number = QString::number(shares.heights[bar] * 100.0, 'f', 1);
    QStringList words;
    if (bar == 0)
        words.append(tr("below %1").arg(numberText(from + width)));
    else if (bar + 1 == shares.heights.size())
        words.append(tr("%1 and above").arg(numberText(from)));
    else
        words.append(tr("%1 to %2").arg(numberText(from), numberText(from + width)));
    words.append(tr("%1 % of the values").arg(numberText(number.toDouble())));
    if (m_histogram.zeros > 0 && m_side == ActivationSide::Before && std::abs(from + width) < 0.5 * width)
        words.append(tr("exactly 0: %1").arg(percentText(share(m_histogram.zeros, m_histogram.count))));
    if (const auto neuron = neuronNear(x))
        words.append(tr("L%1·%2: largest z %3")
                         .arg(m_layer)
                         .arg(*neuron)
                         .arg(numberText(static_cast<double>(m_margins[static_cast<std::size_t>(*neuron) - 1]))));
    return words;
}

std::optional<int> ActivationRowWidget::neuronNear(double z) const {
    if (m_side != ActivationSide::Before)
        return std::nullopt;
    constexpr double nearShare = 0.02; // of the axis
    const double range = static_cast<double>(m_histogram.range);
    const double edge = range + barWidth(m_histogram) / 2.0; // there the values beyond are piled up
    double least = nearShare * 2.0 * range;
    std::optional<int> nearest;
    for (std::size_t i = 0; i < m_margins.size(); ++i) {
        const double distance = std::abs(std::clamp(static_cast<double>(m_margins[i]), -edge, edge) - z);
        if (distance <= least) {
            least = distance;
            nearest = static_cast<int>(i) + 1;
        }
    }
    return nearest;
}

void ActivationRowWidget::mousePressEvent(QMouseEvent* event) {
    const QRectF area = m_plot->area().translated(m_plot->pos());
    const AxisRange axis = m_plot->xRange();
    const double z = axis.from + (event->position().x() - area.left()) / area.width() * axis.span();
    const auto neuron = area.contains(event->position()) ? neuronNear(z) : std::nullopt;
    if (event->button() == Qt::LeftButton && neuron)
        emit neuronClicked(m_layer, *neuron);
    else
        QWidget::mousePressEvent(event);
}

} // namespace flatline
