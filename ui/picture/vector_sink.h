#pragma once

#include <QBrush>
#include <QFont>
#include <QImage>
#include <QPainterPath>
#include <QPen>
#include <QTransform>

#include <optional>

namespace flatline {

/// How a shape is drawn, in units of the whole picture.
struct VectorInk {
    QPen pen;           ///< its width in the picture's pixels
    QBrush brush;       ///< Qt::NoBrush: none
    QTransform pattern; ///< of the brush, into the picture
    double opacity = 1.0;
};

/// Words on a line.
struct VectorText {
    QString text;
    QFont font;
    QPointF place; ///< where the baseline starts, before `transform`
    QTransform transform;
    double width = 0.0;
    QColor color;
    double opacity = 1.0;
};

/// Takes lines, texts and images, in the order in which they cover each other. What lies outside of `clip`, where there
/// is one, is not to be seen.
class VectorSink {
public:
    using Clip = std::optional<QPainterPath>;

    VectorSink() = default;
    virtual ~VectorSink() = default;
    VectorSink(const VectorSink&) = delete;
    VectorSink& operator=(const VectorSink&) = delete;

    virtual void shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) = 0;
    virtual void text(const VectorText& text, const Clip& clip) = 0;
    virtual void image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
                       const Clip& clip) = 0;
};

} // namespace flatline
