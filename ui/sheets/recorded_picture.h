#pragma once

#include "ui/picture/vector_sink.h"

#include <QSizeF>

#include <functional>
#include <vector>

namespace flatline {

/// A picture of lines and texts that is kept, to be drawn later, on whatever there will be.
class RecordedPicture : public VectorSink {
public:
    explicit RecordedPicture(QSizeF size)
        : m_size(size) {}

    void shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) override;
    void text(const VectorText& text, const Clip& clip) override;
    void image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
               const Clip& clip) override;

    [[nodiscard]] QSizeF size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_parts.empty(); }
    void play(VectorSink& sink) const;

private:
    QSizeF m_size;
    std::vector<std::function<void(VectorSink&)>> m_parts;
};

} // namespace flatline
