#include "ui/fields/cell_flash.h"

#include "ui/fields/strip_text.h"

#include <algorithm>

namespace flatline {
namespace {

bool struck(const Target& target, NeuronId id, NeuronState before) {
    using Kind = Target::Kind;
    if (target.kind == Kind::Dead)
        return before == NeuronState::Dead;
    return target.kind == Kind::All ||
           (target.layer == id.layer && (target.kind == Kind::Layer || target.neuron == id.neuron));
}

/// The kicks made between two snapshots of one run.
std::vector<Target> newKicks(const Snapshot& before, const Snapshot& after) {
    std::vector<Target> kicks;
    if (before.curves == nullptr || after.curves == nullptr)
        return kicks;
    for (std::size_t k = before.curves->marks.size(); k < after.curves->marks.size(); ++k)
        if (const auto* kick = std::get_if<ThermalKick>(&after.curves->marks[k].action))
            kicks.push_back(kick->target);
    return kicks;
}

NeuronState stateOf(const Snapshot& snapshot, NeuronId id) {
    return snapshot.diagnosis->layers[static_cast<std::size_t>(id.layer - 1)]
        .neurons[static_cast<std::size_t>(id.neuron - 1)]
        .state;
}

} // namespace

std::vector<CellFlash> flashesBetween(const Snapshot& before, const Snapshot& after) {
    std::vector<CellFlash> flashes;
    if (before.run != after.run || before.diagnosis == nullptr || before.diagnosis == after.diagnosis)
        return flashes;
    const std::vector<Target> kicks = newKicks(before, after);
    for (NeuronId id{1, 1}; hasNeuron(after, id) && hasNeuron(before, id); ++id.layer, id.neuron = 1)
        for (; hasNeuron(after, id) && hasNeuron(before, id); ++id.neuron) {
            const NeuronState was = stateOf(before, id);
            const bool died = stateOf(after, id) == NeuronState::Dead && was != NeuronState::Dead;
            const bool kicked =
                std::ranges::any_of(kicks, [&](const Target& target) { return struck(target, id, was); });
            if (died || kicked)
                flashes.push_back({id, died});
        }
    return flashes;
}

} // namespace flatline
