#pragma once

#include "core/diagnosis/slope_counts.h"
#include "core/postmortem/case_file.h"
#include "core/postmortem/health_census.h"
#include "core/postmortem/health_scan.h"
#include "core/postmortem/step_log.h"
#include "core/training/optimizer_step.h"

#include <optional>

namespace flatline {

/// Finds out why neurons die and come back. Keeps a log of the last steps and a case file for each neuron that is not
/// healthy; at a death or revival it writes the certificate (see Certificate for what it says). A healthy neuron costs
/// nothing, an ill one a few operations on one sample for each step that moves it. What it writes does not depend on
/// when it is asked to bring its files up to date. One thread.
class Coroner {
public:
    /// Keeps a reference to the split.
    explicit Coroner(const Split& train);

    /// Opens all files; the network is as it is then, its shift included.
    void open(const Network<float>& network, const std::vector<std::vector<char>>& dead, std::int64_t step);
    /// Back to files that were taken when everything was up to date.
    void reopen(const Network<float>& network, const CaseFiles& files);
    [[nodiscard]] const CaseFiles& files() const { return m_files; }

    /// A step that has just been made. `before`, `biasShift`, `state`: parameters, shift and optimizer before it. Not
    /// when due. Takes what is needed of the vectors (StepLog::record); lastStep() has it.
    void record(const StepNote& note, const BiasShift& biasShift, LineVector& before, StepKind kind,
                LineVector& gradient, OptimizerState& state) {
        if (m_log.size() == 0)
            m_counts.follow(illAndLiving());
        m_log.record(note, biasShift, before, kind, gradient, state);
        m_counts.moveTo(m_log.size());
    }
    /// Whoever passes over all samples after a step that was recorded may leave there what that tells.
    [[nodiscard]] SlopeCounts& counts() { return m_counts; }
    /// The step recorded last, while nothing but the files was brought up to date since.
    [[nodiscard]] const LoggedStep& lastStep() const { return m_log.last(); }
    /// Whether the log is full, so that the files must be brought up to date.
    [[nodiscard]] bool due() const { return m_log.full(); }
    [[nodiscard]] bool upToDate() const { return m_log.size() == 0; }
    /// Up to date: gives the log's memory back until the next step.
    void rest() { m_log.release(); }

    /// What the last step recorded left; all that must outlive it.
    struct Reached {
        const Network<float>& network;
        std::span<const float> parameters;
        const OptimizerState& optimizer;
        const OptimizerStep& update;      ///< that made those of the steps logged which are on kernels
        const Tallies* tallies = nullptr; ///< null: nobody has died or come back in the steps logged
        const TrainingSettings& training; ///< under which all logged steps were made
        std::int64_t step = 0;
    };
    /// Works through the log. Where there are no tallies, `evaluator`, of the same split, serves to see who is healthy.
    void bringUpToDate(const Reached& now, Evaluator& evaluator);
    /// Around an intervention, everything up to date: the change of each margin is its doing.
    void beforeIntervention(std::span<const float> parameters, const Tallies& tallies);
    void afterIntervention(Cause cause, const Network<float>& network, std::span<const float> parameters,
                           const Tallies& tallies, std::int64_t step);

    /// The certificates of neurons that have just been found dead or back, everything up to date; their files start
    /// anew. `note`: the step that did it, batch 0 for an intervention.
    [[nodiscard]] std::vector<Certificate> certify(std::span<const float> parameters, const Tallies& tallies,
                                                   const std::vector<NeuronPlace>& places, const StepNote& note,
                                                   double learningRate);

private:
    struct ValuesBefore {
        double followed = 0.0; ///< z of the sample followed
        double margin = 0.0;   ///< that of the margin; without margins the same
    };
    [[nodiscard]] NetworkMoment moment(std::size_t index, std::span<const float> now) const;
    [[nodiscard]] std::span<const float> features(int sample);
    [[nodiscard]] bool healthy(const Tallies& tallies, NeuronPlace place) const;
    [[nodiscard]] std::vector<NeuronPlace> illNow(const Reached& now, Evaluator& evaluator);
    [[nodiscard]] bool dead(const Tallies& tallies, NeuronPlace place) const;
    [[nodiscard]] bool hasMargin() const { return m_network->spec().activation->reluLike; }
    CaseFile& file(NeuronPlace place) { return m_files[place.layer][place.neuron]; }

    [[nodiscard]] std::vector<NeuronPlace> illAndLiving() const;
    [[nodiscard]] std::optional<bool> wasHealthy(std::size_t moment, NeuronPlace place) const;
    void begin(const std::vector<NeuronPlace>& places, const NetworkMoment& at, std::optional<std::int64_t> since);
    void findStarts(std::span<const float> now, const std::vector<NeuronPlace>& ill, std::vector<std::size_t>& from);
    void switchToWaking(const Reached& now, const std::vector<NeuronPlace>& ill);
    void work(const Reached& now, const std::vector<NeuronPlace>& ill, const std::vector<std::size_t>& from,
              std::size_t first, std::size_t last);
    [[nodiscard]] bool hasStateAfter(std::size_t step) const {
        return step + 1 == m_log.size() || m_log[step + 1].hasState;
    }
    void remember(const Reached& now, std::size_t step);
    void explain(const Reached& now, std::size_t step, const std::vector<NeuronRow>& rows, StepMove& move);
    [[nodiscard]] bool nothingMoved(std::size_t step, std::span<const float> now,
                                    const std::vector<NeuronRow>& rows) const;
    void follow(NeuronPlace place, const StepMove& move, std::int64_t step);
    void catchUp(NeuronPlace place, const NetworkMoment& at);
    [[nodiscard]] double followedValue(NeuronPlace place, const NetworkMoment& at);
    [[nodiscard]] const std::vector<float>& inputsOf(NeuronPlace place, const NetworkMoment& at);

    const Split* m_train;
    HealthScan m_scan;
    HealthCensus m_census;
    StepLog m_log;
    SlopeCounts m_counts; ///< of neurons that were ill when the log was empty; moments as in the log
    CaseFiles m_files;
    std::optional<Network<float>> m_network;               ///< a copy whose bias shift follows the log
    BiasShift m_biasShift;                                 ///< after the last step
    std::vector<std::vector<ValuesBefore>> m_valuesBefore; ///< an intervention
    std::vector<std::size_t> m_moved;                      ///< which of the ill ones a step moved
    std::vector<Block> m_pieces;                           ///< their parameters
    std::vector<Block> m_followedPieces;                   ///< those of all ill ones
    OptimizerState m_state;                                ///< of these, where the log has none: before that step
    OptimizerState m_stateAfter;                           ///< and after it
    std::vector<float> m_next;                             ///< scratch
    MoveParts m_parts;
    std::vector<float> m_features;
    struct Followed { ///< whose inputs were asked for last, and when
        const float* parameters = nullptr;
        int sample = -1;
        std::size_t layer = 0;
        bool operator==(const Followed&) const = default;
    };
    Followed m_followed;
    std::vector<float> m_inputs; ///< these
    std::vector<float> m_scratch;
};

/// What the contributions of a certificate amount to: the cause that did most in the direction of the change. Where
/// none did in sum (a neuron woken on another sample than the one followed), the one that did most in the last step.
/// An intervention that moved nothing itself did it by another activation function: an edit.
[[nodiscard]] Verdict judge(const Certificate& certificate, const Contributions& lastStep, bool died);

} // namespace flatline
