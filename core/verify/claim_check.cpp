#include "core/verify/claim_check.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

std::vector<std::string> namesOf(const Claim& claim) {
    std::vector<std::string> names;
    for (const ClaimRun& run : claim.runs)
        names.push_back(run.name);
    return names;
}

double medianOf(std::vector<double> values) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty())
        return std::numeric_limits<double>::quiet_NaN();
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    if (values.size() % 2 == 1 || values[half - 1] == values[half]) // also where both are infinite
        return values[half];
    return 0.5 * values[half - 1] + 0.5 * values[half];
}

} // namespace

ClaimCheck::ClaimCheck(Claim claim, std::string file, Measure measure)
    : m_claim(std::move(claim))
    , m_file(std::move(file))
    , m_measure(std::move(measure)) {}

Error ClaimCheck::inMeasure(const Error& error) const {
    return {error.kind, m_file + ':' + toText(std::int64_t{m_claim.measureLine}) + ": measure: " + error.where,
            error.message};
}

Result<ClaimCheck> ClaimCheck::create(const Claim& claim, const std::string& file, const ClaimInputs& inputs) {
    auto measure = Measure::create(claim.measure, namesOf(claim), claim.steps);
    ClaimCheck check(claim, file, measure ? std::move(measure).value() : Measure());
    if (!measure)
        return check.inMeasure(measure.error());
    for (std::size_t run = 0; run < claim.runs.size(); ++run) {
        auto settings = inputs.experiment(claim.experiment, claim.runs[run].set);
        if (!settings)
            return settings.error();
        const int layers = static_cast<int>(settings.value().network.hidden.size());
        if (const auto there = check.m_measure.checkLayers(run, layers); !there)
            return check.inMeasure(there.error());
        check.m_experiments.push_back(std::move(settings).value());
    }
    return check;
}

Result<std::unique_ptr<MeasuredRun>> ClaimCheck::start(std::size_t run, std::int64_t seed,
                                                       const ClaimInputs& inputs) const {
    Settings settings = m_experiments[run];
    settings.seed = seed;
    auto dataset = inputs.dataset(settings);
    if (!dataset)
        return dataset.error();
    std::vector<float> parameters;
    if (!settings.initialization.file.empty()) {
        const auto spec = makeNetworkSpec(settings, *dataset.value());
        if (!spec)
            return spec.error();
        auto given = inputs.parameters(settings.initialization.file, layoutOf(spec.value()));
        if (!given)
            return given.error();
        parameters = std::move(given).value();
    }
    const RunDemand& demand = m_measure.demand(run);
    auto trainer = Trainer::create(std::move(settings), std::move(dataset).value(), std::move(parameters),
                                   TrainerOptions{demand.watch});
    if (!trainer)
        return trainer.error();
    return std::make_unique<MeasuredRun>(std::move(trainer).value(), demand.keep);
}

bool ClaimCheck::train(std::size_t run, MeasuredRun& measured, Measure::Readings& readings,
                       const std::atomic<bool>& stop) const {
    m_measure.read(run, measured, readings);
    bool finite = !measured.diverged();
    while (finite && measured.trainer().stepsDone() < m_claim.steps && !stop) {
        finite = measured.step();
        if (finite)
            m_measure.read(run, measured, readings);
    }
    if (!finite)
        m_measure.readDiverged(run, measured, readings);
    return !stop;
}

std::optional<Result<SeedOutcome>> ClaimCheck::check(std::int64_t seed, const ClaimInputs& inputs,
                                                     const std::atomic<bool>& stop) const {
    std::vector<std::unique_ptr<MeasuredRun>> runs;
    std::vector<MeasuredRun*> places;
    Measure::Readings readings;
    SeedOutcome outcome;
    for (std::size_t run = 0; run < m_experiments.size(); ++run) {
        auto started = start(run, seed, inputs);
        if (!started)
            return started.error();
        runs.push_back(std::move(started).value());
        places.push_back(runs.back().get());
        if (!train(run, *runs.back(), readings, stop))
            return std::nullopt;
        outcome.diverged = outcome.diverged || runs.back()->diverged();
        runs.back()->trainer().rest();
    }
    outcome.value = m_measure.value(places, readings);
    outcome.held = m_claim.holds.holds(outcome.value);
    return outcome;
}

bool ClaimTally::keeps(double promised) const {
    constexpr double rounding = 1e-9; // 0.07 * 100 is a little more than 7
    return seeds > 0 && held >= promised * seeds - rounding;
}

ClaimTally tallyOf(std::span<const SeedOutcome> outcomes) {
    ClaimTally tally;
    std::vector<double> values;
    for (const SeedOutcome& outcome : outcomes) {
        ++tally.seeds;
        tally.held += outcome.held ? 1 : 0;
        tally.diverged += outcome.diverged ? 1 : 0;
        tally.unmeasured += std::isnan(outcome.value) ? 1 : 0;
        values.push_back(outcome.value);
    }
    if (tally.seeds > 0) {
        const Interval interval = wilsonInterval(tally.held, tally.seeds);
        tally.low = interval.low;
        tally.high = interval.high;
    }
    tally.median = medianOf(std::move(values));
    return tally;
}

Interval wilsonInterval(int held, int trials) {
    constexpr double z = 1.959963984540054; // the normal distribution has 2.5 % beyond it
    const double n = trials;
    const double p = held / n;
    const double middle = p + z * z / (2.0 * n);
    const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    const double whole = 1.0 + z * z / n;
    return {held == 0 ? 0.0 : (middle - half) / whole, held == trials ? 1.0 : (middle + half) / whole};
}

} // namespace flatline
