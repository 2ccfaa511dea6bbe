#include "core/landscape/landscape_worker.h"

#include "core/base/background_thread.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace flatline {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double patience = 0.2; // seconds that a surface may take while training goes on
constexpr int coarsestSide = 11;
// Between two surfaces of a running training the thread rests for as long as the last one took, at least this, so that
// training and window keep most of a small machine.
constexpr auto rest = std::chrono::milliseconds(60);

int largestOddWithin(double side) {
    const int whole = static_cast<int>(side);
    return whole % 2 == 1 ? whole : whole - 1;
}

} // namespace

class LandscapeWorker::Impl {
public:
    Impl()
        : m_thread([this] { run(); }) {}
    ~Impl() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            m_cancel = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void show(std::shared_ptr<const Snapshot> snapshot, const LandscapeView& view);
    [[nodiscard]] std::shared_ptr<const Surface> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    struct Wish {
        std::shared_ptr<const Snapshot> snapshot;
        LandscapeView view;
    };
    void run();
    void work(const Wish& wish);
    void keepPlane(const Snapshot& snapshot, const LandscapeView& view, const PlaneRow& row);
    [[nodiscard]] int sideFor(const Snapshot& snapshot, int wished) const;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Wish> m_wish;              // under m_mutex: the newest, not begun
    std::optional<Wish> m_current;           // under m_mutex: under way
    std::shared_ptr<const Surface> m_latest; // under m_mutex
    bool m_stop = false;                     // under m_mutex
    std::atomic<bool> m_cancel{false};

    // The worker's own:
    std::optional<PlaneChoice> m_planeChoice;
    std::uint64_t m_planeRun = 0;
    Plane m_plane;
    double m_secondsPerPoint = 0.0;
    std::thread m_thread;
};

void LandscapeWorker::Impl::show(std::shared_ptr<const Snapshot> snapshot, const LandscapeView& view) {
    if (!snapshot->spec || !snapshot->parameters)
        return;
    {
        const std::lock_guard lock(m_mutex);
        // While training goes on, the surface under way is finished first: else a fast run would never show one.
        if (m_current && (m_current->view != view || m_current->snapshot->run != snapshot->run ||
                          snapshot->state != RunState::Running))
            m_cancel = true;
        m_wish = Wish{std::move(snapshot), view};
    }
    m_wake.notify_all();
}

void LandscapeWorker::Impl::run() {
    yieldToTheWindow();
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stop || m_wish; });
        if (m_stop)
            return;
        m_current = std::move(m_wish);
        m_wish.reset();
        m_cancel = false;
        const Wish wish = *m_current;
        lock.unlock();
        const auto begun = Clock::now();
        work(wish);
        const auto pause = std::max<Clock::duration>(rest, Clock::now() - begun);
        lock.lock();
        m_current.reset();
        if (wish.snapshot->state == RunState::Running)
            m_wake.wait_for(lock, pause,
                            [this] { return m_stop || (m_wish && m_wish->snapshot->state != RunState::Running); });
    }
}

void LandscapeWorker::Impl::work(const Wish& wish) {
    const Snapshot& snapshot = *wish.snapshot;
    const LandscapeView& view = wish.view;
    const PlaneRow* row = findPlane(view.choice.id);
    const auto layers = static_cast<int>(snapshot.spec->hidden.size());
    assert(row != nullptr);
    if (row->needsNeuron &&
        (view.choice.layer > layers ||
         view.choice.neuron > snapshot.spec->hidden[static_cast<std::size_t>(view.choice.layer - 1)]))
        return; // chosen for a network that is gone
    keepPlane(snapshot, view, *row);
    SurfaceRequest request = surfaceRequest(snapshot);
    request.choice = view.choice;
    request.plane = m_plane;
    request.extent = view.extent;
    // A large network at rest shows something coarse first.
    const int coarse = sideFor(snapshot, view.side);
    for (const int side : {coarse, view.side}) {
        if (side == view.side && snapshot.state == RunState::Running && coarse != view.side)
            break;
        request.side = side;
        const auto begun = Clock::now();
        std::optional<Surface> surface = computeSurface(request, &m_cancel);
        if (!surface)
            return;
        m_secondsPerPoint = Seconds(Clock::now() - begun).count() / (static_cast<double>(side) * side);
        {
            const std::lock_guard lock(m_mutex);
            m_latest = std::make_shared<const Surface>(std::move(*surface));
        }
        if (side == view.side)
            break;
    }
}

// Random directions stay while a run goes on: scaled to the weights that it began with, or, where they are chosen on
// the way, to those of that moment. A neuron's own plane is made of its weights and follows them.
void LandscapeWorker::Impl::keepPlane(const Snapshot& snapshot, const LandscapeView& view, const PlaneRow& row) {
    const bool sameRun = m_planeRun == snapshot.run;
    if (sameRun && m_planeChoice == view.choice && !row.needsNeuron)
        return;
    const Network<float> network(*snapshot.spec);
    const bool fromStart = !sameRun && !row.needsNeuron && !snapshot.path.empty();
    m_plane =
        makePlane(view.choice, network.layout(), fromStart ? snapshot.path.front()->parameters : *snapshot.parameters,
                  static_cast<std::uint64_t>(snapshot.settings.seed));
    if (!sameRun)
        m_secondsPerPoint = 0.0;
    m_planeChoice = view.choice;
    m_planeRun = snapshot.run;
}

int LandscapeWorker::Impl::sideFor(const Snapshot& snapshot, int wished) const {
    if (m_secondsPerPoint <= 0.0) {
        // Not measured yet: by the work of a point, at a guess of 1e9 multiplications a second.
        const double work = static_cast<double>(snapshot.parameters->size()) * snapshot.dataset->train.samples();
        return std::clamp(largestOddWithin(std::sqrt(patience * 1e9 / std::max(work, 1.0))),
                          std::min(coarsestSide, wished), wished);
    }
    return std::clamp(largestOddWithin(std::sqrt(patience / m_secondsPerPoint)), std::min(coarsestSide, wished),
                      wished);
}

LandscapeWorker::LandscapeWorker()
    : m_impl(std::make_unique<Impl>()) {}
LandscapeWorker::~LandscapeWorker() = default;

void LandscapeWorker::show(std::shared_ptr<const Snapshot> snapshot, const LandscapeView& view) {
    m_impl->show(std::move(snapshot), view);
}

std::shared_ptr<const Surface> LandscapeWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
