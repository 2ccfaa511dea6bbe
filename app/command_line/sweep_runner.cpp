#include "app/command_line/sweep_runner.h"

#include "app/command_line/console.h"
#include "app/command_line/ordered_pool.h"
#include "app/command_line/progress.h"
#include "app/command_line/stop_request.h"
#include "app/command_line/sweep_rows.h"

#include <algorithm>

namespace flatline {
namespace {

/// What a job hands on.
struct Finished {
    std::string row; ///< empty: the file has it already
    bool diverged = false;
    std::optional<Error> error;
};

class Sweep {
public:
    Sweep(const SweepGrid& grid, const SweepOptions& options, const RunInputs& inputs,
          const std::unordered_set<std::string>& done)
        : m_grid(grid)
        , m_options(options)
        , m_inputs(inputs)
        , m_done(done) {}

    [[nodiscard]] std::int64_t runs() const {
        const std::int64_t skipped = m_options.shard.index - 1;
        return (m_grid.runs() - skipped + m_options.shard.count - 1) / m_options.shard.count;
    }
    /// Of all steps of all runs, those that are taken.
    [[nodiscard]] double share() const {
        return static_cast<double>(m_work.load()) / (static_cast<double>(runs()) * static_cast<double>(workOfARun()));
    }
    std::optional<Finished> job(std::int64_t index, const std::atomic<bool>& stop);

private:
    [[nodiscard]] std::int64_t workOfARun() const { return m_options.steps + 1; }
    bool train(Trainer& trainer, const std::atomic<bool>& stop);

    const SweepGrid& m_grid;
    const SweepOptions& m_options;
    const RunInputs& m_inputs;
    const std::unordered_set<std::string>& m_done;
    std::atomic<std::int64_t> m_work = 0;
};

/// False where it was stopped.
bool Sweep::train(Trainer& trainer, const std::atomic<bool>& stop) {
    constexpr std::int64_t rarely = 64; // all threads write to one place
    while (trainer.stepsDone() < m_options.steps && trainer.step()) {
        if (stop)
            return false;
        if (trainer.stepsDone() % rarely == 0)
            m_work += rarely;
    }
    m_work -= trainer.stepsDone() / rarely * rarely; // the caller counts the whole run
    return true;
}

std::optional<Finished> Sweep::job(std::int64_t index, const std::atomic<bool>& stop) {
    const std::int64_t run = m_options.shard.index - 1 + index * m_options.shard.count;
    if (!m_done.empty() && m_done.contains(sweepKey(m_grid, run))) {
        m_work += workOfARun();
        return Finished{};
    }
    const Settings settings = m_grid.settings(run);
    auto start = loadStart(settings, m_inputs);
    if (!start)
        return Finished{{}, false, inExperiment(m_grid.name(run), start.error())};
    // A row tells who is dead at its end; when each died, and why, nobody asks.
    auto trainer =
        Trainer::create(settings, start.value().dataset, std::move(start.value().parameters), {Watch::Interventions});
    if (!trainer)
        return Finished{{}, false, inExperiment(m_grid.name(run), trainer.error())};
    // As `run` does: a first row that is not finite is the last one.
    Observation last = trainer.value().observe();
    if (last.finite() && !train(trainer.value(), stop))
        return std::nullopt;
    if (last.step != trainer.value().stepsDone())
        last = trainer.value().observe();
    m_work += workOfARun();
    return Finished{sweepRow(m_grid, run, last), trainer.value().divergence() || !last.finite(), {}};
}

/// Adds a run to what was done. False where the sweep is over.
bool take(const Finished& finished, RowFile& file, SweepOutcome& outcome) {
    if (finished.error) {
        outcome.error = finished.error;
        return false;
    }
    if (!finished.row.empty()) {
        if (const auto added = file.add(finished.row); !added) {
            outcome.error = added.error();
            return false;
        }
        ++outcome.added;
    }
    ++outcome.finished;
    outcome.diverged += finished.diverged ? 1 : 0;
    return true;
}

} // namespace

SweepOutcome runSweep(const SweepGrid& grid, const SweepOptions& options, const RunInputs& inputs,
                      const std::unordered_set<std::string>& done, RowFile& file) {
    constexpr std::chrono::milliseconds patience(50);
    Sweep sweep(grid, options, inputs, done);
    SweepOutcome outcome;
    outcome.runs = sweep.runs();
    Progress progress(!options.quiet && errorIsTerminal() &&
                      !(options.csv == QLatin1String("-") && outputIsTerminal()));
    OrderedPool<Finished> pool(
        static_cast<int>(std::min<std::int64_t>(options.jobs, outcome.runs)), outcome.runs,
        [&sweep](std::int64_t index, const std::atomic<bool>& stop) { return sweep.job(index, stop); });
    while (!pool.finished()) {
        const auto finished = pool.next(patience);
        if (finished && !take(*finished, file, outcome))
            break;
        if (StopRequest::received() != 0)
            pool.stop();
        progress.showRuns(sweep.share(), outcome.finished, outcome.runs);
    }
    return outcome;
}

} // namespace flatline
