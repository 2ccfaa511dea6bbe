#pragma once

#include "core/inspection/inspection.h"

#include <QWidget>

#include <optional>

class QPainter;

namespace flatline {

/// What one step would have left of a neuron's margin, had the learning rate been another; the lethal rates hatched.
class RateChart : public QWidget {
    Q_OBJECT
public:
    explicit RateChart(QWidget* parent);

    /// `before`: the rate that was set until it was last changed, before that step.
    void showCurve(std::optional<RateCurve> curve, std::optional<double> before, const QString& whyNone);
    [[nodiscard]] const std::optional<RateCurve>& curve() const { return m_curve; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString summary() const;
    /// Where a rate stands, in this widget's coordinates.
    [[nodiscard]] double placeX(double rate) const;
    [[nodiscard]] double labelRoom() const { return m_labels; } ///< at the left, for the y axis

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] double placeY(double margin) const;
    void fitAxis();
    void paintGround(QPainter& painter) const;
    void paintPoint(QPainter& painter, const RatePoint& point, const QString& words, bool taken) const;
    [[nodiscard]] double marginAt(double rate) const;

    std::optional<RateCurve> m_curve;
    std::optional<double> m_before;
    QString m_whyNone;
    double m_low = -1.0;
    double m_high = 1.0;
    double m_labels = 0.0;
};

} // namespace flatline
