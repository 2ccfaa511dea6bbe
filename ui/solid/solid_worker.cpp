#include "ui/solid/solid_worker.h"

#include "core/base/newest_job.h"
#include "ui/solid/render_solid.h"

#include <mutex>
#include <utility>

namespace flatline {
namespace {

struct SolidJob {
    SolidScene scene;
    bool inHurry = false;

    /// A fine picture takes some tens of milliseconds: too long for a hand on the mouse.
    [[nodiscard]] bool overtakes(const SolidJob& current) const {
        return inHurry && current.scene.detail == SolidDetail::Fine;
    }
    [[nodiscard]] bool hurried() const { return inHurry; }
};

} // namespace

class SolidWorker::Impl {
public:
    explicit Impl(SolidWorker& worker)
        : m_worker(&worker)
        , m_jobs([this](const SolidJob& job, const std::atomic<bool>& cancelled) { draw(job, cancelled); }) {}

    void post(SolidJob job) { m_jobs.post(std::move(job)); }
    [[nodiscard]] std::shared_ptr<const SolidPicture> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    void draw(const SolidJob& job, const std::atomic<bool>& cancelled) {
        std::optional<SolidPicture> picture = renderSolid(job.scene, &cancelled);
        if (!picture)
            return;
        {
            const std::lock_guard lock(m_mutex);
            m_latest = std::make_shared<const SolidPicture>(std::move(*picture));
        }
        emit m_worker->ready();
    }

    SolidWorker* m_worker;
    mutable std::mutex m_mutex;
    std::shared_ptr<const SolidPicture> m_latest; // under m_mutex
    NewestJob<SolidJob> m_jobs;                   // last: it uses all of the above
};

SolidWorker::SolidWorker(QObject* parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this)) {}
SolidWorker::~SolidWorker() = default;

void SolidWorker::show(SolidScene scene, bool hurried) {
    m_impl->post({std::move(scene), hurried});
}

std::shared_ptr<const SolidPicture> SolidWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
