#include "ui/solid/raster.h"

#include "ui/fields/glyph.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr float nowhere = std::numeric_limits<float>::infinity();
constexpr float gradedShare = 0.7F;  // how strong the hatch is where all neurons are dead
constexpr float thickness = 0.0035F; // depth by which a line on the surface may lie behind it

struct Colour {
    float red = 0.0F;
    float green = 0.0F;
    float blue = 0.0F;

    explicit Colour(QRgb from)
        : red(static_cast<float>(qRed(from)))
        , green(static_cast<float>(qGreen(from)))
        , blue(static_cast<float>(qBlue(from))) {}
    void mix(const Colour& other, float share) {
        red += share * (other.red - red);
        green += share * (other.green - green);
        blue += share * (other.blue - blue);
    }
    void times(float factor) {
        red *= factor;
        green *= factor;
        blue *= factor;
    }
    void clamp() {
        red = std::min(red, 255.0F);
        green = std::min(green, 255.0F);
        blue = std::min(blue, 255.0F);
    }
    [[nodiscard]] QRgb packed() const {
        const auto whole = [](float value) { return static_cast<int>(std::clamp(value, 0.0F, 255.0F) + 0.5F); };
        return qRgb(whole(red), whole(green), whole(blue));
    }
};

/// How much of a pixel a line covers that lies so many pixels away; dense ones fade, before they fill everything.
float coverage(float distance, float width, float perPixel) {
    const float dense = std::clamp(1.4F - 4.0F * perPixel, 0.0F, 1.0F);
    return dense * std::clamp(width / 2.0F + 0.5F - distance, 0.0F, 1.0F);
}

/// A value that changes linearly over a triangle.
struct Linear {
    float start = 0.0F; ///< at the first corner
    float byX = 0.0F;
    float byY = 0.0F;

    [[nodiscard]] float at(float x, float y) const { return start + x * byX + y * byY; }
    [[nodiscard]] float perPixel() const { return std::sqrt(byX * byX + byY * byY); }
};

} // namespace

/// A triangle's corners in pixels, and what changes over it.
struct Raster::Gradient {
    std::array<float, 3> x{};
    std::array<float, 3> y{};
    float inverse = 0.0F; ///< 1 / twice its area, with its sign

    Gradient(const MeshPoint& a, const MeshPoint& b, const MeshPoint& c, float scale)
        : x{a.x * scale, b.x * scale, c.x * scale}
        , y{a.y * scale, b.y * scale, c.y * scale} {
        const float area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
        inverse = std::abs(area) > 1e-6F ? 1.0F / area : 0.0F;
    }
    [[nodiscard]] Linear of(float a, float b, float c) const {
        return {a, ((b - a) * (y[2] - y[0]) - (c - a) * (y[1] - y[0])) * inverse,
                ((c - a) * (x[1] - x[0]) - (b - a) * (x[2] - x[0])) * inverse};
    }
    /// The pixels of a row, by their middles, that lie inside: from the first up to the second.
    [[nodiscard]] std::pair<int, int> span(float middle, int width) const {
        float left = nowhere;
        float right = -nowhere;
        for (std::size_t k = 0; k < 3; ++k) {
            const std::size_t next = (k + 1) % 3;
            const float low = std::min(y[k], y[next]);
            const float high = std::max(y[k], y[next]);
            if (middle < low || middle > high || low == high)
                continue;
            const float cut = x[k] + (middle - y[k]) / (y[next] - y[k]) * (x[next] - x[k]);
            left = std::min(left, cut);
            right = std::max(right, cut);
        }
        if (left > right)
            return {0, 0};
        // A hair more on both sides: else rounding leaves a pinhole between two neighbours.
        return {std::clamp(static_cast<int>(std::ceil(left - 0.5F - 0.01F)), 0, width),
                std::clamp(static_cast<int>(std::floor(right - 0.5F + 0.01F)) + 1, 0, width)};
    }
};

Raster::Raster(QSize pixels, double scale)
    : m_image(pixels, QImage::Format_ARGB32_Premultiplied)
    , m_depths(static_cast<std::size_t>(pixels.width()) * static_cast<std::size_t>(pixels.height()), nowhere)
    , m_scale(static_cast<float>(scale)) {
    m_image.fill(Qt::transparent);
}

void Raster::draw(const Mesh& mesh, const Skin& skin, int first, int end) {
    const float half = 1.0F / static_cast<float>(mesh.side() - 1); // of a cell's edge, in the plane's coordinates
    const float reach = half * 1.4143F;
    for (int row = first; row < std::min(end, mesh.side() - 1); ++row)
        for (int column = 0; column + 1 < mesh.side(); ++column) {
            const MeshPoint& a = mesh.at(column, row);
            const MeshPoint& b = mesh.at(column + 1, row);
            const MeshPoint& c = mesh.at(column + 1, row + 1);
            const MeshPoint& d = mesh.at(column, row + 1);
            if (!a.there || !b.there || !c.there || !d.there)
                continue;
            bool mayBeDead = skin.dead != nullptr && !skin.dead->empty();
            if (mayBeDead && skin.dead->exact())
                mayBeDead = skin.dead->outside(a.u + half, a.v + half) <= reach;
            else if (mayBeDead && !skin.dead->graded())
                mayBeDead = std::min({a.life, b.life, c.life, d.life}) <= 0.0F;
            if (mesh.splitsUpwards(column, row)) {
                triangle(a, b, c, skin, mayBeDead);
                triangle(a, c, d, skin, mayBeDead);
            } else {
                triangle(a, b, d, skin, mayBeDead);
                triangle(b, c, d, skin, mayBeDead);
            }
        }
}

/// The colours of one triangle's pixels. Places are in pixels from its first corner.
class Raster::Paint {
public:
    Paint(const Gradient& shape, const MeshPoint& a, const MeshPoint& b, const MeshPoint& c, const Skin& skin,
          bool mayBeDead)
        : m_skin(skin)
        , m_mayBeDead(mayBeDead)
        , m_colour(shape.of(a.colour, b.colour, c.colour))
        , m_light(shape.of(a.light, b.light, c.light))
        , m_u(shape.of(a.u, b.u, c.u))
        , m_v(shape.of(a.v, b.v, c.v))
        , m_life(shape.of(a.life, b.life, c.life))
        , m_strength(shape.of(a.strength, b.strength, c.strength))
        , m_last(static_cast<float>(skin.palette.size() - 1))
        , m_levels(static_cast<float>(skin.contours + 1))
        , m_levelsPerPixel(m_levels * m_colour.perPixel()) {
        const auto hatch = [&](const MeshPoint& point) { return (point.u + point.v) * skin.hatches / 2.0F; };
        m_hatch = shape.of(hatch(a), hatch(b), hatch(c));
        m_hatchesPerPixel = m_hatch.perPixel();
        const float edge = std::abs(b.u - a.u) + std::abs(c.v - a.v) + std::abs(b.v - a.v) + std::abs(c.u - a.u);
        m_shaded = std::hypot(a.u - skin.shadowU, a.v - skin.shadowV) < skin.shadowRadius + edge;
        // The corners run counter-clockwise when seen from above: y points down here.
        m_facing = shape.inverse < 0.0F ? 1.0F : 0.78F;
    }

    [[nodiscard]] QRgb at(float x, float y) const {
        const float position = std::clamp(m_colour.at(x, y), 0.0F, 1.0F);
        Colour pixel(m_skin.palette[static_cast<std::size_t>(position * m_last + 0.5F)]);
        const float dead = m_mayBeDead ? deadAt(x, y) : 0.0F;
        if (dead > 0.0F)
            hatch(pixel, dead, m_hatch.at(x, y));
        pixel.times(m_light.at(x, y) * m_facing * (m_shaded ? shadow(x, y) : 1.0F));
        if (m_levelsPerPixel > 1e-6F && m_skin.contours > 0)
            contour(pixel, position * m_levels, 1.0F - 0.5F * dead);
        return pixel.packed();
    }

private:
    [[nodiscard]] float deadAt(float x, float y) const {
        if (m_skin.dead->graded())
            return gradedShare * m_strength.at(x, y);
        const float life = m_skin.dead->exact() ? m_skin.dead->outside(m_u.at(x, y), m_v.at(x, y)) : m_life.at(x, y);
        return life <= 0.0F ? 1.0F : 0.0F;
    }
    void hatch(Colour& pixel, float dead, float place) const {
        pixel.mix(Colour(m_skin.deadGround), dead * (m_skin.dead->graded() ? 0.3F : 1.0F) * m_skin.deadFade);
        const float distance = std::abs(place - std::floor(place + 0.5F)) / m_hatchesPerPixel;
        pixel.mix(Colour(m_skin.deadLine),
                  0.85F * dead * coverage(distance, 1.5F * m_skin.lineWidth, m_hatchesPerPixel));
    }
    [[nodiscard]] float shadow(float x, float y) const {
        const float away = std::hypot(m_u.at(x, y) - m_skin.shadowU, m_v.at(x, y) - m_skin.shadowV);
        const float inside = std::clamp(1.0F - away / m_skin.shadowRadius, 0.0F, 1.0F);
        return 1.0F - 0.75F * inside * (2.0F - inside);
    }
    void contour(Colour& pixel, float place, float strength) const {
        const float level = std::floor(place + 0.5F);
        if (level < 1.0F || level > static_cast<float>(m_skin.contours))
            return;
        const float distance = std::abs(place - level) / m_levelsPerPixel;
        pixel.mix(Colour(casingColor().rgb()),
                  0.35F * strength * coverage(distance, 2.2F * m_skin.lineWidth, m_levelsPerPixel));
        pixel.mix(Colour(qRgb(255, 255, 255)),
                  0.7F * strength * coverage(distance, m_skin.lineWidth, m_levelsPerPixel));
    }

    const Skin& m_skin;
    bool m_mayBeDead;
    Linear m_colour;
    Linear m_light;
    Linear m_u;
    Linear m_v;
    Linear m_life;
    Linear m_strength;
    Linear m_hatch;
    float m_last;
    float m_levels;
    float m_levelsPerPixel;
    float m_hatchesPerPixel = 0.0F;
    float m_facing = 1.0F;
    bool m_shaded = false;
};

void Raster::triangle(const MeshPoint& a, const MeshPoint& b, const MeshPoint& c, const Skin& skin, bool mayBeDead) {
    const Gradient shape(a, b, c, m_scale);
    if (shape.inverse == 0.0F)
        return;
    const auto [low, high] = std::minmax({shape.y[0], shape.y[1], shape.y[2]});
    const int top = std::max(0, static_cast<int>(std::ceil(low - 0.5F)));
    const int bottom = std::min(m_image.height() - 1, static_cast<int>(std::floor(high - 0.5F)));
    const Linear depth = shape.of(a.depth, b.depth, c.depth);
    const Paint paint(shape, a, b, c, skin, mayBeDead);
    for (int y = top; y <= bottom; ++y) {
        const float middle = static_cast<float>(y) + 0.5F;
        const auto [from, to] = shape.span(middle, m_image.width());
        auto* pixels = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        float* depths = m_depths.data() + static_cast<std::ptrdiff_t>(y) * m_image.width();
        const float dy = middle - shape.y[0];
        for (int x = from; x < to; ++x) {
            const float dx = static_cast<float>(x) + 0.5F - shape.x[0];
            const float far = depth.at(dx, dy);
            if (far >= depths[x])
                continue;
            depths[x] = far;
            pixels[x] = paint.at(dx, dy);
        }
    }
}

double Raster::drawBall(const Projection& projection, const Space& middle, double radius, const BallTurn& turn) {
    const Spot spot = projection.of(middle);
    const double size = radius * projection.unit(middle) * static_cast<double>(m_scale);
    const Space& right = projection.right();
    const Space& up = projection.up();
    const Space& towards = projection.towards();
    const Spot front =
        projection.of({middle.x + radius * towards.x, middle.y + radius * towards.y, middle.z + radius * towards.z});
    const QPointF centre = spot.at * static_cast<double>(m_scale);
    int all = 0;
    int seen = 0;
    for (int y = static_cast<int>(centre.y() - size) - 1; y <= static_cast<int>(centre.y() + size) + 1; ++y)
        for (int x = static_cast<int>(centre.x() - size) - 1; x <= static_cast<int>(centre.x() + size) + 1; ++x) {
            const double nx = (x + 0.5 - centre.x()) / size;
            const double ny = (centre.y() - y - 0.5) / size;
            const double away = std::hypot(nx, ny);
            const double cover = std::clamp((1.0 - away) * size + 0.5, 0.0, 1.0);
            if (cover <= 0.0)
                continue;
            ++all;
            if (x < 0 || y < 0 || x >= m_image.width() || y >= m_image.height())
                continue;
            const double nz = std::sqrt(std::max(0.0, 1.0 - away * away));
            const auto depth = static_cast<float>(spot.depth + nz * (front.depth - spot.depth));
            float& behind = m_depths[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_image.width()) +
                                     static_cast<std::size_t>(x)];
            if (depth > behind)
                continue;
            ++seen;
            behind = depth;
            const Space normal{nx * right.x + ny * up.x + nz * towards.x, nx * right.y + ny * up.y + nz * towards.y,
                               nx * right.z + ny * up.z + nz * towards.z};
            const double lit = std::max(0.0, -0.48 * nx + 0.62 * ny + 0.62 * nz);
            Colour pixel(onSeam(turn, normal) ? qRgb(0x8C, 0x97, 0xA5) : qRgb(0xF6, 0xF8, 0xFB));
            pixel.times(static_cast<float>(0.62 + 0.42 * lit));
            const double rim = std::clamp((away - 1.0) * size + 1.2 * std::max(1.0, size / 12.0), 0.0, 1.0);
            pixel.mix(Colour(casingColor().rgb()), static_cast<float>(rim));
            auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
            Colour below(line[x]);
            const auto share = static_cast<float>(cover);
            const float opaque = static_cast<float>(qAlpha(line[x])) / 255.0F * (1.0F - share) + share;
            below.times(1.0F - share);
            pixel.clamp();
            pixel.times(share);
            line[x] = qRgba(static_cast<int>(below.red + pixel.red), static_cast<int>(below.green + pixel.green),
                            static_cast<int>(below.blue + pixel.blue), static_cast<int>(255.0F * opaque + 0.5F));
        }
    return all == 0 ? 0.0 : static_cast<double>(seen) / all;
}

bool Raster::sees(const Spot& spot) const {
    const auto middleX = static_cast<int>(std::floor(spot.at.x() * static_cast<double>(m_scale)));
    const auto middleY = static_cast<int>(std::floor(spot.at.y() * static_cast<double>(m_scale)));
    if (middleX < 0 || middleY < 0 || middleX >= m_image.width() || middleY >= m_image.height())
        return false;
    // At an outline the pixel itself may belong to what is behind: the farthest of the neighbours counts.
    float farthest = -nowhere;
    for (int y = std::max(0, middleY - 1); y <= std::min(m_image.height() - 1, middleY + 1); ++y)
        for (int x = std::max(0, middleX - 1); x <= std::min(m_image.width() - 1, middleX + 1); ++x)
            farthest =
                std::max(farthest, m_depths[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_image.width()) +
                                            static_cast<std::size_t>(x)]);
    return static_cast<float>(spot.depth) <= farthest + thickness;
}

} // namespace flatline
