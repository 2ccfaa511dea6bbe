#pragma once

#include <QWidget>

#include <vector>

namespace flatline {

/// All incoming weights of a neuron as bars, of which one is chosen: by a click, or by Left, Right, Home and End.
class WeightBars : public QWidget {
    Q_OBJECT
public:
    explicit WeightBars(QWidget* parent);

    void showWeights(std::vector<float> weights);
    [[nodiscard]] int chosen() const { return m_chosen; } ///< from 0
    void choose(int index);                               ///< no signal
    [[nodiscard]] QRectF barBox(int index) const;

signals:
    void chosenByUser(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void pick(int index);
    [[nodiscard]] double extent() const;

    std::vector<float> m_weights;
    int m_chosen = 0;
};

} // namespace flatline
