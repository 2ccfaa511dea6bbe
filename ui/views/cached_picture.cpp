#include "ui/views/cached_picture.h"

#include <QEvent>
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

bool changesLook(const QEvent& event) {
    return event.type() == QEvent::PaletteChange || event.type() == QEvent::FontChange ||
           event.type() == QEvent::StyleChange;
}

} // namespace flatline
