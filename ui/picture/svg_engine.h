#pragma once

#include <QByteArray>
#include <QHash>
#include <QPaintEngine>
#include <QPainterPath>

#include <functional>
#include <vector>

namespace flatline {

/// Writes what a QPainter draws as elements of SVG, each in coordinates of the whole picture. Composition modes and
/// conical gradients QPainter draws as images instead.
class SvgEngine : public QPaintEngine {
public:
    SvgEngine();

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

    [[nodiscard]] const QByteArray& definitions() const { return m_definitions; }
    [[nodiscard]] const QByteArray& body() const { return m_body; }

private:
    [[nodiscard]] double scale() const;
    void clip(const QPainterPath& path, Qt::ClipOperation operation);
    /// The attribute that cuts off what lies outside; nothing where all of it lies inside. False: all of it is outside.
    [[nodiscard]] bool clipFor(const QRectF& reach, QByteArray& attribute);
    [[nodiscard]] QByteArray fill();
    [[nodiscard]] QByteArray define(const QByteArray& key, const char* prefix,
                                    const std::function<QByteArray(const QByteArray& id)>& make);
    void draw(const QPainterPath& path, bool filled);
    /// Lengthens the line that was drawn last, where this one goes on from its end in the same stroke: Qt Charts draws
    /// curves piece by piece.
    bool goOn(const QPainterPath& line, const QByteArray& look);

    QByteArray m_definitions;
    QByteArray m_body;
    QHash<QByteArray, QByteArray> m_ids; ///< of what is defined, by what it is
    QTransform m_transform;
    QPen m_pen;
    QBrush m_brush;
    double m_opacity = 1.0;
    bool m_clipped = false;
    std::vector<QPainterPath> m_clips; ///< all of them cut
    bool m_smooth = true;
    QByteArray m_lineLook; ///< of the line that ends the body so far; empty: something else does
    QPointF m_lineEnd;
};

} // namespace flatline
