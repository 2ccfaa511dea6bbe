#pragma once

#include "core/settings/intervention.h"
#include "core/training/snapshot.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// Whether a dead neuron can come back by training alone.
enum class WakeChance {
    Never,        ///< first layer, and nothing acts on it; or decay that cannot bring it back
    OnlyUpstream, ///< later layer: only if the layers before it move
    ByBiasDecay,  ///< bias decay alone draws it back, at a known step
    ByDecay,      ///< decay moves it; whether that wakes it is open
    Coasting,     ///< momentum or Adam's memory still moves it
    ByBatchNorm,  ///< dead by batch norm's running figures, while a batch's own may wake it
};

struct WakeRow {
    WakeChance wake;
    const char* id;       ///< as files have it: "never"
    const char* sentence; ///< translatable
};
[[nodiscard]] std::span<const WakeRow> wakeTable(); ///< in the order of WakeChance

/// The learning rates at which the pending step would kill a living ReLU neuron.
struct LethalRates {
    double low = 0.0;
    double high = 0.0; ///< may be infinite
    bool operator==(const LethalRates&) const = default;
};

/// What may become of a neuron.
struct NeuronOutlook {
    std::optional<WakeChance> wake;      ///< dead ones only
    std::optional<std::int64_t> wakesAt; ///< ByBiasDecay: the step
    std::optional<double> kickChance;    ///< dead ones only: that the kick asked about wakes it
    std::optional<LethalRates> lethal;   ///< living ReLU neurons: nothing where it is immune
    bool operator==(const NeuronOutlook&) const = default;
};

/// [hidden layer][neuron]
using Outlook = std::vector<std::vector<NeuronOutlook>>;

/// Looks at the snapshot's network over the whole training set; it must have one. `kick`: the strength and the
/// parameters of the kick whose chances are wanted, aimed at each dead neuron alone.
///   Kick to the bias alone: 1 - Phi(m / sigma), m the distance to life. Else seeded Monte Carlo over the neuron's own
///   incoming weights (2,000 draws: standard error at most 0.011; fewer, at least 200, where the data are
///   very large).
///   Lethal: z_i goes to z_i - lr d_i in the pending step, d_i to first order (exact in the first layer):
///   all z_i <= 0 from max z_i / d_i over d_i > 0 up to min z_i / d_i over d_i < 0; batch norm's running figures and
///   warming stay as they are.
///   ByBiasDecay: SGD without momentum, or Adam with nothing left to remember, no decay on w, b < 0 and
///   m = max w . x > 0: alive after floor(ln(m / |b|) / ln(1 - lr lambda)) + 1 steps.
/// Blocks: some milliseconds for a small network. Any thread.
[[nodiscard]] Outlook computeOutlook(const Snapshot& snapshot, const ThermalKick& kick);

/// The kick that an experiment speaks of: its last planned one, else the ordinary one.
[[nodiscard]] ThermalKick usualKick(const Settings& experiment);

} // namespace flatline
