#pragma once

#include "core/training/snapshot.h"
#include "core/training/trainer.h"

namespace flatline {

/// Writes what a snapshot says of the moment at which a trainer stands: settings, parameters, figures, states, lives,
/// the pending move, fields. Keeps what must not jitter from one snapshot to the next: the histograms' axis, and the
/// fields, which are dear, from the last time they were asked for. One thread.
class MomentWriter {
public:
    void write(Trainer& trainer, bool fields, Snapshot& snapshot);
    /// Of another run.
    void forget();

private:
    void adaptHistogramRange(const Diagnosis& diagnosis);

    std::shared_ptr<const Fields> m_fields;
    float m_histogramRange = 6.0F;
};

} // namespace flatline
