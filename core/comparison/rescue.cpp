#include "core/comparison/rescue.h"

#include "core/settings/setting_table.h"

#include <cassert>

namespace flatline {
namespace {

constexpr TrainerOptions unwatched{.watch = Watch::Interventions};

/// One seed's fork. Of the experiment's own seed it is where the run stands; of others, where they stand after as many
/// steps.
struct Ground {
    Settings experiment;
    std::shared_ptr<const Dataset> dataset;
    std::optional<Fork> exact;
    DetailedOutcome atFork;
};

class Rescue {
public:
    Rescue(const RescueRequest& request, const std::atomic<bool>& cancelled)
        : m_request(request)
        , m_cancelled(cancelled) {}

    [[nodiscard]] Result<Ground> ground(int seed) const;
    [[nodiscard]] Result<std::optional<CureOutcome>> attempt(const Ground& ground, const CureRow& cure) const;

private:
    [[nodiscard]] Result<std::optional<Trainer>> atFork(const Ground& ground) const;
    [[nodiscard]] Result<std::optional<Trainer>> cured(const Ground& ground, const CureRow& cure) const;

    const RescueRequest& m_request;
    const std::atomic<bool>& m_cancelled;
};

Result<std::optional<Trainer>> Rescue::atFork(const Ground& ground) const {
    if (ground.exact)
        return trainerAt(*ground.exact, unwatched, m_cancelled);
    return trainFromStart(ground.experiment, m_request.fork.step, ground.dataset, m_request.parameters, m_cancelled);
}

Result<Ground> Rescue::ground(int seed) const {
    Ground ground{m_request.fork.experiment, m_request.fork.dataset, m_request.fork, {}};
    if (seed > 0) {
        ground.experiment.seed += seed;
        ground.exact.reset();
        Result<Dataset> data = m_request.data(ground.experiment);
        if (!data)
            return data.error();
        ground.dataset = std::make_shared<const Dataset>(std::move(data).value());
    }
    Result<std::optional<Trainer>> trainer = atFork(ground);
    if (!trainer)
        return trainer.error();
    if (trainer.value())
        ground.atFork = outcomeOf(*trainer.value());
    return ground;
}

Result<std::optional<Trainer>> Rescue::cured(const Ground& ground, const CureRow& cure) const {
    if (cure.start == CureStart::Beginning) {
        Settings changed = ground.experiment;
        for (const Action& action : cure.actions(changed, m_request.doses)) {
            const auto& change = std::get<SettingChange>(action);
            if (const Result<void> set = setSetting(changed, change.path, change.value); !set)
                return set.error();
        }
        return trainFromStart(changed, m_request.fork.step + m_request.steps, ground.dataset, m_request.parameters,
                              m_cancelled);
    }
    Result<std::optional<Trainer>> trainer = atFork(ground);
    if (!trainer || !trainer.value())
        return trainer;
    for (const Action& action : cure.actions(trainer.value()->settings(), m_request.doses))
        if (const Result<void> acted = trainer.value()->act(action); !acted)
            return acted.error();
    if (!trainUntil(*trainer.value(), m_request.fork.step + m_request.steps, m_cancelled))
        return std::optional<Trainer>();
    return trainer;
}

CureOutcome compared(const DetailedOutcome& fork, const DetailedOutcome& end) {
    CureOutcome result{fork.outcome.dead, 0, 0, end.outcome};
    for (std::size_t k = 0; k < fork.dead.size(); ++k)
        for (std::size_t j = 0; j < fork.dead[k].size(); ++j) {
            result.recovered += fork.dead[k][j] && !end.dead[k][j] ? 1 : 0;
            result.diedAnew += !fork.dead[k][j] && end.dead[k][j] ? 1 : 0;
        }
    return result;
}

Result<std::optional<CureOutcome>> Rescue::attempt(const Ground& ground, const CureRow& cure) const {
    Result<std::optional<Trainer>> trainer = cured(ground, cure);
    if (!trainer)
        return trainer.error();
    if (!trainer.value())
        return std::optional<CureOutcome>();
    return std::optional(compared(ground.atFork, outcomeOf(*trainer.value())));
}

} // namespace

std::optional<double> meanOf(const RescueRow& row,
                             const std::function<std::optional<double>(const CureOutcome&)>& figure) {
    double sum = 0.0;
    int count = 0;
    for (const CureOutcome& outcome : row.outcomes) {
        if (outcome.end.diverged)
            continue;
        const std::optional<double> value = figure(outcome);
        if (!value)
            return std::nullopt;
        sum += *value;
        ++count;
    }
    return count == 0 ? std::nullopt : std::optional(sum / count);
}

void runRescue(const RescueRequest& request, const std::atomic<bool>& cancelled,
               const std::function<void(RescueReport)>& publish) {
    RescueReport report{request.fork.run, request.fork.step, request.steps, request.seeds, request.doses, {}, {}};
    report.now = request.fork.now;
    const Rescue rescue(request, cancelled);
    const double attempts = static_cast<double>(cureTable().size()) * request.seeds;
    int made = 0;
    for (int seed = 0; seed < request.seeds && !cancelled; ++seed) {
        const Result<Ground> ground = rescue.ground(seed);
        for (std::size_t i = 0; i < cureTable().size() && !cancelled; ++i) {
            const CureRow& cure = cureTable()[i];
            if (seed == 0)
                report.rows.push_back({&cure, inForce(cure, report.now, request.doses), std::nullopt, {}});
            RescueRow& row = report.rows[i];
            ++made;
            if (!ground)
                row.problem = ground.error();
            if (!row.inForce && !row.problem) {
                Result<std::optional<CureOutcome>> outcome = rescue.attempt(ground.value(), cure);
                if (!outcome)
                    row.problem = outcome.error();
                else if (outcome.value())
                    row.outcomes.push_back(*outcome.value());
            }
            report.progress = made / attempts;
            report.done = made == static_cast<int>(attempts);
            if (!cancelled)
                publish(report);
        }
    }
}

} // namespace flatline
