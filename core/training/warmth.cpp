#include "core/training/warmth.h"

namespace flatline {

BiasShift shiftAt(std::int64_t step, std::span<const Warmth> warmths, const std::vector<int>& hidden) {
    BiasShift shift;
    for (const Warmth& one : warmths) {
        if (step - one.since >= one.warming.steps)
            continue;
        const double done = static_cast<double>(step - one.since) / static_cast<double>(one.warming.steps);
        const double left = one.warming.gamma * (1.0 - done);
        if (one.neurons.empty()) {
            shift.all += left;
            continue;
        }
        for (std::size_t k = 0; shift.own.size() < hidden.size(); ++k)
            shift.own.emplace_back(static_cast<std::size_t>(hidden[k]), 0.0);
        for (const NeuronPlace place : one.neurons)
            shift.own[place.layer][place.neuron] += left;
    }
    return shift;
}

} // namespace flatline
