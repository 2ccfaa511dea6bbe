#include "ui/picture/svg_picture.h"

#include "ui/picture/svg_engine.h"
#include "ui/picture/svg_text.h"

#include <cmath>

namespace flatline {

SvgPicture::SvgPicture(QSizeF size, int dotsPerInch)
    : m_size(size)
    , m_dotsPerInch(dotsPerInch)
    , m_engine(std::make_unique<SvgEngine>()) {}

SvgPicture::~SvgPicture() = default;

QPaintEngine* SvgPicture::paintEngine() const {
    return m_engine.get();
}

int SvgPicture::metric(PaintDeviceMetric metric) const {
    constexpr double millimetres = 25.4;
    switch (metric) {
    case PdmWidth:
        return static_cast<int>(std::ceil(m_size.width()));
    case PdmHeight:
        return static_cast<int>(std::ceil(m_size.height()));
    case PdmWidthMM:
        return static_cast<int>(std::lround(m_size.width() * millimetres / m_dotsPerInch));
    case PdmHeightMM:
        return static_cast<int>(std::lround(m_size.height() * millimetres / m_dotsPerInch));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return m_dotsPerInch;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default:
        return QPaintDevice::metric(metric);
    }
}

QByteArray SvgPicture::document(const PictureNotes& notes) const {
    const QByteArray width = svgNumber(m_size.width());
    const QByteArray height = svgNumber(m_size.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"" +
           svgAttribute("width", width) + svgAttribute("height", height) +
           svgAttribute("viewBox", "0 0 " + width + ' ' + height) + ">\n<title>" + svgText(notes.title) +
           "</title>\n<desc>" + svgText(notes.description) + "</desc>\n<metadata>\n<flatline xmlns=\"urn:flatline\"" +
           svgAttribute("software", svgText(notes.software)) + '>' + svgText(QString::fromUtf8(notes.origin)) +
           "</flatline>\n</metadata>\n<defs>\n" + m_engine->definitions() + "</defs>\n" + m_engine->body() + "</svg>\n";
}

} // namespace flatline
