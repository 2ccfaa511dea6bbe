#pragma once

#include "core/network/network.h"

#include <cstddef>

namespace flatline {

/// What bounds on how far z has moved between two moments share (ShiftBound, RiseBound): room for rounding, and places.

inline constexpr double roomOfSums = 1e-4;    ///< relative: sums and norms of many floats are rounded themselves
inline constexpr double smallestRoom = 1e-18; ///< whose square is still a float

/// Relative, for two different orders of so many sums, at both moments.
[[nodiscard]] inline double roomOfOrder(int terms) {
    return 1e-5 + 1.2e-7 * terms;
}

/// Whether batch norm or warming is folded into weights and biases (Folded).
[[nodiscard]] inline bool foldsAnything(const NetworkSpec& spec) {
    return spec.batchNorm != BatchNorm::None || !spec.biasShift.none();
}
/// Whether passes work with the very bits of the folded parameters: they add a shift of all biases themselves, in
/// float.
[[nodiscard]] inline bool passesFoldedBits(const NetworkSpec& spec) {
    return spec.batchNorm != BatchNorm::None || !spec.biasShift.own.empty() || spec.biasShift.none();
}

/// Where a layer's weights, row after row, and its biases stand in the flat vector.
struct RowsPlace {
    std::size_t weights = 0;
    std::size_t biases = 0;
    int inputs = 0;
    int units = 0;
};
[[nodiscard]] inline RowsPlace rowsPlace(const Layout& layout, std::size_t hiddenLayer) {
    const int number = static_cast<int>(hiddenLayer) + 1;
    const Block& weights = layout.block(number, BlockKind::Weight);
    return {weights.offset, layout.block(number, BlockKind::Bias).offset, weights.columns, weights.rows};
}

} // namespace flatline
