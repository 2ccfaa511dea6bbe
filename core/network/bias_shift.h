#pragma once

#include <cstddef>
#include <vector>

namespace flatline {

/// What bias warming adds to the hidden biases in the forward pass, now. No parameter, and nothing learns it.
struct BiasShift {
    double all = 0.0;                     ///< to every hidden bias
    std::vector<std::vector<double>> own; ///< and to single ones, [hidden layer][neuron]; empty: to none

    BiasShift() = default;
    /// A number is a shift of every hidden bias.
    BiasShift(double everywhere) // NOLINT(google-explicit-constructor)
        : all(everywhere) {}

    [[nodiscard]] double of(std::size_t layer, std::size_t neuron) const {
        return own.empty() ? all : all + own[layer][neuron];
    }
    [[nodiscard]] bool none() const { return all == 0.0 && own.empty(); }
    bool operator==(const BiasShift&) const = default;
};

} // namespace flatline
