#pragma once

#include "core/lessons/claim.h"
#include "core/verify/measure.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace flatline {

/// What the check of a claim needs from outside. Any thread.
struct ClaimInputs {
    /// The experiment of that name with changes.
    std::function<Result<Settings>(const std::string& experiment, const std::vector<TextChange>& changes)> experiment;
    std::function<Result<std::shared_ptr<const Dataset>>(const Settings&)> dataset;
    /// The starting parameters that settings.initialization.file names.
    std::function<Result<std::vector<float>>(const std::string& file, const Layout&)> parameters;
};

/// What was found on one seed.
struct SeedOutcome {
    double value = 0.0;    ///< of the measure
    bool held = false;     ///< never where the value is not a number
    bool diverged = false; ///< one of the runs
    bool operator==(const SeedOutcome&) const = default;
};

/// A claim that can be checked: its measure understood, its experiments found. Immutable; any thread.
class ClaimCheck {
public:
    /// `file`: the lesson's, for errors. Errors: what the experiments have wrong; BadInput at "FILE:LINE: measure:
    /// column 7", what the measure has wrong.
    [[nodiscard]] static Result<ClaimCheck> create(const Claim& claim, const std::string& file,
                                                   const ClaimInputs& inputs);

    /// Trains all runs with that seed and measures. A pure function of the claim and the seed. Nothing where it was
    /// stopped. Errors: data that cannot be read or do not fit, a hidden layer that is not there.
    [[nodiscard]] std::optional<Result<SeedOutcome>> check(std::int64_t seed, const ClaimInputs& inputs,
                                                           const std::atomic<bool>& stop) const;

    [[nodiscard]] const Claim& claim() const { return m_claim; }
    /// The experiments of the claim's runs, with their changes.
    [[nodiscard]] const std::vector<Settings>& experiments() const { return m_experiments; }

private:
    ClaimCheck(Claim claim, std::string file, Measure measure);
    [[nodiscard]] Error inMeasure(const Error& error) const;
    [[nodiscard]] Result<std::unique_ptr<MeasuredRun>> start(std::size_t run, std::int64_t seed,
                                                             const ClaimInputs& inputs) const;
    [[nodiscard]] bool train(std::size_t run, MeasuredRun& measured, Measure::Readings& readings,
                             const std::atomic<bool>& stop) const;

    Claim m_claim;
    std::string m_file;
    Measure m_measure;
    std::vector<Settings> m_experiments;
};

/// What was found on all seeds.
struct ClaimTally {
    int seeds = 0;
    int held = 0;
    int diverged = 0;   ///< seeds on which a run did
    int unmeasured = 0; ///< seeds on which the measure is not a number: what it speaks of was not there
    double low = 0.0;   ///< the share's 95 % interval (Wilson)
    double high = 1.0;
    double median = 0.0; ///< of the measure, where it is a number; else not a number

    [[nodiscard]] double share() const { return seeds > 0 ? static_cast<double>(held) / seeds : 0.0; }
    /// Whether it held on at least that share of the seeds.
    [[nodiscard]] bool keeps(double promised) const;
    bool operator==(const ClaimTally&) const = default;
};
[[nodiscard]] ClaimTally tallyOf(std::span<const SeedOutcome> outcomes);

/// The interval in which a chance lies with 95 % confidence that was seen `held` of `trials` times, trials > 0. With
/// p = held / trials, n = trials, z = 1.96:
///   (p + z^2 / 2n ± z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)      (Wilson 1927)
struct Interval {
    double low = 0.0;
    double high = 1.0;
};
[[nodiscard]] Interval wilsonInterval(int held, int trials);

} // namespace flatline
