#include "ui/inspector/weight_image.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double leastDrawn = 0.03; // of the largest weight: smaller ones are hardly a dot

} // namespace

std::optional<QSize> pixelGrid(const std::vector<std::string>& featureNames) {
    const auto name = [](int row, int column) { return "pixel_" + std::to_string(row) + '_' + std::to_string(column); };
    int columns = 0;
    while (columns < static_cast<int>(featureNames.size()) &&
           featureNames[static_cast<std::size_t>(columns)] == name(0, columns))
        ++columns;
    if (columns < 2 || static_cast<int>(featureNames.size()) % columns != 0)
        return std::nullopt;
    const int rows = static_cast<int>(featureNames.size()) / columns;
    for (int i = 0; i < rows * columns; ++i)
        if (featureNames[static_cast<std::size_t>(i)] != name(i / columns, i % columns))
            return std::nullopt;
    return QSize(columns, rows);
}

WeightImage::WeightImage(QSize grid, QWidget* parent)
    : WeightPicker(parent)
    , m_grid(grid) {
    setMinimumSize(132, 132);
    setToolTip(tr("Its incoming weights, one square a pixel of the picture: the larger the weight, the larger the "
                  "square; filled ones are positive, hollow ones negative. A click, or the arrow keys, choose the one "
                  "that the box shows."));
}

QRectF WeightImage::box() const {
    const double cell = std::floor(std::min((width() - 2.0) / m_grid.width(), (height() - 2.0) / m_grid.height()));
    return {1.0, 1.0, cell * m_grid.width(), cell * m_grid.height()};
}

QRectF WeightImage::cellBox(int index) const {
    const QRectF area = box();
    const double cell = area.width() / m_grid.width();
    return {area.left() + index % m_grid.width() * cell, area.top() + index / m_grid.width() * cell, cell, cell};
}

int WeightImage::indexAt(QPointF place) const {
    const double cell = box().width() / m_grid.width();
    const int column = std::clamp(static_cast<int>((place.x() - 1.0) / cell), 0, m_grid.width() - 1);
    const int row = std::clamp(static_cast<int>((place.y() - 1.0) / cell), 0, m_grid.height() - 1);
    return row * m_grid.width() + column;
}

void WeightImage::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(box(), theme.sunken);
    for (int i = 0; i < count(); ++i) {
        const QRectF cell = cellBox(i);
        if (i == chosen()) {
            painter.fillRect(cell, theme.selectedFill);
            painter.setPen(QPen(theme.accent, 1.0));
            painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        const double weight = relative(i);
        if (std::abs(weight) < leastDrawn)
            continue;
        // The area says how large it is, as the eye takes it.
        const double half = std::max(1.0, 0.5 * (cell.width() - 3.0) * std::sqrt(std::abs(weight)));
        const QRectF square(cell.center().x() - half, cell.center().y() - half, 2.0 * half, 2.0 * half);
        if (weight > 0.0) {
            painter.fillRect(square, theme.text);
        } else {
            painter.setPen(QPen(theme.muted, 1.0));
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
    painter.setPen(QPen(theme.border, 1.0));
    painter.drawRect(box().adjusted(-0.5, -0.5, 0.5, 0.5));
}

} // namespace flatline
