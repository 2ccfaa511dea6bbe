#include "ui/picture/svg_sink.h"

#include "ui/picture/svg_text.h"
#include "ui/theme/theme.h"

#include <QBuffer>

namespace flatline {

namespace {

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

QByteArray SvgSink::define(const QByteArray& key, const char* prefix,
                           const std::function<QByteArray(const QByteArray&)>& make) {
    const auto found = m_ids.constFind(key);
    if (found != m_ids.constEnd())
        return *found;
    const QByteArray id = prefix + QByteArray::number(m_ids.size() + 1);
    m_definitions += make(id) + '\n';
    m_ids.insert(key, id);
    return id;
}

QByteArray SvgSink::clipping(const Clip& clip) {
    if (!clip)
        return {};
    const QByteArray data = svgPathData(*clip);
    const QByteArray id = define("clip " + data, "c", [&data](const QByteArray& name) {
        return "<clipPath" + svgAttribute("id", name) + "><path" + svgAttribute("d", data) + "/></clipPath>";
    });
    return svgAttribute("clip-path", reference(id));
}

QByteArray SvgSink::fill(const VectorInk& ink) {
    if (ink.brush.style() == Qt::NoBrush)
        return svgAttribute("fill", "none");
    if (const std::optional<Hatch> hatch = hatchOf(ink.brush)) {
        QColor color = hatch->color;
        color.setAlphaF(static_cast<float>(static_cast<double>(color.alphaF()) * ink.opacity));
        const QByteArray key = "hatch " + color.name(QColor::HexArgb).toLatin1() + svgNumber(hatch->period);
        const QByteArray id =
            define(key, "h", [&](const QByteArray& name) { return hatchPattern(name, color, hatch->period); });
        return svgAttribute("fill", reference(id));
    }
    const QGradient* gradient = ink.brush.gradient();
    if (gradient == nullptr)
        return svgColor("fill", ink.brush.color(), ink.opacity);
    const QByteArray id = define(svgGradient(*gradient, "", ink.pattern), "g",
                                 [&](const QByteArray& name) { return svgGradient(*gradient, name, ink.pattern); });
    return svgAttribute("fill", reference(id)) +
           (ink.opacity < 0.999 ? svgAttribute("fill-opacity", svgNumber(ink.opacity)) : QByteArray());
}

void SvgSink::shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) {
    const bool fills = ink.brush.style() != Qt::NoBrush;
    QByteArray look = fill(ink);
    if (fills && path.fillRule() == Qt::OddEvenFill)
        look += svgAttribute("fill-rule", "evenodd");
    if (ink.pen.style() != Qt::NoPen)
        look += svgStroke(ink.pen, ink.opacity);
    look += clipping(clip);
    if (!fills && goOn(path, look))
        return;
    m_body += "<path" + look + svgAttribute("d", svgPathData(path)) + "/>\n";
    m_lineLook = fills ? QByteArray() : look;
    m_lineEnd = path.currentPosition();
}

bool SvgSink::goOn(const QPainterPath& line, const QByteArray& look) {
    constexpr qsizetype ending = 4; // what stands behind the path's data: quote, slash, bracket, line's end
    const bool simple = line.elementCount() == 2 && line.elementAt(1).isLineTo();
    if (!simple || look != m_lineLook || QPointF(line.elementAt(0)) != m_lineEnd || !m_body.endsWith("\"/>\n"))
        return false;
    m_lineEnd = line.elementAt(1);
    m_body.insert(m_body.size() - ending, 'L' + svgNumber(m_lineEnd.x()) + ',' + svgNumber(m_lineEnd.y()));
    return true;
}

void SvgSink::image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
                    const Clip& clip) {
    m_lineLook.clear();
    QByteArray look;
    if (opacity < 0.999)
        look = svgAttribute("opacity", svgNumber(opacity));
    m_body += "<g" + clipping(clip) + "><image" + svgAttribute("transform", svgMatrix(transform)) +
              svgAttribute("x", svgNumber(target.x())) + svgAttribute("y", svgNumber(target.y())) +
              svgAttribute("width", svgNumber(target.width())) + svgAttribute("height", svgNumber(target.height())) +
              svgAttribute("preserveAspectRatio", "none") + look +
              svgAttribute("xlink:href", "data:image/png;base64," + base64Png(image)) + "/></g>\n";
}

void SvgSink::text(const VectorText& text, const Clip& clip) {
    m_lineLook.clear();
    const double size =
        text.font.pixelSize() > 0 ? text.font.pixelSize() : text.font.pointSizeF() * m_dotsPerInch / 72.0;
    const QString families = text.font.families().join(QStringLiteral(", ")) + QStringLiteral(", sans-serif");
    m_body += "<g" + clipping(clip) + "><text" + svgAttribute("transform", svgMatrix(text.transform)) +
              svgAttribute("x", svgNumber(text.place.x())) + svgAttribute("y", svgNumber(text.place.y())) +
              svgAttribute("font-family", svgText(families)) + svgAttribute("font-size", svgNumber(size)) +
              svgAttribute("font-weight", QByteArray::number(text.font.weight())) +
              // Another font in its place keeps the room that this one takes.
              svgAttribute("textLength", svgNumber(text.width)) + svgAttribute("lengthAdjust", "spacingAndGlyphs") +
              svgColor("fill", text.color, text.opacity) + svgAttribute("xml:space", "preserve") + '>' +
              svgText(text.text) + "</text></g>\n";
}

QByteArray SvgSink::document(QSizeF size, const PictureNotes& notes) const {
    const QByteArray width = svgNumber(size.width());
    const QByteArray height = svgNumber(size.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"" +
           svgAttribute("width", width) + svgAttribute("height", height) +
           svgAttribute("viewBox", "0 0 " + width + ' ' + height) + ">\n<title>" + svgText(notes.title) +
           "</title>\n<desc>" + svgText(notes.description) + "</desc>\n<metadata>\n<flatline xmlns=\"urn:flatline\"" +
           svgAttribute("software", svgText(notes.software)) + '>' + svgText(QString::fromUtf8(notes.origin)) +
           "</flatline>\n</metadata>\n<defs>\n" + m_definitions + "</defs>\n" + m_body + "</svg>\n";
}

} // namespace flatline
