#pragma once

#include "core/landscape/surface.h"

#include <memory>

namespace flatline {

/// What the landscape view wants to see.
struct LandscapeView {
    PlaneChoice choice;
    double extent = 1.0;
    int side =
        51; ///< at rest; while training at most livelySide, and coarser where the network is too large to keep up
    bool findsDead = false;                            ///< the dead region, too
    std::optional<NeuronPlace> watched = std::nullopt; ///< whose dead region; the network may lack it
    bool operator==(const LandscapeView&) const = default;

    static constexpr int livelySide = 51; ///< as Li et al. draw theirs
};

/// Computes surfaces on a thread of its own: the newest snapshot in, the newest finished surface out; a job
/// that a newer wish has made pointless is cancelled. The plane is kept while a run goes on, and made anew on
/// a restart or a new choice.
class LandscapeWorker {
public:
    LandscapeWorker();
    ~LandscapeWorker(); ///< blocks until the point under way is done
    LandscapeWorker(const LandscapeWorker&) = delete;
    LandscapeWorker& operator=(const LandscapeWorker&) = delete;

    /// Any thread; does not block.
    void show(std::shared_ptr<const Snapshot> snapshot, const LandscapeView& view);
    /// Any thread; null before the first one is finished.
    [[nodiscard]] std::shared_ptr<const Surface> latest() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
