#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/network/network.h"
#include "ui/charts/axis_range.h"

#include <QWidget>

#include <optional>
#include <span>
#include <vector>

namespace flatline {

class Plot;

/// Which of a layer's two histograms is shown.
enum class ActivationSide { Before, After }; ///< z, or f(z)

/// Both edges' piles and the bins between them, as shares of all values. Exact zeros are apart; of the
/// pre-activations' they stand in the bin below 0, since f'(0) goes with it.
struct HistogramShares {
    std::vector<double> heights;                                   ///< [below, bins ..., above]
    double highestInside = 0.0;                                    ///< of the bins, without the piles
    [[nodiscard]] double edge(std::size_t bar, float range) const; ///< the lower end of a bar between the piles
};
/// Of a bar; and the middles of all, the piles at both edges included.
[[nodiscard]] double barWidth(const Histogram& histogram);
[[nodiscard]] std::vector<double> barMiddles(const Histogram& histogram);
[[nodiscard]] HistogramShares histogramShares(const Histogram& histogram, bool withZeros);

/// One layer of the activation view: the share of outputs that are exactly 0, apart from the histogram with the
/// function drawn over it.
class ActivationRowWidget : public QWidget {
    Q_OBJECT
public:
    explicit ActivationRowWidget(QWidget* parent = nullptr);

    /// layer: from 1. `slopes`: those that its neurons have learnt; empty where none are learnt.
    void showLayer(int layer, const LayerDiagnosis& diagnosis, const NetworkSpec& spec, std::span<const float> slopes,
                   ActivationSide side);
    [[nodiscard]] double zeroShare() const { return m_zeroShare; } ///< 0 to 1, of the outputs
    [[nodiscard]] QRectF zeroBar() const;                          ///< the whole bar, of which the share is filled
    /// The neuron (from 1) whose largest z is nearest to that place of the axis, and near enough to be meant. Only of
    /// the pre-activations.
    [[nodiscard]] std::optional<int> neuronNear(double z) const;

signals:
    void neuronClicked(int layer, int neuron); ///< both from 1

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QStringList readout(double x) const;

    int m_layer = 0;
    double m_zeroShare = 0.0;
    Histogram m_histogram;
    std::vector<float> m_margins; ///< the neurons' largest z
    ActivationSide m_side = ActivationSide::Before;
    AxisRange m_heights;
    Plot* m_plot;
};

} // namespace flatline
