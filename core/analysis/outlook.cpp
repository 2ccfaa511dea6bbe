#include "core/analysis/outlook.h"

#include "core/analysis/kick_chance.h"
#include "core/analysis/lethal_rates.h"
#include "core/training/optimizer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

const std::array wakeRows{
    WakeRow{WakeChance::Never, "never", FLATLINE_TEXT("Nothing acts on it: this training will never wake it.")},
    WakeRow{WakeChance::OnlyUpstream, "upstream", FLATLINE_TEXT("It can wake only if the layers before it move.")},
    WakeRow{WakeChance::ByBiasDecay, "bias-decay", FLATLINE_TEXT("Decay of its bias alone will wake it.")},
    WakeRow{WakeChance::ByDecay, "decay", FLATLINE_TEXT("Decay moves it; whether that wakes it is open.")},
    WakeRow{WakeChance::Coasting, "coasting", FLATLINE_TEXT("The memory of earlier gradients still moves it.")},
    WakeRow{WakeChance::ByBatchNorm, "batch-norm",
            FLATLINE_TEXT("Dead by batch norm's running figures; a batch's own may wake it.")},
};

constexpr double negligible = 1e-5; // of a parameter: what rounding leaves in the pending move

/// What acts on a dead neuron's incoming parameters in the pending step, no gradient being among it.
struct Forces {
    bool decay = false;
    bool memory = false;
};

Forces forcesOn(const Snapshot& snapshot, const Layout& layout, NeuronPlace place) {
    Forces forces;
    const TrainingSettings& training = snapshot.settings.training;
    const bool remembers = training.optimizer != "rmsprop";
    for (const BlockKind kind : {BlockKind::Weight, BlockKind::Bias}) {
        const Block& block = layout.block(static_cast<int>(place.layer) + 1, kind);
        const double decay = decayOf(training, kind);
        for (int column = 0; column < block.columns; ++column) {
            const std::size_t i = block.at(static_cast<int>(place.neuron), column);
            const auto value = static_cast<double>((*snapshot.parameters)[i]);
            forces.decay = forces.decay || (decay > 0.0 && value != 0.0);
            const double rest =
                snapshot.pendingMove == nullptr ? 0.0 : static_cast<double>((*snapshot.pendingMove)[i]) + decay * value;
            forces.memory = forces.memory || (remembers && std::abs(rest) > negligible * (std::abs(value) + 1e-3));
        }
    }
    return forces;
}

/// floor(ln(m / |b|) / ln(1 - lr lambda)) + 1 steps from now, with m = max w.x = margin - b; the bias decays as
/// b (1 - lr lambda)^n, and the neuron lives as soon as m > |b|.
std::optional<std::int64_t> stepsToLife(double margin, double bias, double kept) {
    const double reach = margin - bias;
    if (!(reach > 0.0) || !(bias < 0.0) || !(kept > 0.0 && kept < 1.0))
        return std::nullopt;
    const double steps = std::floor(std::log(reach / -bias) / std::log(kept)) + 1.0;
    return steps < 1e15 ? std::optional(static_cast<std::int64_t>(std::max(1.0, steps))) : std::nullopt;
}

void foretell(const Snapshot& snapshot, const Layout& layout, NeuronPlace place, double margin,
              NeuronOutlook& outlook) {
    const TrainingSettings& training = snapshot.settings.training;
    const WakeChance alone = place.layer == 0 ? WakeChance::Never : WakeChance::OnlyUpstream;
    outlook.wake = alone;
    if (snapshot.spec->batchNorm != BatchNorm::None) {
        outlook.wake = WakeChance::ByBatchNorm;
        return;
    }
    if (training.learningRate == 0.0)
        return;
    const Forces forces = forcesOn(snapshot, layout, place);
    if (forces.memory || (forces.decay && training.optimizer == "sgd" && training.momentum > 0.0)) {
        outlook.wake = forces.memory ? WakeChance::Coasting : WakeChance::ByDecay;
        return;
    }
    if (!forces.decay)
        return;
    outlook.wake = WakeChance::ByDecay;
    if (place.layer > 0 || training.optimizer == "rmsprop" || !snapshot.spec->biasShift.none())
        return;
    const Block& bias = layout.block(1, BlockKind::Bias);
    const auto value = static_cast<double>((*snapshot.parameters)[bias.offset + place.neuron]);
    if (training.weightDecay == training.biasDecay) {
        outlook.wake = WakeChance::Never; // all of z shrinks alike
    } else if (training.weightDecay == 0.0) {
        const auto steps = stepsToLife(margin, value, 1.0 - training.learningRate * training.biasDecay);
        outlook.wake = steps ? WakeChance::ByBiasDecay : WakeChance::Never;
        if (steps)
            outlook.wakesAt = snapshot.now.step + *steps;
    }
}

} // namespace

std::span<const WakeRow> wakeTable() {
    return wakeRows;
}

ThermalKick usualKick(const Settings& experiment) {
    ThermalKick kick;
    for (const Intervention& intervention : experiment.interventions)
        if (const auto* planned = std::get_if<ThermalKick>(&intervention.action))
            kick = *planned;
    return kick;
}

Outlook computeOutlook(const Snapshot& snapshot, const ThermalKick& kick) {
    assert(snapshot.spec && snapshot.parameters && snapshot.dataset && snapshot.diagnosis);
    const Network<float> network(*snapshot.spec);
    const Split& train = snapshot.dataset->train;
    const bool reluLike = snapshot.spec->activation->reluLike;
    Outlook outlook;
    std::vector<NeuronPlace> dead;
    std::vector<double> margins;
    for (std::size_t k = 0; k < snapshot.diagnosis->layers.size(); ++k) {
        const auto& neurons = snapshot.diagnosis->layers[k].neurons;
        outlook.emplace_back(neurons.size());
        for (std::size_t j = 0; j < neurons.size(); ++j)
            if (neurons[j].state == NeuronState::Dead) {
                dead.push_back({k, j});
                margins.push_back(static_cast<double>(neurons[j].margin));
                if (reluLike)
                    foretell(snapshot, network.layout(), dead.back(), margins.back(), outlook[k][j]);
            }
    }
    if (!reluLike)
        return outlook;
    const auto chances = kickChances(network, *snapshot.parameters, train, dead, margins, kick, snapshot.settings.seed);
    for (std::size_t i = 0; i < dead.size(); ++i)
        outlook[dead[i].layer][dead[i].neuron].kickChance = chances[i];
    if (snapshot.pendingMove == nullptr)
        return outlook;
    const auto lethal = lethalRates(network, *snapshot.parameters, *snapshot.pendingMove, train);
    for (std::size_t k = 0; k < outlook.size(); ++k)
        for (std::size_t j = 0; j < outlook[k].size(); ++j)
            if (snapshot.diagnosis->layers[k].neurons[j].state != NeuronState::Dead &&
                network.neuronParameters(snapshot.parameters->data(), k, j).alpha == 0.0)
                outlook[k][j].lethal = lethal[k][j];
    return outlook;
}

} // namespace flatline
