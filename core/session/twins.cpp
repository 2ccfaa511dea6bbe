#include "core/session/twins.h"

#include "core/training/overflow.h"

#include <algorithm>
#include <utility>

namespace flatline {
namespace {

constexpr int runBits = 32; // of a run's number; above them stands which twin it is

} // namespace

/// It cannot go on from where it is shown.
bool Twins::Run::stuck() const {
    if (session->past())
        return false;
    const bool overflow =
        overflowed && overflowedRun == session->runNumber() && overflowedStep == session->shown().stepsDone();
    return session->shown().divergence().has_value() || overflow;
}

bool Twins::add(Session& original, std::size_t historyCap) {
    if (m_runs.size() >= most)
        return false;
    m_runs.push_back({std::make_unique<Session>(original.branch(historyCap)), ++m_made});
    return true;
}

void Twins::drop(std::size_t index) {
    m_runs.erase(m_runs.begin() + static_cast<std::ptrdiff_t>(index));
}

void Twins::swapWith(Session& first, std::size_t index) {
    Run& run = m_runs[index];
    std::swap(*run.session, first);
    std::swap(run.number, m_firstNumber);
    run.overflowed = false; // the next look says so
}

std::uint64_t Twins::firstRun(std::uint64_t run) const {
    return run | m_firstNumber << runBits;
}

void Twins::align(std::int64_t step) {
    for (Run& run : m_runs) {
        if (run.session->shown().stepsDone() > step)
            run.session->travel(step);
        else if (run.session->past() && run.session->shown().stepsDone() < step)
            run.session->travel(step); // as far as it has been; the rest is trained
    }
}

bool Twins::behind(std::int64_t step) const {
    return std::ranges::any_of(
        m_runs, [step](const Run& run) { return run.session->shown().stepsDone() < step && !run.stuck(); });
}

void Twins::step(std::int64_t step) {
    for (Run& run : m_runs)
        if (run.session->shown().stepsDone() < step && !run.stuck())
            (void)run.session->step(); // where it diverges it is stuck from then on
}

std::vector<std::shared_ptr<const Snapshot>> Twins::snapshots(bool fields, const Snapshot& first) {
    std::vector<std::shared_ptr<const Snapshot>> all;
    for (Run& run : m_runs) {
        auto snapshot = std::make_shared<Snapshot>(run.session->snapshot(fields));
        if (!snapshot->now.finite()) {
            markOverflow(run.session->shown(), *snapshot);
            run.overflowed = true;
            run.overflowedRun = run.session->runNumber();
            run.overflowedStep = snapshot->now.step;
        }
        snapshot->state = snapshot->error ? RunState::Diverged : first.state;
        if (first.state == RunState::Diverged && !snapshot->error)
            snapshot->state = RunState::Paused;
        if (!snapshot->error && first.state != RunState::Diverged)
            snapshot->error = first.error;
        snapshot->run |= run.number << runBits;
        snapshot->version = first.version;
        snapshot->commands = first.commands;
        snapshot->stepsPerSecond = first.stepsPerSecond;
        snapshot->stopCondition = first.stopCondition;
        snapshot->stopped = first.stopped;
        all.push_back(std::move(snapshot));
    }
    return all;
}

} // namespace flatline
