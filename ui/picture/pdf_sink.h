#pragma once

#include "ui/picture/vector_sink.h"

class QPainter;

namespace flatline {

/// Paints on a page, hatches as lines. The painter must be active and untouched otherwise.
class PdfSink : public VectorSink {
public:
    explicit PdfSink(QPainter& page)
        : m_page(page) {}

    void shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) override;
    void text(const VectorText& text, const Clip& clip) override;
    void image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
               const Clip& clip) override;

private:
    void hatch(const QPainterPath& path, const QColor& color, double period);

    QPainter& m_page;
};

} // namespace flatline
