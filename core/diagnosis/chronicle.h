#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/event.h"

#include <string>
#include <vector>

namespace flatline {

/// A flag for every hidden neuron, [layer][neuron] from 0.
using NeuronMask = std::vector<std::vector<char>>;

/// Who is dead, since when, and all that happened.
class Chronicle {
public:
    explicit Chronicle(const std::vector<int>& hidden);

    /// A neuron that has died or come back.
    struct Change {
        NeuronPlace place;
        bool died = false;
    };
    /// Who the tallies say has died or come back since the last such event.
    [[nodiscard]] std::vector<Change> changes(const Tallies& tallies, int samples) const;
    void append(Event event);
    /// Forgets all events but the first `size`, and with them what they changed.
    void truncate(std::size_t size);

    [[nodiscard]] const EventLog& events() const { return m_events; }
    [[nodiscard]] const std::vector<std::vector<NeuronLife>>& lives() const { return m_lives; }
    [[nodiscard]] const NeuronMask& dead() const { return m_dead; }
    [[nodiscard]] int deadCount() const;

private:
    void remember(const Event& event);

    EventLog m_events;
    std::vector<std::vector<NeuronLife>> m_lives;
    NeuronMask m_dead;
};

} // namespace flatline
