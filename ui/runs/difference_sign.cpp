#include "ui/runs/difference_sign.h"

#include "ui/charts/end_shape.h"
#include "ui/runs/runs.h"

#include <QPainter>

namespace flatline {

DifferenceSign::DifferenceSign(QWidget* parent)
    : QWidget(parent) {
    resize(side, side);
}

void DifferenceSign::show(std::size_t run, const QString& inA, const QRect& label) {
    m_run = run;
    const QString words = tr("Differs from A: %1 there.").arg(inA);
    setToolTip(words);
    setAccessibleName(words);
    move(label.left() - side - 1, label.center().y() - side / 2);
    setVisible(true);
    update();
}

void DifferenceSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeOf(this).*runSign(m_run).ink);
    paintEndShape(painter, runSign(m_run).end, QRectF(rect()).center(), side / 2.0 - 1.0);
}

} // namespace flatline
