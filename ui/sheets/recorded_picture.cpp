#include "ui/sheets/recorded_picture.h"

namespace flatline {

void RecordedPicture::shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) {
    m_parts.emplace_back([=](VectorSink& sink) { sink.shape(path, ink, clip); });
}

void RecordedPicture::text(const VectorText& text, const Clip& clip) {
    m_parts.emplace_back([=](VectorSink& sink) { sink.text(text, clip); });
}

void RecordedPicture::image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
                            const Clip& clip) {
    m_parts.emplace_back([=](VectorSink& sink) { sink.image(image, target, transform, opacity, clip); });
}

void RecordedPicture::play(VectorSink& sink) const {
    for (const auto& part : m_parts)
        part(sink);
}

} // namespace flatline
