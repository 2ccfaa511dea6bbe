#pragma once

#include "ui/inspector/weight_picker.h"

#include <QRectF>
#include <QSize>

#include <optional>
#include <string>
#include <vector>

namespace flatline {

/// The picture's columns and rows where the features are its pixels, row after row: named pixel_0_0, pixel_0_1, ... as
/// the digits are (pixel_ROW_COLUMN). Nothing for other features.
[[nodiscard]] std::optional<QSize> pixelGrid(const std::vector<std::string>& featureNames);

/// Weights where the inputs are pixels, as the picture that makes the neuron fire most: a square a pixel, as large as
/// the weight, filled where it is positive and hollow where it is negative (Hinton and Sejnowski's diagram).
class WeightImage : public WeightPicker {
    Q_OBJECT
public:
    WeightImage(QSize grid, QWidget* parent);

    [[nodiscard]] QRectF cellBox(int index) const;
    [[nodiscard]] QSize sizeHint() const override { return {190, 190}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] int indexAt(QPointF place) const override;
    [[nodiscard]] int rowStep() const override { return m_grid.width(); }

private:
    [[nodiscard]] QRectF box() const;

    QSize m_grid; ///< columns, rows
};

} // namespace flatline
