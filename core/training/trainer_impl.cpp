#include "core/training/trainer_impl.h"

#include "core/base/flushed_subnormals.h"
#include "core/network/initialization.h"
#include "core/training/warmth.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace flatline {

Trainer::Impl::Impl(Settings settings, std::shared_ptr<const Dataset> dataset, NetworkSpec spec,
                    std::vector<float> start, const TrainerOptions& options)
    : m_experiment(settings)
    , m_now(std::move(settings))
    , m_dataset(std::move(dataset))
    , m_network(std::move(spec))
    , m_chronicle(m_network.spec().hidden)
    , m_start(std::move(start))
    , m_startLayout(m_network.layout())
    , m_startAlpha(m_now.network.alpha)
    , m_batches(m_now.seed, m_now.training.shuffle, m_dataset->train.samples())
    , m_evaluator(m_network.spec(), m_dataset->train)
    , m_observer(m_network.spec(), *m_dataset)
    , m_watched(options.watch)
    , m_coroner(m_dataset->train) {
    m_byHand.assign(m_experiment.interventions.size(), 0);
    m_parameters = alignedCopy(startParameters());
    resizeScratch();
    beginLife();
}

double Trainer::Impl::startingSlope() const {
    return m_network.spec().activationParameters.alpha;
}

// A start that was given keeps its own slopes, unless another one has been asked for since.
std::vector<float> Trainer::Impl::startParameters() const {
    const Layout& layout = m_network.layout();
    std::vector<float> drawn = initialParameters(layout, m_now.initialization, startingSlope(), m_now.seed);
    if (m_start.empty())
        return drawn;
    const std::vector<float> given = relaid(m_startLayout, m_start, layout, drawn);
    if (m_now.network.alpha == m_startAlpha)
        return given;
    std::vector<float> result = given;
    for (const Block& block : layout.blocks())
        if (block.kind == BlockKind::Alpha)
            std::fill_n(result.begin() + static_cast<std::ptrdiff_t>(block.offset), block.size(),
                        static_cast<float>(startingSlope()));
    return result;
}

void Trainer::Impl::resizeScratch() {
    m_next.assign(m_parameters.size(), 0.0F);
    m_gradient.assign(m_parameters.size(), 0.0F);
    m_rule = findOptimizer(m_now.training.optimizer);
    m_engineReady = false;
}

void Trainer::Impl::prepareEngine() {
    if (!m_engine)
        m_engine.emplace(m_dataset->train);
    m_update = OptimizerStep(m_now.training, m_network.layout());
    m_byGradientAlone = movesByGradientAlone(m_now.training);
    m_engineServes =
        m_engine->prepare(m_network.spec(), std::min(m_now.training.batchSize, m_dataset->train.samples()));
    const bool gradientIsLogged = m_watched == Watch::Certificates && !m_byGradientAlone;
    const std::optional<kernels::Descent> descent = m_update.descent();
    m_descends = m_engineServes && !gradientIsLogged && descent && m_engine->prepareDescent(*descent);
    m_engineReady = true;
}

/// By kernels. False: there are none, or something is not finite.
bool Trainer::Impl::computeGradient(std::span<const float> parameters, std::span<const int> chosen) {
    if (!m_engine || !m_engineReady)
        prepareEngine();
    return m_engineServes && m_engine->run(m_network, parameters.data(), chosen, m_gradient);
}

bool Trainer::Impl::canDescend() const {
    return m_engine && m_engineReady && m_descends && m_optimizer.empty() && m_optimizerNext.empty() &&
           m_network.spec().biasShift.own.empty();
}

bool Trainer::Impl::takeStep(std::span<const int> chosen) {
    const FlushedSubnormals flushed;
    m_descended = canDescend();
    if (m_descended) {
        m_optimizerNext.steps = m_optimizer.steps;
        return m_engine->descend(m_network, m_parameters.data(), chosen, m_gradient, m_next);
    }
    if (!computeGradient(m_parameters, chosen))
        return false;
    return m_update(m_parameters, m_gradient, m_optimizer, m_optimizerNext, m_next) &&
           m_engine->updateRunningFigures(m_next.data(), static_cast<int>(chosen.size()));
}

/// The gradient of the next batch by the plain formulation.
LossSum Trainer::Impl::passPlainly() {
    m_batches.next(m_dataset->train, m_now.training.batchSize, m_features, m_targets);
    m_network.forward(m_parameters.data(), m_features, m_pass, PassMode::Training);
    const auto& objective = m_network.spec().objective->functions<float>();
    const float scale = 1.0F / static_cast<float>(m_features.rows());
    const LossSum loss = objective.loss(m_pass.outputs, m_targets, scale, &m_pass.outputGradient);
    std::fill(m_gradient.begin(), m_gradient.end(), 0.0F);
    m_network.backward(m_parameters.data(), m_features, m_pass, m_gradient.data());
    return loss;
}

/// A step by the plain formulation, which can tell where it was that something was not finite.
std::optional<NonFinitePlace> Trainer::Impl::takeStepPlainly() {
    m_descended = false;
    const LossSum loss = passPlainly();
    m_optimizerNext = m_optimizer;
    m_rule->update(m_now.training, m_network.layout(), m_parameters, m_gradient, m_optimizerNext, m_next);
    m_network.updateRunningFigures(m_pass, m_next.data());
    return findNonFinite(loss, m_pass, m_gradient, m_next, m_network.layout());
}

void Trainer::Impl::intervene() {
    const auto& planned = m_experiment.interventions;
    while (m_performed < planned.size() && planned[m_performed].step <= m_step)
        perform(planned[m_performed++].action);
}

bool Trainer::Impl::step() {
    if (m_divergence)
        return false;
    intervene();
    if (m_divergence)
        return false; // a kick went over the edge
    const std::int64_t epoch = m_batches.epoch();
    const int position = m_batches.position();
    m_positionBefore = position;
    if (const BiasShift& shift = m_network.spec().biasShift; !shift.none() || !m_shiftBefore.none())
        m_shiftBefore = shift;
    m_onKernels = takeStep(m_batches.next(m_now.training.batchSize));
    if (!m_onKernels) {
        m_batches.seek(epoch, position);
        if (const auto place = takeStepPlainly()) {
            m_batches.seek(epoch, position); // the state stays that of the last finite step
            diverge(*place);
            return false;
        }
    }
    m_parameters.swap(m_next);
    m_optimizer.first.swap(m_optimizerNext.first);
    m_optimizer.second.swap(m_optimizerNext.second);
    std::swap(m_optimizer.steps, m_optimizerNext.steps);
    ++m_step;
    m_note = {m_step, epoch, position / m_now.training.batchSize + 1};
    if (!m_warmths.empty() || !m_network.spec().biasShift.none())
        updateBiasShift();
    watch(m_shiftBefore);
    return true;
}

StepTrace Trainer::Impl::lastStep() {
    const std::int64_t epoch = m_batches.epoch();
    const int position = m_batches.position();
    m_batches.seek(m_note.epoch, m_positionBefore);
    const std::span<const int> batch = m_batches.next(m_now.training.batchSize);
    m_batches.seek(epoch, position);
    if (m_descended) { // its gradient was not told
        const FlushedSubnormals flushed;
        const BiasShift now = m_network.spec().biasShift;
        m_network.setBiasShift(m_shiftBefore);
        const LineVector& before = m_watched == Watch::Certificates ? m_coroner.lastStep().before : m_next;
        [[maybe_unused]] const bool finite = computeGradient(before, batch);
        assert(finite); // as it was in the step
        m_network.setBiasShift(now);
    }
    if (m_watched != Watch::Certificates)
        return {batch, m_next, m_gradient, m_shiftBefore}; // the two vectors of parameters have changed places
    const LoggedStep& logged = m_coroner.lastStep();
    return {batch, logged.before, logged.kind.byGradientAlone ? m_gradient : logged.gradient, m_shiftBefore};
}

// All optimizers' steps are proportional to the learning rate.
std::vector<float> Trainer::Impl::pendingMove() {
    if (m_divergence)
        return {};
    const std::int64_t epoch = m_batches.epoch();
    const int position = m_batches.position();
    if (!computeGradient(m_parameters, m_batches.next(m_now.training.batchSize))) {
        m_batches.seek(epoch, position);
        passPlainly();
    }
    m_batches.seek(epoch, position);
    TrainingSettings unit = m_now.training;
    unit.learningRate = 1.0;
    OptimizerState state = m_optimizer;
    m_rule->update(unit, m_network.layout(), m_parameters, m_gradient, state, m_next);
    for (std::size_t i = 0; i < m_next.size(); ++i)
        m_next[i] -= m_parameters[i];
    return plainCopy(m_next);
}

std::optional<double> Trainer::Impl::updateRatio() {
    const std::vector<float> move = pendingMove();
    if (move.empty())
        return std::nullopt;
    double moved = 0.0;
    double whole = 0.0;
    for (const Block& block : m_network.layout().blocks()) {
        if (!isLearnt(block.kind))
            continue;
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
            moved += static_cast<double>(move[i]) * static_cast<double>(move[i]);
            whole += static_cast<double>(m_parameters[i]) * static_cast<double>(m_parameters[i]);
        }
    }
    const double ratio = m_now.training.learningRate * std::sqrt(moved / whole);
    return std::isfinite(ratio) ? std::optional(ratio) : std::nullopt;
}

void Trainer::Impl::diverge(const NonFinitePlace& place) {
    m_divergence = divergenceError(m_step + 1, place);
    m_chronicle.append({m_step + 1, place.layer, 0, EventKind::Diverged, {}, place.what});
}

void Trainer::Impl::updateBiasShift() {
    std::erase_if(m_warmths, [this](const Warmth& one) { return m_step - one.since >= one.warming.steps; });
    m_network.setBiasShift(shiftAt(m_step, m_warmths, m_network.spec().hidden));
}

Examination Trainer::Impl::examine(bool histograms, float range, int bins) {
    Examination result = m_observer.examine(m_network, m_parameters, histograms, range, bins);
    result.observation.step = m_step;
    result.observation.epoch = m_batches.epoch();
    result.observation.warming = m_network.spec().biasShift.all;
    result.observation.updateRatio = updateRatio();
    result.diagnosis.step = m_step;
    return result;
}

} // namespace flatline
