#include "ui/lessons/pointer_ring.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace flatline {

namespace {
constexpr int gap = 2;
constexpr int stroke = 2;
constexpr double radius = 7.0;
constexpr std::array moving{QEvent::Move, QEvent::Resize, QEvent::Show, QEvent::Hide, QEvent::LayoutRequest};
} // namespace

PointerRing::PointerRing(QWidget* content)
    : QWidget(content) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void PointerRing::point(QWidget* target, std::function<QRect()> place) {
    for (const QPointer<QObject>& watched : m_watched)
        if (watched)
            watched->removeEventFilter(this);
    m_watched.clear();
    m_target = target;
    m_place = std::move(place);
    for (QWidget* widget = target; widget != nullptr; widget = widget->parentWidget()) {
        widget->installEventFilter(this);
        m_watched.emplace_back(widget);
        if (widget == parentWidget())
            break;
    }
    follow();
}

void PointerRing::follow() {
    QRect place;
    if (m_target && m_target->isVisibleTo(parentWidget())) {
        place = m_place ? m_place() : m_target->rect();
        if (!place.isEmpty())
            place.moveTopLeft(m_target->mapTo(parentWidget(), place.topLeft()));
    }
    setVisible(!place.isEmpty());
    if (place.isEmpty())
        return;
    constexpr int off = gap + stroke;
    const QRect around = place.adjusted(-off, -off, off, off).intersected(parentWidget()->rect());
    if (around != geometry())
        setGeometry(around);
    raise();
}

bool PointerRing::eventFilter(QObject* watched, QEvent* event) {
    if (std::find(moving.begin(), moving.end(), event->type()) != moving.end())
        // Only when all of the layout is done is it where it will be.
        QMetaObject::invokeMethod(this, &PointerRing::follow, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void PointerRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(themeOf(this).accent, stroke));
    constexpr double inset = stroke / 2.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
}

} // namespace flatline
