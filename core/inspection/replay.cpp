#include "core/inspection/replay.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

bool stopped(const std::atomic<bool>* cancelled) {
    return cancelled != nullptr && *cancelled;
}

/// The newest keyframe at or before that step; null where there is none.
const Keyframe* keyframeBefore(const Snapshot& run, std::int64_t step) {
    const Keyframe* found = nullptr;
    for (const auto& keyframe : run.path)
        if (keyframe->step <= step && (found == nullptr || keyframe->step > found->step))
            found = keyframe.get();
    return found;
}

/// Of the neuron's incoming weights and bias.
template <class Value>
float ownNorm(const Layout& layout, NeuronPlace place, Value value) {
    const int layer = static_cast<int>(place.layer) + 1;
    const Block& weights = layout.block(layer, BlockKind::Weight);
    const int row = static_cast<int>(place.neuron);
    double sum = 0.0;
    const auto add = [&](std::size_t i) { sum += value(i) * value(i); };
    for (int column = 0; column < weights.columns; ++column)
        add(weights.at(row, column));
    add(layout.block(layer, BlockKind::Bias).at(row, 0));
    return static_cast<float>(std::sqrt(sum));
}

} // namespace

/// A trainer of this very experiment; it may stand anywhere.
bool Replay::prepare(const Snapshot& run) {
    if (m_trainer && m_trainer->dataset() == run.dataset && m_experiment == run.experiment)
        return true;
    m_trainer.reset();
    m_beats.clear();
    if (!run.dataset || run.path.empty())
        return false;
    // The parameters come from keyframes: no file of starting ones is needed.
    Result<Trainer> made = Trainer::create(run.experiment, run.dataset, {}, {Watch::Interventions});
    if (!made)
        return false;
    m_trainer.emplace(std::move(made).value());
    m_experiment = run.experiment;
    return true;
}

bool Replay::goTo(const Snapshot& run, std::int64_t step, const std::atomic<bool>* cancelled) {
    if (!prepare(run))
        return false;
    const Keyframe* keyframe = keyframeBefore(run, step);
    const std::int64_t here = m_trainer->stepsDone();
    const bool onTheWay = here <= step && here > 0 && !m_trainer->divergence();
    if (!onTheWay || (keyframe != nullptr && keyframe->step > here)) {
        if (keyframe == nullptr)
            return false;
        Keyframe start = *keyframe;
        start.events = 0; // this trainer has seen none of them
        start.marks = 0;
        m_trainer->restore(start);
    }
    while (m_trainer->stepsDone() < step)
        if (stopped(cancelled) || !m_trainer->step())
            return false;
    return true;
}

Beat Replay::beatOf(NeuronPlace place) {
    const StepTrace made = m_trainer->lastStep();
    const Split& train = m_trainer->dataset()->train;
    m_features.resize(static_cast<Eigen::Index>(made.batch.size()), train.features.cols());
    for (std::size_t i = 0; i < made.batch.size(); ++i)
        m_features.row(static_cast<Eigen::Index>(i)) = train.features.row(made.batch[i]);
    Network<float> network = m_trainer->network();
    network.setBiasShift(made.shift);
    network.forward(made.before.data(), m_features, m_pass, PassMode::Training);
    const Layout& layout = network.layout();
    const std::vector<float>& after = m_trainer->parameters();
    Beat beat;
    beat.step = m_trainer->stepsDone();
    beat.output = m_pass.activations[place.layer].col(static_cast<Eigen::Index>(place.neuron)).maxCoeff();
    beat.gradient = ownNorm(layout, place, [&](std::size_t i) { return static_cast<double>(made.gradient[i]); });
    beat.update = ownNorm(layout, place, [&](std::size_t i) {
        return static_cast<double>(after[i]) - static_cast<double>(made.before[i]);
    });
    return beat;
}

std::vector<Beat> Replay::beats(const Snapshot& run, NeuronPlace place, std::int64_t first, std::int64_t last,
                                const std::atomic<bool>* cancelled) {
    if (!prepare(run))
        return {};
    if (place != m_place)
        m_beats.clear();
    m_place = place;
    // What is known is kept as far as it is wanted; the rest follows it or is fetched anew.
    std::erase_if(m_beats, [&](const Beat& beat) { return beat.step < first || beat.step > last; });
    if (!m_beats.empty() && m_beats.front().step != first)
        m_beats.clear();
    const std::int64_t known = m_beats.empty() ? first - 1 : m_beats.back().step;
    if (known < last && goTo(run, known, cancelled))
        while (m_trainer->stepsDone() < last && !stopped(cancelled) && m_trainer->step())
            m_beats.push_back(beatOf(place));
    return m_beats;
}

std::optional<MadeStep> Replay::step(const Snapshot& run, std::int64_t number, const std::atomic<bool>* cancelled) {
    if (number < 1 || !goTo(run, number - 1, cancelled) || !m_trainer->step())
        return std::nullopt;
    const StepTrace made = m_trainer->lastStep();
    Network<float> network = m_trainer->network();
    network.setBiasShift(made.shift);
    return MadeStep{std::move(network),
                    {made.before.begin(), made.before.end()},
                    m_trainer->parameters(),
                    m_trainer->settings().training.learningRate};
}

std::optional<Trainer> Replay::branch(const Snapshot& run, std::int64_t steps, const std::atomic<bool>* cancelled) {
    if (steps < 0 || !goTo(run, steps, cancelled))
        return std::nullopt;
    return m_trainer->clone();
}

std::optional<Replay::State> Replay::after(const Snapshot& run, std::int64_t steps,
                                           const std::atomic<bool>* cancelled) {
    if (steps < 0 || !goTo(run, steps, cancelled))
        return std::nullopt;
    return State{m_trainer->network(), m_trainer->parameters()};
}

} // namespace flatline
