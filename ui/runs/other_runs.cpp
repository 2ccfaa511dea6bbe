#include "ui/runs/other_runs.h"

#include "ui/runs/runs.h"

namespace flatline {

namespace {
constexpr double otherWidth = 1.5;
}

std::vector<PlotCurve> otherRuns(const Runs& runs, std::size_t chosen,
                                 const std::function<const Curve*(const Snapshot&)>& curve) {
    std::vector<PlotCurve> others;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Curve* points = i == chosen || !runs[i]->curves ? nullptr : curve(*runs[i]);
        if (points == nullptr || points->empty())
            continue;
        PlotCurve other{.points = *points, .name = runLetter(i)};
        other.value = numberText(points->back().value);
        other.ink = runSign(i).ink;
        other.end = runSign(i).end;
        other.width = otherWidth;
        others.push_back(std::move(other));
    }
    return others;
}

} // namespace flatline
