#pragma once

#include <QWidget>

#include <vector>

namespace flatline {

/// A neuron's own pre-activations over the training set: where they lie about 0, and its margin.
class MarginHistogram : public QWidget {
    Q_OBJECT
public:
    explicit MarginHistogram(QWidget* parent);

    /// `hasMargin`: 0 means something to the activation. Not finite values are counted, not drawn.
    void showValues(std::vector<float> values, bool hasMargin);
    [[nodiscard]] QString note() const; ///< "250 samples, all below 0"
    [[nodiscard]] QString summary() const;
    [[nodiscard]] double margin() const { return m_margin; }
    [[nodiscard]] const std::vector<int>& bars() const { return m_bars; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void count();
    [[nodiscard]] double placeX(double value) const;

    std::vector<float> m_values;
    std::vector<int> m_bars;
    double m_low = -1.0; ///< the axis
    double m_high = 1.0;
    double m_margin = 0.0;
    int m_above = 0;
    int m_wild = 0; ///< not finite
    bool m_hasMargin = true;
};

} // namespace flatline
