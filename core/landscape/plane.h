#pragma once

#include "core/network/layout.h"

#include <cstdint>
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
    bool operator==(const Plane&) const = default;
};

/// One way to choose the directions. A new one is a new row.
struct PlaneRow {
    const char* id;
    const char* label;     ///< translatable
    const char* firstAxis; ///< translatable: what a step along it changes
    const char* secondAxis;
    const char* note; ///< translatable
    bool needsNeuron;
    Plane (*make)(const PlaneChoice&, const Layout&, std::span<const float> parameters, std::uint64_t seed);
};
[[nodiscard]] std::span<const PlaneRow> planeTable();
[[nodiscard]] const PlaneRow* findPlane(std::string_view id);

/// The plane for the parameters as they are now: random directions are scaled, neuron by neuron, to the norm
/// of that neuron's own weights (Li et al. 2018, "filter normalization"). Keep it while training goes on.
[[nodiscard]] Plane makePlane(const PlaneChoice& choice, const Layout& layout, std::span<const float> parameters,
                              std::uint64_t seed);

} // namespace flatline
