#include "core/training/batches.h"

#include "core/base/random.h"

#include <algorithm>
#include <numeric>

namespace flatline {

Batches::Batches(std::int64_t seed, bool shuffle, int samples)
    : m_seed(seed)
    , m_shuffle(shuffle)
    , m_order(static_cast<std::size_t>(samples)) {
    order();
}

void Batches::order() {
    if (m_shuffle)
        m_order = randomOrder(
            static_cast<int>(m_order.size()),
            RandomStream(static_cast<std::uint64_t>(m_seed), StreamId::Batches, static_cast<std::uint32_t>(m_epoch)));
    else
        std::iota(m_order.begin(), m_order.end(), 0);
}

void Batches::seek(std::int64_t epoch, int position) {
    m_epoch = epoch;
    m_position = position;
    order();
}

void Batches::next(const Split& split, int size, Batch<float>& features, Targets<float>& targets) {
    const int samples = static_cast<int>(m_order.size());
    const int count = std::min(size, samples - m_position);
    const int* chosen = m_order.data() + m_position;
    const auto gather = [&](const Batch<float>& from, Batch<float>& to) {
        to.resize(from.size() > 0 ? count : 0, from.cols());
        for (Eigen::Index column = 0; column < to.cols() && to.rows() > 0; ++column) {
            const float* source = from.col(column).data();
            float* target = to.col(column).data();
            for (int i = 0; i < count; ++i)
                target[i] = source[chosen[i]];
        }
    };
    gather(split.features, features);
    gather(split.targets.values, targets.values);
    targets.labels.resize(split.targets.labels.empty() ? 0 : static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < targets.labels.size(); ++i)
        targets.labels[i] = split.targets.labels[static_cast<std::size_t>(chosen[i])];
    m_position += count;
    if (m_position == samples) {
        m_position = 0;
        ++m_epoch;
        order();
    }
}

} // namespace flatline
