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
    m_capacity = std::clamp(mostValues / (4 * std::max<std::size_t>(1, parameters)), fewestSteps, mostSteps);
    m_steps.resize(std::min(m_steps.size(), m_capacity));
}

void StepLog::release() {
    m_size = 0;
    m_steps = {};
}

void StepLog::record(const StepNote& note, const BiasShift& biasShift, std::span<const float> before,
                     std::span<const float> gradient, const OptimizerState& state) {
    assert(!full());
    if (m_size == m_steps.size())
        m_steps.emplace_back();
    LoggedStep& step = m_steps[m_size++];
    step.note = note;
    step.biasShift = biasShift;
    step.before.assign(before.begin(), before.end());
    step.gradient.assign(gradient.begin(), gradient.end());
    step.state = state; // empty vectors where the optimizer remembers nothing
}

} // namespace flatline
