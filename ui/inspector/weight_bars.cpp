#include "ui/inspector/weight_bars.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

WeightBars::WeightBars(QWidget* parent)
    : QWidget(parent) {
    setMinimumSize(160, 44);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Incoming weights"));
    setToolTip(
        tr("Its incoming weights, one bar an input, positive ones upwards. A click, or Left and Right, choose the "
           "one that the box shows."));
}

void WeightBars::showWeights(std::vector<float> weights) {
    if (weights == m_weights)
        return;
    m_weights = std::move(weights);
    m_chosen = std::clamp(m_chosen, 0, std::max(0, static_cast<int>(m_weights.size()) - 1));
    update();
}

void WeightBars::choose(int index) {
    m_chosen = std::clamp(index, 0, std::max(0, static_cast<int>(m_weights.size()) - 1));
    update();
}

void WeightBars::pick(int index) {
    choose(index);
    emit chosenByUser(m_chosen);
}

double WeightBars::extent() const {
    double most = 1e-12;
    for (const float weight : m_weights)
        if (std::isfinite(weight))
            most = std::max(most, std::abs(static_cast<double>(weight)));
    return most;
}

QRectF WeightBars::barBox(int index) const {
    const double step = width() / static_cast<double>(std::max<std::size_t>(1, m_weights.size()));
    const double middle = height() / 2.0;
    const double value = static_cast<double>(m_weights[static_cast<std::size_t>(index)]) / extent();
    const double tall = (middle - 2.0) * (std::isfinite(value) ? value : 1.0);
    const double gap = step >= 4.0 ? 1.0 : 0.0;
    return QRectF(index * step, middle - tall, step - gap, tall).normalized();
}

void WeightBars::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    for (int i = 0; i < static_cast<int>(m_weights.size()); ++i) {
        const QRectF bar = barBox(i);
        if (i == m_chosen)
            painter.fillRect(QRectF(bar.left() - 1.0, 0.0, std::max(4.0, bar.width() + 2.0), height()),
                             theme.selectedFill);
        painter.fillRect(bar, i == m_chosen ? theme.accent : theme.muted);
    }
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(QPointF(0.0, height() / 2.0), QPointF(width(), height() / 2.0));
}

void WeightBars::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_weights.empty())
        return;
    pick(static_cast<int>(event->position().x() * static_cast<double>(m_weights.size()) / std::max(1, width())));
}

void WeightBars::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return pick(m_chosen - 1);
    case Qt::Key_Right:
        return pick(m_chosen + 1);
    case Qt::Key_Home:
        return pick(0);
    case Qt::Key_End:
        return pick(static_cast<int>(m_weights.size()) - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

// Left and Right are also the window's keys for the neuron before and after; here they go through the weights.
bool WeightBars::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace flatline
