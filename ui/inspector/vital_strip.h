#pragma once

#include "ui/inspector/vital_signs.h"

#include <QWidget>

class QPainter;

namespace flatline {

/// A neuron's vital signs as a monitor's traces: the largest output in each batch, its gradient and its update, step
/// by step; flat and hatched where it is dead.
class VitalStrip : public QWidget {
    Q_OBJECT
public:
    explicit VitalStrip(QWidget* parent);

    void showSigns(VitalSigns signs);
    [[nodiscard]] const VitalSigns& signs() const { return m_signs; }
    [[nodiscard]] QString summary() const;
    /// Where a step stands, in this widget's coordinates.
    [[nodiscard]] double placeX(double step) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QRectF laneBox(std::size_t lane) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintDead(QPainter& painter) const;
    void paintFlags(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintHover(QPainter& painter) const;
    [[nodiscard]] bool deadAt(std::int64_t step) const;

    VitalSigns m_signs;
    std::optional<std::int64_t> m_hover;
};

} // namespace flatline
