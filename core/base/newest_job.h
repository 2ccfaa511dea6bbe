#pragma once

#include "core/base/background_thread.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace flatline {

/// A thread of its own that fulfils the newest wish; those that it did not get round to are forgotten. A Wish says
///   bool overtakes(const Wish& current) const   whether the one under way is pointless now, and is to be cancelled
///   bool hurried() const                        else the thread rests, after it, for as long as it took, so that the
///                                               training and the window keep most of a small machine
template <class Wish>
class NewestJob {
public:
    using Work = std::function<void(const Wish& wish, const std::atomic<bool>& cancelled)>;

    explicit NewestJob(Work work)
        : m_work(std::move(work))
        , m_thread([this] { run(); }) {}
    /// Cancels the job under way and waits until it has noticed.
    ~NewestJob() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            m_cancel = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    NewestJob(const NewestJob&) = delete;
    NewestJob& operator=(const NewestJob&) = delete;

    /// Any thread; does not block.
    void post(Wish wish) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_current && wish.overtakes(*m_current))
                m_cancel = true;
            m_next = std::move(wish);
        }
        m_wake.notify_all();
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr auto shortestRest = std::chrono::milliseconds(60);

    void run() {
        yieldToTheWindow();
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || m_next; });
            if (m_stop)
                return;
            m_current = std::exchange(m_next, std::nullopt);
            m_cancel = false;
            const Wish wish = *m_current;
            lock.unlock();
            const auto begun = Clock::now();
            m_work(wish, m_cancel);
            const auto rest = std::max<Clock::duration>(shortestRest, Clock::now() - begun);
            lock.lock();
            m_current.reset();
            if (!wish.hurried())
                m_wake.wait_for(lock, rest, [this] { return m_stop || (m_next && m_next->hurried()); });
        }
    }

    Work m_work;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Wish> m_next;    // under m_mutex: the newest, not begun
    std::optional<Wish> m_current; // under m_mutex: under way
    bool m_stop = false;           // under m_mutex
    std::atomic<bool> m_cancel{false};
    std::thread m_thread; // last: it uses all of the above
};

} // namespace flatline
