#include "ui/views/neuron_sign.h"

#include <QPainter>

namespace flatline {

NeuronSign::NeuronSign(int side, QWidget* parent)
    : QWidget(parent) {
    setFixedSize(side, side);
}

void NeuronSign::showLook(CellLook look) {
    if (look == m_look)
        return;
    m_look = look;
    update();
}

void NeuronSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintCell(painter, rect(), {m_look}, themeOf(this));
}

} // namespace flatline
