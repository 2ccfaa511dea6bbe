#include "core/training/recorder.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace flatline {
namespace {

constexpr std::size_t curveColumns = 500; // about the width of a chart in pixels

/// How many steps apart the rows begin: a power of two, 1 while looking at the whole sets costs next to
/// nothing. By the work of one look alone, so that every machine keeps the same rows.
std::int64_t firstStride(const Trainer& trainer) {
    const auto samples =
        static_cast<std::uint64_t>(trainer.dataset()->train.samples() * 3LL + trainer.dataset()->test.samples());
    const std::uint64_t work = samples * trainer.network().layout().size();
    constexpr std::uint64_t cheap = 2'000'000; // multiplications: well under a millisecond
    return static_cast<std::int64_t>(std::bit_ceil(work / cheap + 1));
}

/// A keyframe with case files costs the run a look at the training set, and the coroner a log that is not full. Closer
/// ones than those from which any step is made again unnoticed save nothing that is felt.
std::int64_t closestStride(const Trainer& trainer) {
    const std::int64_t look = std::max(1, trainer.dataset()->train.samples() / trainer.settings().training.batchSize);
    constexpr std::int64_t looks = 4;  // a travel takes one anyway; on average half of these come to it
    constexpr std::int64_t most = 256; // as many as a log has: farther ones save nothing
    const std::int64_t unnoticed = std::max(looks * look, stepsWithinAPicture(trainer));
    const std::int64_t steps = std::max(look, std::min(unnoticed, most));
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(steps)));
}

} // namespace

std::int64_t stepsWithinAPicture(const Trainer& trainer) {
    constexpr std::int64_t quick = 30'000'000; // multiplications: some ten milliseconds
    const auto parameters = static_cast<std::int64_t>(trainer.network().layout().size());
    return std::max<std::int64_t>(1, quick / (3 * parameters * trainer.settings().training.batchSize));
}

std::size_t bytesOf(const Keyframe& keyframe) {
    std::size_t bytes =
        sizeof(Keyframe) +
        (keyframe.parameters.size() + keyframe.optimizer.first.size() + keyframe.optimizer.second.size()) *
            sizeof(float) +
        keyframe.settings.interventions.size() * sizeof(Intervention);
    return keyframe.caseFiles ? bytes + keyframe.caseFiles->bytes() : bytes;
}

std::size_t bytesOf(const Observation& row) {
    return sizeof(Observation) + row.layers.size() * sizeof(Observation::Layer);
}

Recorder::Recorder(Trainer trainer, RecorderOptions options)
    : m_trainer(std::move(trainer))
    , m_options(options)
    , m_history(options.every > 0 ? 0 : options.maximumRows) {
    start();
}

Recorder::Recorder(const Recorder& run, Trainer at)
    : m_trainer(std::move(at))
    , m_options(run.m_options)
    , m_history(run.m_history)
    , m_keyframes(run.m_keyframes)
    , m_writer(run.m_writer)
    , m_keyframeStride(run.m_keyframeStride)
    , m_keyframeBytes(run.m_keyframeBytes) {}

void Recorder::start() {
    m_history = History(m_options.every > 0 ? 0 : m_options.maximumRows);
    m_history.setStride(m_options.every > 0 ? m_options.every : firstStride(m_trainer));
    m_keyframes.clear();
    m_keyframeStride = 1;
    m_keyframeBytes = 0;
    m_writer.forget();
    record(false);
    recordKeyframe();
}

bool Recorder::step() {
    if (!m_trainer.step())
        return false;
    if (m_trainer.stepsDone() % m_history.stride() == 0)
        record(false);
    if (m_trainer.stepsDone() % m_keyframeStride == 0)
        recordKeyframe();
    return true;
}

Result<void> Recorder::act(const Action& action) {
    finish();
    if (Result<void> acted = m_trainer.act(action); !acted)
        return acted;
    if (m_trainer.stepsDone() == 0 && m_trainer.marks().empty())
        start(); // it has become another start
    else
        record(true);
    return {};
}

void Recorder::finish() {
    if (last().step != m_trainer.stepsDone())
        record(false);
}

void Recorder::reset() {
    m_trainer.reset();
    start();
}

const Observation& Recorder::last() const {
    return *m_history.rows().back();
}

void Recorder::record(bool afterIntervention) {
    auto row = std::make_shared<Observation>(m_trainer.observe());
    row->afterIntervention = afterIntervention;
    m_history.append(std::move(row));
}

void Recorder::recordKeyframe() {
    const bool complete = m_trainer.stepsDone() % closestStride(m_trainer) == 0;
    m_keyframes.push_back(std::make_shared<const Keyframe>(complete ? m_trainer.keyframe() : m_trainer.waypoint()));
    m_keyframeBytes += bytesOf(*m_keyframes.back());
    thinKeyframes();
}

// Close keyframes only as many as the path needs; then as many as there may be.
std::size_t Recorder::mostKeyframes() const {
    const int most = m_keyframeStride < closestStride(m_trainer)
                         ? std::min(m_options.pathPoints, m_options.maximumKeyframes)
                         : m_options.maximumKeyframes;
    return static_cast<std::size_t>(most);
}

void Recorder::thinKeyframes() {
    while (m_keyframes.size() > mostKeyframes() ||
           (m_keyframes.size() > 2 && m_keyframeBytes > m_options.maximumKeyframeBytes)) {
        m_keyframeStride *= 2;
        ++m_thinnings;
        std::erase_if(m_keyframes, [this](const std::shared_ptr<const Keyframe>& keyframe) {
            const bool goes = keyframe->step % m_keyframeStride != 0;
            if (goes)
                m_keyframeBytes -= bytesOf(*keyframe);
            return goes;
        });
    }
}

void Recorder::setKeyframeBytes(std::size_t bytes) {
    m_options.maximumKeyframeBytes = bytes;
    thinKeyframes();
}

const Keyframe& Recorder::keyframeBefore(std::int64_t step) const {
    auto found = std::ranges::upper_bound(m_keyframes, step, {}, &Keyframe::step);
    do {
        assert(found != m_keyframes.begin()); // there is one of step 0
        --found;
    } while ((*found)->caseFiles == nullptr);
    return **found;
}

std::int64_t Recorder::keyframeStride() const {
    return std::max(m_keyframeStride, closestStride(m_trainer));
}

std::vector<std::shared_ptr<const Keyframe>> Recorder::path() const {
    std::size_t each = 1;
    while (m_keyframes.size() > each * static_cast<std::size_t>(m_options.pathPoints))
        each *= 2;
    std::vector<std::shared_ptr<const Keyframe>> path;
    for (std::size_t i = 0; i < m_keyframes.size(); i += each)
        path.push_back(m_keyframes[i]);
    return path;
}

HistoryUse Recorder::historyUse() const {
    std::size_t rows = 0;
    if (!m_history.rows().empty()) // all of one size
        rows = m_history.rows().size() * bytesOf(last());
    return {m_keyframeBytes + rows, m_options.maximumKeyframeBytes};
}

Recorder Recorder::branch(Trainer at) const {
    Recorder branch(*this, std::move(at));
    const std::int64_t step = branch.m_trainer.stepsDone();
    branch.m_history.truncate(step);
    std::erase_if(branch.m_keyframes, [&](const auto& keyframe) {
        const bool goes = keyframe->step > step;
        if (goes)
            branch.m_keyframeBytes -= bytesOf(*keyframe);
        return goes;
    });
    const auto& marks = branch.m_trainer.marks();
    const bool acted = !marks.empty() && marks.back().step == step;
    // Before something that this run did at that step, its second look is of another moment.
    const auto upTo = std::ranges::count_if(m_trainer.marks(), [step](const Mark& mark) { return mark.step <= step; });
    if (static_cast<std::size_t>(upTo) != marks.size() && branch.m_history.dropSecondLook(step) && acted)
        branch.record(true);
    if (branch.last().step != step)
        branch.record(acted);
    return branch;
}

void Recorder::describeRun(const Observation& now, Snapshot& snapshot) const {
    auto curves = std::make_shared<Curves>(m_history.curves(now, curveColumns));
    curves->marks = m_trainer.marks();
    snapshot.experiment = m_trainer.experiment();
    snapshot.events = m_trainer.events();
    snapshot.rows = m_history.rows();
    snapshot.curves = std::move(curves);
    snapshot.path = path();
    snapshot.head = m_trainer.stepsDone();
    snapshot.history = historyUse();
}

Snapshot Recorder::snapshot(bool fields) {
    Snapshot snapshot;
    m_writer.write(m_trainer, fields, snapshot);
    describeRun(snapshot.now, snapshot);
    return snapshot;
}

} // namespace flatline
