#pragma once

#include "core/base/scratch.h"
#include "core/diagnosis/chronicle.h"
#include "core/diagnosis/death_watch.h"
#include "core/diagnosis/evaluation.h"
#include "core/postmortem/coroner.h"
#include "core/training/batch_engine.h"
#include "core/training/batches.h"
#include "core/training/divergence.h"
#include "core/training/optimizer_step.h"
#include "core/training/trainer.h"

namespace flatline {

/// What Trainer is made of. Steps: trainer_impl.cpp; who is dead and why: trainer_watch.cpp; interventions:
/// trainer_actions.cpp; going back: trainer_keyframes.cpp.
class Trainer::Impl {
public:
    /// `start`: parameters to start from; empty: drawn.
    Impl(Settings settings, std::shared_ptr<const Dataset> dataset, NetworkSpec spec, std::vector<float> start,
         const TrainerOptions& options);

    /// For Trainer::clone.
    Impl(const Impl&) = default;
    Impl& operator=(const Impl&) = delete;
    ~Impl() = default;

    bool step();
    void intervene();
    [[nodiscard]] StepTrace lastStep();
    Result<void> act(const Action& action);
    void restore(const Keyframe& keyframe);
    void takeOver(const Impl& run);
    void forgetFuture();
    void rest();
    void reset();
    [[nodiscard]] Settings restartSettings() const;
    [[nodiscard]] std::vector<float> pendingMove();
    [[nodiscard]] std::optional<double> updateRatio();
    [[nodiscard]] Keyframe keyframe();
    [[nodiscard]] Keyframe waypoint() const;
    [[nodiscard]] Examination examine(bool histograms, float range, int bins);
    [[nodiscard]] double trainingLoss() { return m_evaluator.evaluate(m_network, m_parameters.data()).loss; }
    [[nodiscard]] const Batches& batches() const { return m_batches; }

    Settings m_experiment; ///< as started, with what was done by hand
    Settings m_now;        ///< in force; its interventions are the experiment's
    std::shared_ptr<const Dataset> m_dataset;
    Network<float> m_network;
    LineVector m_parameters;
    std::vector<Mark> m_marks;
    Chronicle m_chronicle;
    std::optional<Error> m_divergence;
    std::int64_t m_step = 0;

private:
    void prepareEngine();
    [[nodiscard]] bool computeGradient(std::span<const float> parameters, std::span<const int> chosen);
    [[nodiscard]] bool canDescend() const; ///< the engine may take the step along with the gradient
    /// Subnormal numbers count as 0 in it: the diagnosis, which does not take them for 0, is not part of it.
    [[nodiscard]] bool takeStep(std::span<const int> chosen);
    [[nodiscard]] std::optional<NonFinitePlace> takeStepPlainly();
    LossSum passPlainly();
    void beginLife();
    [[nodiscard]] const Tallies& tallies();
    void watch(const BiasShift& before);
    void catchUp();
    [[nodiscard]] Coroner::Reached reached(const Tallies* now) const;
    void lookAgain();
    void beforeIntervention();
    void afterIntervention(Cause cause);
    void certify(const Tallies& now, const std::vector<Chronicle::Change>& changes, const StepNote& note);
    void writeDown(const Chronicle::Change& change, const std::optional<Certificate>& certificate);
    void diverge(const NonFinitePlace& place);

    void perform(const Action& action);
    void take(const ThermalKick& kick);
    void take(const SettingChange& change);
    void take(const BiasWarming& warming);
    void take(const ResetNeurons& reset);
    void take(const EditParameters& edit);
    /// m_next becomes the parameters, unless it is not finite.
    [[nodiscard]] bool accept();
    template <class Kind>
    [[nodiscard]] std::uint32_t performedBefore() const;

    void applySettings();
    void resizeScratch();
    void updateBiasShift();
    [[nodiscard]] std::vector<float> startParameters() const;
    [[nodiscard]] double startingSlope() const;

    std::vector<float> m_start; ///< as it was given; empty: drawn
    Layout m_startLayout;
    std::optional<double> m_startAlpha; ///< the setting at that time
    LineVector m_next;
    LineVector m_gradient;
    OptimizerState m_optimizer;
    OptimizerState m_optimizerNext; ///< after the step under way
    Batches m_batches;
    Evaluator m_evaluator;
    Observer m_observer;
    DeathWatch m_watch;
    Census m_census;
    Watch m_watched;
    Coroner m_coroner;
    StepNote m_note;               ///< of the last step
    int m_positionBefore = 0;      ///< samples of its epoch that were used up before it
    BiasShift m_shiftBefore;       ///< what warming added in it
    std::vector<char> m_byHand;    ///< which of the experiment's interventions were made by hand
    std::size_t m_performed = 0;   ///< how many of them have acted
    std::vector<Warmth> m_warmths; ///< under way
    Scratch<BatchEngine> m_engine; ///< made when the first step is
    bool m_engineReady = false;
    bool m_engineServes = false; ///< there are kernels for this network
    OptimizerStep m_update;      ///< by kernels; made with the engine
    bool m_descends = false;     ///< the engine can take its steps along
    bool m_onKernels = false;    ///< the last step was made by them
    bool m_descended = false;    ///< it was taken along
    const OptimizerRow* m_rule = nullptr;
    bool m_byGradientAlone = false; ///< movesByGradientAlone; as m_update
    Batch<float> m_features;        ///< of the plain formulation
    Targets<float> m_targets;
    Pass<float> m_pass;
};

} // namespace flatline
