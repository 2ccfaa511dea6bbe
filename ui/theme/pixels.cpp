#include "ui/theme/pixels.h"

#include <QPaintEngine>
#include <QPainter>

namespace flatline {

bool onPixels(const QPainter& painter) {
    return painter.paintEngine()->type() == QPaintEngine::Raster;
}

} // namespace flatline
