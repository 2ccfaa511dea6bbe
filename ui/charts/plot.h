#pragma once

#include "ui/charts/plot_content.h"

#include <QWidget>

#include <functional>

namespace flatline {

/// A chart: curves with their names at their ends, marks, references, bars. The one place that knows Qt Charts.
/// Not animated, follows the widget's appearance. UI thread only.
class Plot : public QWidget {
    Q_OBJECT
public:
    explicit Plot(QWidget* parent = nullptr);

    /// Shows this instead of what was there. Cheap; painting comes later.
    void setContent(PlotContent content);
    [[nodiscard]] const PlotContent& content() const { return m_content; }

    /// The words beside the crosshair under the mouse, one line an entry of the list; x in the axis's units. Without
    /// it there is no crosshair.
    void setReadout(std::function<QStringList(double x)> readout);

    /// The area between the axes, and where a value stands in it, in this widget's coordinates.
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QPointF place(double x, double y) const;
    [[nodiscard]] AxisRange xRange() const { return m_x; }
    [[nodiscard]] AxisRange yRange() const { return m_values; }

signals:
    /// A click with Ctrl held, and each move until the button is up: x in the axis's units, inside its range.
    void picked(double x);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    class Canvas;
    void updateRanges();

    PlotContent m_content;
    std::function<QStringList(double)> m_readout;
    AxisRange m_x;
    AxisRange m_values;            ///< of the y axis
    AxisRange m_y;                 ///< the same in the axis's units: a logarithmic one counts in powers of ten
    std::optional<double> m_hover; ///< x under the mouse
    bool m_picking = false;        ///< the button went down with Ctrl held
    Canvas* m_canvas;              ///< a child
};

} // namespace flatline
