#pragma once

#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/tally_counter.h"
#include "core/network/network.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// A place in a plane's coordinates.
struct PlanePoint {
    double a = 0.0;
    double b = 0.0;
    bool operator==(const PlanePoint&) const = default;
};

/// How far a dead neuron's bias is from the edge of life, and how many samples wake it right behind that.
struct WayToLife {
    double bias = 0.0;
    int samples = 0;
    bool operator==(const WayToLife&) const = default;
};

/// Where in a surface's picture hidden neurons are dead: by the definitions of the README, over the whole training set,
/// with the parameters of that place.
struct DeadRegion {
    int neurons = 0;                   ///< hidden ones, in all
    std::vector<std::uint16_t> count;  ///< of these, dead at each of the surface's grid points
    std::optional<NeuronPlace> neuron; ///< the one that is watched; the rest says nothing without it
    /// At each grid point: not above 0 where it is dead. For ReLU its largest z, so that the edge of life lies where it
    /// crosses 0; for other functions +1 and -1.
    std::vector<float> life;
    /// Its own plane, with ReLU: the region is known between the grid points, too. Each sample's z is linear in a and
    /// b, so that it is a convex polygon: its corners, counter-clockwise, cut off at the picture's edges. None: dead
    /// nowhere.
    bool exact = false;
    std::vector<PlanePoint> corners;
    double share = 0.0;           ///< of the picture
    std::optional<WayToLife> way; ///< where `exact`, and it is dead in the middle
    double gradientNorm = 0.0;    ///< L2, of the training loss by its incoming weights and its bias, in the middle
};

/// What `life` says of a place.
[[nodiscard]] float lifeOf(const NeuronTally& tally, const NetworkSpec& spec, int samples);

/// Fills exact, corners and way of a region whose neuron is that of its own plane:
///   z_i(a, b) = s ((1 + b) u_i + bias + shift + a) + t,    |a|, |b| <= extent
/// with u_i what its weights make of sample i, and batch norm's s and t before the activation (1 and 0 without). Leaves
/// it as it is where the function is not ReLU or a z is not finite.
void findExactRegion(const NetworkSpec& spec, const Split& split, std::span<const float> parameters, double extent,
                     DeadRegion& region);

/// The share of the picture that the region takes: the polygon's, or that of the grid points, of which those at the
/// edges count half.
[[nodiscard]] double shareOf(const DeadRegion& region, int side, double extent);

} // namespace flatline
