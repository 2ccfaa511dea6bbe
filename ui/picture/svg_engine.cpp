#include "ui/picture/svg_engine.h"

#include "ui/picture/svg_text.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QImage>
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

QByteArray base64Png(const QImage& image) {
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png.toBase64();
}

QByteArray reference(const QByteArray& id) {
    return "url(#" + id + ')';
}

/// The strokes of hatchBrush, once more as lines.
QByteArray hatchPattern(const QByteArray& id, const QColor& color, double period) {
    const QByteArray p = svgNumber(period);
    const QByteArray far = svgNumber(period + 1.0);
    const QByteArray lines = "M-1,1L1,-1M0," + p + 'L' + p + ",0M" + svgNumber(period - 1.0) + ',' + far + 'L' + far +
                             ',' + svgNumber(period - 1.0);
    return "<pattern" + svgAttribute("id", id) + svgAttribute("width", p) + svgAttribute("height", p) +
           svgAttribute("patternUnits", "userSpaceOnUse") + "><path" + svgAttribute("d", lines) +
           svgColor("stroke", color) + svgAttribute("stroke-width", "1") + "/></pattern>";
}

} // namespace

SvgEngine::SvgEngine()
    : QPaintEngine(features) {}

bool SvgEngine::begin(QPaintDevice*) {
    m_clips.clear();
    m_clipped = false;
    return true;
}

double SvgEngine::scale() const {
    return std::sqrt(std::abs(m_transform.determinant()));
}

void SvgEngine::updateState(const QPaintEngineState& painter) {
    const DirtyFlags dirty = painter.state();
    if (dirty & DirtyTransform)
        m_transform = painter.transform();
    if (dirty & DirtyPen)
        m_pen = painter.pen();
    if (dirty & DirtyBrush)
        m_brush = painter.brush();
    if (dirty & DirtyOpacity)
        m_opacity = painter.opacity();
    if (dirty & DirtyHints)
        m_smooth = painter.renderHints().testFlag(QPainter::SmoothPixmapTransform);
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

void SvgEngine::clip(const QPainterPath& path, Qt::ClipOperation operation) {
    if (operation != Qt::IntersectClip)
        m_clips.clear();
    m_clipped = operation != Qt::NoClip;
    if (m_clipped)
        m_clips.push_back(m_transform.map(path));
}

bool SvgEngine::clipFor(const QRectF& reach, QByteArray& attribute) {
    QRectF box = reach;
    if (!systemClip().isEmpty())
        box = QRectF(systemClip().boundingRect());
    QPainterPath cut;
    cut.addRect(box);
    bool cuts = !box.contains(reach);
    if (m_clipped) {
        for (const QPainterPath& path : m_clips) {
            cuts = cuts || !path.contains(reach);
            cut = cut.intersected(path);
        }
    }
    if (!cut.boundingRect().intersects(reach))
        return false;
    if (!cuts)
        return true;
    const QByteArray data = svgPathData(cut);
    const QByteArray id = define("clip " + data, "c", [&data](const QByteArray& name) {
        return "<clipPath" + svgAttribute("id", name) + "><path" + svgAttribute("d", data) + "/></clipPath>";
    });
    attribute = svgAttribute("clip-path", reference(id));
    return true;
}

QByteArray SvgEngine::define(const QByteArray& key, const char* prefix,
                             const std::function<QByteArray(const QByteArray&)>& make) {
    const auto found = m_ids.constFind(key);
    if (found != m_ids.constEnd())
        return *found;
    const QByteArray id = prefix + QByteArray::number(m_ids.size() + 1);
    m_definitions += make(id) + '\n';
    m_ids.insert(key, id);
    return id;
}

QByteArray SvgEngine::fill() {
    if (m_brush.style() == Qt::NoBrush)
        return svgAttribute("fill", "none");
    if (const std::optional<Hatch> hatch = hatchOf(m_brush)) {
        QColor color = hatch->color;
        color.setAlphaF(static_cast<float>(static_cast<double>(color.alphaF()) * m_opacity));
        const QByteArray key = "hatch " + color.name(QColor::HexArgb).toLatin1() + svgNumber(hatch->period);
        return svgAttribute("fill", reference(define(key, "h", [&](const QByteArray& id) {
                                return hatchPattern(id, color, hatch->period);
                            })));
    }
    if (const QGradient* gradient = m_brush.gradient()) {
        const QTransform transform = m_brush.transform() * m_transform;
        const QByteArray key = svgGradient(*gradient, "", transform);
        const QByteArray id =
            define(key, "g", [&](const QByteArray& name) { return svgGradient(*gradient, name, transform); });
        return svgAttribute("fill", reference(id)) +
               (m_opacity < 0.999 ? svgAttribute("fill-opacity", svgNumber(m_opacity)) : QByteArray());
    }
    return svgColor("fill", m_brush.color(), m_opacity);
}

void SvgEngine::draw(const QPainterPath& path, bool filled) {
    const QPainterPath placed = m_transform.map(path);
    const bool stroked = m_pen.style() != Qt::NoPen;
    const double pen = stroked ? std::max(1.0, m_pen.widthF()) * scale() : 0.0;
    const bool fills = filled && m_brush.style() != Qt::NoBrush;
    if (placed.isEmpty() || (!stroked && !fills))
        return;
    QByteArray cut;
    // A line has no area: something that has is asked for.
    const QRectF reach = placed.boundingRect().adjusted(-pen, -pen, pen, pen).adjusted(-0.01, -0.01, 0.01, 0.01);
    if (!clipFor(reach, cut))
        return;
    QByteArray look = fills ? fill() : svgAttribute("fill", "none");
    if (fills && path.fillRule() == Qt::OddEvenFill)
        look += svgAttribute("fill-rule", "evenodd");
    if (stroked)
        look += svgStroke(m_pen, scale(), m_opacity);
    look += cut;
    if (!fills && goOn(placed, look))
        return;
    m_body += "<path" + look + svgAttribute("d", svgPathData(placed)) + "/>\n";
    m_lineLook = fills ? QByteArray() : look;
    m_lineEnd = placed.currentPosition();
}

bool SvgEngine::goOn(const QPainterPath& line, const QByteArray& look) {
    constexpr qsizetype ending = 4; // what stands behind the path's data: quote, slash, bracket, line's end
    const bool simple = line.elementCount() == 2 && line.elementAt(1).isLineTo();
    if (!simple || look != m_lineLook || QPointF(line.elementAt(0)) != m_lineEnd || !m_body.endsWith("\"/>\n"))
        return false;
    m_lineEnd = line.elementAt(1);
    m_body.insert(m_body.size() - ending, 'L' + svgNumber(m_lineEnd.x()) + ',' + svgNumber(m_lineEnd.y()));
    return true;
}

void SvgEngine::drawPath(const QPainterPath& path) {
    draw(path, true);
}

void SvgEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
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

void SvgEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) {
    drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
}

void SvgEngine::drawImage(const QRectF& target, const QImage& image, const QRectF& source, Qt::ImageConversionFlags) {
    QByteArray cut;
    if (image.isNull() || !clipFor(m_transform.mapRect(target), cut))
        return;
    const QImage part = source.toAlignedRect() == image.rect() ? image : image.copy(source.toAlignedRect());
    QByteArray look = svgAttribute("image-rendering", m_smooth ? "auto" : "pixelated");
    if (m_opacity < 0.999)
        look += svgAttribute("opacity", svgNumber(m_opacity));
    m_lineLook.clear();
    m_body += "<g" + cut + "><image" + svgAttribute("transform", svgMatrix(m_transform)) +
              svgAttribute("x", svgNumber(target.x())) + svgAttribute("y", svgNumber(target.y())) +
              svgAttribute("width", svgNumber(target.width())) + svgAttribute("height", svgNumber(target.height())) +
              svgAttribute("preserveAspectRatio", "none") + look +
              svgAttribute("xlink:href", "data:image/png;base64," + base64Png(part)) + "/></g>\n";
}

void SvgEngine::drawTextItem(const QPointF& place, const QTextItem& item) {
    const QString text = item.text();
    if (text.trimmed().isEmpty())
        return;
    const QRectF reach(place.x(), place.y() - item.ascent(), item.width(), item.ascent() + item.descent());
    QByteArray cut;
    if (!clipFor(m_transform.mapRect(reach), cut))
        return;
    const QFont font = item.font();
    const double size =
        font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * paintDevice()->logicalDpiY() / 72.0;
    m_lineLook.clear();
    m_body += "<g" + cut + "><text" + svgAttribute("transform", svgMatrix(m_transform)) +
              svgAttribute("x", svgNumber(place.x())) + svgAttribute("y", svgNumber(place.y())) +
              svgAttribute("font-family",
                           svgText(font.families().join(QStringLiteral(", ")) + QStringLiteral(", sans-serif"))) +
              svgAttribute("font-size", svgNumber(size)) +
              svgAttribute("font-weight", QByteArray::number(font.weight())) +
              // Another font in its place keeps the room that this one takes.
              svgAttribute("textLength", svgNumber(item.width())) + svgAttribute("lengthAdjust", "spacingAndGlyphs") +
              svgColor("fill", m_pen.color(), m_opacity) + svgAttribute("xml:space", "preserve") + '>' + svgText(text) +
              "</text></g>\n";
}

} // namespace flatline
