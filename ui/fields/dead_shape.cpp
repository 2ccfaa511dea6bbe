#include "ui/fields/dead_shape.h"

#include "ui/fields/contours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {
namespace {

constexpr float gradedShare = 0.7F; // how strong the hatch is where all neurons are dead
constexpr double onTheFrame = 1.0 - 1e-9;

bool alongFrame(const QPointF& from, const QPointF& to) {
    const auto both = [](double a, double b) { return std::min(std::abs(a), std::abs(b)) > onTheFrame && a * b > 0.0; };
    return both(from.x(), to.x()) || both(from.y(), to.y());
}

float mixed(float a, float b, float share) {
    return a + share * (b - a);
}

/// An ink at all strengths: mixing colours pixel by pixel takes longer than all the rest.
class Tint {
public:
    Tint(const QColor& color, float most)
        : m_most(most) {
        for (int alpha = 0; alpha < shades; ++alpha)
            m_shades[static_cast<std::size_t>(alpha)] =
                qPremultiply(qRgba(color.red(), color.green(), color.blue(), alpha));
    }
    [[nodiscard]] QRgb at(float strength) const {
        const float alpha = std::clamp(strength * m_most, 0.0F, 1.0F) * (shades - 1.0F);
        return m_shades[static_cast<std::size_t>(alpha + 0.5F)];
    }

private:
    static constexpr int shades = 256;
    std::array<QRgb, shades> m_shades{};
    float m_most;
};

/// The grid's cell that a pixel lies in, along one direction.
struct Cell {
    float at = 0.0F; ///< in cells
    int index = 0;
    float share = 0.0F; ///< of the way to the next one
};

std::vector<Cell> cellsOf(int pixels, int side) {
    std::vector<Cell> cells(static_cast<std::size_t>(pixels));
    for (int k = 0; k < pixels; ++k) {
        const float at = static_cast<float>(side - 1) * (static_cast<float>(k) + 0.5F) / static_cast<float>(pixels);
        const int index = std::min(static_cast<int>(at), side - 2);
        cells[static_cast<std::size_t>(k)] = {at, index, at - static_cast<float>(index)};
    }
    return cells;
}

} // namespace

DeadShape::DeadShape(const Surface& surface)
    : m_side(surface.side) {
    if (!surface.dead || surface.side < 2)
        return;
    const DeadRegion& region = *surface.dead;
    if (!region.neuron) {
        for (const std::uint16_t count : region.count)
            m_values.push_back(static_cast<float>(count) / static_cast<float>(std::max(1, region.neurons)));
        if (std::ranges::any_of(m_values, [](float share) { return share > 0.0F; }))
            m_kind = Kind::Count;
    } else if (region.exact) {
        takePolygon(region, surface.extent);
    } else if (std::ranges::any_of(region.life, [](float life) { return life <= 0.0F; })) {
        m_values = region.life;
        m_kind = Kind::Grid;
    }
}

void DeadShape::takePolygon(const DeadRegion& region, double extent) {
    for (const PlanePoint& corner : region.corners)
        m_corners.append({corner.a / extent, corner.b / extent});
    for (qsizetype i = 0; i < m_corners.size(); ++i) {
        const QPointF from = m_corners[i];
        const QPointF along = m_corners[(i + 1) % m_corners.size()] - from;
        const double length = std::hypot(along.x(), along.y());
        if (length < 1e-12)
            continue;
        const QPointF outwards(along.y() / length, -along.x() / length);
        m_sides.push_back({static_cast<float>(outwards.x()), static_cast<float>(outwards.y()),
                           static_cast<float>(QPointF::dotProduct(outwards, from))});
    }
    if (m_sides.size() >= 3)
        m_kind = Kind::Polygon;
}

float DeadShape::outside(float x, float y) const {
    float most = -2.0F;
    for (const Edge& edge : m_sides)
        most = std::max(most, edge.x * x + edge.y * y - edge.offset);
    return most;
}

float DeadShape::life(int column, int row) const {
    if (m_kind == Kind::Polygon) {
        const float half = static_cast<float>(m_side - 1) / 2.0F;
        return outside(static_cast<float>(column) / half - 1.0F, static_cast<float>(row) / half - 1.0F);
    }
    return m_kind == Kind::Grid ? m_values[static_cast<std::size_t>(row * m_side + column)] : 1.0F;
}

float DeadShape::strength(int column, int row) const {
    return m_kind == Kind::Count ? m_values[static_cast<std::size_t>(row * m_side + column)] : 1.0F;
}

std::vector<QPolygonF> DeadShape::edges() const {
    std::vector<QPolygonF> lines;
    if (m_kind == Kind::Polygon) {
        for (qsizetype i = 0; i < m_corners.size(); ++i) {
            const QPointF from = m_corners[i];
            const QPointF to = m_corners[(i + 1) % m_corners.size()];
            if (alongFrame(from, to))
                continue;
            if (!lines.empty() && lines.back().back() == from)
                lines.back().append(to);
            else
                lines.push_back({from, to});
        }
    } else if (m_kind == Kind::Grid) {
        const std::vector<double> values(m_values.begin(), m_values.end());
        const double half = (m_side - 1) / 2.0;
        lines = contourLines({values, m_side, m_side}, 0.0);
        for (QPolygonF& line : lines)
            for (QPointF& point : line)
                point = {point.x() / half - 1.0, point.y() / half - 1.0};
    }
    return lines;
}

DeadInk deadInk(const Theme& theme) {
    return {theme.dark ? QColor(0x3A, 0x42, 0x4C) : QColor(0xAE, 0xB4, 0xBC), theme.dead};
}

QImage deadImage(const DeadShape& shape, int side, QSize pixels, int pitch, const Theme& theme) {
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const DeadInk ink = deadInk(theme);
    const Tint line(ink.line, 0.9F);
    const Tint ground(ink.ground, static_cast<float>(ink.fade) * (shape.graded() ? 0.3F : 1.0F));
    const float cells = static_cast<float>(side - 1);
    const std::vector<Cell> columns = cellsOf(pixels.width(), side);
    const std::vector<Cell> rows = cellsOf(pixels.height(), side);
    const auto at = [&shape](int column, int row) {
        return shape.graded() ? shape.strength(column, row) : shape.life(column, row);
    };
    std::vector<float> between(static_cast<std::size_t>(side)); // the grid's values at the pixels' height
    for (int y = 0; y < pixels.height(); ++y) {
        auto* scan = reinterpret_cast<QRgb*>(image.scanLine(y));
        const Cell& up = rows[static_cast<std::size_t>(pixels.height() - 1 - y)];
        for (int k = 0; k < side && !shape.exact(); ++k)
            between[static_cast<std::size_t>(k)] = mixed(at(k, up.index), at(k, up.index + 1), up.share);
        for (int x = 0; x < pixels.width(); ++x) {
            const Cell& right = columns[static_cast<std::size_t>(x)];
            const float* near = between.data() + right.index;
            const float value = shape.exact()
                                    ? shape.outside(2.0F * right.at / cells - 1.0F, 2.0F * up.at / cells - 1.0F)
                                    : mixed(near[0], near[1], right.share);
            if (!shape.graded() && value > 0.0F)
                continue;
            const bool stroke = (x + y) % pitch < std::max(1, pitch / 6);
            scan[x] = (stroke ? line : ground).at(shape.graded() ? gradedShare * value : 1.0F);
        }
    }
    return image;
}

} // namespace flatline
