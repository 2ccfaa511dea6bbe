#pragma once

#include "core/network/network.h"
#include "ui/charts/plot_content.h"

#include <span>
#include <vector>

namespace flatline {

/// f or f′ over a range; at a bend in 0 the points just beside it, not its middle.
[[nodiscard]] Curve sampledFunction(ElementFunctions<double>::Function function, const ActivationParameters& parameters,
                                    AxisRange range);

/// What a layer's neurons make of z: one function, or, where slopes are learnt, one for each neuron.
class LayerFunctions {
public:
    /// `slopes`: those that the neurons have learnt; empty where none are learnt. The spec has an activation.
    LayerFunctions(const NetworkSpec& spec, std::span<const float> slopes);

    /// Draws f and f′ over bars of which the axis shows up to `top`: the middle one of learnt functions, with the range
    /// of all as a band and, for a few neurons, a thin line each. The content has its xRange.
    void addTo(PlotContent& content, double top) const;
    /// The only one, or the middle one of learnt functions.
    [[nodiscard]] const ActivationParameters& middle() const { return m_parameters[m_parameters.size() / 2]; }
    /// Whether some neuron lets a gradient pass there.
    [[nodiscard]] std::vector<char> passing(const std::vector<double>& z) const;

private:
    using Function = ElementFunctions<double>::Function;
    [[nodiscard]] Curve fan(Function function, AxisRange range) const;
    void addBlades(PlotContent& content, AxisRange values, double top) const;
    void addSlopesNote(PlotContent& content, double top) const;

    const ActivationRow& m_row;
    std::vector<ActivationParameters> m_parameters; ///< by rising slope; at least one
};

} // namespace flatline
