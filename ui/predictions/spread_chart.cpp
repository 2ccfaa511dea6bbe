#include "ui/predictions/spread_chart.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace flatline {

namespace {
constexpr int fewest = 6;          ///< numbers: one bar alone would be a block
constexpr double footHeight = 6.0; ///< for the guess
constexpr double gap = 1.0;
constexpr double smallestGapped = 4.0; ///< px a number
constexpr double unlikely = 0.999;     ///< what lies beyond is not drawn
} // namespace

SpreadChart::SpreadChart(QWidget* parent)
    : QWidget(parent) {
    setFixedSize(48, 32);
}

void SpreadChart::showSpread(const CountSpread& spread, int low, int high) {
    if (m_spread == spread && low == m_low && high == m_high)
        return;
    m_spread = spread;
    m_low = low;
    m_high = high;
    update();
}

void SpreadChart::showNothing() {
    if (std::exchange(m_spread, std::nullopt))
        update();
}

void SpreadChart::showGuess(std::optional<double> guess) {
    if (std::exchange(m_guess, guess) != guess)
        update();
}

int SpreadChart::shown() const {
    const int likely = m_spread ? m_spread->quantile(unlikely) + 1 : 0;
    return std::max({fewest, likely, m_high + 1});
}

void SpreadChart::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QRectF area = QRectF(rect()).adjusted(0.5, 1.0, -0.5, -footHeight);
    if (m_spread)
        paintBars(painter, area);
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    paintGuess(painter, area);
}

void SpreadChart::paintBars(QPainter& painter, const QRectF& area) const {
    const Theme& theme = themeOf(this);
    const std::vector<double>& chances = m_spread->chances;
    const double highest = *std::max_element(chances.begin(), chances.end());
    const double width = area.width() / shown();
    const double between = width >= smallestGapped ? gap : 0.0;
    for (int n = 0; n < shown() && n < static_cast<int>(chances.size()); ++n) {
        const double chance = chances[static_cast<std::size_t>(n)];
        if (chance <= 0.0)
            continue;
        const double height = std::max(1.0, area.height() * chance / highest);
        const QRectF bar(area.left() + n * width, area.bottom() - height, width - between, height);
        const bool expected = n >= m_low && n <= m_high;
        if (expected || width < smallestGapped) {
            painter.fillRect(bar, expected ? theme.revived : theme.border);
        } else {
            painter.setPen(QPen(theme.revived, 1.0));
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
}

void SpreadChart::paintGuess(QPainter& painter, const QRectF& area) const {
    if (!m_guess)
        return;
    const double width = area.width() / shown();
    const double x = std::min(area.left() + (*m_guess + 0.5) * width, area.right() - 2.5);
    const double y = area.bottom() + 1.5;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeOf(this).text);
    painter.drawPolygon(QPolygonF{{x, y}, {x - 3.5, y + 4.5}, {x + 3.5, y + 4.5}});
}

} // namespace flatline
