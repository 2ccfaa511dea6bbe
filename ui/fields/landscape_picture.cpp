#include "ui/fields/landscape_picture.h"

#include "ui/fields/contours.h"
#include "ui/fields/dead_shape.h"
#include "ui/fields/glyph.h"
#include "ui/fields/landscape_path.h"
#include "ui/fields/loss_bar.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int contourCount = 7;
constexpr double tickLength = 4.0;

QFont wordFont() {
    QFont font = fontFor(TextRole::Axis);
    font.setWeight(QFont::DemiBold);
    return font;
}

std::vector<double> logLosses(const Surface& surface) {
    std::vector<double> values(surface.loss.size());
    std::ranges::transform(surface.loss, values.begin(), logLoss);
    return values;
}

/// The hatch where the watched neuron is dead, and the white edge of life.
void paintDead(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, const Theme& theme) {
    const DeadShape shape(scene.surface);
    if (shape.empty())
        return;
    const double ratio = painter.device()->devicePixelRatioF();
    painter.drawImage(layout.plot, deadImage(shape, scene.surface.side, (layout.plot.size() * ratio).toSize(),
                                             static_cast<int>(std::lround(9.0 * ratio)), theme));
    QColor casing = casingColor();
    casing.setAlpha(150);
    for (QPolygonF line : shape.edges()) {
        for (QPointF& point : line)
            point = layout.place(point.x(), point.y(), 1.0);
        paintLines(painter, line, QPen(casing, 3.5, Qt::SolidLine, Qt::SquareCap));
        paintLines(painter, line, QPen(Qt::white, 2.0, Qt::SolidLine, Qt::SquareCap));
    }
}

void paintContours(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene) {
    const Surface& surface = scene.surface;
    const std::vector<double> values = logLosses(surface);
    const auto linesAt = [&](double level) {
        std::vector<QPolygonF> lines = contourLines({values, surface.side, surface.side}, level);
        for (QPolygonF& line : lines)
            for (QPointF& point : line)
                point = {layout.plot.left() + point.x() / (surface.side - 1) * layout.plot.width(),
                         layout.plot.bottom() - point.y() / (surface.side - 1) * layout.plot.height()};
        return lines;
    };
    QColor casing = casingColor();
    casing.setAlpha(110);
    const QPen below(casing, 1.8, Qt::SolidLine, Qt::FlatCap);
    const QPen above(QColor(255, 255, 255, 190), 0.9, Qt::SolidLine, Qt::FlatCap);
    for (const double level : contourLevels(scene.scale.low, scene.scale.high, contourCount))
        for (const QPolygonF& line : linesAt(level)) {
            paintLines(painter, line, below);
            paintLines(painter, line, above);
        }
    const std::optional<double> chance = chanceLevel(scene.scale, scene.classes);
    if (!chance.has_value())
        return;
    QPen dashed(Qt::white, 1.75, Qt::SolidLine, Qt::FlatCap);
    dashed.setDashPattern({5.0, 2.0, 1.0, 2.0});
    casing.setAlpha(150);
    for (const QPolygonF& line : linesAt(*chance)) {
        paintLines(painter, line, QPen(casing, 2.75, Qt::SolidLine, Qt::FlatCap));
        painter.setPen(dashed);
        painter.drawPolyline(line);
    }
}

/// -extent, half of it, 0 and so on; only the ends and the middle where there is no room.
std::vector<double> axisTicks(double extent, double length) {
    if (length < 120.0)
        return {-extent, 0.0, extent};
    return {-extent, -extent / 2.0, 0.0, extent / 2.0, extent};
}

void paintAxes(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, const Theme& theme) {
    const QRectF& plot = layout.plot;
    const double extent = scene.surface.extent;
    const QFontMetricsF metrics(painter.font());
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    const auto tick = [&](QPointF from, QPointF to, const QRectF& box, Qt::Alignment where, double value) {
        painter.setPen(QPen(theme.line, 1.0));
        painter.drawLine(from, to);
        painter.setPen(theme.muted);
        painter.drawText(box, static_cast<int>(where) | Qt::TextDontClip, numberText(value));
    };
    for (const double value : axisTicks(extent, plot.width())) {
        const QPointF at(layout.place(value, 0.0, extent).x(), plot.bottom());
        tick(at, at + QPointF(0, tickLength), {at.x() - 30.0, at.y() + tickLength + 1.0, 60.0, metrics.height()},
             Qt::AlignHCenter | Qt::AlignTop, value);
    }
    for (const double value : axisTicks(extent, plot.height())) {
        const QPointF at(plot.left(), layout.place(0.0, value, extent).y());
        tick(at, at - QPointF(tickLength, 0), {at.x() - 64.0, at.y() - 10.0, 64.0 - tickLength - 3.0, 20.0},
             Qt::AlignRight | Qt::AlignVCenter, value);
    }
    painter.setPen(theme.muted);
    painter.drawText(layout.firstLine, Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip, scene.firstAxis);
    const double room = layout.secondLine.width();
    const bool cramped = metrics.horizontalAdvance(scene.note) > room && !scene.shortNote.isEmpty();
    painter.drawText(layout.secondLine, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(cramped ? scene.shortNote : scene.note, Qt::ElideRight, room));
    painter.save();
    painter.translate(metrics.height() / 2.0, plot.center().y());
    painter.rotate(-90.0);
    painter.drawText(
        QRectF(-plot.height() / 2.0 - 20.0, -metrics.height() / 2.0, plot.height() + 40.0, metrics.height()),
        Qt::AlignCenter, metrics.elidedText(scene.secondAxis, Qt::ElideRight, plot.height() + 40.0));
    painter.restore();
}

/// The word for the hatch, where there is any: infinite losses are one thing, what is no number another.
void paintNotFinite(QPainter& painter, const LandscapeLayout& layout, const Surface& surface) {
    if (std::ranges::all_of(surface.loss, [](double loss) { return std::isfinite(loss); }))
        return;
    const bool infinite =
        std::ranges::all_of(surface.loss, [](double loss) { return std::isfinite(loss) || loss > 0.0; });
    const QRectF swatch(layout.plot.left() + 8.0, layout.plot.top() + 8.0, 14.0, 12.0);
    painter.drawImage(swatch, notFiniteImage(swatch.size().toSize(), 5));
    painter.setPen(QPen(casingColor(), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(swatch);
    paintCasedText(painter, {swatch.right() + 6.0, swatch.bottom() - 2.0},
                   infinite ? QCoreApplication::translate("fields", "loss ∞")
                            : QCoreApplication::translate("fields", "not finite"));
}

} // namespace

QPointF LandscapeLayout::place(double a, double b, double extent) const {
    return {plot.center().x() + a / extent * plot.width() / 2.0, plot.center().y() - b / extent * plot.height() / 2.0};
}

QPointF LandscapeLayout::coordinates(QPointF point, double extent) const {
    return {(point.x() - plot.center().x()) / plot.width() * 2.0 * extent,
            (plot.center().y() - point.y()) / plot.height() * 2.0 * extent};
}

LandscapeLayout layOutLandscape(QSizeF size, const QString& firstAxis, const QString& note, const QString& readout) {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    const double line = std::ceil(metrics.height());
    const double left = line + 36.0;
    const double right = lossBarWidth + 14.0 + 7.0 + lossBarLabels;
    const double width = std::max(40.0, size.width() - left - right);
    // The axis's name stands under the plot's middle; where it would meet the note, at the plot's left end; where
    // that does not help, or the readout is there, the others get a line of their own.
    const double name = metrics.horizontalAdvance(firstAxis);
    const double noteLeft = size.width() - std::ceil(metrics.horizontalAdvance(note)) - 2.0;
    const double read = readout.isEmpty() ? 0.0 : std::ceil(metrics.horizontalAdvance(readout)) + 12.0;
    const bool middle = left + (width + name) / 2.0 + 12.0 <= noteLeft && left + (width - name) / 2.0 >= read;
    const bool oneLine = middle || (readout.isEmpty() && left + name + 12.0 <= noteLeft);
    const double below = tickLength + 2.0 + (oneLine ? 2.0 : 3.0) * line;
    LandscapeLayout layout;
    layout.plot = {left, 6.0, width, std::max(30.0, size.height() - below - 6.0)};
    layout.bar = {layout.plot.right() + 14.0, layout.plot.top(), lossBarWidth, layout.plot.height()};
    layout.firstLine = {left, layout.plot.bottom() + tickLength + 2.0 + line, middle || !oneLine ? width : name, line};
    const double second = layout.firstLine.top() + (oneLine ? 0.0 : line);
    layout.secondLine = {read, second, size.width() - read, line};
    if (!readout.isEmpty())
        layout.readout = {0.0, second, std::min(read, size.width()), line};
    return layout;
}

void paintLandscape(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, const Theme& theme) {
    const double ratio = painter.device()->devicePixelRatioF();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(fontFor(TextRole::Axis));
    const QImage image = lossImage(scene.surface, scene.scale, (layout.plot.size() * ratio).toSize(),
                                   static_cast<int>(std::lround(8.0 * ratio)));
    painter.drawImage(layout.plot, image);
    paintAxes(painter, layout, scene, theme);
    if (anyFinite(scene.surface))
        paintLossBar(painter, layout.bar, Qt::Vertical, scene.scale, scene.classes, theme);
    painter.setFont(wordFont());
    painter.save();
    painter.setClipRect(layout.plot);
    if (scene.show.deadRegion)
        paintDead(painter, layout, scene, theme);
    if (scene.show.contours)
        paintContours(painter, layout, scene);
    if (scene.show.path)
        paintPath(painter, layout, scene);
    paintNotFinite(painter, layout, scene.surface);
    paintBall(painter, layout);
    paintLabels(painter, layout, scene);
    painter.restore();
}

} // namespace flatline
