#include "ui/fields/contours.h"

#include <array>
#include <cmath>
#include <utility>

namespace flatline {
namespace {

constexpr int none = -1;

/// The crossings of one level with the grid's edges, and which of them a cell joins. Edge 2 i runs from grid point i
/// to the next column, edge 2 i + 1 to the next row. An edge has at most two cells, so at most two links.
class Crossings {
public:
    Crossings(const GridValues& grid, double level)
        : m_grid(grid)
        , m_level(level)
        , m_links(static_cast<std::size_t>(2 * grid.columns * grid.rows), {none, none}) {
        for (int row = 0; row + 1 < grid.rows; ++row)
            for (int column = 0; column + 1 < grid.columns; ++column)
                addCell(column, row);
    }

    std::vector<QPolygonF> lines() {
        std::vector<QPolygonF> result;
        const int edges = static_cast<int>(m_links.size());
        // Open lines first: begun anywhere but at an end, they would fall into two pieces.
        for (int edge = 0; edge < edges; ++edge)
            if (links(edge)[0] != none && links(edge)[1] == none)
                result.push_back(walk(edge));
        for (int edge = 0; edge < edges; ++edge)
            if (links(edge)[0] != none)
                result.push_back(walk(edge));
        return result;
    }

private:
    std::array<int, 2>& links(int edge) { return m_links[static_cast<std::size_t>(edge)]; }
    [[nodiscard]] double value(int point) const { return m_grid.values[static_cast<std::size_t>(point)]; }

    void join(int a, int b) {
        for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
            auto& ends = links(from);
            ends[ends[0] == none ? 0 : 1] = to;
        }
    }

    void addCell(int column, int row) {
        const int corner = row * m_grid.columns + column;
        const std::array<int, 4> points{corner, corner + 1, corner + 1 + m_grid.columns, corner + m_grid.columns};
        // In the order of the corners, around the cell: edge k runs from corner k to corner k + 1.
        const std::array<int, 4> edges{2 * points[0], 2 * points[1] + 1, 2 * points[3], 2 * points[0] + 1};
        std::array<bool, 4> above{};
        double sum = 0.0;
        for (std::size_t k = 0; k < 4; ++k) {
            if (!std::isfinite(value(points[k])))
                return;
            above[k] = value(points[k]) >= m_level;
            sum += value(points[k]);
        }
        std::array<int, 4> crossed{};
        std::size_t count = 0;
        for (std::size_t k = 0; k < 4; ++k)
            if (above[k] != above[(k + 1) % 4])
                crossed[count++] = edges[k];
        if (count == 2)
            join(crossed[0], crossed[1]);
        if (count == 4) { // a saddle: the centre belongs to one of the two pairs of corners
            const bool centreAbove = sum / 4.0 >= m_level;
            const std::size_t turn = above[0] == centreAbove ? 0 : 3;
            join(crossed[turn], crossed[(turn + 1) % 4]);
            join(crossed[(turn + 2) % 4], crossed[(turn + 3) % 4]);
        }
    }

    [[nodiscard]] QPointF position(int edge) const {
        const int point = edge / 2;
        const bool downwards = edge % 2 == 1;
        const double from = value(point);
        const double to = value(point + (downwards ? m_grid.columns : 1));
        const double share = (m_level - from) / (to - from);
        const int row = point / m_grid.columns;
        const QPointF start(point % m_grid.columns, row);
        return start + (downwards ? QPointF(0.0, share) : QPointF(share, 0.0));
    }

    QPolygonF walk(int edge) {
        QPolygonF line{position(edge)};
        while (links(edge)[0] != none) {
            const int next = links(edge)[0];
            unlink(edge, next);
            unlink(next, edge);
            line.append(position(next));
            edge = next;
        }
        return line;
    }

    void unlink(int edge, int other) {
        auto& ends = links(edge);
        if (ends[0] == other)
            ends[0] = ends[1];
        ends[1] = none;
    }

    GridValues m_grid;
    double m_level;
    std::vector<std::array<int, 2>> m_links;
};

} // namespace

std::vector<QPolygonF> contourLines(const GridValues& grid, double level) {
    if (grid.columns < 2 || grid.rows < 2 || !std::isfinite(level))
        return {};
    return Crossings(grid, level).lines();
}

std::vector<double> contourLevels(double low, double high, int count) {
    std::vector<double> levels;
    for (int k = 1; k <= count && high > low; ++k)
        levels.push_back(low + (high - low) * k / (count + 1));
    return levels;
}

} // namespace flatline
