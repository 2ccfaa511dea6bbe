#include "ui/compare/comparison_charts.h"

#include "ui/charts/marks.h"

#include <QCoreApplication>

#include <algorithm>

namespace flatline {
namespace {

constexpr QMargins margins(44, 18, 124, 34); ///< at the right: a run's title
constexpr std::size_t roomyRuns = 2;         ///< more have no room for two lines each at their curves' ends

QString tr(const char* text) {
    return QCoreApplication::translate("compare", text);
}

PlotCurve curveOf(const Runs& runs, std::size_t index, Curve points, const QStringList& names) {
    PlotCurve curve{.points = std::move(points)};
    curve.name = runs.size() <= roomyRuns ? runTitle(index, names) : runLetter(index);
    curve.ink = runSign(index).ink;
    curve.end = runSign(index).end;
    if (runs[index]->state == RunState::Diverged)
        curve.value = tr(QT_TRANSLATE_NOOP("compare", "diverged"));
    return curve;
}

/// Of all runs; what acted in several of them stands there once.
std::vector<PlotMark> marksOf(const Runs& runs) {
    std::vector<PlotMark> marks;
    for (const auto& run : runs)
        for (const PlotMark& mark : plotMarks(*run, MarkWords::Short))
            if (std::ranges::find(marks, mark) == marks.end())
                marks.push_back(mark);
    std::ranges::stable_sort(marks, {}, &PlotMark::x);
    return marks;
}

PlotContent frameOf(const Runs& runs, AxisRange steps) {
    PlotContent content;
    content.margins = margins;
    content.stackedLabels = runs.size() <= roomyRuns;
    content.xRange = steps;
    content.marks = marksOf(runs);
    if (runs.front()->past)
        content.cursor = PlotCursor{.x = static_cast<double>(runs.front()->now.step)};
    return content;
}

} // namespace

double lastStep(const Runs& runs) {
    double last = 10.0;
    for (const auto& run : runs)
        last = std::max(last, static_cast<double>(std::max(run->now.step, run->head)));
    return last;
}

PlotContent comparedLoss(const Runs& runs, AxisRange steps) {
    PlotContent content = frameOf(runs, steps);
    const QStringList names = runNames(runs);
    content.logarithmic = true;
    for (std::size_t i = runs.size(); i-- > 0;) { // A lies above the others
        if (!runs[i]->curves)
            continue;
        PlotCurve curve = curveOf(runs, i, runs[i]->curves->trainLoss, names);
        curve.band = true;
        if (curve.value.isEmpty())
            curve.value = numberText(runs[i]->now.trainLoss);
        content.logarithmic = content.logarithmic && std::ranges::all_of(curve.points, [](const CurvePoint& point) {
                                  return point.low > 0.0;
                              });
        content.curves.push_back(std::move(curve));
    }
    if (runs.size() > roomyRuns) { // room for the names: the axis stands below the deaths
        content.xLabels = false;
        content.margins.setBottom(6);
    } else {
        content.xTitle = tr(QT_TRANSLATE_NOOP("compare", "step"));
    }
    return content;
}

Curve deathsOf(const Snapshot& run) {
    Curve all;
    if (!run.curves || run.curves->dead.empty())
        return all;
    all = run.curves->dead.front();
    for (std::size_t k = 1; k < run.curves->dead.size(); ++k)
        for (std::size_t i = 0; i < std::min(all.size(), run.curves->dead[k].size()); ++i) {
            const CurvePoint& more = run.curves->dead[k][i];
            all[i] = {all[i].step, all[i].low + more.low, all[i].high + more.high, all[i].value + more.value};
        }
    return all;
}

PlotContent comparedDeaths(const Runs& runs, AxisRange steps) {
    PlotContent content = frameOf(runs, steps);
    const QStringList names = runNames(runs);
    int most = 1;
    for (std::size_t i = runs.size(); i-- > 0;) {
        PlotCurve curve = curveOf(runs, i, deathsOf(*runs[i]), names);
        curve.steps = true;
        curve.value = tr(QT_TRANSLATE_NOOP("compare", "%1 of %2"))
                          .arg(countText(runs[i]->now.dead()), countText(runs[i]->now.neurons()));
        most = std::max(most, runs[i]->now.neurons());
        content.curves.push_back(std::move(curve));
    }
    content.markLabels = false;
    content.margins.setTop(8);
    content.yRange = AxisRange{0.0, static_cast<double>(most)};
    content.yTicks = most % 2 == 0 ? std::vector<double>{0.0, most / 2.0, static_cast<double>(most)}
                                   : std::vector<double>{0.0, static_cast<double>(most)};
    content.xTitle = tr(QT_TRANSLATE_NOOP("compare", "step"));
    return content;
}

} // namespace flatline
