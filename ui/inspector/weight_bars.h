#pragma once

#include "ui/inspector/weight_picker.h"

#include <QRectF>

namespace flatline {

/// Weights as bars side by side, positive ones upwards.
class WeightBars : public WeightPicker {
    Q_OBJECT
public:
    explicit WeightBars(QWidget* parent);

    [[nodiscard]] QRectF barBox(int index) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] int indexAt(QPointF place) const override;
};

} // namespace flatline
