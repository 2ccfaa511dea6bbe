#include "ui/fields/prediction.h"

namespace flatline {

bool aimsAt(const Target& target, NeuronId id, bool dead) {
    using Kind = Target::Kind;
    if (target.kind == Kind::Dead)
        return dead;
    return target.kind == Kind::All ||
           (target.layer == id.layer && (target.kind == Kind::Layer || target.neuron == id.neuron));
}

const NeuronOutlook* outlookOf(const Frame& frame, NeuronId id) {
    if (!frame.analysis || id.layer < 1 || id.neuron < 1)
        return nullptr;
    const auto layer = static_cast<std::size_t>(id.layer - 1);
    const auto neuron = static_cast<std::size_t>(id.neuron - 1);
    const Outlook& outlook = frame.analysis->outlook;
    return layer < outlook.size() && neuron < outlook[layer].size() ? &outlook[layer][neuron] : nullptr;
}

} // namespace flatline
