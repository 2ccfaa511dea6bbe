#include "ui/inspector/vital_strip.h"

#include "ui/charts/axis_range.h"
#include "ui/fields/glyph.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {
namespace {

constexpr double flagHeight = 18.0;
constexpr double axisHeight = 16.0;
constexpr double laneGap = 6.0;
constexpr double gutter = 92.0; ///< for the traces' names

QFont strong() {
    QFont font = fontFor(TextRole::Axis);
    font.setWeight(QFont::DemiBold);
    return font;
}

/// What one trace shows.
struct Lane {
    float Beat::*value;
    const char* name;
    double share; ///< of the height
};
constexpr std::array<Lane, 3> lanes{{
    {&Beat::output, QT_TRANSLATE_NOOP("inspector", "largest output"), 0.44},
    {&Beat::gradient, QT_TRANSLATE_NOOP("inspector", "gradient"), 0.28},
    {&Beat::update, QT_TRANSLATE_NOOP("inspector", "update"), 0.28},
}};

QString say(const char* text) {
    return QCoreApplication::translate("inspector", text);
}
} // namespace

VitalStrip::VitalStrip(QWidget* parent)
    : QWidget(parent) {
    setMinimumSize(320, 120);
    setMouseTracking(true);
    setAccessibleName(tr("Vital signs"));
    setToolTip(tr("Each step as this neuron felt it: the largest f(z) on the step's batch; the norm of the batch's "
                  "gradient by its incoming weights and bias; the norm of what the step did to them. Made once more "
                  "from the run's keyframes: training is not slowed down."));
}

void VitalStrip::showSigns(VitalSigns signs) {
    m_signs = std::move(signs);
    update();
}

QRectF VitalStrip::area() const {
    return QRectF(rect()).adjusted(gutter, flagHeight, -8.0, -axisHeight);
}

double VitalStrip::placeX(double step) const {
    const QRectF box = area();
    const double span = static_cast<double>(std::max<std::int64_t>(1, m_signs.last - m_signs.first));
    return box.left() + (step - static_cast<double>(m_signs.first)) / span * box.width();
}

QRectF VitalStrip::laneBox(std::size_t lane) const {
    QRectF box = area();
    const double free = box.height() - laneGap * static_cast<double>(lanes.size() - 1);
    double top = box.top();
    for (std::size_t i = 0; i < lane; ++i)
        top += lanes[i].share * free + laneGap;
    return {box.left(), top, box.width(), lanes[lane].share * free};
}

bool VitalStrip::deadAt(std::int64_t step) const {
    return std::ranges::any_of(m_signs.dead,
                               [step](const VitalSigns::Stretch& one) { return step > one.from && step <= one.to; });
}

void VitalStrip::paintDead(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF box = area();
    QColor tint = theme.dead;
    tint.setAlphaF(0.06F);
    QColor hatch = theme.dead;
    hatch.setAlphaF(0.25F);
    for (const VitalSigns::Stretch& one : m_signs.dead) {
        const double from = std::max(box.left(), placeX(static_cast<double>(one.from)));
        const double to = std::min(box.right(), placeX(static_cast<double>(one.to)));
        const QRectF stretch(from, box.top(), to - from, box.height());
        painter.fillRect(stretch, tint);
        painter.fillRect(stretch, hatchBrush(hatch, devicePixelRatioF()));
        painter.setFont(fontFor(TextRole::Axis));
        const QFontMetricsF metrics(painter.font());
        const double width = metrics.horizontalAdvance(m_signs.stillness) + 10.0;
        if (width > stretch.width())
            continue;
        QRectF ground(stretch.right() - width - 6.0, laneBox(0).center().y() - 8.0, width, 16.0);
        painter.fillRect(ground, theme.surface);
        painter.setPen(theme.dead);
        painter.drawText(ground, Qt::AlignCenter, m_signs.stillness);
    }
}

void VitalStrip::paintLane(QPainter& painter, std::size_t lane) const {
    const Theme& theme = themeOf(this);
    const Lane& row = lanes[lane];
    const QRectF box = laneBox(lane);
    double low = 0.0;
    double high = 0.0;
    for (const Beat& beat : m_signs.beats)
        if (const auto value = static_cast<double>(beat.*row.value); std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    const double span = high > low ? high - low : 1.0;
    const auto place = [&](const Beat& beat) {
        const auto value = static_cast<double>(beat.*row.value);
        const double share = std::isfinite(value) ? (value - low) / span : 1.0;
        return QPointF(placeX(static_cast<double>(beat.step)), box.bottom() - 1.0 - share * (box.height() - 3.0));
    };
    painter.setPen(QPen(theme.grid, 1.0));
    painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5));
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF piece;
    bool dead = false;
    const auto draw = [&] { paintLines(painter, piece, QPen(dead ? theme.dead : theme.alive, dead ? 2.0 : 1.5)); };
    for (const Beat& beat : m_signs.beats) {
        const bool now = deadAt(beat.step);
        if (now != dead && !piece.isEmpty()) {
            draw();
            piece = {piece.last()};
        }
        dead = now;
        piece.append(place(beat));
    }
    draw();
    painter.setPen(Qt::NoPen);
    painter.setBrush(dead ? theme.dead : theme.alive);
    if (!piece.isEmpty())
        painter.drawEllipse(piece.last(), 3.0, 3.0);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF words(0.0, box.center().y() - 14.0, gutter - 10.0, 28.0);
    painter.setFont(strong());
    painter.setPen(theme.text);
    painter.drawText(words, Qt::AlignRight | Qt::AlignTop, say(row.name));
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.muted);
    painter.drawText(words, Qt::AlignRight | Qt::AlignBottom, tr("up to %1").arg(numberText(high)));
}

void VitalStrip::paintFlags(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF box = area();
    painter.setFont(strong());
    const QFontMetricsF metrics(painter.font());
    double free = box.left(); // flags of deaths and revivals first: they win where there is no room for all
    for (const bool filled : {true, false})
        for (const VitalSigns::Flag& flag : m_signs.flags) {
            if (flag.filled != filled)
                continue;
            const QColor ink = theme.*flag.ink;
            const double x = std::round(placeX(static_cast<double>(flag.step)));
            painter.setPen(filled ? QPen(ink, 2.0) : QPen(ink, 1.5, Qt::DotLine));
            painter.drawLine(QPointF(x, filled ? 1.0 : box.top()), QPointF(x, box.bottom()));
            const double width = metrics.horizontalAdvance(flag.text) + 12.0;
            if (filled) {
                const QRectF sign(std::clamp(x - width / 2.0, box.left(), box.right() - width), 0.0, width, 16.0);
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(Qt::NoPen);
                painter.setBrush(ink);
                painter.drawRoundedRect(sign, 3.0, 3.0);
                painter.setRenderHint(QPainter::Antialiasing, false);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(theme.surface);
                painter.drawText(sign, Qt::AlignCenter, flag.text);
                continue;
            }
            QRectF words(x - width - 2.0, box.top() + 16.0, width, 14.0);
            if (words.left() < free)
                continue;
            free = x;
            QColor veil = theme.surface;
            veil.setAlphaF(0.8F);
            painter.fillRect(words, veil);
            painter.setPen(ink);
            painter.drawText(words, Qt::AlignCenter, flag.text);
        }
}

void VitalStrip::paintAxis(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF box = area();
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    const AxisRange range{static_cast<double>(m_signs.first), static_cast<double>(m_signs.last)};
    for (const double tick : linearTicks(range, 6)) {
        if (tick != std::round(tick))
            continue;
        const double x = std::round(placeX(tick)) + 0.5;
        painter.setPen(QPen(theme.grid, 1.0));
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
        const QString words = countText(static_cast<qint64>(tick));
        const double width = metrics.horizontalAdvance(words);
        const double left = std::clamp(x - width / 2.0, box.left(), this->width() - width);
        painter.setPen(theme.muted);
        painter.drawText(QPointF(left, height() - 3.0), words);
    }
}

void VitalStrip::paintHover(QPainter& painter) const {
    if (!m_hover)
        return;
    const auto beat = std::ranges::find(m_signs.beats, *m_hover, &Beat::step);
    if (beat == m_signs.beats.end())
        return;
    const Theme& theme = themeOf(this);
    const double x = std::round(placeX(static_cast<double>(beat->step))) + 0.5;
    const QRectF box = area();
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    const auto number = [](float value) { return numberText(static_cast<double>(value)); };
    const QString words =
        tr("step %1: output %2, gradient %3, update %4")
            .arg(countText(beat->step), number(beat->output), number(beat->gradient), number(beat->update));
    painter.setFont(fontFor(TextRole::Axis));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 12.0;
    const QRectF sign(std::clamp(x - width / 2.0, box.left(), box.right() - width), box.bottom() - 18.0, width, 17.0);
    painter.setPen(QPen(theme.line, 1.0));
    painter.setBrush(theme.surface);
    painter.drawRect(sign.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.text);
    painter.drawText(sign, Qt::AlignCenter, words);
}

void VitalStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (m_signs.beats.empty()) {
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(themeOf(this).muted);
        painter.drawText(rect(), Qt::AlignCenter,
                         tr("No step has been made yet: its pulse begins with the first one."));
        return;
    }
    paintAxis(painter);
    paintDead(painter);
    for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        paintLane(painter, lane);
    paintFlags(painter);
    paintHover(painter);
}

void VitalStrip::mouseMoveEvent(QMouseEvent* event) {
    const QRectF box = area();
    const double share = (event->position().x() - box.left()) / std::max(1.0, box.width());
    const double span = static_cast<double>(m_signs.last - m_signs.first);
    m_hover = m_signs.first + std::llround(share * span);
    update();
}

void VitalStrip::leaveEvent(QEvent*) {
    m_hover.reset();
    update();
}

QString VitalStrip::summary() const {
    if (m_signs.beats.empty())
        return tr("No step has been made yet.");
    const Beat& last = m_signs.beats.back();
    const auto number = [](float value) { return numberText(static_cast<double>(value)); };
    QString text = tr("Steps %1 to %2; at the last one: largest output %3, gradient %4, update %5.")
                       .arg(countText(m_signs.first), countText(last.step), number(last.output), number(last.gradient),
                            number(last.update));
    for (const VitalSigns::Flag& flag : m_signs.flags)
        text += QLatin1Char(' ') + (flag.filled ? flag.text : tr("step %1: %2").arg(countText(flag.step), flag.text)) +
                QLatin1Char('.');
    if (!m_signs.dead.empty())
        text += QLatin1Char(' ') + m_signs.stillness + QLatin1Char('.');
    return text;
}

} // namespace flatline
