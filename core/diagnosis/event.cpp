#include "core/diagnosis/event.h"

#include <array>
#include <cassert>

namespace flatline {

const char* eventKindId(EventKind kind) {
    static constexpr std::array ids{"died", "revived", "kick", "set", "warming", "reset", "edit", "diverged"};
    return ids[static_cast<std::size_t>(kind)];
}

namespace {

bool same(const std::shared_ptr<const Certificate>& a, const std::shared_ptr<const Certificate>& b) {
    return a == b || (a != nullptr && b != nullptr && *a == *b);
}

} // namespace

bool Event::operator==(const Event& other) const {
    return step == other.step && layer == other.layer && neuron == other.neuron && kind == other.kind &&
           cause == other.cause && detail == other.detail && same(certificate, other.certificate);
}

bool NeuronLife::operator==(const NeuronLife& other) const {
    return bornDead == other.bornDead && diedAt == other.diedAt && revivedAt == other.revivedAt &&
           deaths == other.deaths && cause == other.cause && same(death, other.death) && same(revival, other.revival);
}

void EventLog::append(Event event) {
    m_tail.push_back(std::move(event));
    if (m_tail.size() == chunkSize) {
        m_full.push_back(std::make_shared<const std::vector<Event>>(std::move(m_tail)));
        m_tail.clear();
    }
}

const Event& EventLog::operator[](std::size_t index) const {
    assert(index < size());
    const std::size_t chunk = index / chunkSize;
    return chunk < m_full.size() ? (*m_full[chunk])[index % chunkSize] : m_tail[index % chunkSize];
}

void EventLog::truncate(std::size_t size) {
    assert(size <= this->size());
    if (size / chunkSize < m_full.size()) {
        m_tail = *m_full[size / chunkSize];
        m_full.resize(size / chunkSize);
    }
    m_tail.resize(size % chunkSize);
}

} // namespace flatline
