#include "ui/inspector/margin_histogram.h"

#include "ui/charts/axis_range.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int barCount = 48; // 0 is a border between two of them
constexpr double axisHeight = 17.0;
constexpr double headRoom = 17.0;

} // namespace

MarginHistogram::MarginHistogram(QWidget* parent)
    : QWidget(parent) {
    setMinimumSize(240, 60);
    setAccessibleName(tr("Pre-activations"));
    setToolTip(
        tr("z = w·x + b on every training sample. The margin is the largest of them: above 0 some sample makes it "
           "fire; below, it is the distance to life."));
}

void MarginHistogram::showValues(std::vector<float> values, bool hasMargin) {
    if (values == m_values && hasMargin == m_hasMargin)
        return;
    m_values = std::move(values);
    m_hasMargin = hasMargin;
    count();
    update();
}

void MarginHistogram::count() {
    m_bars.assign(barCount, 0);
    m_above = m_wild = 0;
    double low = 0.0;
    double high = 0.0;
    m_margin = -std::numeric_limits<double>::infinity();
    for (const float z : m_values) {
        const auto value = static_cast<double>(z);
        m_margin = std::max(m_margin, value);
        m_above += value > 0.0 ? 1 : 0;
        if (!std::isfinite(value)) {
            ++m_wild;
            continue;
        }
        low = std::min(low, value);
        high = std::max(high, value);
    }
    // Bars of one width, a whole number of them on each side of 0, some room beyond.
    const double width = roundUp(std::max(high - low, 1e-6) / (barCount - 6));
    const double below = std::clamp(std::ceil(-low / width) + 1.0, 4.0, barCount - 4.0);
    m_low = -below * width;
    m_high = m_low + barCount * width;
    for (const float z : m_values) {
        const double place = (static_cast<double>(z) - m_low) / width;
        if (std::isfinite(place))
            ++m_bars[static_cast<std::size_t>(std::clamp(place, 0.0, barCount - 1.0))];
    }
}

double MarginHistogram::placeX(double value) const {
    return 4.0 + (value - m_low) / (m_high - m_low) * (width() - 8.0);
}

QString MarginHistogram::note() const {
    if (m_values.empty())
        return {};
    const auto all = static_cast<qint64>(m_values.size());
    if (m_wild > 0)
        return tr("%1 samples, %2 of them not finite").arg(countText(all), countText(m_wild));
    if (m_above == 0)
        return m_margin < 0.0 ? tr("%1 samples, all below 0").arg(countText(all))
                              : tr("%1 samples, none above 0").arg(countText(all));
    return tr("%1 of %2 samples above 0").arg(countText(m_above), countText(all));
}

QString MarginHistogram::summary() const {
    return m_values.empty() ? QString()
           : m_hasMargin    ? tr("%1; margin %2.").arg(note(), numberText(m_margin))
                            : tr("%1; the largest z is %2.").arg(note(), numberText(m_margin));
}

void MarginHistogram::paintEvent(QPaintEvent*) {
    if (m_values.empty())
        return;
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QRectF area(4.0, headRoom, width() - 8.0, height() - headRoom - axisHeight);
    const double zero = std::round(placeX(0.0));
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    if (m_hasMargin) {
        QColor tint = theme.alive;
        tint.setAlphaF(0.10F);
        painter.fillRect(QRectF(zero, area.top(), area.right() - zero, area.height()), tint);
        const QString words = m_margin > 0.0 ? tr("fires") : tr("would fire");
        painter.setPen(theme.alive);
        if (area.right() - zero > metrics.horizontalAdvance(words) + 8.0)
            painter.drawText(
                QPointF(area.right() - metrics.horizontalAdvance(words) - 4.0, area.top() + metrics.ascent()), words);
    }
    const int most = std::max(1, *std::ranges::max_element(m_bars));
    const double width = (m_high - m_low) / barCount;
    for (int i = 0; i < barCount; ++i) {
        if (m_bars[static_cast<std::size_t>(i)] == 0)
            continue;
        const double from = m_low + i * width;
        const double left = std::round(placeX(from));
        const double tall = std::max(2.0, (area.height() - 14.0) * m_bars[static_cast<std::size_t>(i)] / most);
        const QRectF bar(left, area.bottom() - tall, std::round(placeX(from + width)) - left - 1.0, tall);
        if (from >= -0.5 * width && m_hasMargin) {
            painter.fillRect(bar, theme.alive);
        } else {
            painter.setPen(QPen(theme.line, 1.0));
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, 0.0));
        }
    }
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.bottom()));
    for (const double tick : linearTicks({m_low, m_high}, 6)) {
        const QString words = numberText(tick);
        painter.setPen(theme.muted);
        drawTabular(painter, {placeX(tick) - tabularWidth(metrics, words) / 2.0, height() - 4.0}, words);
    }
    if (!std::isfinite(m_margin))
        return;
    const bool lives = m_margin > 0.0;
    const double x = std::round(placeX(std::min(m_margin, m_high)));
    painter.setPen(QPen(lives ? theme.alive : theme.dead, 2.0));
    painter.drawLine(QPointF(x, area.top() + 6.0), QPointF(x, area.bottom()));
    painter.drawLine(QPointF(x, area.top() + 6.0), QPointF(zero, area.top() + 6.0));
    QFont strong = painter.font();
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    const QString words = (m_hasMargin ? tr("margin %1") : tr("largest z %1")).arg(numberText(m_margin));
    const double wide = QFontMetricsF(strong).horizontalAdvance(words);
    const double left = lives ? std::clamp((x + zero - wide) / 2.0, area.left(), area.right() - wide)
                              : std::max(area.left(), x - 6.0 - wide);
    painter.drawText(QPointF(left, lives ? headRoom - 4.0 : area.top() + 10.0), words);
}

} // namespace flatline
