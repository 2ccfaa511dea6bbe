#include "ui/picture/vector_picture.h"

#include <cmath>

namespace flatline {

VectorPicture::VectorPicture(QSizeF size, int dotsPerInch, VectorSink& sink)
    : m_size(size)
    , m_dotsPerInch(dotsPerInch)
    , m_engine(std::make_unique<VectorEngine>(sink)) {}

int VectorPicture::metric(PaintDeviceMetric metric) const {
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

} // namespace flatline
