#pragma once

#include "core/training/snapshot.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace flatline {

/// The sharpness at one of a run's keyframes (see computeSharpness).
struct SharpnessPoint {
    std::int64_t step = 0;
    std::optional<double> value; ///< nothing where it is not finite
    double learningRate = 0.0;   ///< in force there
    bool operator==(const SharpnessPoint&) const = default;
};

struct SharpnessCurve {
    std::vector<SharpnessPoint> points; ///< by rising step: those that are known
    std::size_t missing = 0;            ///< keyframes that have not been looked at yet
};

/// The sharpness along a run's path, a function of the run alone: each keyframe with the network and the settings of
/// its moment. Computed one by one, in the middle of the widest gap, so that a coarse curve is there soon; what is
/// known of a keyframe is kept as long as the run keeps the keyframe. One thread.
class SharpnessPath {
public:
    /// The snapshot's path from now on. The snapshot has a dataset.
    void follow(const Snapshot& snapshot);
    /// One more. Blocks; false where nothing is missing any more, or `cancelled` became true on the way.
    bool computeNext(const std::atomic<bool>* cancelled);
    [[nodiscard]] std::shared_ptr<const SharpnessCurve> curve() const;

private:
    struct Entry {
        std::shared_ptr<const Keyframe> keyframe;
        std::optional<SharpnessPoint> found;
    };
    [[nodiscard]] Entry* next();

    std::shared_ptr<const Dataset> m_dataset;
    std::vector<Entry> m_entries; ///< by rising step
};

} // namespace flatline
