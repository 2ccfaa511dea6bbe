#pragma once

#include "core/landscape/surface.h"

#include <QPointF>
#include <QString>

#include <optional>

namespace flatline {

/// The loss's slope in the middle is exactly 0 along both directions: the ball does not roll.
[[nodiscard]] bool liesStill(const Surface& surface);

/// A heading and the line under it.
struct Callout {
    QString title;
    QString text;
    bool operator==(const Callout&) const = default;
};
[[nodiscard]] Callout ballCallout(const Surface& surface); ///< "The ball does not roll", or what loss it is at
/// "Dead region: 47 % of this picture"; nothing where the watched neuron is dead nowhere, or none is watched.
[[nodiscard]] std::optional<Callout> deadCallout(const Surface& surface);
/// "Edge of life: +0.79 in bias wakes 1 sample"; nothing where there is no such way.
[[nodiscard]] std::optional<Callout> edgeCallout(const Surface& surface);
[[nodiscard]] QString calloutText(const Callout& callout); ///< in one line: "title: text"

/// The lowest finite loss of the picture, and where it lies: a and b over the extent.
struct LowestPlace {
    double loss = 0.0;
    QPointF at;
};
[[nodiscard]] std::optional<LowestPlace> lowestIn(const Surface& surface);

/// What the hatch means: "L2·4 dead", or "3 to 11 of 16 are dead". Empty where nothing is hatched.
[[nodiscard]] QString hatchText(const Surface& surface);

} // namespace flatline
