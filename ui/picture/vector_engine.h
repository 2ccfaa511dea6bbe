#pragma once

#include "ui/picture/vector_sink.h"

#include <QPaintEngine>

#include <vector>

namespace flatline {

/// Hands what a QPainter draws on to a sink, placed and with its clips. Composition modes and conical gradients
/// QPainter draws as images instead.
class VectorEngine : public QPaintEngine {
public:
    explicit VectorEngine(VectorSink& sink);

    /// Where the painter's device begins in the picture. Widgets are rendered one by one, each at its own place: where
    /// QWidget::render moves them itself, QPainter::restore moves their clips once more (seen with Qt 6.4).
    void setOrigin(QPointF origin) { m_origin = origin; }

    bool begin(QPaintDevice* device) override;
    bool end() override { return true; }
    void updateState(const QPaintEngineState& painter) override;
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;
    void drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawTextItem(const QPointF& place, const QTextItem& item) override;
    [[nodiscard]] Type type() const override { return User; }

private:
    [[nodiscard]] QTransform placed() const;
    void clip(const QPainterPath& path, Qt::ClipOperation operation);
    /// What cuts off parts of that which reaches so far; nothing in `cut` where all of it lies inside. False: all of it
    /// is outside.
    [[nodiscard]] bool clipFor(const QRectF& reach, VectorSink::Clip& cut) const;
    void draw(const QPainterPath& path, bool filled);

    VectorSink& m_sink;
    QPointF m_origin;
    QTransform m_transform;
    QPen m_pen;
    QBrush m_brush;
    double m_opacity = 1.0;
    bool m_clipped = false;
    std::vector<QPainterPath> m_clips; ///< all of them cut; without the origin
};

} // namespace flatline
