#include "core/session/past_moment.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace flatline {
namespace {

Trainer cloneOf(Recorder& run) {
    run.finish(); // the curves end with its last step
    return run.cloneTrainer();
}

/// Between the run's keyframes so many moments are kept for steps back: more where there is room, since the run's own
/// are the further apart the less of the cap they take.
std::int64_t keptBetween(const Recorder& run, std::size_t room) {
    constexpr std::size_t fewest = 8;
    constexpr std::size_t most = 32;
    return static_cast<std::int64_t>(std::clamp(room / bytesOf(*run.keyframes().back()), fewest, most));
}

} // namespace

PastMoment::PastMoment(Recorder& run, std::size_t room)
    : m_run(&run)
    , m_room(room)
    , m_trainer(cloneOf(run))
    , m_stepsAtOnce(stepsWithinAPicture(m_trainer))
    , m_keptBetween(keptBetween(run, room))
    , m_spacing(std::max(run.keyframeStride() / m_keptBetween, m_stepsAtOnce)) {
    run.describeRun(run.last(), m_whole);
    m_whole.past = true;
}

void PastMoment::goTo(std::int64_t step) {
    while (!approach(step)) {
    }
}

bool PastMoment::approach(std::int64_t step) {
    assert(step >= 0 && step < m_run->trainer().stepsDone());
    const Keyframe& start = startFor(step);
    if (!goesOnTo(step, start))
        m_trainer.restore(start, m_run->trainer());
    m_placed = true;
    const bool keeps = !isNear(step); // not where the run is only played on
    bool goes = true;
    for (std::int64_t i = 0; i < m_stepsAtOnce && goes && m_trainer.stepsDone() < step; ++i) {
        goes = m_trainer.step();
        if (keeps && m_trainer.stepsDone() % m_spacing == 0)
            keepOnTheWay();
    }
    if (goes && m_trainer.stepsDone() < step)
        return false;
    m_trainer.intervene();
    return true;
}

bool PastMoment::isNear(std::int64_t step) const {
    const Keyframe& start = startFor(step);
    return step - (goesOnTo(step, start) ? m_trainer.stepsDone() : start.step) <= m_stepsAtOnce;
}

/// The newest moment at or before that step that is kept.
const Keyframe& PastMoment::startFor(std::int64_t step) const {
    const Keyframe* newest = &m_run->keyframeBefore(step);
    for (const auto& kept : m_kept)
        if (kept->step <= step && kept->step > newest->step)
            newest = kept.get();
    return *newest;
}

bool PastMoment::goesOnTo(std::int64_t step, const Keyframe& start) const {
    return m_placed && m_trainer.stepsDone() <= step && m_trainer.stepsDone() >= start.step;
}

// Where a step back would else be a long replay.
void PastMoment::keepOnTheWay() {
    const std::int64_t now = m_trainer.stepsDone();
    std::erase_if(m_kept, [&](const auto& kept) {
        return kept->step == now || std::abs(kept->step - now) > m_keptBetween * m_spacing;
    });
    m_kept.push_back(std::make_shared<const Keyframe>(m_trainer.keyframe()));
    while (bytesKept() > m_room)
        m_kept.erase(m_kept.begin());
}

std::size_t PastMoment::bytesKept() const {
    std::size_t bytes = 0;
    for (const auto& kept : m_kept)
        bytes += bytesOf(*kept);
    return bytes;
}

bool PastMoment::step() {
    if (m_trainer.stepsDone() + 1 >= m_run->trainer().stepsDone())
        return false;
    goTo(m_trainer.stepsDone() + 1);
    return true;
}

const Observation* PastMoment::row() const {
    const auto& rows = m_run->rows();
    const auto found = std::ranges::lower_bound(rows, m_trainer.stepsDone(), {}, &Observation::step);
    return found != rows.end() && (*found)->step == m_trainer.stepsDone() ? found->get() : nullptr;
}

Snapshot PastMoment::snapshot(bool fields) {
    Snapshot snapshot = m_whole;
    m_writer.write(m_trainer, fields, snapshot);
    return snapshot;
}

Recorder PastMoment::branch() {
    Trainer at = m_trainer.clone();
    at.forgetFuture();
    return m_run->branch(std::move(at));
}

} // namespace flatline
