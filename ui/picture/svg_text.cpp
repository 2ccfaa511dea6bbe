#include "ui/picture/svg_text.h"

#include <QRadialGradient>

#include <cmath>

namespace flatline {

namespace {

QByteArray point(double x, double y) {
    return svgNumber(x) + ',' + svgNumber(y);
}

const char* capName(Qt::PenCapStyle cap) {
    return cap == Qt::RoundCap ? "round" : cap == Qt::SquareCap ? "square" : "butt";
}

const char* joinName(Qt::PenJoinStyle join) {
    return join == Qt::RoundJoin ? "round" : join == Qt::BevelJoin ? "bevel" : "miter";
}

QByteArray stops(const QGradient& gradient) {
    QByteArray text;
    for (const auto& [place, color] : gradient.stops())
        text += "<stop" + svgAttribute("offset", svgNumber(place)) + svgColor("stop-color", color) + "/>";
    return text.replace("stop-color-opacity", "stop-opacity");
}

} // namespace

QByteArray svgNumber(double value) {
    if (!std::isfinite(value))
        return "0";
    QByteArray text = QByteArray::number(value, 'f', 2); // a hundredth of a pixel
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

QByteArray svgText(const QString& text) {
    QString clean;
    for (const QChar letter : text) // what XML 1.0 cannot hold at all
        if (letter >= QLatin1Char(' ') || letter == QLatin1Char('\n') || letter == QLatin1Char('\t'))
            clean += letter;
    return clean.toHtmlEscaped().toUtf8();
}

QByteArray svgAttribute(const char* name, const QByteArray& value) {
    return QByteArray(" ") + name + "=\"" + value + '"';
}

QByteArray svgColor(const char* name, const QColor& color, double opacity) {
    QByteArray text = svgAttribute(name, color.name().toLatin1());
    const double whole = static_cast<double>(color.alphaF()) * opacity;
    if (whole < 0.999)
        text += svgAttribute((QByteArray(name) + "-opacity").constData(), svgNumber(whole));
    return text;
}

QByteArray svgPathData(const QPainterPath& path) {
    QByteArray data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (element.type == QPainterPath::MoveToElement)
            data += 'M';
        else if (element.type == QPainterPath::LineToElement)
            data += 'L';
        else if (element.type == QPainterPath::CurveToElement)
            data += 'C';
        else
            data += ' ';
        data += point(element.x, element.y);
    }
    return data;
}

QByteArray svgMatrix(const QTransform& t) {
    const auto exact = [](double value) { return QByteArray::number(value, 'g', 6); };
    return "matrix(" + exact(t.m11()) + ',' + exact(t.m12()) + ',' + exact(t.m21()) + ',' + exact(t.m22()) + ',' +
           svgNumber(t.dx()) + ',' + svgNumber(t.dy()) + ')';
}

QByteArray svgStroke(const QPen& pen, double opacity) {
    if (pen.style() == Qt::NoPen)
        return svgAttribute("stroke", "none");
    const double width = pen.widthF();
    QByteArray text = svgColor("stroke", pen.color(), opacity) + svgAttribute("stroke-width", svgNumber(width)) +
                      svgAttribute("stroke-linecap", capName(pen.capStyle())) +
                      svgAttribute("stroke-linejoin", joinName(pen.joinStyle()));
    if (pen.style() == Qt::SolidLine)
        return text;
    QByteArray dashes; // in widths of the pen
    for (const double dash : pen.dashPattern())
        dashes += (dashes.isEmpty() ? "" : ",") + svgNumber(dash * width);
    return text + svgAttribute("stroke-dasharray", dashes) +
           svgAttribute("stroke-dashoffset", svgNumber(pen.dashOffset() * width));
}

QByteArray svgGradient(const QGradient& gradient, const QByteArray& id, const QTransform& transform) {
    const QByteArray common = svgAttribute("id", id) + svgAttribute("gradientUnits", "userSpaceOnUse") +
                              svgAttribute("gradientTransform", svgMatrix(transform)) + '>' + stops(gradient);
    if (gradient.type() == QGradient::RadialGradient) {
        const auto& radial = static_cast<const QRadialGradient&>(gradient);
        return "<radialGradient" + svgAttribute("cx", svgNumber(radial.center().x())) +
               svgAttribute("cy", svgNumber(radial.center().y())) + svgAttribute("r", svgNumber(radial.radius())) +
               svgAttribute("fx", svgNumber(radial.focalPoint().x())) +
               svgAttribute("fy", svgNumber(radial.focalPoint().y())) + common + "</radialGradient>";
    }
    const auto& linear = static_cast<const QLinearGradient&>(gradient);
    return "<linearGradient" + svgAttribute("x1", svgNumber(linear.start().x())) +
           svgAttribute("y1", svgNumber(linear.start().y())) + svgAttribute("x2", svgNumber(linear.finalStop().x())) +
           svgAttribute("y2", svgNumber(linear.finalStop().y())) + common + "</linearGradient>";
}

} // namespace flatline
