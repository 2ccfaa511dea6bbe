#pragma once

#include "ui/views/layer_strip.h"

namespace flatline {

/// The gradient's norm in many layers, over the steps: the stronger the ink, the larger (logarithmic over all that was
/// seen); hatched where it is exactly 0.
class GradientStrip : public LayerStrip {
    Q_OBJECT
public:
    using LayerStrip::LayerStrip;

    /// How strong the ink is for a norm: 0 to 1; 0 for none.
    [[nodiscard]] double strength(double norm) const;

protected:
    [[nodiscard]] const std::vector<Curve>& curvesOf(const Curves& curves) const override { return curves.gradients; }
    void paintRow(QPainter& painter, std::size_t layer) const override;
    [[nodiscard]] EndLabel endLabel(const Observation::Layer& now) const override;
    [[nodiscard]] QString wordsFor(double value, const Observation::Layer& now) const override;
    void snapshotChanged() override;

private:
    AxisRange m_norms; ///< from 0 to 0 before there are any
};

} // namespace flatline
