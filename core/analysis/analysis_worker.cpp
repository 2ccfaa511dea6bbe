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
constexpr double longPatience = 10.0; // where nobody is waiting for the next picture

/// Before one has been measured: some 20 products, each as dear as four passes, at 1e9 multiplications a second.
double guessedSeconds(const Snapshot& snapshot) {
    constexpr double passes = 80.0;
    return passes * static_cast<double>(snapshot.parameters->size()) * snapshot.dataset->train.samples() / 1e9;
}

Analysis outlookOf(const Snapshot& snapshot, const ThermalKick& kick, const std::atomic<bool>* cancelled) {
    Analysis analysis{snapshot.run, snapshot.version, snapshot.now.step, kick, computeOutlook(snapshot, kick),
                      std::nullopt};
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
    void show(std::shared_ptr<const Snapshot> snapshot, const ThermalKick& kick) {
        if (snapshot->spec && snapshot->parameters && snapshot->dataset)
            m_job.post({std::move(snapshot), kick});
    }
    [[nodiscard]] std::shared_ptr<const Analysis> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    void work(const Wish& wish, const std::atomic<bool>& cancelled);
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
}

AnalysisWorker::AnalysisWorker()
    : m_impl(std::make_unique<Impl>()) {}
AnalysisWorker::~AnalysisWorker() = default;

void AnalysisWorker::show(std::shared_ptr<const Snapshot> snapshot, const ThermalKick& kick) {
    m_impl->show(std::move(snapshot), kick);
}

std::shared_ptr<const Analysis> AnalysisWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
