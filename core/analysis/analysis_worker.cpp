#include "core/analysis/analysis_worker.h"

#include "core/base/newest_job.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace flatline {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double patience = 0.25;     // seconds that a sharpness may take while training goes on
constexpr double pathPatience = 0.1;  // what the path may take at a time: the rest of an analysis waits for it
constexpr double longPatience = 10.0; // where nobody is waiting for the next picture

/// Before one has been measured: some 20 products, each as dear as four passes, at 1e9 multiplications a second.
double guessedSeconds(const Snapshot& snapshot) {
    constexpr double passes = 80.0;
    return passes * static_cast<double>(snapshot.parameters->size()) * snapshot.dataset->train.samples() / 1e9;
}

Analysis outlookOf(const Snapshot& snapshot, const ThermalKick& kick, const std::atomic<bool>* cancelled) {
    Analysis analysis{snapshot.run, snapshot.version, snapshot.now.step, kick, computeOutlook(snapshot, kick),
                      std::nullopt, nullptr};
    analysis.forecast = forecastKick(snapshot, kick, analysis.outlook, cancelled);
    analysis.marks = snapshot.curves ? snapshot.curves->marks.size() : 0;
    return analysis;
}

std::optional<Sharpness> sharpnessOf(const Snapshot& snapshot, const std::atomic<bool>* cancelled) {
    return computeSharpness(*snapshot.spec, *snapshot.dataset, *snapshot.parameters, {}, cancelled);
}

struct Wish {
    std::shared_ptr<const Snapshot> snapshot;
    ThermalKick kick;
    bool path = false;

    [[nodiscard]] bool hurried() const { return snapshot->state != RunState::Running; }
    [[nodiscard]] bool overtakes(const Wish& current) const {
        return current.snapshot->run != snapshot->run || current.kick != kick || hurried();
    }
};

} // namespace

Analysis analyse(const Snapshot& snapshot, const ThermalKick& kick) {
    Analysis analysis = outlookOf(snapshot, kick, nullptr);
    if (guessedSeconds(snapshot) <= longPatience)
        analysis.sharpness = sharpnessOf(snapshot, nullptr);
    return analysis;
}

class AnalysisWorker::Impl {
public:
    void show(std::shared_ptr<const Snapshot> snapshot, const ThermalKick& kick, bool path) {
        if (snapshot->spec && snapshot->parameters && snapshot->dataset)
            m_job.post({std::move(snapshot), kick, path});
    }
    [[nodiscard]] std::shared_ptr<const Analysis> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    void work(const Wish& wish, const std::atomic<bool>& cancelled);
    void lookAlongPath(const Wish& wish, Analysis& analysis, const std::atomic<bool>& cancelled);
    void publish(const Analysis& analysis) {
        auto shared = std::make_shared<const Analysis>(analysis);
        const std::lock_guard lock(m_mutex);
        m_latest = std::move(shared);
    }

    mutable std::mutex m_mutex;
    std::shared_ptr<const Analysis> m_latest; // under m_mutex

    // The thread's own:
    std::uint64_t m_run = 0;
    std::optional<double> m_seconds; ///< that the last sharpness of this run took
    SharpnessPath m_path;

    NewestJob<Wish> m_job{[this](const Wish& wish, const std::atomic<bool>& cancelled) { work(wish, cancelled); }};
};

void AnalysisWorker::Impl::work(const Wish& wish, const std::atomic<bool>& cancelled) {
    const Snapshot& snapshot = *wish.snapshot;
    if (m_run != snapshot.run)
        m_seconds.reset();
    m_run = snapshot.run;
    Analysis analysis = outlookOf(snapshot, wish.kick, &cancelled);
    if (cancelled)
        return;
    if (wish.path) {
        m_path.follow(snapshot);
        analysis.path = m_path.curve();
    }
    const bool quick = m_seconds.value_or(guessedSeconds(snapshot)) <= patience;
    if (!quick) {
        publish(analysis);
        if (!wish.hurried())
            return;
    }
    const auto begun = Clock::now();
    analysis.sharpness = sharpnessOf(snapshot, &cancelled);
    if (cancelled)
        return;
    m_seconds = Seconds(Clock::now() - begun).count();
    publish(analysis);
    if (wish.path)
        lookAlongPath(wish, analysis, cancelled);
}

/// While training goes on for a moment only, else to the end.
void AnalysisWorker::Impl::lookAlongPath(const Wish& wish, Analysis& analysis, const std::atomic<bool>& cancelled) {
    const auto begun = Clock::now();
    auto published = begun;
    bool more = true;
    while (more && (wish.hurried() || Seconds(Clock::now() - begun).count() < pathPatience)) {
        more = m_path.computeNext(&cancelled);
        if (cancelled)
            return;
        if (more && Seconds(Clock::now() - published).count() > pathPatience) {
            analysis.path = m_path.curve();
            publish(analysis);
            published = Clock::now();
        }
    }
    analysis.path = m_path.curve();
    publish(analysis);
}

AnalysisWorker::AnalysisWorker()
    : m_impl(std::make_unique<Impl>()) {}
AnalysisWorker::~AnalysisWorker() = default;

void AnalysisWorker::show(std::shared_ptr<const Snapshot> snapshot, const ThermalKick& kick, bool path) {
    m_impl->show(std::move(snapshot), kick, path);
}

std::shared_ptr<const Analysis> AnalysisWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
