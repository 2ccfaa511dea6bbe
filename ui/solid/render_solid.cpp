#include "ui/solid/render_solid.h"

#include "ui/fields/contours.h"
#include "ui/fields/glyph.h"
#include "ui/fields/landscape_path.h"
#include "ui/fields/loss_bar.h"
#include "ui/solid/draped_lines.h"
#include "ui/solid/solid_callouts.h"
#include "ui/solid/solid_floor.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int contourCount = 7; // as on the flat picture
constexpr std::size_t paletteSteps = 1024;
constexpr int bandRows = 16; // rows of cells between two looks at whether it is still wanted
constexpr double manyPixels = 200'000.0;
constexpr double leastBall = 6.5; // picture units, as on the flat picture

double rasterScale(const SolidScene& scene) {
    const bool many = scene.size.width() * scene.size.height() * scene.ratio * scene.ratio > manyPixels;
    switch (scene.detail) {
    case SolidDetail::Draft:
        return scene.ratio * (many ? 0.5 : 1.0);
    case SolidDetail::Lively:
        return scene.ratio;
    case SolidDetail::Fine:
        return scene.ratio < 2.0 ? 2.0 * scene.ratio : scene.ratio;
    }
    return scene.ratio;
}

Skin skinFor(const SolidScene& scene, const DeadShape& dead, const Theme& theme, double scale) {
    Skin skin;
    for (std::size_t k = 0; k < paletteSteps; ++k)
        skin.palette.push_back(viridis(static_cast<double>(k) / (paletteSteps - 1)));
    const DeadInk ink = deadInk(theme);
    skin.dead = scene.show.deadRegion ? &dead : nullptr;
    skin.deadGround = ink.ground.rgb();
    skin.deadLine = ink.line.rgb();
    skin.deadFade = static_cast<float>(ink.fade);
    skin.contours = scene.show.contours ? contourCount : 0;
    skin.lineWidth = static_cast<float>(std::max(1.0, 1.0 * scale));
    return skin;
}

/// A line of equal loss, in the plane's coordinates over its extent.
std::vector<QPolygonF> levelLines(const Surface& surface, double level) {
    std::vector<double> values(surface.loss.size());
    std::ranges::transform(surface.loss, values.begin(), logLoss);
    std::vector<QPolygonF> lines = contourLines({values, surface.side, surface.side}, level);
    const double half = (surface.side - 1) / 2.0;
    for (QPolygonF& line : lines)
        for (QPointF& point : line)
            point = {point.x() / half - 1.0, point.y() / half - 1.0};
    return lines;
}

QPolygonF pathLine(const Surface& surface) {
    QPolygonF line;
    for (const PathPoint& point : surface.path) {
        const QPointF place(point.a / surface.extent, point.b / surface.extent);
        line.append({std::clamp(place.x(), -1e6, 1e6), std::clamp(place.y(), -1e6, 1e6)});
    }
    return line;
}

/// One picture under way.
class Rendering {
public:
    explicit Rendering(const SolidScene& scene)
        : m_scene(scene)
        , m_theme(themeFor(scene.dark))
        , m_layout(layOutSolid(scene.size, scene.bar))
        , m_projection(scene.camera, m_layout.plot)
        , m_dead(scene.show.deadRegion ? DeadShape(*scene.surface) : DeadShape())
        , m_scale(rasterScale(scene))
        , m_mesh(scene, m_projection, m_dead, meshStride(scene.surface->side, scene.detail))
        , m_raster((scene.size * m_scale).toSize(), m_scale)
        , m_lines(m_mesh, m_projection, m_raster) {
        const double unit = m_projection.unit({0.0, 0.0, solidTop / 2.0});
        m_ballRadius = std::max(ballRadius / std::sqrt(std::max(1.0, scene.camera.zoom)), leastBall / unit);
        const std::optional<Space> contact = m_mesh.place(0.0, 0.0);
        m_contact = contact.value_or(Space{});
        const Space normal = contact ? m_mesh.normal(0.0, 0.0) : Space{0.0, 0.0, 1.0};
        m_ball = {m_contact.x + normal.x * m_ballRadius, m_contact.y + normal.y * m_ballRadius,
                  m_contact.z + normal.z * m_ballRadius};
    }

    std::optional<SolidPicture> picture(const std::atomic<bool>* cancelled) {
        Skin skin = skinFor(m_scene, m_dead, m_theme, m_scale);
        skin.shadowRadius = static_cast<float>(1.25 * m_ballRadius);
        skin.shadowU = static_cast<float>(m_contact.x + 0.45 * m_ballRadius * m_projection.right().x);
        skin.shadowV = static_cast<float>(m_contact.y + 0.45 * m_ballRadius * m_projection.right().y);
        const auto gone = [cancelled] { return cancelled != nullptr && cancelled->load(std::memory_order_relaxed); };
        for (int row = 0; row < m_mesh.side(); row += bandRows) {
            if (gone())
                return std::nullopt;
            m_raster.draw(m_mesh, skin, row, row + bandRows);
        }
        collectLines();
        const bool hidden = m_raster.drawBall(m_projection, m_ball, m_ballRadius, m_scene.ball) < 0.3;
        if (gone())
            return std::nullopt;
        SolidPicture result{m_scene,
                            QImage((m_scene.size * m_scene.ratio).toSize(), QImage::Format_ARGB32_Premultiplied),
                            m_projection.of(m_ball), hidden};
        result.image.setDevicePixelRatio(m_scene.ratio);
        result.image.fill(Qt::transparent);
        QPainter painter(&result.image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        paint(painter, hidden);
        return result;
    }

private:
    /// What is in sight of them; before the ball, which covers them anyway.
    void collectLines() {
        if (m_scene.show.contours)
            if (const auto chance = chanceLevel(m_scene.colours, m_scene.classes))
                m_chance = m_lines.of(levelLines(*m_scene.surface, *chance));
        m_edges = m_lines.of(m_dead.edges());
        if (m_scene.show.path)
            m_path = m_lines.of(pathLine(*m_scene.surface));
    }

    void paint(QPainter& painter, bool hidden) {
        paintFloor(painter, m_scene, m_projection, m_theme);
        painter.drawImage(QRectF(QPointF(), m_scene.size), m_raster.image());
        paintLinesOnTop(painter);
        if (hidden)
            paintHiddenBall(painter);
        paintFloorAxes(painter, m_scene, m_projection, m_theme);
        paintFrame(painter);
        m_layout.roomy ? paintBoxes(painter) : paintWords(painter);
    }

    /// The lines go over the ball's picture, too: it is drawn again on top where it is in sight.
    void paintLinesOnTop(QPainter& painter) {
        painter.save();
        QPainterPath around;
        around.addRect(QRectF(QPointF(), m_scene.size));
        const double radius = m_ballRadius * m_projection.unit(m_ball);
        around.addEllipse(m_projection.of(m_ball).at, radius, radius);
        painter.setClipPath(around); // odd-even: all but the ball
        QColor casing = casingColor();
        casing.setAlpha(160);
        QPen dashed(Qt::white, 1.75, Qt::SolidLine, Qt::FlatCap);
        dashed.setDashPattern({5.0, 2.0, 1.0, 2.0});
        for (const QPolygonF& line : m_chance) {
            paintLines(painter, line, QPen(casing, 2.75, Qt::SolidLine, Qt::FlatCap));
            painter.setPen(dashed);
            painter.drawPolyline(line);
        }
        const auto cased = [&](const std::vector<QPolygonF>& lines, double width) {
            for (const QPolygonF& line : lines)
                paintLines(painter, line, QPen(casing, width + 1.6, Qt::SolidLine, Qt::SquareCap));
            for (const QPolygonF& line : lines)
                paintLines(painter, line, QPen(Qt::white, width, Qt::SolidLine, Qt::SquareCap));
        };
        cased(m_edges, 2.4);
        cased(m_path, 2.0);
        paintWayOut(painter, dashed);
        painter.restore();
        if (m_scene.show.path)
            if (const auto bolt = boltSpot())
                paintBolt(painter, *bolt);
    }

    /// The shortest way out by the bias alone, dashed, with a dot where life begins.
    void paintWayOut(QPainter& painter, QPen pen) const {
        const std::optional<QPointF> end = edgeSpot();
        if (!end)
            return;
        const double bias = m_scene.surface->dead->way->bias / m_scene.surface->extent;
        pen.setDashPattern({3.0, 2.5});
        for (const QPolygonF& line : m_lines.of(QPolygonF{{0.0, 0.0}, {bias, 0.0}})) {
            painter.setPen(pen);
            painter.drawPolyline(line);
        }
        painter.setPen(QPen(casingColor(), 1.0));
        painter.setBrush(Qt::white);
        painter.drawEllipse(*end, 4.0, 4.0);
    }

    [[nodiscard]] std::optional<QPointF> spotAt(const QPointF& place) const {
        const auto on = m_mesh.place(place.x(), place.y());
        return on ? std::optional(m_projection.of(*on).at) : std::nullopt;
    }
    [[nodiscard]] std::optional<QPointF> seenSpotAt(const QPointF& place) const {
        const auto on = m_mesh.place(place.x(), place.y());
        if (!on || !m_raster.sees(m_projection.of({on->x, on->y, on->z + 0.004})))
            return std::nullopt;
        return m_projection.of(*on).at;
    }
    /// Where the way to life meets the edge; nothing outside the picture.
    [[nodiscard]] std::optional<QPointF> edgeSpot() const {
        const Surface& surface = *m_scene.surface;
        if (!m_scene.show.deadRegion || !surface.dead || !surface.dead->way)
            return std::nullopt;
        return spotAt({surface.dead->way->bias / surface.extent, 0.0});
    }
    [[nodiscard]] std::optional<QPointF> boltSpot() const {
        const auto place = kickPlace(*m_scene.surface, m_scene.kick);
        return place ? seenSpotAt(QPointF(place->a, place->b) / m_scene.surface->extent) : std::nullopt;
    }
    /// A dead place in sight, as far from the ball as the middle of the region.
    [[nodiscard]] std::optional<QPointF> deadSpot() const;

    void paintHiddenBall(QPainter& painter) const {
        const double radius = m_ballRadius * m_projection.unit(m_ball);
        for (const QPen& pen : {QPen(casingColor(), 3.0), QPen(Qt::white, 1.5, Qt::DashLine)}) {
            painter.setPen(pen);
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(m_projection.of(m_ball).at, radius, radius);
        }
    }

    void paintFrame(QPainter& painter) const {
        painter.setFont(fontFor(TextRole::Axis));
        if (m_scene.bar && anyFinite(*m_scene.surface))
            paintLossBar(painter, m_layout.bar, Qt::Vertical, m_scene.colours, m_scene.classes, m_theme);
        painter.setPen(m_theme.muted);
        const QFontMetricsF metrics(painter.font());
        painter.drawText(m_layout.note, Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_scene.note, Qt::ElideRight, m_layout.note.width()));
        const QString hint =
            QCoreApplication::translate("fields", "drag or arrow keys turn · wheel or + and − zoom · 0 resets");
        if (metrics.horizontalAdvance(hint) + metrics.horizontalAdvance(m_scene.note) + 40.0 < m_layout.note.width())
            painter.drawText(m_layout.note, Qt::AlignLeft | Qt::AlignVCenter, hint);
        if (anyFinite(*m_scene.surface))
            return;
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(m_theme.text);
        painter.drawText(m_layout.plot, Qt::AlignHCenter | Qt::AlignTop,
                         QCoreApplication::translate("fields", "The loss is finite nowhere in this picture"));
    }

    void paintBoxes(QPainter& painter) const {
        const Surface& surface = *m_scene.surface;
        std::vector<PlacedCallout> callouts;
        const QPointF top(0.0, -m_ballRadius * m_projection.unit(m_ball) - 1.0); // the line must not cross the ball
        callouts.push_back({ballCallout(surface), m_projection.of(m_ball).at + top, &Theme::text, {}});
        if (const auto spot = edgeSpot())
            callouts.push_back({*edgeCallout(surface), *spot, &Theme::text, {}});
        if (const auto words = deadCallout(surface); words && m_scene.show.deadRegion)
            if (const auto spot = deadSpot())
                callouts.push_back({*words, *spot, &Theme::dead, {}});
        const auto lowest = lowestIn(surface);
        if (lowest && lowest->loss < surface.centre)
            if (const auto spot = seenSpotAt(lowest->at))
                callouts.push_back({{QCoreApplication::translate("landscape", "Lowest in view"),
                                     QCoreApplication::translate("landscape", "loss %1").arg(numberText(lowest->loss))},
                                    *spot,
                                    &Theme::alive,
                                    {}});
        if (const auto spot = boltSpot(); spot && m_scene.show.path)
            callouts.push_back(
                {{QCoreApplication::translate("fields", "Kick"),
                  QCoreApplication::translate("landscape", "step %1").arg(shortCountText(qint64{*m_scene.kick}))},
                 *spot,
                 &Theme::kick,
                 {}});
        paintCallouts(painter, placeCallouts(std::move(callouts), m_layout.plot.adjusted(-40, -8, 20, 0), {}), m_theme);
    }

    /// Where there is no room for boxes: a few words beside the ball.
    void paintWords(QPainter& painter) const {
        QFont font = fontFor(TextRole::Axis);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        QString words = QCoreApplication::translate("fields", "now %1").arg(numberText(m_scene.surface->centre));
        if (liesStill(*m_scene.surface))
            words += QStringLiteral(" · ") + QCoreApplication::translate("fields", "does not roll");
        const QPointF ball = m_projection.of(m_ball).at;
        const double radius = m_ballRadius * m_projection.unit(m_ball);
        const double width = QFontMetricsF(font).horizontalAdvance(words);
        const double left = std::clamp(ball.x() - width / 2.0, 4.0, std::max(4.0, m_scene.size.width() - width - 4.0));
        paintCasedText(painter, {left, std::max(ball.y() - radius - 7.0, 12.0)}, words);
    }

    const SolidScene& m_scene;
    const Theme& m_theme;
    SolidLayout m_layout;
    Projection m_projection;
    DeadShape m_dead;
    double m_scale;
    Mesh m_mesh;
    Raster m_raster;
    DrapedLines m_lines;
    double m_ballRadius = 0.0;
    Space m_contact;
    Space m_ball;
    std::vector<QPolygonF> m_chance;
    std::vector<QPolygonF> m_edges;
    std::vector<QPolygonF> m_path;
};

std::optional<QPointF> Rendering::deadSpot() const {
    QPointF sum;
    int count = 0;
    const auto each = [&](auto visit) {
        for (int row = 0; row < m_mesh.side(); row += 2)
            for (int column = 0; column < m_mesh.side(); column += 2) {
                const MeshPoint& point = m_mesh.at(column, row);
                if (point.there && point.life <= 0.0F)
                    visit(QPointF(static_cast<double>(point.u), static_cast<double>(point.v)));
            }
    };
    each([&](const QPointF& place) {
        sum += place;
        ++count;
    });
    if (count == 0)
        return std::nullopt;
    const QPointF middle = sum / count;
    std::optional<QPointF> best;
    double nearest = 0.0;
    each([&](const QPointF& place) {
        const QPointF off = place - middle;
        const double distance = std::hypot(off.x(), off.y()) + (std::hypot(place.x(), place.y()) < 0.25 ? 1.0 : 0.0);
        if (best && distance >= nearest)
            return;
        if (const auto spot = seenSpotAt(place)) {
            best = spot;
            nearest = distance;
        }
    });
    return best;
}

} // namespace

SolidLayout layOutSolid(QSizeF size, bool bar) {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    const double line = std::ceil(metrics.height());
    SolidLayout layout;
    layout.roomy = size.width() >= 560.0 && size.height() >= 360.0;
    const double right = bar ? lossBarWidth + 14.0 + 7.0 + lossBarLabels : 0.0;
    layout.note = {0.0, size.height() - line, size.width(), line};
    const double sides = layout.roomy ? 60.0 : 30.0; // room for what stands along the floor's edges
    const double below = layout.roomy ? 44.0 : 30.0;
    const double above = layout.roomy ? 40.0 : 4.0;
    layout.plot = {sides, above, std::max(40.0, size.width() - right - 2.0 * sides),
                   std::max(40.0, layout.note.top() - below - above)};
    if (bar)
        layout.bar = {size.width() - lossBarLabels - 7.0 - lossBarWidth, 6.0, lossBarWidth,
                      std::max(30.0, layout.note.top() - 14.0)};
    return layout;
}

int meshStride(int side, SolidDetail detail) {
    constexpr int draftSide = 51;
    if (detail != SolidDetail::Draft)
        return 1;
    const int half = (side - 1) / 2;
    int stride = 1;
    while ((side - 1) / stride + 1 > draftSide && stride < half)
        do
            ++stride;
        while (half % stride != 0);
    return stride;
}

std::optional<SolidPicture> renderSolid(const SolidScene& scene, const std::atomic<bool>* cancelled) {
    return Rendering(scene).picture(cancelled);
}

} // namespace flatline
