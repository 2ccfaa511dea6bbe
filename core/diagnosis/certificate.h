#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace flatline {

/// What can move a neuron's pre-activation z = w . h + b on one sample.
enum class Cause {
    GradientWeights, ///< the gradient's step on w
    GradientBias,    ///< the gradient's step on b
    Momentum,        ///< what momentum or Adam remembered of earlier gradients
    WeightDecay,     ///< decay on w
    BiasDecay,       ///< decay on b
    Upstream,        ///< h moved, because earlier layers did
    BatchNorm,       ///< batch norm's statistics, scale and shift moved
    Kick,            ///< a thermal kick
    Annealing,       ///< bias warming: its gamma came or went
    Edit,            ///< parameters or settings changed by hand or by an intervention: reset, set
    Handover,        ///< nothing moved, but another sample is the margin now
};
inline constexpr std::size_t causes = 11;

struct CauseRow {
    Cause cause;
    const char* id;    ///< as files have it: "gradient_weights"
    const char* label; ///< translatable
};
[[nodiscard]] std::span<const CauseRow> causeTable(); ///< in the order of Cause

/// How much of a change each cause did.
struct Contributions {
    std::array<double, causes> values{};

    [[nodiscard]] double& operator[](Cause cause) { return values[static_cast<std::size_t>(cause)]; }
    [[nodiscard]] double operator[](Cause cause) const { return values[static_cast<std::size_t>(cause)]; }
    [[nodiscard]] double sum() const;
    bool operator==(const Contributions&) const = default;
};

/// The judgement of a certificate.
enum class Verdict {
    BornDead,
    Overshoot, ///< one step's gradient did more than half of it
    Drift,     ///< gradients did most of it, over many steps
    Momentum,
    WeightDecay,
    BiasDecay,
    Upstream,
    BatchNorm,
    Kick,
    Annealing,
    Edit,
};

struct VerdictRow {
    Verdict verdict;
    const char* id;       ///< as files have it: "overshoot"
    const char* label;    ///< translatable
    const char* sentence; ///< translatable: what it means, for a death
    const char* revival;  ///< translatable: the same of a revival
};
[[nodiscard]] std::span<const VerdictRow> verdictTable(); ///< in the order of Verdict
[[nodiscard]] const char* verdictId(Verdict verdict);

/// Why a neuron died, or came back. The margin is z on the sample on which it is largest. One sample is followed: that
/// of the margin at `since`, and where an intervention struck, that of the margin after it. Its z changes by the sum of
/// the contributions, but for rounding; `Handover` leads from it to the margin at the end, which may be another's:
///   marginAfter = marginBefore + sum of contributions
/// For an activation without a kink, which has no margin, the sample followed is the one with the steepest slope at
/// `since`, both margins are its z, and there is no handover.
struct Certificate {
    std::int64_t step = 0;  ///< at which it died or came back; 0: born so
    std::int64_t epoch = 0; ///< the running one, from 0
    int batch = 0;          ///< the batch of that epoch that did it, from 1; 0: no batch but an intervention
    double learningRate = 0.0;
    /// A death: the last step at which the neuron was healthy, its slope not 0 on at least 10 % of the samples; where
    /// it has not been since, the step at which it came to life. A revival: the step of its death.
    std::int64_t since = 0;
    std::int64_t sample = 0; ///< number in the training set, from 1; 0: none (born dead)
    double marginBefore = 0.0;
    double marginAfter = 0.0;
    Contributions contributions;
    std::int64_t worstStep = 0; ///< the one step whose gradient did most of it; 0: none
    double worstGradient = 0.0; ///< what that gradient did to z
    Verdict verdict = Verdict::BornDead;
    /// The look that found it met values that are not finite, which training then left behind: there are no figures,
    /// all of them are 0.
    bool overflowed = false;
    bool operator==(const Certificate&) const = default;
};

} // namespace flatline
