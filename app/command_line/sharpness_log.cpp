#include "app/command_line/sharpness_log.h"

#include "core/analysis/sharpness.h"

namespace flatline {

void SharpnessLog::look(const Recorder& recorder) {
    const Trainer& trainer = recorder.trainer();
    const std::int64_t step = trainer.stepsDone();
    if (recorder.last().step != step || (!m_rows.empty() && m_rows.back().step == step))
        return;
    const auto sharpness = computeSharpness(trainer.network().spec(), *trainer.dataset(), trainer.parameters());
    m_rows.push_back(
        {step, sharpness ? std::optional(sharpness->value) : std::nullopt, trainer.settings().training.learningRate});
}

} // namespace flatline
