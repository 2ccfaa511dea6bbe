#pragma once

#include "core/data/dataset.h"
#include "core/landscape/dead_region.h"
#include "core/landscape/plane.h"
#include "core/network/network.h"
#include "core/training/snapshot.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace flatline {

/// A place of the path taken, in the plane's coordinates; the parameters now are (0, 0).
struct PathPoint {
    std::int64_t step = 0;
    double a = 0.0;
    double b = 0.0;
};

/// The training loss over a two-dimensional slice of the space of all parameters:
///   loss(parameters + a * first + b * second),  a, b in [-extent, extent]
struct Surface {
    std::int64_t step = 0;
    std::uint64_t run = 0;
    PlaneChoice choice;
    int side = 0;             ///< odd: the middle is the parameters themselves
    double extent = 1.0;      ///< half the edge
    std::vector<double> loss; ///< loss[row * side + column]; row: b, column: a, both rising. Non-finite values stay
    double centre = 0.0;      ///< the training loss itself, to the last bit
    std::vector<PathPoint> path;
    std::optional<std::array<double, 2>> explained; ///< of the plane
    std::string remark;                             ///< of the plane; translatable
    /// The training loss's slope in the middle along the two directions; exactly 0 on a plateau. NaN: not known.
    std::array<double, 2> slope{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    std::optional<DeadRegion> dead; ///< where it was asked for

    [[nodiscard]] double coordinate(int index) const; ///< of a row or column; exactly 0 in the middle
};

struct SurfaceRequest {
    std::uint64_t run = 0;
    std::int64_t step = 0;
    NetworkSpec spec;
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<const std::vector<float>> parameters;
    PlaneChoice choice;
    Plane plane;
    int side = 51;       ///< as Li et al. draw theirs
    double extent = 1.0; ///< a direction's length is that of the weights themselves
    std::vector<std::shared_ptr<const Keyframe>> path;
    int threads = 1;                    ///< that share the rows out; the surface is the same
    bool findsDead = false;             ///< the dead region, too: takes up to twice as long
    std::optional<NeuronPlace> watched; ///< whose dead region; a neuron of the network
};

/// A request for the run at that moment, which must have a network; plane, choice, side, extent and threads are left to
/// the caller.
[[nodiscard]] SurfaceRequest surfaceRequest(const Snapshot& snapshot);

/// Computes a surface. Blocks, on threads of its own beside the caller's, which inherit its rank; nothing where
/// `cancelled` became true on the way (looked at after each point).
[[nodiscard]] std::optional<Surface> computeSurface(const SurfaceRequest& request,
                                                    const std::atomic<bool>* cancelled = nullptr);

} // namespace flatline
