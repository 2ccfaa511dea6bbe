#include "core/analysis/kick_forecast.h"

#include "core/diagnosis/evaluation.h"
#include "core/training/kick.h"

#include <algorithm>
#include <cassert>

namespace flatline {
namespace {

constexpr int mostDraws = 400;                 // standard error of a chance: at most 0.025
constexpr int fewestDraws = 100;               // fewer say too little of a spread
constexpr double mostWork = 4e8;               // multiplications in all: some 0.1 s
constexpr std::uint32_t firstSubstream = 1024; // behind those of the layers' chances

NeuronMask deadMask(const Diagnosis& diagnosis) {
    NeuronMask mask;
    for (const LayerDiagnosis& layer : diagnosis.layers) {
        mask.emplace_back();
        for (const NeuronDiagnosis& neuron : layer.neurons)
            mask.back().push_back(neuron.state == NeuronState::Dead ? 1 : 0);
    }
    return mask;
}

int reachOf(const NeuronMask& struck, const NeuronMask& dead) {
    int reach = 0;
    bool behind = false; // a layer before this one is struck
    for (std::size_t k = 0; k < dead.size(); ++k) {
        for (std::size_t j = 0; j < dead[k].size(); ++j)
            reach += dead[k][j] != 0 && (behind || struck[k][j] != 0) ? 1 : 0;
        behind = behind || std::ranges::any_of(struck[k], [](char one) { return one != 0; });
    }
    return reach;
}

int drawsFor(const Snapshot& snapshot) {
    constexpr double look = 10.0; // multiplications that looking at a value costs
    const double values = static_cast<double>(snapshot.parameters->size()) + look * snapshot.diagnosis->neurons();
    const double work = values * snapshot.dataset->train.samples();
    return static_cast<int>(std::min<double>(mostDraws, mostWork / work));
}

KickForecast forecastAlone(const NeuronMask& struck, const Outlook& outlook) {
    std::vector<double> chances;
    for (std::size_t k = 0; k < struck.size(); ++k)
        for (std::size_t j = 0; j < struck[k].size(); ++j)
            if (struck[k][j] != 0 && outlook[k][j].kickChance)
                chances.push_back(*outlook[k][j].kickChance);
    return {static_cast<int>(chances.size()), poissonBinomial(chances), {}, 0};
}

/// How many came back and how many died, by whom a look finds dead.
struct Changes {
    int revived = 0;
    int died = 0;
};
Changes changesTo(const Tallies& tallies, const NeuronMask& dead, int samples) {
    Changes changes;
    for (std::size_t k = 0; k < dead.size(); ++k)
        for (std::size_t j = 0; j < dead[k].size(); ++j) {
            const bool now = tallies[k][j].zeroSlope == samples;
            changes.revived += dead[k][j] != 0 && !now ? 1 : 0;
            changes.died += dead[k][j] == 0 && now ? 1 : 0;
        }
    return changes;
}

} // namespace

std::optional<KickForecast> forecastKick(const Snapshot& snapshot, const ThermalKick& kick, const Outlook& outlook,
                                         const std::atomic<bool>* cancelled) {
    assert(snapshot.spec && snapshot.parameters && snapshot.dataset && snapshot.diagnosis);
    const NeuronMask dead = deadMask(*snapshot.diagnosis);
    const NeuronMask struck = targetMask(kick.target, dead);
    const int draws = drawsFor(snapshot);
    if (draws < fewestDraws)
        return snapshot.spec->activation->reluLike ? std::optional(forecastAlone(struck, outlook)) : std::nullopt;
    const Network<float> network(*snapshot.spec);
    Evaluator evaluator(*snapshot.spec, snapshot.dataset->train);
    TallyCounter counter;
    Tallies tallies;
    std::vector<int> revived;
    std::vector<int> died;
    for (int draw = 0; draw < draws; ++draw) {
        if (cancelled != nullptr && *cancelled)
            return std::nullopt;
        std::vector<float> kicked = *snapshot.parameters;
        (void)applyKick(kick, dead, network.layout(),
                        RandomStream(static_cast<std::uint64_t>(snapshot.settings.seed), StreamId::Chances,
                                     firstSubstream + static_cast<std::uint32_t>(draw)),
                        kicked);
        counter.begin(*snapshot.spec);
        evaluator.forEachTile(network, kicked.data(), TileKeep::States,
                              [&](TilePass& pass, const TileSamples&, int) { counter.add(pass); });
        counter.finish(tallies);
        const Changes changes = changesTo(tallies, dead, evaluator.samples());
        revived.push_back(changes.revived);
        died.push_back(changes.died);
    }
    return KickForecast{reachOf(struck, dead), spreadOf(revived), spreadOf(died), draws};
}

KickOutcome kickOutcome(const EventLog& events, std::size_t kick) {
    assert(kick < events.size() && events[kick].kind == EventKind::Kick);
    KickOutcome outcome{events[kick].step, 0, 0};
    for (std::size_t i = kick + 1; i < events.size() && events[i].step == outcome.step; ++i) {
        const EventKind kind = events[i].kind;
        if (kind != EventKind::Died && kind != EventKind::Revived)
            break;
        (kind == EventKind::Revived ? outcome.revived : outcome.died) += 1;
    }
    return outcome;
}

} // namespace flatline
