#pragma once

#include "core/training/trainer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// A claim's run under way, as quantities and functions read it. One thread.
class MeasuredRun {
public:
    /// What is kept of each step, from step 0 on; it costs memory, so only what is asked for.
    struct Keep {
        bool parameters = false;
        bool trace = false;
    };
    MeasuredRun(Trainer trainer, Keep keep);

    /// One step; false where it diverged, and nothing moved.
    bool step();

    [[nodiscard]] Trainer& trainer() { return m_trainer; }
    [[nodiscard]] const Trainer& trainer() const { return m_trainer; }
    /// The trace's row, and every neuron's state with histograms, of the step reached. Made when first asked for.
    [[nodiscard]] const Observation& observation() { return examination().observation; }
    [[nodiscard]] const Diagnosis& diagnosis() { return examination().diagnosis; }
    /// The neurons of the first hidden layer; none where there is no such layer.
    [[nodiscard]] std::span<const NeuronDiagnosis> firstLayer();
    /// Also where only the row is not finite: `flatline run` stops there, too.
    [[nodiscard]] bool diverged() { return m_trainer.divergence() || !observation().finite(); }

    /// Parameters after each step so far, from step 0 on; only if they are kept.
    [[nodiscard]] const std::vector<std::vector<float>>& path() const { return m_path; }
    /// Rows after each step so far; only if they are kept.
    [[nodiscard]] const std::vector<Observation>& trace() const { return m_trace; }

private:
    [[nodiscard]] const Examination& examination();
    void remember();

    Trainer m_trainer;
    Keep m_keep;
    std::optional<Examination> m_examination; ///< of the step reached
    std::vector<std::vector<float>> m_path;
    std::vector<Observation> m_trace;
};

} // namespace flatline
