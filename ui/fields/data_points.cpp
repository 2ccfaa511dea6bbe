#include "ui/fields/data_points.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr int mostPoints = 1500; // of one split; more would only hide each other

/// A class's shape: disc, square, triangle, diamond, and round again.
void paintShape(QPainter& painter, QPointF at, double radius, int shape) {
    const double r = radius;
    const QPointF up(0.0, -1.25 * r);
    const QPointF aside(1.1 * r, 0.0);
    if (shape % 4 == 0)
        painter.drawEllipse(at, r, r);
    else if (shape % 4 == 1)
        painter.drawRect(QRectF(at.x() - 0.9 * r, at.y() - 0.9 * r, 1.8 * r, 1.8 * r));
    else if (shape % 4 == 2)
        painter.drawPolygon(QPolygonF({at + up, at + aside - 0.7 * up, at - aside - 0.7 * up}));
    else
        painter.drawPolygon(QPolygonF({at + up, at + aside, at - up, at - aside}));
}

struct Style {
    double radius = 0.0;
    bool hollow = false;
    const Theme* theme = nullptr;
    ValueRange range;
    bool curve = false; ///< one feature: points are ink, their height is their value
};

void paintSplit(QPainter& painter, const QRectF& box, const Dataset& dataset, const Split& split,
                const PlaneBounds& bounds, const Style& style) {
    const bool classes = dataset.task == Task::Classification;
    const int stride = std::max(1, (split.samples() + mostPoints - 1) / mostPoints);
    for (int sample = 0; sample < split.samples(); sample += stride) {
        const int label = classes ? split.targets.labels[static_cast<std::size_t>(sample)] : 0;
        const double value = classes ? 0.0 : static_cast<double>(split.targets.values(sample, 0));
        const double x = static_cast<double>(split.features(sample, 0));
        double y = 0.0;
        if (!style.curve)
            y = static_cast<double>(split.features(sample, 1));
        else // classes stand on lines of their own below their probabilities
            y = classes ? bounds.yMinimum * (label + 1.0) / (dataset.classes() + 1.0) : value;
        QColor color = classes ? style.theme->classColor(label) : style.theme->test;
        if (!classes && !style.curve)
            color = QColor(viridis(style.range.position(value)));
        const QPointF at = bounds.place(x, y, box);
        if (!style.hollow && !classes && !style.curve) // viridis on viridis needs an outline
            painter.setPen(QPen(style.theme->text, 0.6));
        else
            painter.setPen(style.hollow ? QPen(color, 0.9) : QPen(Qt::NoPen));
        painter.setBrush(style.hollow ? QBrush(Qt::NoBrush) : QBrush(color));
        paintShape(painter, at, style.radius, label);
    }
}

} // namespace

QPointF PlaneBounds::place(double x, double y, const QRectF& box) const {
    return {box.left() + (x - xMinimum) / (xMaximum - xMinimum) * box.width(),
            box.bottom() - (y - yMinimum) / (yMaximum - yMinimum) * box.height()};
}

ValueRange targetRange(const Dataset& dataset) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const Split* split : {&dataset.train, &dataset.test})
        if (split->targets.values.size() > 0) {
            low = std::min(low, static_cast<double>(split->targets.values.minCoeff()));
            high = std::max(high, static_cast<double>(split->targets.values.maxCoeff()));
        }
    return low < high ? ValueRange{low, high} : ValueRange{};
}

double ValueRange::position(double value) const {
    return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

PlaneBounds planeBounds(const Fields& fields, const Dataset& dataset) {
    PlaneBounds bounds{fields.xMinimum, fields.xMaximum, fields.yMinimum, fields.yMaximum};
    if (dataset.features() == 1 && dataset.task == Task::Classification) {
        bounds.yMinimum = -0.25; // room for the points below the probabilities
        bounds.yMaximum = 1.05;
    } else if (dataset.features() == 1) {
        const ValueRange range = targetRange(dataset);
        const double margin = 0.15 * (range.high - range.low);
        bounds.yMinimum = range.low - margin;
        bounds.yMaximum = range.high + margin;
    }
    if (!(bounds.xMaximum > bounds.xMinimum))
        bounds.xMaximum = bounds.xMinimum + 1.0;
    if (!(bounds.yMaximum > bounds.yMinimum))
        bounds.yMaximum = bounds.yMinimum + 1.0;
    return bounds;
}

void paintDataPoints(QPainter& painter, const QRectF& box, const Dataset& dataset, const PlaneBounds& bounds,
                     const Theme& theme) {
    painter.setRenderHint(QPainter::Antialiasing);
    const double room = std::min(box.width(), box.height());
    Style style{std::clamp(room / 80.0, 1.4, 3.0), true, &theme, targetRange(dataset), dataset.features() == 1};
    if (dataset.train.samples() > 600)
        style.radius *= 0.75;
    paintSplit(painter, box, dataset, dataset.test, bounds, style);
    style.hollow = false;
    paintSplit(painter, box, dataset, dataset.train, bounds, style);
}

} // namespace flatline
