#include "ui/solid/render_solid.h"

#include "ui/fields/contours.h"
#include "ui/fields/glyph.h"
#include "ui/fields/landscape_path.h"
#include "ui/fields/loss_bar.h"
#include "ui/solid/solid_floor.h"
#include "ui/solid/solid_words.h"

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

/// What lies on the surface and is in sight.
struct LinesInSight {
    std::vector<QPolygonF> chance;
    std::vector<QPolygonF> edges;
    std::vector<QPolygonF> path;
    std::vector<QPolygonF> wayOut;

    explicit LinesInSight(const SolidStage& stage) {
        const SolidScene& scene = stage.scene;
        if (scene.show.contours)
            if (const auto level = chanceLevel(scene.colours, scene.classes))
                chance = stage.lines.of(levelLines(*scene.surface, *level));
        edges = stage.lines.of(stage.dead.edges());
        if (scene.show.path)
            path = stage.lines.of(pathLine(*scene.surface));
        if (stage.edgeSpot())
            wayOut =
                stage.lines.of(QPolygonF{{0.0, 0.0}, {scene.surface->dead->way->bias / scene.surface->extent, 0.0}});
    }
};

void paintDashed(QPainter& painter, const std::vector<QPolygonF>& lines, const QList<qreal>& pattern) {
    QColor casing = casingColor();
    casing.setAlpha(160);
    QPen dashed(Qt::white, 1.75, Qt::SolidLine, Qt::FlatCap);
    dashed.setDashPattern(pattern);
    for (const QPolygonF& line : lines) {
        paintLines(painter, line, QPen(casing, 2.75, Qt::SolidLine, Qt::FlatCap));
        painter.setPen(dashed);
        painter.drawPolyline(line);
    }
}

void paintCased(QPainter& painter, const std::vector<QPolygonF>& lines, double width) {
    QColor casing = casingColor();
    casing.setAlpha(160);
    for (const QPolygonF& line : lines)
        paintLines(painter, line, QPen(casing, width + 1.6, Qt::SolidLine, Qt::SquareCap));
    for (const QPolygonF& line : lines)
        paintLines(painter, line, QPen(Qt::white, width, Qt::SolidLine, Qt::SquareCap));
}

/// Around the ball, which the raster has drawn already.
void paintLinesInSight(QPainter& painter, const SolidStage& stage, const LinesInSight& lines) {
    painter.save();
    QPainterPath around; // odd-even: all but the ball
    around.addRect(QRectF(QPointF(), stage.scene.size));
    around.addEllipse(stage.ballSpot(), stage.ballSize(), stage.ballSize());
    painter.setClipPath(around);
    paintDashed(painter, lines.chance, {5.0, 2.0, 1.0, 2.0});
    paintCased(painter, lines.edges, 2.4);
    paintCased(painter, lines.path, 2.0);
    paintDashed(painter, lines.wayOut, {3.0, 2.5});
    painter.restore();
    if (const auto end = stage.edgeSpot()) {
        painter.setPen(QPen(casingColor(), 1.0));
        painter.setBrush(Qt::white);
        painter.drawEllipse(*end, 4.0, 4.0);
    }
    if (const auto bolt = stage.boltSpot())
        paintBolt(painter, *bolt);
}

void paintHiddenBall(QPainter& painter, const SolidStage& stage) {
    for (const QPen& pen : {QPen(casingColor(), 3.0), QPen(Qt::white, 1.5, Qt::DashLine)}) {
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(stage.ballSpot(), stage.ballSize(), stage.ballSize());
    }
}

Skin skinFor(const SolidStage& stage, double scale) {
    Skin skin;
    for (std::size_t k = 0; k < paletteSteps; ++k)
        skin.palette.push_back(viridis(static_cast<double>(k) / (paletteSteps - 1)));
    const DeadInk ink = deadInk(stage.theme);
    skin.dead = &stage.dead;
    skin.deadGround = ink.ground.rgb();
    skin.deadLine = ink.line.rgb();
    skin.deadFade = static_cast<float>(ink.fade);
    skin.contours = stage.scene.show.contours ? contourCount : 0;
    skin.lineWidth = static_cast<float>(std::max(1.0, scale));
    skin.shadowRadius = static_cast<float>(1.25 * stage.ballRadius);
    skin.shadowU = static_cast<float>(stage.contact.x + 0.45 * stage.ballRadius * stage.projection.right().x);
    skin.shadowV = static_cast<float>(stage.contact.y + 0.45 * stage.ballRadius * stage.projection.right().y);
    return skin;
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
    const auto gone = [cancelled] { return cancelled != nullptr && cancelled->load(std::memory_order_relaxed); };
    const double scale = rasterScale(scene);
    SolidStage stage(scene, scale);
    const Skin skin = skinFor(stage, scale);
    for (int row = 0; row < stage.mesh.side(); row += bandRows) {
        if (gone())
            return std::nullopt;
        stage.raster.draw(stage.mesh, skin, row, row + bandRows);
    }
    const LinesInSight lines(stage); // before the ball: it hides nothing that is not around it
    const bool hidden = stage.raster.drawBall(stage.projection, stage.ball, stage.ballRadius, scene.ball) < 0.3;
    SolidPicture result{scene, QImage((scene.size * scene.ratio).toSize(), QImage::Format_ARGB32_Premultiplied),
                        stage.projection.of(stage.ball), hidden};
    result.image.setDevicePixelRatio(scene.ratio);
    result.image.fill(Qt::transparent);
    QPainter painter(&result.image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintFloor(painter, scene, stage.projection, stage.theme);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, stage.raster.image().size() != result.image.size());
    painter.drawImage(QRectF(QPointF(), scene.size), stage.raster.image());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    paintLinesInSight(painter, stage, lines);
    if (hidden)
        paintHiddenBall(painter, stage);
    paintFloorAxes(painter, scene, stage.projection, stage.theme);
    paintSolidFrame(painter, stage);
    paintSolidWords(painter, stage);
    return result;
}

} // namespace flatline
