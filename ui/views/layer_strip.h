#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"

#include <QColor>
#include <QMargins>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace flatline {

/// A row a layer over the steps, for networks with many layers; what a row shows is said by who derives from it. The
/// figure at its end is that of now.
class LayerStrip : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// The snapshot must have curves. `markLabels`: room for their words above.
    void showSnapshot(std::shared_ptr<const Snapshot> snapshot, bool markLabels);
    [[nodiscard]] QRectF area() const;                 ///< all rows
    [[nodiscard]] QRectF row(std::size_t layer) const; ///< layers from 0, downwards
    [[nodiscard]] double placeX(double step) const;
    struct Spot {
        std::size_t layer = 0; ///< from 0
        double step = 0.0;
    };
    /// What lies there; nothing beside the rows.
    [[nodiscard]] std::optional<Spot> spotAt(const QPointF& place) const;
    /// What a tooltip says beyond the row's value, in lines of their own; may be empty.
    void setMore(std::function<QString(const Spot&)> more) { m_more = std::move(more); }
    [[nodiscard]] QString wordsAt(const QPointF& place) const; ///< of the tooltip; empty beside the rows

signals:
    /// A click with Ctrl held, and each move until the button is up.
    void picked(qint64 step);

protected:
    [[nodiscard]] virtual const std::vector<Curve>& curvesOf(const Curves& curves) const = 0;
    virtual void paintRow(QPainter& painter, std::size_t layer) const = 0;
    struct EndLabel {
        QString text;
        QColor ink;
    };
    [[nodiscard]] virtual EndLabel endLabel(const Observation::Layer& now) const = 0;
    [[nodiscard]] virtual QString wordsFor(double value, const Observation::Layer& now) const = 0; ///< of a tooltip
    virtual void snapshotChanged() {}

    [[nodiscard]] const Snapshot& snapshot() const { return *m_snapshot; }
    [[nodiscard]] const Curve& curve(std::size_t layer) const { return curvesOf(*m_snapshot->curves)[layer]; }
    [[nodiscard]] double stepAt(double x) const; ///< the reverse of placeX

    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] std::size_t layers() const;
    [[nodiscard]] QMargins margins() const;
    void paintLabels(QPainter& painter) const;

    std::function<QString(const Spot&)> m_more;
    std::shared_ptr<const Snapshot> m_snapshot;
    AxisRange m_steps;
    bool m_markLabels = true;
    bool m_picking = false; ///< the button went down with Ctrl held
};

} // namespace flatline
