#include "ui/inspector/rate_chart.h"

#include "ui/charts/axis_range.h"
#include "ui/fields/glyph.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double axisHeight = 17.0;
constexpr double leastLabels = 30.0; ///< of the y axis
constexpr double labelGap = 6.0;
constexpr int mostLabels = 4;

} // namespace

RateChart::RateChart(QWidget* parent)
    : QWidget(parent) {
    setMinimumSize(240, 84);
    setAccessibleName(tr("Margin by learning rate"));
    setToolTip(tr("The largest z over the training set after that step, for each learning rate, the whole network "
                  "evaluated. At 0 or below it is dead. Of a death in one step: every optimizer's step is proportional "
                  "to its rate. Of a slow one: all steps since it was last healthy, made once more at each rate."));
}

void RateChart::showCurve(std::optional<RateCurve> curve, std::optional<double> before, const QString& whyNone) {
    if (curve == m_curve && before == m_before && whyNone == m_whyNone)
        return;
    m_curve = std::move(curve);
    m_before = before;
    m_whyNone = whyNone;
    fitAxis();
    update();
}

// Beyond what is safe the margin falls without end: as far below 0 as above is enough to see it.
void RateChart::fitAxis() {
    if (!m_curve)
        return;
    double high = 1e-6;
    double low = 0.0;
    for (const RatePoint& point : m_curve->points)
        if (std::isfinite(point.margin)) {
            high = std::max(high, point.margin);
            low = std::min(low, point.margin);
        }
    if (m_curve->largestSafe) { // a curve that rises steeply later on hides where it dies
        high = 1e-6;
        for (const RatePoint& point : m_curve->points)
            if (std::isfinite(point.margin) && point.rate <= *m_curve->largestSafe)
                high = std::max(high, point.margin);
    }
    double least = -1.2 * high;
    if (std::isfinite(m_curve->taken.margin))
        least = std::min(least, 1.3 * m_curve->taken.margin);
    const auto alive = [](const RatePoint& point) { return point.margin > 0.0; };
    if (std::ranges::none_of(m_curve->points, alive)) // no rate saves it: what they come to is all there is to see
        for (const RatePoint& point : m_curve->points)
            if (std::isfinite(point.margin) && point.rate <= m_curve->taken.rate)
                least = std::min(least, 1.1 * point.margin);
    m_low = std::max(low, least);
    m_high = high * 1.15;
    if (m_low > -0.1 * m_high)
        m_low = -0.1 * m_high;
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    m_labels = leastLabels;
    for (const double tick : linearTicks({m_low, m_high}, mostLabels))
        m_labels = std::max(m_labels, std::ceil(tabularWidth(metrics, numberText(tick)) + labelGap + 1.0));
}

void RateChart::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitAxis();
    QWidget::changeEvent(event);
}

QRectF RateChart::area() const {
    return QRectF(rect()).adjusted(m_labels, 4.0, -6.0, -axisHeight);
}

double RateChart::placeX(double rate) const {
    const QRectF box = area();
    const double from = std::log(m_curve->points.front().rate);
    const double to = std::log(m_curve->points.back().rate);
    return box.left() + std::clamp((std::log(std::max(rate, 1e-300)) - from) / (to - from), 0.0, 1.0) * box.width();
}

double RateChart::placeY(double margin) const {
    const QRectF box = area();
    const double value = std::isnan(margin) ? m_low : std::clamp(margin, m_low, m_high);
    return box.bottom() - (value - m_low) / (m_high - m_low) * box.height();
}

double RateChart::marginAt(double rate) const {
    const auto after = std::ranges::lower_bound(m_curve->points, rate, {}, &RatePoint::rate);
    return after == m_curve->points.end() ? m_curve->points.back().margin : after->margin;
}

void RateChart::paintGround(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF box = area();
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    QColor tint = theme.dead;
    tint.setAlphaF(0.06F);
    QColor hatch = theme.dead;
    hatch.setAlphaF(0.3F);
    // Each stretch in which it would be dead; far out it may come back. The first one begins where it is known to.
    std::optional<double> edge;
    if (m_curve->largestSafe)
        edge = std::round(placeX(*m_curve->largestSafe));
    const auto& points = m_curve->points;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const bool from = points[i].margin > 0.0;
        if (from && points[i + 1].margin > 0.0)
            continue;
        const double left = !from ? placeX(points[i].rate) : edge ? *edge : placeX(points[i + 1].rate);
        const QRectF stretch(left, box.top(), placeX(points[i + 1].rate) - left, box.height());
        if (from)
            edge.reset();
        painter.fillRect(stretch, tint);
        painter.fillRect(stretch, hatchBrush(hatch, devicePixelRatioF()));
    }
    if (m_curve->largestSafe) {
        const double x = std::round(placeX(*m_curve->largestSafe));
        painter.setPen(QPen(theme.dead, 2.0));
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    }
    for (const double tick : linearTicks({m_low, m_high}, mostLabels)) {
        const double y = std::round(placeY(tick)) + 0.5;
        painter.setPen(QPen(tick == 0.0 ? theme.text : theme.grid, tick == 0.0 ? 1.5 : 1.0));
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
        const QString words = numberText(tick);
        painter.setPen(theme.muted);
        drawTabular(painter, {box.left() - labelGap - tabularWidth(metrics, words), y + metrics.capHeight() / 2.0},
                    words);
    }
    for (const double tick : logTicks({m_curve->points.front().rate, m_curve->points.back().rate}, 5)) {
        const QString words = numberText(tick);
        const double x = placeX(tick);
        const double width = tabularWidth(metrics, words);
        painter.setPen(theme.muted);
        drawTabular(painter, {std::clamp(x - width / 2.0, box.left(), box.right() - width), height() - 4.0}, words);
    }
}

void RateChart::paintPoint(QPainter& painter, const RatePoint& point, const QString& words, bool taken) const {
    const Theme& theme = themeOf(this);
    const QRectF box = area();
    const QPointF at(placeX(point.rate), placeY(point.margin));
    const bool lethal = !(point.margin > 0.0);
    const QColor ink = lethal ? theme.dead : theme.text;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 2.0));
    painter.setBrush(taken ? ink : theme.surface);
    painter.drawEllipse(at, 4.0, 4.0);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(words) + 6.0;
    const bool right = at.x() + 10.0 + width < box.right();
    QRectF ground(right ? at.x() + 8.0 : at.x() - 8.0 - width, at.y() - 18.0, width, 15.0);
    if (!taken)
        ground.moveTo(std::clamp(at.x() - width / 2.0, box.left(), box.right() - width), at.y() + 7.0);
    ground.moveTop(std::clamp(ground.top(), box.top(), box.bottom() - 15.0));
    QColor veil = theme.surface;
    veil.setAlphaF(0.85F);
    painter.fillRect(ground, veil);
    painter.setPen(ink);
    painter.drawText(ground, Qt::AlignCenter, words);
}

void RateChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    if (!m_curve) {
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(rect()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, m_whyNone);
        return;
    }
    paintGround(painter);
    QPolygonF line;
    for (const RatePoint& point : m_curve->points) {
        if (std::isfinite(point.margin))
            line.append({placeX(point.rate), placeY(point.margin)});
        if (line.size() > 1 && point.margin <= m_low)
            break; // it has left the picture
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintLines(painter, line, QPen(theme.text, 2.0));
    painter.setRenderHint(QPainter::Antialiasing, false);
    QFont strong = fontFor(TextRole::Axis);
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    const QRectF box = area();
    if (m_curve->largestSafe) {
        const QString words = tr("largest safe rate %1").arg(numberText(*m_curve->largestSafe));
        const double width = QFontMetricsF(strong).horizontalAdvance(words);
        const double x = placeX(*m_curve->largestSafe);
        const bool left = x - width - 8.0 > box.left();
        painter.setPen(theme.dead);
        painter.drawText(QPointF(left ? x - width - 6.0 : x + 6.0, box.bottom() - 5.0), words);
    }
    if (m_before && *m_before > 0.0 && *m_before != m_curve->taken.rate) {
        const double margin = marginAt(*m_before);
        paintPoint(painter, {*m_before, margin},
                   (margin > 0.0 ? tr("%1 was safe") : tr("%1, as before")).arg(numberText(*m_before)), false);
    }
    if (m_curve->taken.rate > 0.0)
        paintPoint(painter, m_curve->taken,
                   (m_curve->made ? tr("taken: %1") : tr("set: %1")).arg(numberText(m_curve->taken.rate)), true);
}

QString RateChart::title() const {
    if (!m_curve)
        return tr("Margin by learning rate");
    if (m_curve->first < m_curve->step)
        return tr("Margin after step %1, had the rate been … since step %2")
            .arg(countText(m_curve->step), countText(m_curve->first));
    return m_curve->made ? tr("Margin after step %1, had the learning rate been …").arg(countText(m_curve->step))
                         : tr("Margin after the next step, if the learning rate is …");
}

QString RateChart::summary() const {
    if (!m_curve)
        return m_whyNone;
    QString text = tr("No learning rate up to %1 is lethal").arg(numberText(m_curve->points.back().rate));
    if (m_curve->largestSafe)
        text = tr("The largest safe learning rate is %1").arg(numberText(*m_curve->largestSafe));
    else if (!(m_curve->points.front().margin > 0.0))
        text = tr("Learning rates from %1 on are lethal").arg(numberText(m_curve->points.front().rate));
    text += (m_curve->made ? tr("; taken was %1, which left a margin of %2.") : tr("; set is %1, for a margin of %2."))
                .arg(numberText(m_curve->taken.rate), numberText(m_curve->taken.margin));
    return text;
}

} // namespace flatline
