#pragma once

#include "ui/views/layer_strip.h"

namespace flatline {

/// The share of dead neurons of many layers, over the steps. The stronger the colour, the more are dead; hatched where
/// the whole layer is.
class DeadStrip : public LayerStrip {
    Q_OBJECT
public:
    using LayerStrip::LayerStrip;

protected:
    [[nodiscard]] const std::vector<Curve>& curvesOf(const Curves& curves) const override { return curves.dead; }
    void paintRow(QPainter& painter, std::size_t layer) const override;
    [[nodiscard]] EndLabel endLabel(const Observation::Layer& now) const override;
    [[nodiscard]] QString wordsFor(double value, const Observation::Layer& now) const override;
};

} // namespace flatline
