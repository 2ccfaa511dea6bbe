#include "ui/help/whats_this.h"

#include "ui/help/help_text.h"

#include <QApplication>
#include <QEvent>
#include <QWhatsThis>
#include <QWidget>

namespace flatline {

WhatsThis::WhatsThis(Show show, QObject* parent)
    : QObject(parent)
    , m_show(std::move(show)) {}

void WhatsThis::start() {
    qApp->installEventFilter(this);
    QWhatsThis::enterWhatsThisMode();
}

bool WhatsThis::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type == QEvent::LeaveWhatsThisMode)
        qApp->removeEventFilter(this);
    if (type != QEvent::QueryWhatsThis && type != QEvent::WhatsThis)
        return false;
    auto* hit = qobject_cast<QWidget*>(watched);
    if (hit == nullptr || helpOn(hit).empty())
        return false;
    event->accept();
    if (type == QEvent::WhatsThis)
        m_show(hit);
    return true;
}

} // namespace flatline
