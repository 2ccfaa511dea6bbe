#include "ui/fields/dead_shape.h"

#include "ui/fields/contours.h"
#include "ui/fields/stretch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

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

constexpr int shades = 256;

/// An ink at all strengths, up to `most`: mixing colours pixel by pixel takes longer than all the rest.
std::array<QRgb, shades> tints(const QColor& color, double most) {
    std::array<QRgb, shades> tints{};
    for (int k = 0; k < shades; ++k)
        tints[static_cast<std::size_t>(k)] =
            qPremultiply(qRgba(color.red(), color.green(), color.blue(), static_cast<int>(std::lround(k * most))));
    return tints;
}

/// Along a row of pixels, from 0 to 1: how strong the hatch is there. The row lies `up` between the grid's rows.
void strengths(const DeadShape& shape, const Stretch& columns, BetweenSamples up, std::span<float> grid,
               std::span<float> pixels) {
    const auto at = [&shape](int column, int row) {
        return shape.graded() ? shape.strength(column, row) : shape.life(column, row);
    };
    if (shape.exact()) {
        const float cells = static_cast<float>(grid.size() - 1);
        const float y = 2.0F * (static_cast<float>(up.index) + up.share) / cells - 1.0F;
        for (std::size_t k = 0; k < pixels.size(); ++k) {
            const auto [index, share] = columns.at(static_cast<int>(k));
            pixels[k] = shape.outside(2.0F * (static_cast<float>(index) + share) / cells - 1.0F, y);
        }
    } else {
        for (int k = 0; k < static_cast<int>(grid.size()); ++k)
            grid[static_cast<std::size_t>(k)] = mixed(at(k, up.index), at(k, up.index + 1), up.share);
        columns.draw(grid, pixels);
    }
    for (float& value : pixels)
        value = shape.graded() ? std::clamp(gradedShare * value, 0.0F, 1.0F) : value > 0.0F ? 0.0F : 1.0F;
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
    const auto line = tints(ink.line, 0.9);
    const auto ground = tints(ink.ground, ink.fade * (shape.graded() ? 0.3 : 1.0));
    const int stroke = std::max(1, pitch / 6);
    const Stretch columns(pixels.width(), side);
    const Stretch rows(pixels.height(), side);
    std::vector<float> grid(static_cast<std::size_t>(side));
    std::vector<float> values(static_cast<std::size_t>(pixels.width()));
    for (int y = 0; y < pixels.height(); ++y) {
        strengths(shape, columns, rows.at(pixels.height() - 1 - y), grid, values);
        auto* scan = reinterpret_cast<QRgb*>(image.scanLine(y));
        int phase = y % pitch; // of the lines, which go down to the left
        for (const float value : values) {
            const auto shade = static_cast<std::size_t>(value * (shades - 1.0F) + 0.5F);
            *scan++ = (phase < stroke ? line : ground)[shade];
            phase = phase + 1 == pitch ? 0 : phase + 1;
        }
    }
    return image;
}

} // namespace flatline
