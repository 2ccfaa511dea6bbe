#pragma once

#include <QWidget>

#include <vector>

namespace flatline {

/// All incoming weights of a neuron, of which one is chosen: by a click, or by the arrow keys, Home and End. How they
/// are drawn is the derived class's.
class WeightPicker : public QWidget {
    Q_OBJECT
public:
    explicit WeightPicker(QWidget* parent);

    void showWeights(std::vector<float> weights);
    [[nodiscard]] int chosen() const { return m_chosen; } ///< from 0
    void choose(int index);                               ///< no signal

signals:
    void chosenByUser(int index);

protected:
    [[nodiscard]] const std::vector<float>& weights() const { return m_weights; }
    [[nodiscard]] int count() const { return static_cast<int>(m_weights.size()); }
    /// A weight over the largest one: -1 to 1. One that is not finite counts as 1.
    [[nodiscard]] double relative(int index) const;
    [[nodiscard]] virtual int indexAt(QPointF place) const = 0; ///< may lie outside
    [[nodiscard]] virtual int rowStep() const { return 0; }     ///< for Up and Down; 0: they are not its keys

    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Where a key goes from the chosen one; -1: it is not one of its keys.
    [[nodiscard]] int target(int key) const;
    void pick(int index);

    std::vector<float> m_weights;
    double m_most = 1e-12; ///< the largest size of a finite one
    int m_chosen = 0;
};

} // namespace flatline
