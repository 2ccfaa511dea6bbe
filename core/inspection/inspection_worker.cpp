#include "core/inspection/inspection_worker.h"

#include "core/base/newest_job.h"
#include "core/inspection/inspector.h"

#include <mutex>

namespace flatline {
namespace {

struct Wish {
    std::shared_ptr<const Snapshot> snapshot;
    NeuronPlace place;
    BeatsOf which = BeatsOf::Latest;

    [[nodiscard]] bool hurried() const { return snapshot->state != RunState::Running; }
    [[nodiscard]] bool overtakes(const Wish& current) const {
        return current.snapshot->run != snapshot->run || current.place != place || current.which != which;
    }
};

bool hasNeuron(const Snapshot& snapshot, NeuronPlace place) {
    return snapshot.spec && snapshot.parameters && snapshot.dataset && snapshot.diagnosis &&
           place.layer < snapshot.spec->hidden.size() && place.layer < snapshot.lives.size() &&
           place.neuron < snapshot.lives[place.layer].size();
}

} // namespace

class InspectionWorker::Impl {
public:
    void show(std::shared_ptr<const Snapshot> snapshot, NeuronPlace place, BeatsOf which) {
        if (hasNeuron(*snapshot, place))
            m_job.post({std::move(snapshot), place, which});
    }
    [[nodiscard]] std::shared_ptr<const Inspection> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    void work(const Wish& wish, const std::atomic<bool>& cancelled) {
        auto found = m_inspector.inspect(*wish.snapshot, wish.place, wish.which, &cancelled);
        if (found == nullptr)
            return;
        const std::lock_guard lock(m_mutex);
        m_latest = std::move(found);
    }

    mutable std::mutex m_mutex;
    std::shared_ptr<const Inspection> m_latest; // under m_mutex
    Inspector m_inspector;                      // the thread's own
    NewestJob<Wish> m_job{[this](const Wish& wish, const std::atomic<bool>& cancelled) { work(wish, cancelled); }};
};

InspectionWorker::InspectionWorker()
    : m_impl(std::make_unique<Impl>()) {}
InspectionWorker::~InspectionWorker() = default;

void InspectionWorker::show(std::shared_ptr<const Snapshot> snapshot, NeuronPlace place, BeatsOf which) {
    m_impl->show(std::move(snapshot), place, which);
}

std::shared_ptr<const Inspection> InspectionWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
