#pragma once

#include <QString>

#include <chrono>
#include <cstdint>

namespace flatline {

/// A progress bar on standard error, redrawn at most ten times a second; nothing where nobody watches.
class Progress {
public:
    explicit Progress(bool shown)
        : m_shown(shown) {}
    ~Progress(); ///< clears the line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `done` of `total`; the step for information.
    void show(std::int64_t done, std::int64_t total, std::int64_t step, double loss);
    /// A share of all work; how many runs are finished for information.
    void showRuns(double share, std::int64_t done, std::int64_t total);

private:
    bool due();
    void draw(double share, const QString& detail);

    using Clock = std::chrono::steady_clock;
    bool m_shown;
    bool m_drawn = false;
    Clock::time_point m_next = Clock::now();
};

} // namespace flatline
