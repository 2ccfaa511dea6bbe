#include "ui/fields/cell_flash.h"

#include "ui/fields/prediction.h"
#include "ui/fields/strip_text.h"

#include <algorithm>

namespace flatline {
namespace {

/// What a deed strikes; nothing where it strikes no neuron in particular.
std::optional<Target> struckBy(const Action& action) {
    if (const auto* kick = std::get_if<ThermalKick>(&action))
        return kick->target;
    if (const auto* reset = std::get_if<ResetNeurons>(&action))
        return reset->target;
    if (const auto* edit = std::get_if<EditParameters>(&action))
        return Target{Target::Kind::Neuron, edit->layer, edit->neuron};
    return std::nullopt;
}

/// The kicks and resets made between two snapshots of one run.
std::vector<Target> newStrikes(const Snapshot& before, const Snapshot& after) {
    std::vector<Target> strikes;
    if (before.curves == nullptr || after.curves == nullptr)
        return strikes;
    for (std::size_t k = before.curves->marks.size(); k < after.curves->marks.size(); ++k)
        if (const std::optional<Target> target = struckBy(after.curves->marks[k].action))
            strikes.push_back(*target);
    return strikes;
}

} // namespace

std::vector<CellFlash> flashesBetween(const Snapshot& before, const Snapshot& after) {
    std::vector<CellFlash> flashes;
    if (before.run != after.run || before.diagnosis == nullptr || before.diagnosis == after.diagnosis)
        return flashes;
    if ((before.past || after.past) && after.now.step != before.now.step + 1)
        return flashes; // a jump through time: nobody died just now
    const std::vector<Target> strikes = newStrikes(before, after);
    for (NeuronId id{1, 1}; hasNeuron(after, id) && hasNeuron(before, id); ++id.layer, id.neuron = 1)
        for (; hasNeuron(after, id) && hasNeuron(before, id); ++id.neuron) {
            const NeuronState was = diagnosisOf(before, id).state;
            const bool died = diagnosisOf(after, id).state == NeuronState::Dead && was != NeuronState::Dead;
            const bool struck = std::ranges::any_of(
                strikes, [&](const Target& target) { return aimsAt(target, id, was == NeuronState::Dead); });
            if (died || struck)
                flashes.push_back({id, died});
        }
    return flashes;
}

} // namespace flatline
