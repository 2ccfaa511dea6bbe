#include "core/session/undo_history.h"

#include <algorithm>
#include <unordered_set>

namespace flatline {
namespace {

constexpr std::size_t mostEdits = 200; // more than anybody takes back one by one

} // namespace

void UndoHistory::push(Edit edit) {
    m_undone.clear();
    m_done.push_back(std::move(edit));
    if (m_done.size() > mostEdits)
        m_done.erase(m_done.begin());
}

void UndoHistory::undone() {
    m_undone.push_back(std::move(m_done.back()));
    m_done.pop_back();
}

void UndoHistory::redone() {
    m_done.push_back(std::move(m_undone.back()));
    m_undone.pop_back();
}

// Edits below it were made in the abandoned run: those up to the fork belong to the run that went on as well.
bool UndoHistory::discardAbandoned() {
    const auto newest = std::find_if(m_done.rbegin(), m_done.rend(), [](const Edit& edit) { return edit.abandoned(); });
    if (newest == m_done.rend()) {
        const auto undone =
            std::find_if(m_undone.rbegin(), m_undone.rend(), [](const Edit& edit) { return edit.abandoned(); });
        if (undone == m_undone.rend())
            return false;
        m_undone.erase(m_undone.begin(), undone.base()); // with what was done in it later
        return true;
    }
    const std::int64_t fork = newest->note.step;
    auto place = std::prev(newest.base());
    auto first = place;
    while (first != m_done.begin() && std::prev(first)->other == nullptr && std::prev(first)->note.step > fork)
        --first;
    m_done.erase(first, std::next(place));
    return true;
}

int UndoHistory::abandoned() const {
    const auto count = [](const std::vector<Edit>& edits) {
        return std::ranges::count_if(edits, [](const Edit& edit) { return edit.abandoned(); });
    };
    return static_cast<int>(count(m_done) + count(m_undone));
}

bool UndoHistory::keepsRuns() const {
    const auto any = [](const std::vector<Edit>& edits) {
        return std::ranges::any_of(edits, [](const Edit& edit) { return edit.other != nullptr; });
    };
    return any(m_done) || any(m_undone);
}

std::size_t UndoHistory::bytesBeside(const Recorder& run) const {
    std::unordered_set<const void*> counted;
    const auto add = [&counted](const auto& things) {
        std::size_t bytes = 0;
        for (const auto& thing : things)
            if (counted.insert(thing.get()).second)
                bytes += bytesOf(*thing);
        return bytes;
    };
    (void)add(run.keyframes());
    (void)add(run.rows());
    std::size_t bytes = 0;
    for (const std::vector<Edit>* edits : {&m_done, &m_undone})
        for (const Edit& edit : *edits) {
            if (edit.other)
                bytes += edit.other->trainer().bytesKept() + add(edit.other->keyframes()) + add(edit.other->rows());
            if (edit.before && counted.insert(edit.before.get()).second)
                bytes += bytesOf(*edit.before);
        }
    return bytes;
}

void UndoHistory::thin(std::size_t bytesEach) {
    for (std::vector<Edit>* edits : {&m_done, &m_undone})
        for (Edit& edit : *edits)
            if (edit.other)
                edit.other->setKeyframeBytes(bytesEach);
}

bool UndoHistory::dropOldestRun() {
    const auto keeps = [](const Edit& edit) { return edit.other != nullptr; };
    if (const auto oldest = std::ranges::find_if(m_done, keeps); oldest != m_done.end()) {
        m_done.erase(m_done.begin(), std::next(oldest));
        return true;
    }
    // Of what was undone, what would be done again last.
    if (const auto last = std::ranges::find_if(m_undone, keeps); last != m_undone.end()) {
        m_undone.erase(m_undone.begin(), std::next(last));
        return true;
    }
    return false;
}

} // namespace flatline
