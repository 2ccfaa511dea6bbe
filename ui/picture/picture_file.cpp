#include "ui/picture/picture_file.h"

#include "ui/picture/pdf_sink.h"
#include "ui/picture/vector_picture.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <array>

namespace flatline {

namespace {

constexpr std::array formats{
    PictureFormat{"png-1", QT_TRANSLATE_NOOP("pictures", "PNG, as on the screen"),
                  QT_TRANSLATE_NOOP("pictures", "Pictures (*.png)"), "png", 1.0},
    PictureFormat{"png-2", QT_TRANSLATE_NOOP("pictures", "PNG, twice as fine"),
                  QT_TRANSLATE_NOOP("pictures", "Pictures (*.png)"), "png", 2.0},
    PictureFormat{"svg", QT_TRANSLATE_NOOP("pictures", "SVG, sharp at any size"),
                  QT_TRANSLATE_NOOP("pictures", "Drawings (*.svg)"), "svg", 0.0},
    PictureFormat{"pdf", QT_TRANSLATE_NOOP("pictures", "PDF, sharp at any size"),
                  QT_TRANSLATE_NOOP("pictures", "Documents (*.pdf)"), "pdf", 0.0},
};

void setResolution(QImage& image, double dotsPerInch) {
    constexpr double metresPerInch = 0.0254;
    image.setDotsPerMeterX(qRound(dotsPerInch / metresPerInch));
    image.setDotsPerMeterY(qRound(dotsPerInch / metresPerInch));
}

QByteArray pngBytes(const Picture& picture, double scale) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter(&buffer, "png").write(pictureImage(picture, scale));
    return bytes;
}

void paintOn(VectorSink& sink, const Picture& picture) {
    VectorPicture device(picture.size, picture.dotsPerInch, sink);
    QPainter painter(&device);
    picture.paint(painter);
}

QByteArray svgBytes(const Picture& picture) {
    SvgSink sink(picture.dotsPerInch);
    paintOn(sink, picture);
    return sink.document(picture.size, picture.notes);
}

QByteArray pdfBytes(const Picture& picture) {
    constexpr double points = 72.0;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(picture.notes.title);
    writer.setCreator(picture.notes.software);
    writer.setResolution(picture.dotsPerInch);
    writer.setPageSize(
        QPageSize(picture.size * points / picture.dotsPerInch, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.addFileAttachment(QStringLiteral("flatline.json"), picture.notes.origin, QStringLiteral("application/json"));
    QPainter page(&writer);
    PdfSink sink(page);
    paintOn(sink, picture);
    page.end();
    return bytes;
}

} // namespace

std::span<const PictureFormat> pictureFormats() {
    return formats;
}

const PictureFormat* findPictureFormat(const QString& id) {
    const auto* found = std::ranges::find_if(formats, [&id](const auto& row) { return id == QLatin1String(row.id); });
    return found == formats.end() ? nullptr : found;
}

const PictureFormat* formatForFile(const QString& path, const PictureFormat* wanted) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String(wanted->suffix))
        return wanted;
    const auto* found =
        std::ranges::find_if(formats, [&](const auto& row) { return suffix == QLatin1String(row.suffix); });
    return found == formats.end() ? wanted : found;
}

QImage pictureImage(const Picture& picture, double scale) {
    QImage image((picture.size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    setResolution(image, picture.dotsPerInch); // which decides how large fonts are
    image.fill(Qt::transparent);
    QPainter painter(&image);
    picture.paint(painter);
    painter.end();
    setResolution(image, picture.dotsPerInch * scale);
    image.setText(QStringLiteral("Title"), picture.notes.title);
    image.setText(QStringLiteral("Description"), picture.notes.description);
    image.setText(QStringLiteral("Software"), picture.notes.software);
    image.setText(QStringLiteral("Flatline"), QString::fromUtf8(picture.notes.origin));
    return image;
}

QByteArray pictureBytes(const Picture& picture, const PictureFormat& format) {
    if (format.scale > 0.0)
        return pngBytes(picture, format.scale);
    return QLatin1String(format.suffix) == QLatin1String("svg") ? svgBytes(picture) : pdfBytes(picture);
}

} // namespace flatline
