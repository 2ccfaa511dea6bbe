#pragma once

#include "core/network/network.h"
#include "core/postmortem/sample_path.h"
#include "core/settings/intervention.h"

#include <span>
#include <vector>

namespace flatline {

/// The chances that a thermal kick of that strength to those parameters, aimed at each of these dead ReLU-like neurons
/// alone, wakes it: lifts z above 0 on at least one training sample. Margins: max z of each, 0 or below.
/// The bias alone: 1 - Phi(distance / (strength |s|)), s the scale of batch norm in front of the activation.
/// Otherwise Monte Carlo: with normal draws xi, xi_b, z_i + s strength (xi . u_i + xi_b) > 0 for some sample i.
/// Neurons of one layer share their draws. A pure function of its arguments.
[[nodiscard]] std::vector<double> kickChances(const Network<float>& network, std::span<const float> parameters,
                                              const Split& train, const std::vector<NeuronPlace>& dead,
                                              const std::vector<double>& margins, const ThermalKick& kick,
                                              std::int64_t seed);

} // namespace flatline
