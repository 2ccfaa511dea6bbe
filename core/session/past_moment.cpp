#include "core/session/past_moment.h"

#include <algorithm>
#include <cassert>

namespace flatline {
namespace {

Trainer cloneOf(Recorder& run) {
    run.finish(); // the curves end with its last step
    return run.cloneTrainer();
}

} // namespace

PastMoment::PastMoment(Recorder& run)
    : m_run(&run)
    , m_trainer(cloneOf(run)) {
    run.describeRun(run.last(), m_whole);
    m_whole.past = true;
}

void PastMoment::goTo(std::int64_t step) {
    assert(step >= 0 && step < m_run->trainer().stepsDone());
    const Keyframe& keyframe = m_run->keyframeBefore(step);
    if (!m_placed || m_trainer.stepsDone() > step || m_trainer.stepsDone() < keyframe.step)
        m_trainer.restore(keyframe, m_run->trainer());
    m_placed = true;
    while (m_trainer.stepsDone() < step && m_trainer.step()) {
    }
    m_trainer.intervene();
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
