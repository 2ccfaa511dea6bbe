#pragma once

#include "core/diagnosis/certificate.h"

#include <cstddef>
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

/// Files put aside for as long as a keyframe lives. Of most neurons only who is dead and since when is known, and only
/// that is kept of them.
class KeptCaseFiles {
public:
    explicit KeptCaseFiles(const CaseFiles& files);
    /// As they were.
    [[nodiscard]] CaseFiles files() const;
    [[nodiscard]] std::size_t bytes() const; ///< what they take in memory

private:
    struct Plain {
        std::int64_t since = 0;
        bool dead = false;
    };
    struct Open {
        std::size_t neuron = 0; ///< of m_plain
        CaseFile file;
    };
    std::vector<std::size_t> m_widths; ///< of the hidden layers
    std::vector<Plain> m_plain;        ///< layer after layer
    std::vector<Open> m_open;          ///< those of whom more is known, in order
};

} // namespace flatline
