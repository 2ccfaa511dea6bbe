#include "core/training/kick.h"

#include "core/analysis/kick_chance.h"
#include "core/analysis/kick_forecast.h"
#include "core/training/moment.h"
#include "core/verify/quantity.h"

#include <limits>
#include <numeric>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Snapshot snapshotOf(MeasuredRun& run) {
    Snapshot snapshot;
    MomentWriter().write(run.trainer(), false, snapshot);
    return snapshot;
}

/// A quantile of how many will come back, as the window states it; nothing where nobody can.
template <int Percent>
double foretold(MeasuredRun& run, int) {
    const Snapshot snapshot = snapshotOf(run);
    const ThermalKick kick = usualKick(run.trainer().experiment());
    const auto forecast = forecastKick(snapshot, kick, computeOutlook(snapshot, kick));
    return forecast && forecast->reach > 0 ? forecast->revived.quantile(Percent / 100.0) : none;
}

/// Kicks a copy.
double revived(MeasuredRun& run, int) {
    if (run.observation().dead() == 0)
        return none;
    Trainer kicked = run.trainer().clone();
    const std::size_t before = kicked.events().size();
    if (!kicked.act(usualKick(run.trainer().experiment())))
        return none;
    return kickOutcome(kicked.events(), before).revived;
}

/// The dead of the first layer, which see the features alone: what others do is nothing to them.
std::vector<NeuronPlace> deadOfFirstLayer(MeasuredRun& run) {
    std::vector<NeuronPlace> dead;
    const std::span<const NeuronDiagnosis> neurons = run.firstLayer();
    for (std::size_t j = 0; j < neurons.size(); ++j)
        if (neurons[j].state == NeuronState::Dead)
            dead.push_back({0, j});
    return dead;
}

ThermalKick biasKick(MeasuredRun& run) {
    ThermalKick kick = usualKick(run.trainer().experiment());
    kick.parameters = KickedParameters::Bias;
    kick.target = {Target::Kind::Dead, 0, 0};
    return kick;
}

double biasKickChance(MeasuredRun& run, int) {
    const std::vector<NeuronPlace> dead = deadOfFirstLayer(run);
    if (dead.empty())
        return none;
    std::vector<double> margins;
    for (const NeuronPlace place : dead)
        margins.push_back(static_cast<double>(run.diagnosis().layers[0].neurons[place.neuron].margin));
    const Trainer& trainer = run.trainer();
    const std::vector<double> chances = kickChances(trainer.network(), trainer.parameters(), trainer.dataset()->train,
                                                    dead, margins, biasKick(run), trainer.settings().seed);
    return std::accumulate(chances.begin(), chances.end(), 0.0) / static_cast<double>(chances.size());
}

/// Kicks with the draws of one kick after the other, each from the parameters as they are now.
double biasKickShare(MeasuredRun& run, int) {
    constexpr std::uint32_t kicks = 1000; // of five neurons: a standard error of less than 0.01
    const std::vector<NeuronPlace> dead = deadOfFirstLayer(run);
    if (dead.empty())
        return none;
    const Trainer& trainer = run.trainer();
    const Network<float>& network = trainer.network();
    Evaluator evaluator(network.spec(), trainer.dataset()->train);
    TallyCounter counter;
    Tallies tallies;
    NeuronMask mask;
    for (const LayerDiagnosis& layer : run.diagnosis().layers)
        mask.emplace_back(layer.neurons.size(), 0);
    for (const NeuronPlace place : dead)
        mask[0][place.neuron] = 1;
    int awake = 0;
    for (std::uint32_t kick = 0; kick < kicks; ++kick) {
        std::vector<float> parameters = trainer.parameters();
        applyKick(biasKick(run), mask, network.layout(),
                  RandomStream(static_cast<std::uint64_t>(trainer.settings().seed), StreamId::Kicks, kick), parameters);
        counter.begin(network.spec());
        evaluator.forEachTile(network, parameters.data(), TileKeep::States,
                              [&](TilePass& pass, const TileSamples&, int) { counter.add(pass); });
        counter.finish(tallies);
        for (const NeuronPlace place : dead)
            awake += tallies[0][place.neuron].zeroSlope < evaluator.samples() ? 1 : 0;
    }
    return awake / (static_cast<double>(kicks) * static_cast<double>(dead.size()));
}

} // namespace

// What a kick at this step would do, the experiment's last planned one or else the ordinary one, and what was said of
// it before. The run itself is not kicked.
std::vector<QuantityRow> kickQuantities() {
    return {
        {"kick_revived", FLATLINE_TEXT("how many a thermal kick at this step brings back"), revived,
         RunDemand{Watch::Deaths}},
        {"kick_low",
         FLATLINE_TEXT("the least that is foretold for that kick: the lower end of the range the lab states"),
         foretold<5>},
        {"kick_high", FLATLINE_TEXT("the most that is foretold: the range's upper end"), foretold<95>},
        {"bias_kick_share",
         FLATLINE_TEXT("the share of dead first-layer neurons that come back in 1000 kicks, each from now, of the same "
                       "strength to the bias alone"),
         biasKickShare},
        {"bias_kick_chance", FLATLINE_TEXT("the chance foretold for that, 1 − Φ(m / σ), the mean over these neurons"),
         biasKickChance},
    };
}

} // namespace flatline
