#pragma once

#include "core/data/dataset.h"
#include "core/diagnosis/event.h"
#include "core/network/network.h"
#include "core/training/observer.h"
#include "core/training/snapshot.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// How closely a run is watched.
enum class Watch {
    Interventions, ///< who is dead is looked up only where an intervention asks: for runs whose events nobody reads
    Deaths,        ///< every death and revival is found and dated
    Certificates,  ///< and its cause established
};

struct TrainerOptions {
    Watch watch = Watch::Certificates; ///< what the program is for; a small network's steps cost about a tenth more
};

/// The last step as it was made.
struct StepTrace {
    std::span<const int> batch;      ///< the numbers of its samples
    std::span<const float> before;   ///< the parameters that it set out from
    std::span<const float> gradient; ///< of its batch's mean loss, without decay; in blocks that are learnt
    BiasShift shift;                 ///< what warming added in it
};

/// A run, one thread: the network, its optimizer, its interventions, its events. Everything is a pure
/// function of the settings, the data and the number of steps; looking (observe, diagnose) changes nothing.
class Trainer {
public:
    /// `start`: initial parameters in the layout's order, or empty: draw them as settings.initialization
    /// says. Errors: an output that does not fit the data, a start of the wrong size, an intervention's
    /// target that the network does not have.
    [[nodiscard]] static Result<Trainer> create(Settings settings, std::shared_ptr<const Dataset> dataset,
                                                std::vector<float> start = {}, const TrainerOptions& options = {});

    /// One batch: first the interventions due at this step, then the update. False, and nothing changed but
    /// the `diverged` event, where the update met a non-finite value.
    bool step();
    /// Acts on the parameters as they are now, and records it in experiment().interventions. A setting that is
    /// changed at step 0, before anything else was done, becomes the experiment's own. The error says
    /// why a setting cannot be changed so, or which neuron the network does not have.
    Result<void> act(const Action& action);

    /// The interventions that are due at this step act now; else the next step begins with them.
    void intervene();
    /// One step must have been made, and nothing else since. Valid until anything else is asked of the trainer.
    [[nodiscard]] StepTrace lastStep();

    /// The trace's row for this step.
    [[nodiscard]] Observation observe();
    /// observe().trainLoss, to the bit, for the price of one forward pass over the training set.
    [[nodiscard]] double trainingLoss();
    /// The same with all neurons and histograms over [-histogramRange, histogramRange), in one pass.
    [[nodiscard]] Examination examine(float histogramRange, int bins = 64);

    /// The pending step: how it would change each parameter, per unit of learning rate. Empty after a divergence.
    [[nodiscard]] std::vector<float> pendingMove();

    [[nodiscard]] Keyframe keyframe();
    /// The same without case files: no more than a copy, where a keyframe can cost looks at the training set.
    [[nodiscard]] Keyframe waypoint() const;
    /// Goes back to a keyframe of this run. Events and marks after it are forgotten, the settings are those
    /// of that moment; interventions stay, so that stepping on repeats the run exactly.
    void restore(const Keyframe& keyframe);
    /// The same with a keyframe of another trainer's run of the same experiment: what was done by hand in that run up
    /// to now is done again in stepping on.
    void restore(const Keyframe& keyframe, const Trainer& run);
    /// What was done by hand and has not acted yet at this moment leaves the experiment: another future begins here.
    void forgetFuture();
    /// Back to step 0 and the same initialization, with restartSettings().
    void reset();

    /// Another trainer that stands where this one stands and goes on to the same bits.
    [[nodiscard]] Trainer clone();
    /// Gives back the memory that only steps need; the next step takes it again.
    void rest();
    /// About what one at rest takes: parameters and samples, some of them several times over.
    [[nodiscard]] std::size_t bytesKept() const;

    [[nodiscard]] std::int64_t stepsDone() const;
    [[nodiscard]] std::int64_t epochsDone() const;
    [[nodiscard]] const Settings& settings() const; ///< in force now
    /// As it was started, with what was done by hand as interventions: training it anew repeats this run.
    [[nodiscard]] const Settings& experiment() const;
    /// What reset() would start: the experiment without what was done by hand, but with the live settings that were
    /// changed by hand so far at the values they have got.
    [[nodiscard]] Settings restartSettings() const;
    [[nodiscard]] const std::shared_ptr<const Dataset>& dataset() const;
    [[nodiscard]] const Network<float>& network() const;
    [[nodiscard]] std::vector<float> parameters() const; ///< a copy
    [[nodiscard]] const EventLog& events() const;
    [[nodiscard]] const std::vector<Mark>& marks() const;
    [[nodiscard]] const std::vector<std::vector<NeuronLife>>& lives() const;
    [[nodiscard]] int deadCount() const; ///< hidden neurons that are dead now, unless only interventions are watched
    /// Where it diverged: "training diverged at step 12: ...". Nothing while all is finite.
    [[nodiscard]] const std::optional<Error>& divergence() const;

    Trainer(Trainer&&) noexcept;
    Trainer& operator=(Trainer&&) noexcept;
    ~Trainer();

private:
    class Impl;
    explicit Trainer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
