#include "core/inspection/inspector.h"

#include "core/inspection/rate_curve.h"
#include "core/inspection/redraw_chance.h"
#include "core/training/fields.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

constexpr std::int64_t shownBeats = 110; // as many as can be told apart on a strip
constexpr std::int64_t beatsBefore = 53; // a death in the middle, the flat line after it a little longer

bool stopped(const std::atomic<bool>* cancelled) {
    return cancelled != nullptr && *cancelled;
}

const NeuronLife& lifeOf(const Snapshot& snapshot, NeuronPlace place) {
    return snapshot.lives[place.layer][place.neuron];
}

bool isDead(const Snapshot& snapshot, NeuronPlace place) {
    return snapshot.diagnosis->layers[place.layer].neurons[place.neuron].state == NeuronState::Dead;
}

/// What the step did to each parameter per unit of the learning rate.
std::vector<float> unitMove(const MadeStep& made) {
    std::vector<float> move(made.before.size());
    for (std::size_t i = 0; i < move.size(); ++i)
        move[i] = static_cast<float>((static_cast<double>(made.after[i]) - static_cast<double>(made.before[i])) /
                                     made.learningRate);
    return move;
}

/// From which step on other rates are to be tried, for a death that came over many: the first one after the last
/// healthy look, after the last change of the rate, and not more of them than there is time for. Step 1 stays as it
/// was: a rate that is set before it is another start. The very step itself where one step did it.
std::int64_t firstToTry(const Snapshot& snapshot, const Certificate& death, std::size_t parameters) {
    if (death.verdict == Verdict::Overshoot)
        return death.step;
    std::int64_t first = std::max(std::int64_t{2}, death.since + 1);
    for (const Intervention& one : snapshot.experiment.interventions) {
        const auto* change = std::get_if<SettingChange>(&one.action);
        if (change != nullptr && change->path == "training.learning_rate" && one.step < death.step)
            first = std::max(first, one.step + 1);
    }
    const std::int64_t most = mostCurveSteps(parameters, snapshot.settings.training.batchSize);
    return std::clamp(first, death.step - most + 1, death.step);
}

LastLife lastLife(const Network<float>& network, std::span<const float> parameters, Evaluator& evaluator,
                  NeuronPlace place, std::int64_t step) {
    const std::vector<float> z = preActivations(network, evaluator, parameters, place);
    return {step, evaluatedWeights(network, parameters, place),
            std::ranges::count_if(z, [](float value) { return value > 0.0F; })};
}

/// How the pending step would move the neuron's parameters.
double pendingNorm(const Snapshot& snapshot, const Layout& layout, NeuronPlace place) {
    const int layer = static_cast<int>(place.layer) + 1;
    const Block& weights = layout.block(layer, BlockKind::Weight);
    double sum = 0.0;
    const auto add = [&](std::size_t i) { sum += std::pow(static_cast<double>((*snapshot.pendingMove)[i]), 2); };
    for (int column = 0; column < weights.columns; ++column)
        add(weights.at(static_cast<int>(place.neuron), column));
    add(layout.block(layer, BlockKind::Bias).offset + place.neuron);
    return std::sqrt(sum);
}

} // namespace

// What came before a death does not change any more: it is worked out once.
void Inspector::lookAtDeath(const Snapshot& snapshot, Evaluator& evaluator, Inspection& found,
                            const std::atomic<bool>* cancelled) {
    const NeuronLife& life = lifeOf(snapshot, found.place);
    if (life.death == nullptr || life.diedAt < 0 || (life.bornDead && life.diedAt == 0))
        return;
    const bool known = m_remembered && m_remembered->run == snapshot.run && m_remembered->place == found.place &&
                       m_remembered->death == life.death;
    if (!known) {
        Remembered news{snapshot.run, found.place, life.death, {}, {}};
        if (life.death->batch == 0) { // an intervention
            if (const auto state = m_replay.after(snapshot, life.diedAt, cancelled))
                news.before = lastLife(state->network, state->parameters, evaluator, found.place, life.diedAt);
        } else if (const auto made = m_replay.step(snapshot, life.diedAt, cancelled)) {
            news.before = lastLife(made->network, made->before, evaluator, found.place, life.diedAt - 1);
            if (made->network.spec().activation->reluLike && made->learningRate > 0.0)
                news.rates = deathCurve(snapshot, *made, evaluator, found.place, cancelled);
        }
        if (stopped(cancelled))
            return;
        m_remembered = std::move(news);
    }
    found.before = m_remembered->before;
    if (isDead(snapshot, found.place))
        found.rates = m_remembered->rates;
}

std::optional<RateCurve> Inspector::deathCurve(const Snapshot& snapshot, const MadeStep& made, Evaluator& evaluator,
                                               NeuronPlace place, const std::atomic<bool>* cancelled) {
    const Certificate& death = *lifeOf(snapshot, place).death;
    if (const std::int64_t first = firstToTry(snapshot, death, made.before.size()); first < death.step)
        if (auto base = m_replay.branch(snapshot, first - 1, cancelled))
            return rateCurveOver(*base, death.step, evaluator, place, made.learningRate, cancelled);
    RateCurve curve = rateCurve(made.network, evaluator, made.before, unitMove(made), place, made.learningRate);
    curve.first = curve.step = death.step;
    curve.made = true;
    return curve;
}

void Inspector::lookAtNext(const Snapshot& snapshot, const Network<float>& network, Evaluator& evaluator,
                           Inspection& found) {
    if (snapshot.pendingMove == nullptr)
        return;
    found.gradient = pendingNorm(snapshot, network.layout(), found.place);
    const bool leaks =
        network.neuronParameters(snapshot.parameters->data(), found.place.layer, found.place.neuron).alpha != 0.0;
    if (isDead(snapshot, found.place) || !network.spec().activation->reluLike || leaks)
        return;
    found.rates = rateCurve(network, evaluator, *snapshot.parameters, *snapshot.pendingMove, found.place,
                            snapshot.settings.training.learningRate);
    found.rates->first = found.rates->step = snapshot.now.step + 1;
}

void Inspector::replayBeats(const Snapshot& snapshot, Inspection& found, const std::atomic<bool>* cancelled) {
    const std::int64_t end = std::max(snapshot.head, snapshot.now.step);
    std::int64_t last = snapshot.now.step;
    const std::int64_t diedAt = lifeOf(snapshot, found.place).diedAt;
    if (found.beatsOf == BeatsOf::Death && diedAt > 0)
        last = std::min(end, std::max(diedAt - beatsBefore, std::int64_t{0}) + shownBeats);
    found.beats =
        m_replay.beats(snapshot, found.place, std::max(std::int64_t{1}, last - shownBeats + 1), last, cancelled);
}

std::shared_ptr<const Inspection> Inspector::inspect(const Snapshot& snapshot, NeuronPlace place, BeatsOf which,
                                                     const std::atomic<bool>* cancelled) {
    assert(snapshot.spec && snapshot.parameters && snapshot.dataset && snapshot.diagnosis);
    const Network<float> network(*snapshot.spec);
    const Split& train = snapshot.dataset->train;
    Evaluator evaluator(*snapshot.spec, train);
    auto found = std::make_shared<Inspection>();
    found->run = snapshot.run;
    found->version = snapshot.version;
    found->step = snapshot.now.step;
    found->place = place;
    found->beatsOf = which;
    found->own = neuronWeights(network, *snapshot.parameters, place);
    found->z = preActivations(network, evaluator, *snapshot.parameters, place);
    found->nearest = static_cast<std::size_t>(std::ranges::max_element(found->z) - found->z.begin());
    found->map = makeNeuronField(network, *snapshot.parameters, *snapshot.dataset, place, snapshot.now.step);
    lookAtNext(snapshot, network, evaluator, *found);
    lookAtDeath(snapshot, evaluator, *found, cancelled);
    if (isDead(snapshot, place))
        found->redrawChance = redrawChance(network, *snapshot.parameters, train, place,
                                           snapshot.settings.initialization, snapshot.settings.seed);
    replayBeats(snapshot, *found, cancelled);
    return stopped(cancelled) ? nullptr : std::shared_ptr<const Inspection>(std::move(found));
}

} // namespace flatline
