#pragma once

#include <QColor>
#include <QPolygonF>
#include <QRectF>

class QPainter;
class QPen;
class QString;

namespace flatline {

/// The small signs that say a state without colour, and the kick's bolt.
enum class Glyph { None, Pulse, WeakPulse, Triangle, Moon, FlatLine, ArrowUp, Drop, Bolt };

/// Draws a glyph, made for a box of 16 x 16 with strokes of 1.5, scaled into `box`.
void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& color);

/// White words with a near-black casing, for pictures of any colour. `baseline`: the first letter's foot.
void paintCasedText(QPainter& painter, const QPointF& baseline, const QString& text);
[[nodiscard]] QColor casingColor();

/// A line of many points, drawn piece by piece: eight times as fast as a polyline, whose outline is worked out as a
/// whole. The pen is solid, its caps flat or square.
void paintLines(QPainter& painter, const QPolygonF& line, const QPen& pen);

} // namespace flatline
