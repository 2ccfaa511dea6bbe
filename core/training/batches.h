#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// Hands out the training set batch by batch: each epoch in an order of its own (or in the set's order),
/// consecutive slices, the last and smaller one included. The order of an epoch is a pure function of seed
/// and epoch.
class Batches {
public:
    Batches(std::int64_t seed, bool shuffle, int samples);

    /// The next batch of at most `size` samples, by their numbers; valid until the next call.
    [[nodiscard]] std::span<const int> next(int size);
    /// Copies it.
    void next(const Split& split, int size, Batch<float>& features, Targets<float>& targets);

    [[nodiscard]] std::int64_t epoch() const { return m_epoch; } ///< epochs completed
    [[nodiscard]] int position() const { return m_position; }    ///< samples of this epoch used up
    void seek(std::int64_t epoch, int position);

private:
    void order();

    std::int64_t m_seed;
    bool m_shuffle;
    std::int64_t m_epoch = 0;
    int m_position = 0;
    std::int64_t m_ordered = -1; ///< the epoch that m_order belongs to; -1: the set's own order
    std::vector<int> m_order;    ///< put in order when it is first asked for
};

} // namespace flatline
