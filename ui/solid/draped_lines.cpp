#include "ui/solid/draped_lines.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int mostPieces = 400;

/// The part of a straight piece that lies within the picture, as shares of its length; nothing where none does.
std::optional<std::pair<double, double>> insideOf(const QPointF& from, const QPointF& to) {
    double first = 0.0;
    double last = 1.0;
    const auto clip = [&](double start, double by) {
        if (by == 0.0)
            return std::abs(start) <= 1.0;
        const double one = (-1.0 - start) / by;
        const double other = (1.0 - start) / by;
        first = std::max(first, std::min(one, other));
        last = std::min(last, std::max(one, other));
        return first <= last;
    };
    const bool meets = clip(from.x(), to.x() - from.x()) && clip(from.y(), to.y() - from.y());
    return meets ? std::optional(std::pair(first, last)) : std::nullopt;
}

} // namespace

std::vector<QPolygonF> DrapedLines::of(const QPolygonF& line) const {
    std::vector<QPolygonF> runs;
    bool drawing = false;
    const auto add = [&](const QPointF& at) {
        const auto place = m_mesh->place(std::clamp(at.x(), -1.0, 1.0), std::clamp(at.y(), -1.0, 1.0));
        const std::optional<Spot> spot =
            place ? std::optional(m_projection->of({place->x, place->y, place->z + lift})) : std::nullopt;
        if (!spot || !m_raster->sees(*spot)) {
            drawing = false;
            return;
        }
        if (!drawing)
            runs.emplace_back();
        drawing = true;
        runs.back().append(spot->at);
    };
    const double cell = 2.0 / (m_mesh->side() - 1);
    for (qsizetype k = 1; k < line.size(); ++k) {
        const QPointF from = line[k - 1];
        const QPointF along = line[k] - from;
        const auto part = insideOf(from, line[k]);
        if (!part) {
            drawing = false;
            continue;
        }
        if (part->first > 0.0)
            drawing = false;
        const double length = std::hypot(along.x(), along.y()) * (part->second - part->first);
        const int pieces = std::clamp(static_cast<int>(std::ceil(length / cell * 2.0)), 1, mostPieces);
        for (int i = drawing ? 1 : 0; i <= pieces; ++i)
            add(from + (part->first + (part->second - part->first) * i / pieces) * along);
    }
    std::erase_if(runs, [](const QPolygonF& run) { return run.size() < 2; });
    return runs;
}

std::vector<QPolygonF> DrapedLines::of(const std::vector<QPolygonF>& lines) const {
    std::vector<QPolygonF> all;
    for (const QPolygonF& line : lines)
        for (QPolygonF& run : of(line))
            all.push_back(std::move(run));
    return all;
}

} // namespace flatline
