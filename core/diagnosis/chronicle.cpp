#include "core/diagnosis/chronicle.h"

#include <algorithm>

namespace flatline {

Chronicle::Chronicle(const std::vector<int>& hidden) {
    for (const int width : hidden) {
        m_lives.emplace_back(static_cast<std::size_t>(width));
        m_dead.emplace_back(static_cast<std::size_t>(width), 0);
    }
}

std::vector<Chronicle::Change> Chronicle::changes(const Tallies& tallies, int samples) const {
    std::vector<Change> changes;
    for (std::size_t k = 0; k < tallies.size(); ++k)
        for (std::size_t j = 0; j < tallies[k].size(); ++j) {
            const bool dead = tallies[k][j].zeroSlope == samples;
            if (dead != (m_dead[k][j] != 0))
                changes.push_back({{k, j}, dead});
        }
    return changes;
}

void Chronicle::append(Event event) {
    remember(event);
    m_events.append(std::move(event));
}

void Chronicle::remember(const Event& event) {
    if (event.kind != EventKind::Died && event.kind != EventKind::Revived)
        return;
    const auto layer = static_cast<std::size_t>(event.layer - 1);
    const auto neuron = static_cast<std::size_t>(event.neuron - 1);
    m_dead[layer][neuron] = event.kind == EventKind::Died ? 1 : 0;
    NeuronLife& life = m_lives[layer][neuron];
    if (event.kind == EventKind::Revived) {
        life.revivedAt = event.step;
        life.revival = event.certificate;
        return;
    }
    life.bornDead = life.bornDead || (event.certificate && event.certificate->verdict == Verdict::BornDead);
    life.diedAt = event.step;
    life.cause = event.cause;
    life.death = event.certificate;
    ++life.deaths;
}

void Chronicle::truncate(std::size_t size) {
    m_events.truncate(size);
    for (auto& layer : m_lives)
        std::fill(layer.begin(), layer.end(), NeuronLife{});
    for (auto& layer : m_dead)
        std::fill(layer.begin(), layer.end(), 0);
    for (std::size_t i = 0; i < size; ++i)
        remember(m_events[i]);
}

int Chronicle::deadCount() const {
    std::ptrdiff_t count = 0;
    for (const auto& layer : m_dead)
        count += std::count(layer.begin(), layer.end(), 1);
    return static_cast<int>(count);
}

} // namespace flatline
