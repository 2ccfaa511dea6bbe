#pragma once

#include "core/base/newest_job.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace flatline {

/// A long computation on a thread of its own that reports while it goes on. A new one takes the place of the one under
/// way. All methods: any thread.
template <class Report>
class ReportJob {
public:
    using Publish = std::function<void(Report)>;
    /// Looks at `cancelled` often, and publishes what it has now and then.
    using Work = std::function<void(const std::atomic<bool>& cancelled, const Publish& publish)>;

    /// Forgets what was reported so far; does not block.
    void start(Work work) {
        std::uint64_t number = 0;
        {
            const std::lock_guard lock(m_mutex);
            number = ++m_number;
            m_latest.reset();
        }
        m_job.post({std::move(work), number});
    }
    /// What was reported last stays.
    void cancel() {
        {
            const std::lock_guard lock(m_mutex);
            ++m_number;
        }
        m_job.post({});
    }
    /// Null before the first report.
    [[nodiscard]] std::shared_ptr<const Report> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    struct Wish {
        Work work;
        std::uint64_t number = 0;

        [[nodiscard]] bool overtakes(const Wish&) const { return true; }
        [[nodiscard]] bool hurried() const { return true; } // somebody asked for it and waits
    };
    void publish(std::uint64_t number, Report report) {
        auto shared = std::make_shared<const Report>(std::move(report));
        const std::lock_guard lock(m_mutex);
        if (number == m_number) // else it has been overtaken
            m_latest = std::move(shared);
    }

    mutable std::mutex m_mutex;
    std::uint64_t m_number = 0;             // under m_mutex: of the newest wish
    std::shared_ptr<const Report> m_latest; // under m_mutex

    NewestJob<Wish> m_job{[this](const Wish& wish, const std::atomic<bool>& cancelled) {
        if (wish.work)
            wish.work(cancelled, [this, &wish](Report report) { publish(wish.number, std::move(report)); });
    }};
};

} // namespace flatline
