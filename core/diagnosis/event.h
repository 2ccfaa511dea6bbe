#pragma once

#include "core/diagnosis/certificate.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace flatline {

enum class EventKind { Died, Revived, Kick, Set, Warming, Reset, Edit, Diverged };
[[nodiscard]] const char* eventKindId(EventKind kind); ///< the name in an events file

/// Something that happened. `cause` and `detail` are what the events file carries: a death's or revival's verdict with
/// its figures, "strength=0.5 target=dead" and the like.
struct Event {
    std::int64_t step = 0;
    int layer = 0;  ///< from 1; 0: none
    int neuron = 0; ///< from 1; 0: none
    EventKind kind = EventKind::Died;
    std::string cause = {};
    std::string detail = {};
    std::shared_ptr<const Certificate> certificate = nullptr; ///< deaths and revivals: why
    bool operator==(const Event& other) const;
};

/// All events of a run, in order. A copy is cheap (full chunks are shared) and never changes, so that a
/// snapshot can hold the whole list.
class EventLog {
public:
    void append(Event event);
    void truncate(std::size_t size); ///< forgets all but the first `size`
    [[nodiscard]] std::size_t size() const { return m_full.size() * chunkSize + m_tail.size(); }
    [[nodiscard]] const Event& operator[](std::size_t index) const;

private:
    static constexpr std::size_t chunkSize = 512;
    std::vector<std::shared_ptr<const std::vector<Event>>> m_full;
    std::vector<Event> m_tail;
};

/// A neuron's past: what neurons.csv and its cell say of it.
struct NeuronLife {
    bool bornDead = false;
    std::int64_t diedAt = -1;    ///< step of the latest death; -1: never
    std::int64_t revivedAt = -1; ///< step of the latest revival; -1: never
    int deaths = 0;
    std::string cause;                                    ///< of the latest death
    std::shared_ptr<const Certificate> death = nullptr;   ///< of the latest one; null: never died
    std::shared_ptr<const Certificate> revival = nullptr; ///< of the latest one; null: never came back
    bool operator==(const NeuronLife& other) const;
};

} // namespace flatline
