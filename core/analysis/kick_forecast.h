#pragma once

#include "core/analysis/count_spread.h"
#include "core/analysis/outlook.h"
#include "core/diagnosis/event.h"

#include <atomic>
#include <optional>

namespace flatline {

/// What a kick as a whole will do, before it is made: how many of the dead come back, how many of the living die.
///
/// The neurons' own draws are independent, so that within the first layer the revivals are, too. Further on they are
/// not: a neuron that wakes, or is jolted, changes what all neurons behind it see. So the whole kick is tried: applied
/// with draws of a stream of its own, which say nothing about those of the kick to come, and every neuron looked at
/// over the whole training set.
struct KickForecast {
    int reach = 0;       ///< dead neurons that it can wake: its target's, and those of the layers behind it
    CountSpread revived; ///< of those
    CountSpread died;    ///< of all that live; unknown, and 0 here, where there are no draws
    /// Kicks that were tried. 0: the network is too large for that; the revivals are then put together from the chances
    /// of each neuron kicked alone, as if they were independent, and only the target's count.
    int draws = 0;
    bool operator==(const KickForecast&) const = default;
};

/// The range that a forecast is stated with: the outcome lies in it with a chance of 90 % or more, a count being whole.
inline constexpr double forecastLow = 0.05;
inline constexpr double forecastHigh = 0.95;

/// A pure function of its arguments but for `cancelled`: nothing where that became true on the way, and nothing where
/// the network is too large to be tried and has no chances of its own (an activation without a kink). `outlook`: that
/// of this snapshot and a kick of that strength to those parameters. Up to 400 tries: some 10 ms for a small network,
/// at most some 0.1 s.
[[nodiscard]] std::optional<KickForecast> forecastKick(const Snapshot& snapshot, const ThermalKick& kick,
                                                       const Outlook& outlook,
                                                       const std::atomic<bool>* cancelled = nullptr);

/// What a kick has done, exactly.
struct KickOutcome {
    std::int64_t step = 0;
    int revived = 0;
    int died = 0;
    bool operator==(const KickOutcome&) const = default;
};
/// Of the kick that is that event (from 0) of the log. Deaths and revivals stand behind what caused them, before the
/// next deed or step.
[[nodiscard]] KickOutcome kickOutcome(const EventLog& events, std::size_t kick);

} // namespace flatline
