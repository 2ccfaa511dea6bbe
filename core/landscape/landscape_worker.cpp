#include "core/landscape/landscape_worker.h"

#include "core/base/background_thread.h"
#include "core/landscape/directions.h"

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

constexpr double patience = 0.2;     // seconds that a surface may take while training goes on
constexpr double restPatience = 4.0; // and one at rest
constexpr int coarsestSide = 11;
constexpr int planeShare = 4; // a plane that follows the run rests that many times as long as it takes to make
// Between two surfaces of a running training the thread rests for as long as the last one took, at least this, so that
// training and window keep most of a small machine.
constexpr auto rest = std::chrono::milliseconds(60);

int largestOddWithin(double side) {
    const int whole = static_cast<int>(side);
    return whole % 2 == 1 ? whole : whole - 1;
}

std::optional<NeuronPlace> watchedIn(const NetworkSpec& spec, const std::optional<NeuronPlace>& place) {
    const bool there = place && place->layer < spec.hidden.size() &&
                       place->neuron < static_cast<std::size_t>(spec.hidden[place->layer]);
    return there ? place : std::nullopt;
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
    bool publish(SurfaceRequest& request, int side); ///< false where it was cancelled
    [[nodiscard]] bool keepPlane(const Snapshot& snapshot, const PlaneChoice& choice);
    [[nodiscard]] bool planeHolds(const Snapshot& snapshot, const PlaneChoice& choice) const;
    void relayPlane(const Layout& layout);
    [[nodiscard]] int sideFor(const Snapshot& snapshot, int wished) const;
    [[nodiscard]] int finestSide(int wished, int threads) const;

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
    Layout m_planeLayout;
    std::optional<NetworkSpec> m_planeSpec; ///< that it was made from, with the parameters
    std::shared_ptr<const std::vector<float>> m_planeParameters;
    Clock::time_point m_planeMade;
    Clock::duration m_planeCost{};
    double m_secondsPerPoint = 0.0; ///< of one thread
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
    if (!fits(view.choice, *snapshot.spec))
        return; // chosen for a network that is gone
    if (!keepPlane(snapshot, view.choice))
        return;
    SurfaceRequest request = surfaceRequest(snapshot);
    request.choice = view.choice;
    request.plane = m_plane;
    request.extent = view.extent;
    // A training that goes on keeps the other cores to itself.
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    request.threads = snapshot.state == RunState::Running ? 1 : std::max(1, cores - 1);
    request.findsDead = view.findsDead;
    request.watched = watchedIn(*snapshot.spec, view.watched);
    // Something coarse first: it is there at once, and a large network at rest shows something at all.
    const int coarse = sideFor(snapshot, std::min(view.side, LandscapeView::livelySide));
    if (!publish(request, coarse) || snapshot.state == RunState::Running)
        return;
    const int finest = std::max(coarse, finestSide(view.side, request.threads));
    if (finest != coarse)
        publish(request, finest);
}

bool LandscapeWorker::Impl::publish(SurfaceRequest& request, int side) {
    request.side = side;
    const auto begun = Clock::now();
    std::optional<Surface> surface = computeSurface(request, &m_cancel);
    if (!surface)
        return false;
    m_secondsPerPoint = Seconds(Clock::now() - begun).count() * request.threads / (static_cast<double>(side) * side);
    const std::lock_guard lock(m_mutex);
    m_latest = std::make_shared<const Surface>(std::move(*surface));
    return true;
}

// Random directions stay while a run goes on: scaled to the weights that it began with, or, where they are chosen on
// the way, to those of that moment. Others are made of the run as it is now and follow it, at a pace that leaves most
// of the time to the surfaces.
bool LandscapeWorker::Impl::planeHolds(const Snapshot& snapshot, const PlaneChoice& choice) const {
    if (m_planeRun != snapshot.run || m_planeChoice != choice)
        return false;
    if (!findPlane(choice.id)->follows || (m_planeSpec == snapshot.spec && *m_planeParameters == *snapshot.parameters))
        return true;
    return snapshot.state == RunState::Running && Clock::now() - m_planeMade < planeShare * m_planeCost;
}

bool LandscapeWorker::Impl::keepPlane(const Snapshot& snapshot, const PlaneChoice& choice) {
    const Layout layout = layoutOf(*snapshot.spec);
    const bool sameRun = m_planeChoice && m_planeRun == snapshot.run;
    if (sameRun)
        relayPlane(layout);
    if (planeHolds(snapshot, choice))
        return true;
    PlaneContext context = planeContext(snapshot);
    context.cancelled = &m_cancel;
    if (sameRun && m_planeChoice == choice)
        context.before = &m_plane;
    if (!sameRun && !findPlane(choice.id)->follows && !snapshot.path.empty())
        context.parameters = std::make_shared<const std::vector<float>>(
            parametersIn(*snapshot.path.front(), *snapshot.spec, layout, *snapshot.parameters));
    assert(context.parameters->size() == layout.size());
    const auto begun = Clock::now();
    std::optional<Plane> plane = makePlane(choice, context);
    if (!plane)
        return false;
    m_planeMade = Clock::now();
    m_planeCost = m_planeMade - begun;
    if (!sameRun)
        m_secondsPerPoint = 0.0;
    m_plane = std::move(*plane);
    m_planeLayout = layout;
    m_planeSpec = snapshot.spec;
    m_planeParameters = context.parameters;
    m_planeChoice = choice;
    m_planeRun = snapshot.run;
    return true;
}

// Learnt slopes come and go with the activation while the run goes on: no direction has had a part in them.
void LandscapeWorker::Impl::relayPlane(const Layout& layout) {
    if (m_planeLayout == layout)
        return;
    for (std::vector<float>* direction : {&m_plane.first, &m_plane.second})
        *direction = relaid(m_planeLayout, *direction, layout, std::vector<float>(layout.size(), 0.0F));
    m_planeLayout = layout;
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

// What Li et al. take is worth any wait; what is finer only a short one.
int LandscapeWorker::Impl::finestSide(int wished, int threads) const {
    const int affordable = largestOddWithin(std::sqrt(restPatience * threads / m_secondsPerPoint));
    return std::min(wished, std::max(affordable, LandscapeView::livelySide));
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
