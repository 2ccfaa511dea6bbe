#pragma once

#include "ui/picture/vector_sink.h"

#include <QHash>

#include <functional>

namespace flatline {

/// What a picture says of itself besides what is to be seen.
struct PictureNotes {
    QString title;       ///< "A step too far · seed 39 · step 900"
    QString description; ///< what the view's summary says
    QString software;    ///< "Flatline 0.1.0"
    QByteArray origin;   ///< the complete experiment as JSON
};

/// Writes SVG 1.1: paths, texts that stay texts, hatches as patterns, images as PNG. Qt's own generator leaves clips
/// out, so that curves spill, and paints hatches pixel by pixel.
class SvgSink : public VectorSink {
public:
    /// Fonts without a size in pixels are of so many dots an inch.
    explicit SvgSink(int dotsPerInch)
        : m_dotsPerInch(dotsPerInch) {}

    void shape(const QPainterPath& path, const VectorInk& ink, const Clip& clip) override;
    void text(const VectorText& text, const Clip& clip) override;
    void image(const QImage& image, const QRectF& target, const QTransform& transform, double opacity,
               const Clip& clip) override;

    /// All that has come, as a file.
    [[nodiscard]] QByteArray document(QSizeF size, const PictureNotes& notes) const;

private:
    [[nodiscard]] QByteArray clipping(const Clip& clip);
    [[nodiscard]] QByteArray fill(const VectorInk& ink);
    [[nodiscard]] QByteArray define(const QByteArray& key, const char* prefix,
                                    const std::function<QByteArray(const QByteArray& id)>& make);
    /// Lengthens the line that came last, where this one goes on from its end in the same stroke: Qt Charts draws
    /// curves piece by piece.
    bool goOn(const QPainterPath& line, const QByteArray& look);

    int m_dotsPerInch;
    QByteArray m_definitions;
    QByteArray m_body;
    QHash<QByteArray, QByteArray> m_ids; ///< of what is defined, by what it is
    QByteArray m_lineLook;               ///< of the line that ends the body so far; empty: something else does
    QPointF m_lineEnd;
};

} // namespace flatline
