#pragma once

#include "core/training/snapshot.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// Which plane a landscape is cut along.
struct PlaneChoice {
    std::string id = "random-biases"; ///< a row of planeTable(); biases included, since the plateau shows there
    int layer = 1;                    ///< "neuron" only: hidden layer and neuron, from 1
    int neuron = 1;
    bool operator==(const PlaneChoice&) const = default;
};

/// Two directions in the space of all parameters, one entry a parameter.
struct Plane {
    std::vector<float> first;
    std::vector<float> second;
    /// Principal directions only: the share of the path's variance along each.
    std::optional<std::array<double, 2>> explained;
    std::string remark; ///< translatable: where a direction is not what its axis says, why; else empty
    bool operator==(const Plane&) const = default;
};

/// What a plane is made from: a run at one moment.
struct PlaneContext {
    NetworkSpec spec;
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<const std::vector<float>> parameters;
    std::uint64_t seed = 0;
    std::vector<std::shared_ptr<const Keyframe>> path; ///< by rising step
    /// The plane of this choice that was shown last, in the same layout: where a direction's sign is free, it is chosen
    /// so that the picture does not flip. Null: none.
    const Plane* before = nullptr;
    const std::atomic<bool>* cancelled = nullptr; ///< may be null
};
/// The snapshot has a network.
[[nodiscard]] PlaneContext planeContext(const Snapshot& snapshot);

/// One way to choose the directions. A new one is a new row.
struct PlaneRow {
    const char* id;
    const char* label;     ///< translatable
    const char* firstAxis; ///< translatable: what a step along it changes
    const char* secondAxis;
    const char* note; ///< translatable
    bool needsNeuron;
    bool follows; ///< made of the run as it is now, so that it goes along with it; else it is kept while a run goes on
    std::optional<Plane> (*make)(const PlaneChoice&, const PlaneContext&);
};
[[nodiscard]] std::span<const PlaneRow> planeTable();
[[nodiscard]] const PlaneRow* findPlane(std::string_view id);

/// The choice as one word, "pca" or "neuron:2:5", and back; nothing where it is none. Whether there is such a neuron is
/// another question.
[[nodiscard]] std::string planeText(const PlaneChoice& choice);
[[nodiscard]] std::optional<PlaneChoice> planeFromText(std::string_view text);

/// Whether the choice's neuron is one of the network's; true for a plane that needs none.
[[nodiscard]] bool fits(const PlaneChoice& choice, const NetworkSpec& spec);

/// The plane for the parameters as they are now; nothing where it was cancelled. What a direction's length is, says the
/// row that made it; batch norm's running figures stay. No entry is other than finite. Blocks: with the sharpest
/// direction for as long as computeSharpness takes.
[[nodiscard]] std::optional<Plane> makePlane(const PlaneChoice& choice, const PlaneContext& context);

} // namespace flatline
