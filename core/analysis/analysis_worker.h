#pragma once

#include "core/analysis/kick_forecast.h"
#include "core/analysis/outlook.h"
#include "core/analysis/sharpness.h"
#include "core/training/snapshot.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace flatline {

/// What a closer look at a snapshot has found.
struct Analysis {
    std::uint64_t run = 0;
    std::uint64_t version = 0; ///< of the snapshot
    std::int64_t step = 0;
    ThermalKick kick; ///< the one whose chances stand in the outlook
    Outlook outlook;
    /// Nothing where the network is too large to keep up with the training; it comes when the run is paused.
    std::optional<Sharpness> sharpness;
    /// Of the kick as a whole, with its target; nothing: see forecastKick.
    std::optional<KickForecast> forecast = std::nullopt;
    std::size_t marks = 0; ///< how many interventions had acted by then
};

/// The whole analysis at once; the sharpness only where it is a matter of seconds. The snapshot must have a network.
/// Blocks.
[[nodiscard]] Analysis analyse(const Snapshot& snapshot, const ThermalKick& kick);

/// Analyses on a thread of its own: the newest snapshot and kick in, the newest finished result out; a job that a newer
/// wish has made pointless is cancelled. While training goes on, a job under way is finished first.
class AnalysisWorker {
public:
    AnalysisWorker();
    ~AnalysisWorker(); ///< blocks until the outlook, or the product for the sharpness, that is under way is done
    AnalysisWorker(const AnalysisWorker&) = delete;
    AnalysisWorker& operator=(const AnalysisWorker&) = delete;

    /// Any thread; does not block. A snapshot without a network is passed over.
    void show(std::shared_ptr<const Snapshot> snapshot, const ThermalKick& kick);
    /// Any thread; null before the first one is finished.
    [[nodiscard]] std::shared_ptr<const Analysis> latest() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
