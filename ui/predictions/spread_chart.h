#pragma once

#include "core/analysis/count_spread.h"

#include <QWidget>

#include <optional>

namespace flatline {

/// The chances of 0, 1, 2, … as small bars; those of the numbers outside the predicted range are hollow. A guess is a
/// triangle under its bar.
class SpreadChart : public QWidget {
    Q_OBJECT
public:
    explicit SpreadChart(QWidget* parent = nullptr);

    /// low .. high: the predicted range.
    void showSpread(const CountSpread& spread, int low, int high);
    void showNothing();
    void showGuess(std::optional<double> guess);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBars(QPainter& painter, const QRectF& area) const;
    void paintGuess(QPainter& painter, const QRectF& area) const;
    [[nodiscard]] int shown() const; ///< how many numbers, from 0

    std::optional<CountSpread> m_spread;
    int m_low = 0;
    int m_high = 0;
    std::optional<double> m_guess;
};

} // namespace flatline
