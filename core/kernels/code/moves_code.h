#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/moves.h"

namespace flatline::kernels {

template <class V>
void movesOf(const MoveTask& task, RowMove* moves) {
    using F = typename V::F;
    const MoveTask t = task;
    const F zero = V::zero();
    const float* before = t.before;
    const float* now = t.now;
    for (int row = 0; row < t.rows; ++row, before += t.inputs, now += t.inputs) {
        F rise = zero, fall = zero, change = zero, size = zero, same = V::equal(zero, zero);
        for (int i = 0; i < t.inputs; i += V::lanes) {
            const int count = t.inputs - i;
            const F old = count < V::lanes ? V::loadSome(before + i, count) : V::load(before + i);
            const F w = count < V::lanes ? V::loadSome(now + i, count) : V::load(now + i);
            const F d = V::sub(w, old);
            const F high = V::mul(d, V::load(t.highest + i));
            const F low = V::mul(d, V::load(t.lowest + i));
            rise = V::add(rise, V::max(V::max(high, low), zero));
            fall = V::add(fall, V::min(V::min(high, low), zero));
            change = V::fma(d, d, change);
            size = V::fma(old, old, size);
            same = V::bitAnd(same, V::equal(w, old));
            if (t.up == nullptr)
                continue;
            const F up = V::mul(w, V::load(t.up + i));
            const F down = V::mul(w, V::load(t.down + i));
            rise = V::add(rise, V::max(up, down));
            fall = V::add(fall, V::min(up, down));
        }
        moves[row] = {V::sum(rise), V::sum(fall), V::sum(change), V::sum(size),
                      V::bits(same) != (1U << static_cast<unsigned>(V::lanes)) - 1U};
    }
}

} // namespace flatline::kernels
