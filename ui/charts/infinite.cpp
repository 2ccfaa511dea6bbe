#include "ui/charts/infinite.h"

#include <algorithm>

namespace flatline {

namespace {

std::int64_t samplesOf(const Observation& row, LossOf which) {
    return which == LossOf::Train ? row.infiniteLossSamples : row.testInfiniteLossSamples;
}

/// The nearest neighbours become one, until there are few enough.
void merge(std::vector<AxisRange>& stretches, double closeness) {
    std::vector<AxisRange> merged;
    for (const AxisRange& stretch : stretches) {
        if (!merged.empty() && stretch.from - merged.back().to <= closeness)
            merged.back().to = stretch.to;
        else
            merged.push_back(stretch);
    }
    stretches = std::move(merged);
}

} // namespace

std::vector<AxisRange> infiniteStretches(const Snapshot& snapshot, LossOf which, std::size_t most) {
    std::vector<AxisRange> stretches;
    bool open = false;
    const auto look = [&](const Observation& row) {
        const auto step = static_cast<double>(row.step);
        const bool infinite = samplesOf(row, which) > 0;
        if (infinite && !open)
            stretches.push_back({step, step});
        else if (open)
            stretches.back().to = step;
        open = infinite;
    };
    for (const auto& row : snapshot.rows)
        look(*row);
    if (!snapshot.past)
        look(snapshot.now);
    double closeness = static_cast<double>(std::max(snapshot.now.step, snapshot.head)) / 400.0; // about a pixel
    for (merge(stretches, closeness); stretches.size() > most; merge(stretches, closeness))
        closeness *= 2.0;
    return stretches;
}

std::vector<Curve> piecesBetween(const Curve& curve, const std::vector<AxisRange>& stretches) {
    std::vector<Curve> pieces(1);
    auto stretch = stretches.begin();
    for (const CurvePoint& point : curve) {
        for (; stretch != stretches.end() && point.step >= stretch->to; ++stretch)
            pieces.emplace_back();
        if (stretch == stretches.end() || point.step < stretch->from || stretch->from == stretch->to)
            pieces.back().push_back(point);
    }
    std::erase_if(pieces, [](const Curve& piece) { return piece.empty(); });
    return pieces;
}

std::int64_t infiniteSamplesAt(const Snapshot& snapshot, LossOf which, double step) {
    if (!snapshot.past && step >= static_cast<double>(snapshot.now.step))
        return samplesOf(snapshot.now, which);
    const auto after =
        std::upper_bound(snapshot.rows.begin(), snapshot.rows.end(), step,
                         [](double value, const auto& row) { return value < static_cast<double>(row->step); });
    return after == snapshot.rows.begin() ? 0 : samplesOf(**(after - 1), which);
}

} // namespace flatline
