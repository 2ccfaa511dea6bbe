#include "core/network/random_gates.h"

#include <algorithm>

namespace flatline {

RandomGates::RandomGates(std::uint64_t seed)
    : m_stream(seed, StreamId::Gates) {}

void RandomGates::draw(int more) {
    for (int i = 0; i < more; ++i)
        m_thresholds.push_back(m_stream.normal());
}

std::vector<double> RandomGates::mean(std::span<const double> x) const {
    std::vector<double> sorted = m_thresholds;
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> means;
    for (const double one : x) {
        const auto open = std::lower_bound(sorted.begin(), sorted.end(), one) - sorted.begin();
        means.push_back(sorted.empty() ? 0.0 : one * static_cast<double>(open) / static_cast<double>(sorted.size()));
    }
    return means;
}

} // namespace flatline
