#include "ui/theme/focus_ring.h"

#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QProxyStyle>

namespace flatline {

namespace {

constexpr int gap = 2;
constexpr int stroke = 2;

class Margins : public QProxyStyle {
public:
    using QProxyStyle::QProxyStyle;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        if (metric == PM_FocusFrameHMargin || metric == PM_FocusFrameVMargin)
            return gap + stroke;
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* answer) const override {
        if (hint == SH_FocusFrame_AboveWidget)
            return 1;
        if (hint == SH_FocusFrame_Mask)
            return 0;
        return QProxyStyle::styleHint(hint, option, widget, answer);
    }
};

class Ring : public QFocusFrame {
public:
    explicit Ring(QWidget* parent)
        : QFocusFrame(parent) {
        auto* margins = new Margins;
        margins->setParent(this);
        setStyle(margins);
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(themeOf(this).accent, stroke));
        const qreal inset = stroke / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 7, 7);
    }
};

bool wantsRing(const QWidget* widget) {
    return widget != nullptr && !widget->isWindow() && !widget->property("ringless").toBool() &&
           qobject_cast<const QMenuBar*>(widget) == nullptr && qobject_cast<const QMenu*>(widget) == nullptr &&
           widget->window()->windowType() != Qt::Popup;
}

} // namespace

void FocusRing::install(QApplication& application) {
    if (application.findChild<FocusRing*>(QString(), Qt::FindDirectChildrenOnly) == nullptr)
        new FocusRing(application);
}

FocusRing::FocusRing(QApplication& application)
    : QObject(&application) {
    connect(&application, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* now) {
    if (!wantsRing(now)) {
        if (m_frame)
            m_frame->setWidget(nullptr);
        return;
    }
    if (!m_frame)
        m_frame = new Ring(now);
    m_frame->setWidget(now);
}

} // namespace flatline
