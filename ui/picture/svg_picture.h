#pragma once

#include <QByteArray>
#include <QPaintDevice>
#include <QSizeF>
#include <QString>

#include <memory>

namespace flatline {

class SvgEngine;

/// What a picture says of itself besides what is to be seen.
struct PictureNotes {
    QString title;       ///< "A step too far · seed 39 · step 900"
    QString description; ///< what the view's summary says
    QString software;    ///< "Flatline 0.1.0"
    QByteArray origin;   ///< the complete experiment as JSON
};

/// A device that turns what is painted into SVG 1.1: paths, texts that stay texts, hatches as patterns, images as PNG.
/// Qt's own generator leaves clips out, so that curves spill, and paints hatches pixel by pixel.
class SvgPicture : public QPaintDevice {
public:
    /// `size` in pixels of so many dots an inch.
    SvgPicture(QSizeF size, int dotsPerInch);
    ~SvgPicture() override;
    SvgPicture(const SvgPicture&) = delete;
    SvgPicture& operator=(const SvgPicture&) = delete;

    [[nodiscard]] QPaintEngine* paintEngine() const override;
    /// All that has been painted, as a file.
    [[nodiscard]] QByteArray document(const PictureNotes& notes) const;

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    int m_dotsPerInch;
    std::unique_ptr<SvgEngine> m_engine;
};

} // namespace flatline
