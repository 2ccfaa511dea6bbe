#include "core/postmortem/step_log.h"

#include <algorithm>
#include <cassert>

namespace flatline {
namespace {

constexpr std::size_t mostSteps = 256;         // what a small network's steps take then stays in the second cache
constexpr std::size_t fewestSteps = 8;         // fewer would mean a look at all samples too often
constexpr std::size_t mostValues = 16U << 20U; // 64 MB of parameters and gradients

} // namespace

void StepLog::clear(std::size_t parameters) {
    m_size = 0;
    if (m_parameters != parameters)
        m_steps.clear();
    m_parameters = parameters;
    m_capacity = std::clamp(mostValues / (4 * std::max<std::size_t>(1, parameters)), fewestSteps, mostSteps);
}

void StepLog::release() {
    m_size = 0;
    m_steps = {};
}

void StepLog::record(const StepNote& note, const BiasShift& biasShift, std::vector<float>& before, bool byGradientAlone,
                     std::vector<float>& gradient, OptimizerState& state) {
    assert(!full() && before.size() == m_parameters && gradient.size() == m_parameters);
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
    step.byGradientAlone = byGradientAlone;
    if (byGradientAlone)
        return;
    step.gradient.resize(m_parameters, 0.0F);
    step.gradient.swap(gradient);
    std::swap(step.state, state);
}

} // namespace flatline
