#pragma once

#include "core/diagnosis/certificate.h"

#include <cstdint>
#include <vector>

namespace flatline {

/// One step's gradient, and what it did to a pre-activation.
struct GradientStep {
    std::int64_t step = 0; ///< 0: none
    double change = 0.0;
    bool operator==(const GradientStep&) const = default;
};

/// What is known so far of why a neuron stands where it stands: the sums that a certificate is written from.
struct CaseFile {
    bool dead = false;
    std::int64_t since = 0;
    int sample = -1; ///< followed, from 0; -1: nobody is followed yet, the neuron was healthy when last looked at
    double marginBefore = 0.0;
    Contributions contributions{};
    Contributions beforeLastStep{}; ///< of a neuron that came back in the last step: the sums until then
    GradientStep mostDown{};
    GradientStep mostUp{};
    /// f of the layer before, on that sample, up to which `Upstream` has been booked; empty: as at the next step
    /// logged.
    std::vector<float> inputs{};
    bool operator==(const CaseFile&) const = default;
};

/// [hidden layer][neuron]
using CaseFiles = std::vector<std::vector<CaseFile>>;

} // namespace flatline
