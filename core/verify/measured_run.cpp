#include "core/verify/measured_run.h"

#include <utility>

namespace flatline {

MeasuredRun::MeasuredRun(Trainer trainer, Keep keep)
    : m_trainer(std::move(trainer))
    , m_keep(keep) {
    remember();
}

bool MeasuredRun::step() {
    m_examination.reset();
    if (!m_trainer.step())
        return false;
    remember();
    return true;
}

std::span<const NeuronDiagnosis> MeasuredRun::firstLayer() {
    const std::vector<LayerDiagnosis>& layers = diagnosis().layers;
    return layers.empty() ? std::span<const NeuronDiagnosis>() : layers.front().neurons;
}

void MeasuredRun::remember() {
    if (m_keep.parameters)
        m_path.push_back(m_trainer.parameters());
    if (m_keep.trace)
        m_trace.push_back(observation());
}

const Examination& MeasuredRun::examination() {
    constexpr float range = 6.0F; // of the histograms, whose zeros alone are asked for
    constexpr int bins = 2;
    if (!m_examination)
        m_examination = m_trainer.examine(range, bins);
    return *m_examination;
}

} // namespace flatline
