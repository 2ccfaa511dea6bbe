#include "ui/picture/vector_engine.h"

#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr QPaintEngine::PaintEngineFeatures features =
    QPaintEngine::PrimitiveTransform | QPaintEngine::PatternTransform | QPaintEngine::PixmapTransform |
    QPaintEngine::PatternBrush | QPaintEngine::MaskedBrush | QPaintEngine::LinearGradientFill |
    QPaintEngine::RadialGradientFill | QPaintEngine::AlphaBlend | QPaintEngine::PainterPaths |
    QPaintEngine::Antialiasing | QPaintEngine::ConstantOpacity | QPaintEngine::PaintOutsidePaintEvent;

constexpr double hair = 0.01; ///< pixels

} // namespace

VectorEngine::VectorEngine(VectorSink& sink)
    : QPaintEngine(features)
    , m_sink(sink) {}

bool VectorEngine::begin(QPaintDevice*) {
    m_clips.clear();
    m_clipped = false;
    return true;
}

QTransform VectorEngine::placed() const {
    return m_transform * QTransform::fromTranslate(m_origin.x(), m_origin.y());
}

void VectorEngine::updateState(const QPaintEngineState& painter) {
    const DirtyFlags dirty = painter.state();
    if (dirty & DirtyTransform)
        m_transform = painter.transform();
    if (dirty & DirtyPen)
        m_pen = painter.pen();
    if (dirty & DirtyBrush)
        m_brush = painter.brush();
    if (dirty & DirtyOpacity)
        m_opacity = painter.opacity();
    if (dirty & DirtyClipPath)
        clip(painter.clipPath(), painter.clipOperation());
    if (dirty & DirtyClipRegion) {
        QPainterPath path;
        path.addRegion(painter.clipRegion());
        clip(path, painter.clipOperation());
    }
    if (dirty & DirtyClipEnabled)
        m_clipped = painter.isClipEnabled();
}

void VectorEngine::clip(const QPainterPath& path, Qt::ClipOperation operation) {
    if (operation != Qt::IntersectClip)
        m_clips.clear();
    m_clipped = operation != Qt::NoClip;
    if (m_clipped)
        m_clips.push_back(m_transform.map(path));
}

bool VectorEngine::clipFor(const QRectF& reach, VectorSink::Clip& cut) const {
    QRectF box = reach;
    if (!systemClip().isEmpty()) // the widget's rectangle
        box = QRectF(systemClip().boundingRect()).translated(m_origin);
    QPainterPath inside;
    inside.addRect(box);
    const QRectF core = reach.adjusted(2 * hair, 2 * hair, -2 * hair, -2 * hair); // what lies along a clip is not cut
    bool cuts = !box.contains(core);
    if (m_clipped) {
        for (const QPainterPath& clip : m_clips) {
            const QPainterPath path = clip.translated(m_origin);
            cuts = cuts || !path.contains(core);
            inside = inside.intersected(path);
        }
    }
    if (!inside.boundingRect().intersects(reach))
        return false;
    if (cuts)
        cut = inside;
    return true;
}

void VectorEngine::draw(const QPainterPath& path, bool filled) {
    const QTransform transform = placed();
    const double scale = std::sqrt(std::abs(transform.determinant()));
    VectorInk ink{m_pen, filled ? m_brush : QBrush(), m_brush.transform() * transform, m_opacity};
    const bool stroked = m_pen.style() != Qt::NoPen;
    if (stroked)
        ink.pen.setWidthF(m_pen.isCosmetic() ? std::max(1.0, m_pen.widthF()) : m_pen.widthF() * scale);
    const QPainterPath shape = transform.map(path);
    if (shape.isEmpty() || (!stroked && ink.brush.style() == Qt::NoBrush))
        return;
    // A line has no area: something that has is asked for.
    const double pen = (stroked ? ink.pen.widthF() : 0.0) + hair;
    VectorSink::Clip cut;
    if (clipFor(shape.boundingRect().adjusted(-pen, -pen, pen, pen), cut))
        m_sink.shape(shape, ink, cut);
}

void VectorEngine::drawPath(const QPainterPath& path) {
    draw(path, true);
}

void VectorEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    if (count < 2)
        return;
    QPainterPath path(points[0]);
    for (int i = 1; i < count; ++i)
        path.lineTo(points[i]);
    path.setFillRule(mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
    if (mode != PolylineMode)
        path.closeSubpath();
    draw(path, mode != PolylineMode);
}

void VectorEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) {
    drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
}

void VectorEngine::drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                             Qt::ImageConversionFlags) {
    VectorSink::Clip cut;
    if (image.isNull() || !clipFor(placed().mapRect(target), cut))
        return;
    const QRect part = source.toAlignedRect();
    m_sink.image(part == image.rect() ? image : image.copy(part), target, placed(), m_opacity, cut);
}

void VectorEngine::drawTextItem(const QPointF& place, const QTextItem& item) {
    const QRectF reach(place.x(), place.y() - item.ascent(), item.width(), item.ascent() + item.descent());
    VectorSink::Clip cut;
    if (item.text().trimmed().isEmpty() || !clipFor(placed().mapRect(reach), cut))
        return;
    m_sink.text({item.text(), item.font(), place, placed(), item.width(), m_pen.color(), m_opacity}, cut);
}

} // namespace flatline
