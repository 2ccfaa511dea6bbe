#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace flatline {

/// Does the jobs 0 to count - 1 on threads, and hands their results on in that order, whatever the number of threads.
template <class T>
class OrderedPool {
public:
    /// Any thread; `stop` asks it to come to an end without a result.
    using Job = std::function<std::optional<T>(std::int64_t index, const std::atomic<bool>& stop)>;

    OrderedPool(int threads, std::int64_t count, Job job)
        : m_count(count)
        , m_job(std::move(job))
        , m_working(threads) {
        for (int i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    }
    /// Stops, and waits for the jobs under way.
    ~OrderedPool() { stop(); }
    OrderedPool(const OrderedPool&) = delete;
    OrderedPool& operator=(const OrderedPool&) = delete;

    /// The next result in order; nothing where it does not come within that time, or never will.
    std::optional<T> next(std::chrono::milliseconds patience) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [this] { return m_results.contains(m_next) || m_working == 0; });
        auto result = m_results.extract(m_next);
        if (!result)
            return std::nullopt;
        ++m_next;
        return std::move(result.mapped());
    }
    /// Whether next() has nothing more to give.
    [[nodiscard]] bool finished() {
        const std::lock_guard lock(m_mutex);
        return m_working == 0 && !m_results.contains(m_next);
    }
    /// No other job is begun; those under way are asked to end.
    void stop() { m_stop = true; }

private:
    void work() {
        for (std::int64_t index = m_taken++; index < m_count && !m_stop; index = m_taken++) {
            std::optional<T> result = m_job(index, m_stop);
            if (!result)
                break;
            const std::lock_guard lock(m_mutex);
            m_results.emplace(index, std::move(*result));
            m_changed.notify_one();
        }
        const std::lock_guard lock(m_mutex);
        --m_working;
        m_changed.notify_one();
    }

    const std::int64_t m_count;
    const Job m_job;
    std::atomic<std::int64_t> m_taken = 0;
    std::atomic<bool> m_stop = false;
    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    std::map<std::int64_t, T> m_results; ///< not handed on yet
    std::int64_t m_next = 0;
    int m_working;
    std::vector<std::jthread> m_threads; ///< last: they end before what they use
};

} // namespace flatline
