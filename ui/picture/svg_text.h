#pragma once

#include <QByteArray>
#include <QColor>
#include <QGradient>
#include <QPainterPath>
#include <QPen>
#include <QTransform>

namespace flatline {

/// Pieces of SVG 1.1 as text, in pixels of the whole picture. Numbers never follow the locale.
[[nodiscard]] QByteArray svgNumber(double value);
[[nodiscard]] QByteArray svgText(const QString& text); ///< escaped
/// ` name="value"`
[[nodiscard]] QByteArray svgAttribute(const char* name, const QByteArray& value);
/// ` name="#rrggbb"`, and ` name-opacity` where it is less than 1.
[[nodiscard]] QByteArray svgColor(const char* name, const QColor& color, double opacity = 1.0);
[[nodiscard]] QByteArray svgPathData(const QPainterPath& path);
[[nodiscard]] QByteArray svgMatrix(const QTransform& transform);
/// The attributes of a stroke whose width is in the picture's pixels.
[[nodiscard]] QByteArray svgStroke(const QPen& pen, double opacity);
/// `<linearGradient>` or `<radialGradient>`, without the transform of the brush.
[[nodiscard]] QByteArray svgGradient(const QGradient& gradient, const QByteArray& id, const QTransform& transform);

} // namespace flatline
