#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"

#include <QWidget>

namespace flatline {

/// The gradient's norm in each hidden layer now: a bar a layer on a logarithmic axis. A layer without any is hatched
/// over the whole height.
class GradientBars : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    void showLayers(const std::vector<Observation::Layer>& layers);
    [[nodiscard]] QRectF bar(std::size_t layer) const; ///< as it is drawn; the whole height where there is no gradient

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QRectF column(std::size_t layer) const;
    void paintBar(QPainter& painter, std::size_t layer) const;
    void paintNames(QPainter& painter) const;

    std::vector<Observation::Layer> m_layers;
    AxisRange m_norms;
};

} // namespace flatline
