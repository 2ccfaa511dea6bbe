#include "core/postmortem/step_log.h"

#include <algorithm>
#include <cassert>

namespace flatline {
namespace {

constexpr std::size_t mostSteps = 256;         // what a small network's steps take then stays in the second cache
constexpr std::size_t cachedValues = 400'000;  // of a larger network fewer steps, so that most of it stays
constexpr std::size_t fewCached = 32;          // fewer cost more in looks at all samples than the cache saves:
constexpr std::size_t goodSteps = 64;          // then so many
constexpr std::size_t fewestSteps = 8;         // whatever it takes in memory
constexpr std::size_t manyParameters = 16'384; // from here on computing the rows asked for again is cheaper
constexpr std::size_t mostValues = 15U << 20U; // 60 MB of parameters, gradients and the optimizer's memory

/// Whether the state after such a step need not be kept.
bool tellsState(std::size_t parameters, StepKind kind) {
    return kind.onKernels && parameters >= manyParameters;
}

std::size_t capacityFor(std::size_t parameters, StepKind kind) {
    const std::size_t vectors = kind.byGradientAlone ? 1 : tellsState(parameters, kind) ? 2 : 4;
    const std::size_t each = std::max<std::size_t>(1, parameters * vectors);
    const std::size_t cached = cachedValues / each;
    return std::min(cached < fewCached ? goodSteps : std::min(cached, mostSteps),
                    std::max(fewestSteps, mostValues / each));
}

} // namespace

void StepLog::clear(std::size_t parameters) {
    m_size = 0;
    if (m_parameters != parameters)
        m_steps.clear();
    m_parameters = parameters;
}

void StepLog::release() {
    m_size = 0;
    m_steps = {};
}

void StepLog::record(const StepNote& note, const BiasShift& biasShift, LineVector& before, StepKind kind,
                     LineVector& gradient, OptimizerState& state) {
    assert(!full() && before.size() == m_parameters && gradient.size() == m_parameters);
    if (m_size == 0) {
        m_capacity = capacityFor(m_parameters, kind);
        m_leavesOut = false;
    } else if (m_parameters >= manyParameters && !kind.onKernels) { // its state is kept after all
        m_capacity = std::max(m_size + 1, std::min(m_capacity, capacityFor(m_parameters, kind)));
    }
    if (m_size == m_steps.size()) {
        m_steps.emplace_back();
        m_steps.back().before.assign(m_parameters, 0.0F);
    }
    m_last = m_size++;
    LoggedStep& step = m_steps[m_last];
    step.note = note;
    if (step.biasShift != biasShift)
        step.biasShift = biasShift;
    step.before.swap(before);
    step.kind = kind;
    step.hasState = false;
    if (kind.byGradientAlone)
        return;
    step.hasState = m_last == 0 || !tellsState(m_parameters, m_steps[m_last - 1].kind);
    m_leavesOut = m_leavesOut || !step.hasState;
    step.gradient.resize(m_parameters, 0.0F);
    step.gradient.swap(gradient);
    if (step.hasState)
        std::swap(step.state, state);
}

} // namespace flatline
