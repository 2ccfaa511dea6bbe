#pragma once

#include "ui/picture/svg_sink.h"

#include <QImage>
#include <QSizeF>

#include <functional>
#include <span>

class QPainter;

namespace flatline {

/// One format in which a picture is saved.
struct PictureFormat {
    const char* id;     ///< "png-2", as it is remembered
    const char* label;  ///< translatable, context "pictures"
    const char* filter; ///< translatable: of the file dialog
    const char* suffix;
    double scale; ///< pixels a pixel of the window; 0: lines and texts instead of pixels
};
[[nodiscard]] std::span<const PictureFormat> pictureFormats();
[[nodiscard]] const PictureFormat* findPictureFormat(const QString& id);
/// The format itself, or another one where the file's name asks for that.
[[nodiscard]] const PictureFormat* formatForFile(const QString& path, const PictureFormat* wanted);

/// What is saved: `paint` fills `size` from the origin on, in pixels of so many dots an inch.
struct Picture {
    QSizeF size;
    int dotsPerInch = 96;
    std::function<void(QPainter&)> paint;
    PictureNotes notes;
};

/// The picture in pixels, with its notes as texts: Title, Description, Software, and "Flatline" for the origin.
[[nodiscard]] QImage pictureImage(const Picture& picture, double scale);
/// The file's whole content. The notes stand in it: in PNG as texts, in SVG as title, desc and metadata, in PDF as
/// title, creator and the attached file flatline.json.
[[nodiscard]] QByteArray pictureBytes(const Picture& picture, const PictureFormat& format);

} // namespace flatline
