#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"

#include <QWidget>

#include <memory>

namespace flatline {

/// The share of dead neurons of many layers: a row a layer, over the steps. The stronger the colour, the more are
/// dead; hatched where the whole layer is.
class DeadStrip : public QWidget {
    Q_OBJECT
public:
    explicit DeadStrip(QWidget* parent = nullptr);

    /// With as many curves as layers. `markLabels`: whether the marks' words stand above it, or above something else.
    void showSnapshot(std::shared_ptr<const Snapshot> snapshot, bool markLabels);
    [[nodiscard]] QRectF row(std::size_t layer) const; ///< where a layer stands, without its label
    [[nodiscard]] double placeX(double step) const;

signals:
    /// A click with Ctrl held, and each move until the button is up.
    void picked(qint64 step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QMargins margins() const;
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] std::size_t layers() const;
    void paintRow(QPainter& painter, std::size_t layer) const;
    void paintLabels(QPainter& painter) const;
    [[nodiscard]] QString wordsAt(const QPointF& place) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    AxisRange m_steps;
    bool m_markLabels = true;
    bool m_picking = false; ///< the button went down with Ctrl held
};

} // namespace flatline
