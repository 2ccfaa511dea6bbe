#pragma once

#include <QPixmap>

#include <functional>

class QEvent;
class QPainter;
class QWidget;

namespace flatline {

/// A widget's picture, painted once and kept until it is forgotten or the widget has another size or resolution: for
/// what is dear to paint while cheap things move above it. UI thread only.
class CachedPicture {
public:
    void forget() { m_pixmap = QPixmap(); }
    /// Transparent where `paint` leaves it so; device pixels of the widget's screen.
    const QPixmap& of(const QWidget& widget, const std::function<void(QPainter&)>& paint);
    /// Draws it at the painter's origin. What is no screen of that resolution, a file of twice as many pixels or of
    /// lines, is painted into directly, so that it gets all it can hold.
    void draw(QPainter& painter, const QWidget& widget, const std::function<void(QPainter&)>& paint);

private:
    QPixmap m_pixmap;
};

/// Whether the event makes a painted picture stale: another palette, font or style.
[[nodiscard]] bool changesLook(const QEvent& event);

} // namespace flatline
