#include "ui/inspector/weight_picker.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace flatline {

WeightPicker::WeightPicker(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Incoming weights"));
}

void WeightPicker::showWeights(std::vector<float> weights) {
    if (weights == m_weights)
        return;
    m_weights = std::move(weights);
    m_most = 1e-12;
    for (const float weight : m_weights)
        if (std::isfinite(weight))
            m_most = std::max(m_most, std::abs(static_cast<double>(weight)));
    choose(m_chosen);
}

void WeightPicker::choose(int index) {
    m_chosen = std::clamp(index, 0, std::max(0, count() - 1));
    update();
}

void WeightPicker::pick(int index) {
    choose(index);
    emit chosenByUser(m_chosen);
}

double WeightPicker::relative(int index) const {
    const double value = static_cast<double>(m_weights[static_cast<std::size_t>(index)]) / m_most;
    return std::isfinite(value) ? value : 1.0;
}

int WeightPicker::target(int key) const {
    const int last = std::max(0, count() - 1);
    switch (key) {
    case Qt::Key_Left:
        return std::max(0, m_chosen - 1);
    case Qt::Key_Right:
        return std::min(last, m_chosen + 1);
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return last;
    case Qt::Key_Up:
        return rowStep() == 0 ? -1 : m_chosen < rowStep() ? m_chosen : m_chosen - rowStep();
    case Qt::Key_Down:
        return rowStep() == 0 ? -1 : m_chosen + rowStep() > last ? m_chosen : m_chosen + rowStep();
    default:
        return -1;
    }
}

void WeightPicker::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !m_weights.empty())
        pick(indexAt(event->position()));
}

void WeightPicker::keyPressEvent(QKeyEvent* event) {
    if (const int index = target(event->key()); index >= 0)
        pick(index);
    else
        QWidget::keyPressEvent(event);
}

// Left and Right are also the window's keys for the neuron before and after; here they go through the weights.
bool WeightPicker::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && target(static_cast<QKeyEvent*>(event)->key()) >= 0) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

} // namespace flatline
