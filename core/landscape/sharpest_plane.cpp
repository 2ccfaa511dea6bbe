#include "core/landscape/sharpest_plane.h"

#include "core/analysis/hessian.h"
#include "core/analysis/sharpness.h"
#include "core/base/result.h"
#include "core/landscape/directions.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double along = 1e-3;                // less of the sharpest direction beside the gradient is mostly rounding
constexpr SharpnessOptions options{40, 1e-3}; // for a picture's axis

/// As long as the parameters that the loss is differentiated by.
double lengthFor(const PlaneContext& context, const Layout& layout) {
    double squares = 0.0;
    for (const Block& block : layout.blocks())
        if (isDifferentiated(block.kind))
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                squares += std::pow(static_cast<double>((*context.parameters)[i]), 2);
    return squares > 0.0 ? std::sqrt(squares) : 1.0;
}

/// Of that length; empty where the values have none.
Direction scaledTo(double length, const std::vector<double>& values) {
    double greatest = 0.0; // first, so that neither tiny nor huge values are lost when they are squared
    for (const double x : values)
        greatest = std::isfinite(x) ? std::max(greatest, std::abs(x)) : std::numeric_limits<double>::infinity();
    if (greatest == 0.0 || std::isinf(greatest))
        return {};
    double squares = 0.0;
    for (const double x : values)
        squares += (x / greatest) * (x / greatest);
    Direction direction;
    for (const double x : values)
        direction.push_back(static_cast<float>(length * (x / greatest) / std::sqrt(squares)));
    return direction;
}

/// What of `sharpest` stands at right angles to `first`.
std::vector<double> beside(const Direction& first, const std::vector<float>& sharpest) {
    const double part = dot(sharpest, first) / dot(first, first);
    std::vector<double> rest;
    for (std::size_t i = 0; i < first.size(); ++i)
        rest.push_back(static_cast<double>(sharpest[i]) - part * static_cast<double>(first[i]));
    double squares = 0.0;
    for (const double x : rest)
        squares += x * x;
    return squares > along * along ? rest : std::vector<double>();
}

const char* remarkFor(bool noGradient, bool noCurvature, bool finite) {
    if (noGradient)
        return noCurvature ? FLATLINE_TEXT("neither gradient nor curvature: random directions")
                           : FLATLINE_TEXT("no gradient: a random direction instead");
    if (noCurvature)
        return finite ? FLATLINE_TEXT("the gradient is the sharpest direction itself: the second one is random")
                      : FLATLINE_TEXT("no finite curvature: the second direction is random");
    return "";
}

void turn(Direction& direction, const Direction& towards) {
    if (dot(direction, towards) < 0.0)
        scale(direction, -1.0);
}

} // namespace

std::optional<Plane> sharpestPlane(const PlaneChoice& /*choice*/, const PlaneContext& context) {
    const Layout layout = layoutOf(context.spec);
    const std::vector<float>& parameters = *context.parameters;
    const double length = lengthFor(context, layout);
    const auto slope = TrainingHessian(context.spec, context.dataset->train, parameters).slope(context.cancelled);
    if (!slope)
        return std::nullopt;
    const auto sharpness = computeSharpness(context.spec, *context.dataset, parameters, options, context.cancelled);
    if (context.cancelled != nullptr && context.cancelled->load(std::memory_order_relaxed))
        return std::nullopt;
    Plane plane;
    plane.first = scaledTo(length, slope->gradient);
    const bool noGradient = plane.first.empty();
    if (noGradient)
        plane.first = randomOfLength(length, layout, parameters, RandomStream(context.seed, StreamId::Directions, 0));
    if (sharpness)
        plane.second = scaledTo(length, beside(plane.first, sharpness->direction));
    const bool noCurvature = plane.second.empty();
    if (noCurvature)
        plane.second = randomOfLength(length, layout, parameters, RandomStream(context.seed, StreamId::Directions, 1),
                                      plane.first);
    plane.remark = remarkFor(noGradient, noCurvature, sharpness.has_value());
    if (context.before != nullptr)
        turn(plane.first, context.before->first);
    turn(plane.second, context.before != nullptr ? context.before->second : parameters);
    return plane;
}

} // namespace flatline
