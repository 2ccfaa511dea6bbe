#include "ui/widgets/cached_picture.h"

#include "ui/theme/pixels.h"

#include <QEvent>
#include <QPaintEngine>
#include <QPainter>
#include <QWidget>

namespace flatline {

const QPixmap& CachedPicture::of(const QWidget& widget, const std::function<void(QPainter&)>& paint) {
    const double ratio = widget.devicePixelRatioF();
    const QSize pixels = (QSizeF(widget.size()) * ratio).toSize();
    if (m_pixmap.size() != pixels) {
        m_pixmap = QPixmap(pixels);
        m_pixmap.setDevicePixelRatio(ratio);
        m_pixmap.fill(Qt::transparent);
        QPainter painter(&m_pixmap);
        paint(painter);
    }
    return m_pixmap;
}

void CachedPicture::draw(QPainter& painter, const QWidget& widget, const std::function<void(QPainter&)>& paint) {
    const QPaintEngine* engine = painter.paintEngine(); // the painter's own device is the widget, even while it renders
    if (onPixels(painter) && engine->paintDevice()->devicePixelRatioF() == widget.devicePixelRatioF()) {
        painter.drawPixmap(0, 0, of(widget, paint));
        return;
    }
    painter.save();
    paint(painter);
    painter.restore();
}

bool changesLook(const QEvent& event) {
    return event.type() == QEvent::PaletteChange || event.type() == QEvent::FontChange ||
           event.type() == QEvent::StyleChange;
}

} // namespace flatline
