#pragma once

#include "core/inspection/inspection.h"
#include "ui/fields/data_points.h"

#include <QLineF>
#include <QPolygonF>

#include <optional>

/// The geometry of a first-layer neuron over two features: its edge w . x + b = 0, and what can be done to it by hand.
namespace flatline {

/// The part of the plane in which it fires.
[[nodiscard]] QPolygonF firingSide(const NeuronWeights& own, const PlaneBounds& bounds);
/// Its edge within the plane that is shown; nothing where it passes by, or there is none (all weights 0).
[[nodiscard]] std::optional<QLineF> edgeWithin(const NeuronWeights& own, const PlaneBounds& bounds);
/// The place of the edge that is nearest to a point; the point itself without an edge.
[[nodiscard]] QPointF nearestOnEdge(const NeuronWeights& own, QPointF point);
/// z at a point of the plane.
[[nodiscard]] double valueAt(const NeuronWeights& own, QPointF point);
/// How far a point lies from the edge; 0 without one.
[[nodiscard]] double distanceTo(const NeuronWeights& own, QPointF point);

/// The same neuron with its edge through that point: another bias.
[[nodiscard]] NeuronWeights movedThrough(NeuronWeights own, QPointF point);
/// Its edge turned about that point by so many degrees, anticlockwise: other weights of the same norm, and a bias that
/// leaves z at the point as it is.
[[nodiscard]] NeuronWeights turnedAbout(NeuronWeights own, QPointF pivot, double degrees);

/// The values z of a first-layer neuron on all samples.
[[nodiscard]] std::vector<float> firstLayerValues(const NeuronWeights& own, const Split& train);

} // namespace flatline
