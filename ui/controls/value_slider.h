#pragma once

#include <QSlider>

#include <limits>
#include <optional>

namespace flatline {

/// A slider over real numbers, even or logarithmic. While it is dragged it only says where it would go; the wish comes
/// when it is let go, or at each key: a change of a setting is an event of the run, and a drag should be one of them.
class ValueSlider : public QSlider {
    Q_OBJECT
public:
    enum class Scale { Linear, Logarithmic };
    ValueSlider(double minimum, double maximum, Scale scale, QWidget* parent = nullptr);

    /// Emits nothing; ignored while it is dragged. Values outside go to the nearer end.
    void showNumber(double number);
    /// From there to there the track is hatched: no gradient. Nothing, or beyond the slider's end: no hatch.
    void markFrom(std::optional<double> number, double to = std::numeric_limits<double>::infinity());

signals:
    void dragged(double number);
    void numberWished(double number);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double numberAt(int position) const;
    [[nodiscard]] int positionOf(double number) const;

    double m_minimum;
    double m_maximum;
    Scale m_scale;
    std::optional<double> m_mark;
    double m_markEnd = 0.0;
};

} // namespace flatline
