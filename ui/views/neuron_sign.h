#pragma once

#include "ui/fields/cell.h"

#include <QWidget>

namespace flatline {

/// The sign of a neuron's state: its cell, without its field.
class NeuronSign : public QWidget {
    Q_OBJECT
public:
    NeuronSign(int side, QWidget* parent);
    void showLook(CellLook look);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CellLook m_look = CellLook::Alive;
};

} // namespace flatline
