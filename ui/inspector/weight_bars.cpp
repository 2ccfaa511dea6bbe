#include "ui/inspector/weight_bars.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

WeightBars::WeightBars(QWidget* parent)
    : WeightPicker(parent) {
    setMinimumSize(160, 44);
    setToolTip(
        tr("Its incoming weights, one bar an input, positive ones upwards. A click, or Left and Right, choose the "
           "one that the box shows."));
}

QRectF WeightBars::barBox(int index) const {
    const double step = width() / static_cast<double>(std::max(1, count()));
    const double middle = height() / 2.0;
    const double tall = (middle - 2.0) * relative(index);
    const double gap = step >= 4.0 ? 1.0 : 0.0;
    return QRectF(index * step, middle - tall, step - gap, tall).normalized();
}

int WeightBars::indexAt(QPointF place) const {
    return static_cast<int>(place.x() * count() / std::max(1, width()));
}

void WeightBars::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    for (int i = 0; i < count(); ++i) {
        const QRectF bar = barBox(i);
        if (i == chosen())
            painter.fillRect(QRectF(bar.left() - 1.0, 0.0, std::max(4.0, bar.width() + 2.0), height()),
                             theme.selectedFill);
        painter.fillRect(bar, i == chosen() ? theme.accent : theme.muted);
    }
    painter.setPen(QPen(theme.line, 1.0));
    painter.drawLine(QPointF(0.0, height() / 2.0), QPointF(width(), height() / 2.0));
}

} // namespace flatline
