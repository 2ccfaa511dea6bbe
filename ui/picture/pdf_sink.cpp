#include "ui/picture/pdf_sink.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <cmath>

namespace flatline {

namespace {

/// A clip and an opacity for one element.
class Element {
public:
    Element(QPainter& page, const VectorSink::Clip& clip, double opacity)
        : m_page(page) {
        m_page.save();
        if (clip)
            m_page.setClipPath(*clip);
        m_page.setOpacity(opacity);
    }
    ~Element() { m_page.restore(); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

private:
    QPainter& m_page;
};

} // namespace

void PdfSink::hatch(const QPainterPath& path, const QColor& color, double period) {
    m_page.save();
    m_page.setClipPath(path, Qt::IntersectClip);
    m_page.setPen(QPen(color, 1.0));
    const QRectF box = path.boundingRect();
    // x + y is the same along a stroke.
    const double last = box.right() + box.bottom();
    for (double sum = std::ceil((box.left() + box.top()) / period) * period; sum <= last; sum += period)
        m_page.drawLine(QPointF(sum - box.bottom(), box.bottom()), QPointF(sum - box.top(), box.top()));
    m_page.restore();
}

void PdfSink::shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) {
    const Element element(m_page, clip, ink.opacity);
    const std::optional<Hatch> hatched = hatchOf(ink.brush);
    if (hatched)
        hatch(path, hatched->color, hatched->period);
    QBrush brush = hatched ? QBrush(Qt::NoBrush) : ink.brush;
    brush.setTransform(ink.pattern);
    m_page.setPen(ink.pen);
    m_page.setBrush(brush);
    m_page.drawPath(path);
}

void PdfSink::text(const VectorText& text, const Clip& clip) {
    const Element element(m_page, clip, text.opacity);
    m_page.setTransform(text.transform, true);
    m_page.setFont(text.font);
    m_page.setPen(text.color);
    m_page.drawText(text.place, text.text);
}

void PdfSink::image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
                    const Clip& clip) {
    const Element element(m_page, clip, opacity);
    m_page.setRenderHint(QPainter::LosslessImageRendering);
    m_page.setTransform(transform, true);
    m_page.drawImage(target, image);
}

} // namespace flatline
