#include "core/analysis/sharpness_path.h"

#include "core/analysis/sharpness.h"
#include "core/training/warmth.h"

#include <algorithm>
#include <limits>

namespace flatline {

void SharpnessPath::follow(const Snapshot& snapshot) {
    std::vector<Entry> entries;
    auto old = m_entries.begin();
    if (m_dataset != snapshot.dataset)
        old = m_entries.end();
    m_dataset = snapshot.dataset;
    for (const auto& keyframe : snapshot.path) {
        while (old != m_entries.end() && old->keyframe->step < keyframe->step)
            ++old;
        if (old != m_entries.end() && old->keyframe == keyframe) {
            entries.push_back(std::move(*old++));
            continue;
        }
        entries.push_back({keyframe, std::nullopt});
    }
    m_entries = std::move(entries);
}

/// The newest before all others; then the one that is farthest from what is known.
SharpnessPath::Entry* SharpnessPath::next() {
    constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> distance(m_entries.size(), far);
    const auto sweep = [&](auto first, auto last, auto at) {
        std::optional<std::int64_t> known;
        for (auto entry = first; entry != last; ++entry, ++at) {
            if (entry->found)
                known = entry->keyframe->step;
            *at = entry->found ? -1 : std::min(*at, known ? std::abs(entry->keyframe->step - *known) : far);
        }
    };
    sweep(m_entries.begin(), m_entries.end(), distance.begin());
    sweep(m_entries.rbegin(), m_entries.rend(), distance.rbegin());
    const auto widest = std::max_element(distance.rbegin(), distance.rend());
    if (widest == distance.rend() || *widest < 0)
        return nullptr;
    return &m_entries[static_cast<std::size_t>(distance.rend() - widest) - 1];
}

bool SharpnessPath::computeNext(const std::atomic<bool>* cancelled) {
    Entry* entry = next();
    if (entry == nullptr)
        return false;
    const Keyframe& keyframe = *entry->keyframe;
    SharpnessPoint point{keyframe.step, std::nullopt, keyframe.settings.training.learningRate};
    if (Result<NetworkSpec> spec = makeNetworkSpec(keyframe.settings, *m_dataset)) {
        spec.value().biasShift = shiftAt(keyframe.step, keyframe.warmths, spec.value().hidden);
        if (layoutOf(spec.value()).size() == keyframe.parameters.size())
            if (const auto sharpness = computeSharpness(spec.value(), *m_dataset, keyframe.parameters, {}, cancelled))
                point.value = sharpness->value;
    }
    if (cancelled != nullptr && *cancelled)
        return false;
    entry->found = point;
    return true;
}

std::shared_ptr<const SharpnessCurve> SharpnessPath::curve() const {
    auto curve = std::make_shared<SharpnessCurve>();
    for (const Entry& entry : m_entries)
        if (entry.found)
            curve->points.push_back(*entry.found);
    curve->missing = m_entries.size() - curve->points.size();
    return curve;
}

} // namespace flatline
