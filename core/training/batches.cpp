#include "core/training/batches.h"

#include "core/base/random.h"

#include <algorithm>
#include <numeric>

namespace flatline {

Batches::Batches(std::int64_t seed, bool shuffle, int samples)
    : m_seed(seed)
    , m_shuffle(shuffle)
    , m_order(static_cast<std::size_t>(samples)) {
    std::iota(m_order.begin(), m_order.end(), 0);
}

void Batches::order() {
    if (!m_shuffle || m_ordered == m_epoch)
        return;
    fillRandomOrder(
        RandomStream(static_cast<std::uint64_t>(m_seed), StreamId::Batches, static_cast<std::uint32_t>(m_epoch)),
        m_order);
    m_ordered = m_epoch;
}

void Batches::seek(std::int64_t epoch, int position) {
    m_epoch = epoch;
    m_position = position;
}

std::span<const int> Batches::next(int size) {
    order();
    const int samples = static_cast<int>(m_order.size());
    const int count = std::min(size, samples - m_position);
    const auto chosen =
        std::span<const int>(m_order).subspan(static_cast<std::size_t>(m_position), static_cast<std::size_t>(count));
    m_position += count;
    if (m_position == samples) {
        m_position = 0;
        ++m_epoch;
    }
    return chosen;
}

void Batches::next(const Split& split, int size, Batch<float>& features, Targets<float>& targets) {
    const std::span<const int> chosen = next(size);
    const auto gather = [&](const Batch<float>& from, Batch<float>& to) {
        to.resize(from.size() > 0 ? static_cast<Eigen::Index>(chosen.size()) : 0, from.cols());
        for (Eigen::Index column = 0; column < to.cols() && to.rows() > 0; ++column) {
            const float* source = from.col(column).data();
            float* target = to.col(column).data();
            for (std::size_t i = 0; i < chosen.size(); ++i)
                target[i] = source[chosen[i]];
        }
    };
    gather(split.features, features);
    gather(split.targets.values, targets.values);
    targets.labels.resize(split.targets.labels.empty() ? 0 : chosen.size());
    for (std::size_t i = 0; i < targets.labels.size(); ++i)
        targets.labels[i] = split.targets.labels[static_cast<std::size_t>(chosen[i])];
}

} // namespace flatline
