#include "ui/inspector/half_plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

double weight(const NeuronWeights& own, std::size_t i) {
    return i < own.weights.size() ? static_cast<double>(own.weights[i]) : 0.0;
}

double squaredNorm(const NeuronWeights& own) {
    return weight(own, 0) * weight(own, 0) + weight(own, 1) * weight(own, 1);
}

QPointF crossing(const NeuronWeights& own, QPointF a, QPointF b) {
    const double za = valueAt(own, a);
    const double zb = valueAt(own, b);
    return a + (b - a) * (za / (za - zb));
}

} // namespace

double valueAt(const NeuronWeights& own, QPointF point) {
    return weight(own, 0) * point.x() + weight(own, 1) * point.y() + static_cast<double>(own.bias);
}

double distanceTo(const NeuronWeights& own, QPointF point) {
    const double norm = std::sqrt(squaredNorm(own));
    return norm > 0.0 ? std::abs(valueAt(own, point)) / norm : 0.0;
}

// Sutherland and Hodgman, with one edge.
QPolygonF firingSide(const NeuronWeights& own, const PlaneBounds& bounds) {
    const std::array<QPointF, 4> corners{
        QPointF{bounds.xMinimum, bounds.yMinimum}, QPointF{bounds.xMaximum, bounds.yMinimum},
        QPointF{bounds.xMaximum, bounds.yMaximum}, QPointF{bounds.xMinimum, bounds.yMaximum}};
    QPolygonF side;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const QPointF from = corners[i];
        const QPointF to = corners[(i + 1) % corners.size()];
        const bool inside = valueAt(own, from) > 0.0;
        if (inside)
            side.append(from);
        if (inside != (valueAt(own, to) > 0.0))
            side.append(crossing(own, from, to));
    }
    return side;
}

std::optional<QLineF> edgeWithin(const NeuronWeights& own, const PlaneBounds& bounds) {
    const std::array<QPointF, 4> corners{
        QPointF{bounds.xMinimum, bounds.yMinimum}, QPointF{bounds.xMaximum, bounds.yMinimum},
        QPointF{bounds.xMaximum, bounds.yMaximum}, QPointF{bounds.xMinimum, bounds.yMaximum}};
    std::vector<QPointF> ends;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const QPointF from = corners[i];
        const QPointF to = corners[(i + 1) % corners.size()];
        if ((valueAt(own, from) > 0.0) != (valueAt(own, to) > 0.0))
            ends.push_back(crossing(own, from, to));
    }
    return ends.size() == 2 ? std::optional(QLineF(ends[0], ends[1])) : std::nullopt;
}

QPointF nearestOnEdge(const NeuronWeights& own, QPointF point) {
    const double square = squaredNorm(own);
    if (square == 0.0)
        return point;
    const double along = valueAt(own, point) / square;
    return {point.x() - along * weight(own, 0), point.y() - along * weight(own, 1)};
}

NeuronWeights movedThrough(NeuronWeights own, QPointF point) {
    own.bias -= static_cast<float>(valueAt(own, point));
    return own;
}

NeuronWeights turnedAbout(NeuronWeights own, QPointF pivot, double degrees) {
    if (own.weights.size() != 2)
        return own;
    const double before = valueAt(own, pivot);
    const double angle = degrees * std::numbers::pi / 180.0;
    const double first = weight(own, 0);
    const double second = weight(own, 1);
    own.weights[0] = static_cast<float>(std::cos(angle) * first - std::sin(angle) * second);
    own.weights[1] = static_cast<float>(std::sin(angle) * first + std::cos(angle) * second);
    own.bias += static_cast<float>(before - valueAt(own, pivot));
    return own;
}

std::vector<float> firstLayerValues(const NeuronWeights& own, const Split& train) {
    std::vector<float> values(static_cast<std::size_t>(train.samples()), own.bias);
    for (std::size_t i = 0; i < own.weights.size(); ++i) {
        const float* column = train.features.col(static_cast<Eigen::Index>(i)).data();
        for (std::size_t sample = 0; sample < values.size(); ++sample)
            values[sample] += own.weights[i] * column[sample];
    }
    return values;
}

} // namespace flatline
