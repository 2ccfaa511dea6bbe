#include "core/training/recorder.h"

#include "core/training/fields.h"

#include <algorithm>
#include <bit>

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

std::size_t bytesOf(const Keyframe& keyframe) {
    return sizeof(Keyframe) +
           (keyframe.parameters.size() + keyframe.optimizer.first.size() + keyframe.optimizer.second.size()) *
               sizeof(float);
}

} // namespace

Recorder::Recorder(Trainer trainer, RecorderOptions options)
    : m_trainer(std::move(trainer))
    , m_options(options)
    , m_history(options.every > 0 ? 0 : options.maximumRows) {
    start();
}

void Recorder::start() {
    m_history = History(m_options.every > 0 ? 0 : m_options.maximumRows);
    m_history.setStride(m_options.every > 0 ? m_options.every : firstStride(m_trainer));
    m_keyframes.clear();
    m_keyframeStride = 1;
    m_fields.reset();
    m_histogramRange = 6.0F;
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
    m_keyframes.push_back(std::make_shared<const Keyframe>(m_trainer.keyframe()));
    const std::size_t bytes = bytesOf(*m_keyframes.back());
    const std::size_t affordable =
        std::max<std::size_t>(2, m_options.maximumKeyframeBytes / std::max<std::size_t>(1, bytes));
    const std::size_t most = std::min(static_cast<std::size_t>(m_options.maximumKeyframes), affordable);
    while (m_keyframes.size() > most) {
        m_keyframeStride *= 2;
        std::erase_if(m_keyframes, [this](const std::shared_ptr<const Keyframe>& keyframe) {
            return keyframe->step % m_keyframeStride != 0;
        });
    }
}

HistoryUse Recorder::historyUse() const {
    HistoryUse use{0, m_options.maximumKeyframeBytes};
    for (const auto& keyframe : m_keyframes)
        use.bytes += bytesOf(*keyframe);
    return use;
}

// The axis grows at once when more than 2 % of the values lie outside it, and shrinks only when half of it
// would do for 99.9 %: a histogram whose axis jitters cannot be read.
void Recorder::adaptHistogramRange(const Diagnosis& diagnosis) {
    std::int64_t count = 0;
    std::int64_t outside = 0;
    std::int64_t outsideHalf = 0;
    for (const LayerDiagnosis& layer : diagnosis.layers) {
        const Histogram& z = layer.preActivations;
        count += z.count;
        outside += z.below + z.above;
        const std::size_t quarter = z.bins.size() / 4;
        for (std::size_t i = 0; i < z.bins.size(); ++i)
            outsideHalf += i < quarter || i >= z.bins.size() - quarter ? z.bins[i] : 0;
    }
    outsideHalf += outside;
    if (outside * 50 > count && m_histogramRange < 1e6F)
        m_histogramRange *= 2.0F;
    else if (outsideHalf * 1000 < count && m_histogramRange > 1.5F)
        m_histogramRange /= 2.0F;
}

Snapshot Recorder::snapshot(bool fields) {
    Snapshot snapshot;
    Examination now = m_trainer.examine(m_histogramRange);
    adaptHistogramRange(now.diagnosis);
    if (fields)
        m_fields = makeFields(m_trainer.network(), m_trainer.parameters(), *m_trainer.dataset(), m_trainer.stepsDone());
    auto curves = std::make_shared<Curves>(m_history.curves(now.observation, curveColumns));
    curves->marks = m_trainer.marks();
    snapshot.error = m_trainer.divergence();
    snapshot.settings = m_trainer.settings();
    snapshot.experiment = m_trainer.experiment();
    snapshot.restart = m_trainer.restartSettings();
    snapshot.dataset = m_trainer.dataset();
    snapshot.spec = m_trainer.network().spec();
    snapshot.parameters = std::make_shared<const std::vector<float>>(m_trainer.parameters());
    if (auto move = m_trainer.pendingMove(); !move.empty())
        snapshot.pendingMove = std::make_shared<const std::vector<float>>(std::move(move));
    snapshot.now = std::move(now.observation);
    snapshot.diagnosis = std::make_shared<const Diagnosis>(std::move(now.diagnosis));
    snapshot.lives = m_trainer.lives();
    snapshot.events = m_trainer.events();
    snapshot.rows = m_history.rows();
    snapshot.curves = std::move(curves);
    snapshot.fields = m_fields;
    snapshot.path = m_keyframes;
    snapshot.head = m_trainer.stepsDone();
    snapshot.history = historyUse();
    return snapshot;
}

} // namespace flatline
