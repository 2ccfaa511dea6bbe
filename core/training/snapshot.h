#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/event.h"
#include "core/network/network.h"
#include "core/postmortem/case_file.h"
#include "core/settings/settings.h"
#include "core/training/edit_note.h"
#include "core/training/observation.h"
#include "core/training/optimizer.h"
#include "core/training/stop_condition.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace flatline {

/// A place on a curve: the values of some steps, drawn as one pixel column.
struct CurvePoint {
    double step = 0.0;  ///< of `value`
    double low = 0.0;   ///< the smallest since the point before
    double high = 0.0;  ///< the largest since the point before
    double value = 0.0; ///< the last
    bool operator==(const CurvePoint&) const = default;
};
using Curve = std::vector<CurvePoint>; ///< by rising step; only finite values

/// An intervention that has acted, as the charts mark it.
struct Mark {
    std::int64_t step = 0;
    Action action;
    int deadBefore = 0;
    int deadAfter = 0;
    bool operator==(const Mark&) const = default;
};

/// The run so far, at most some 500 points a curve.
struct Curves {
    Curve trainLoss;
    Curve testLoss;
    std::vector<Curve> dead;      ///< a hidden layer each
    std::vector<Curve> gradients; ///< the gradient's norm by each hidden layer's weights; 0 is kept
    Curve update;                 ///< Observation::updateRatio
    Curve warming;                ///< what bias warming adds to the biases; empty where there was none
    std::vector<Mark> marks;
};

/// A bias warming under way.
struct Warmth {
    std::int64_t since = 0; ///< the step at which it began
    BiasWarming warming;
    std::vector<NeuronPlace> neurons; ///< who is warmed; empty: everybody
    bool operator==(const Warmth&) const = default;
};

/// What the network makes of the plane (two features) or the line (one feature) that the data lie in.
struct Fields {
    std::int64_t step = 0;
    int columns = 0;       ///< samples along feature 1
    int rows = 0;          ///< samples along feature 2; 1 for one feature
    float xMinimum = 0.0F; ///< in units of the features as the network sees them
    float xMaximum = 0.0F;
    float yMinimum = 0.0F;
    float yMaximum = 0.0F;
    /// activations[layer][neuron][row * columns + column]; row 0 at yMinimum. Layers too wide to show have
    /// none.
    std::vector<std::vector<std::vector<float>>> activations;
    /// predictions[output][row * columns + column]: probabilities a class, or values.
    std::vector<std::vector<float>> predictions;
};

/// Parameters at a step, with all that is needed to go on exactly from there.
struct Keyframe {
    std::int64_t step = 0;
    std::int64_t epoch = 0;
    int epochPosition = 0;         ///< samples of this epoch's order that are used up
    std::size_t interventions = 0; ///< how many of the settings' interventions have acted
    std::vector<float> parameters;
    OptimizerState optimizer;
    std::size_t events = 0; ///< how many events and marks there were
    std::size_t marks = 0;
    Settings settings; ///< in force at that step
    /// What is known of the ill and dead. Null: nothing; who goes on from there takes the dead for born dead.
    std::shared_ptr<const KeptCaseFiles> caseFiles;
    std::vector<Warmth> warmths;
};

/// What it takes that any moment of a run can be gone back to: keyframes, rows, and whole runs that were left.
struct HistoryUse {
    std::size_t bytes = 0;
    std::size_t cap =
        0; ///< beyond it runs that were left go, and keyframes thin out; rows' extremes and events never do
    bool operator==(const HistoryUse&) const = default;
};

enum class RunState { Loading, Paused, Running, Diverged, Failed };

/// A run at one moment, for other threads to read: immutable, complete, consistent.
struct Snapshot {
    std::uint64_t version = 0; ///< rises with every snapshot
    std::uint64_t run = 0;     ///< rises with every restart, and whenever another run takes its place
    RunState state = RunState::Loading;
    /// Diverged: step and layer. Failed: why the first experiment could not start. Else: why the last command could
    /// not be obeyed, and the run is as it was.
    std::optional<Error> error;
    Settings settings;          ///< in force now
    Settings experiment;        ///< as it was started, with what was done by hand as interventions: training it anew
                                ///< gives this very run. What is saved
    Settings restart;           ///< what a reset would start: see Trainer::restartSettings
    std::uint64_t commands = 0; ///< how many of the commands posted have been obeyed
    std::shared_ptr<const Dataset> dataset; ///< null while loading or after a failure
    std::optional<NetworkSpec> spec;
    std::shared_ptr<const std::vector<float>> parameters;
    /// The pending step: how it would change each parameter, per unit of learning rate. Null after a divergence.
    std::shared_ptr<const std::vector<float>> pendingMove;
    Observation now;
    std::shared_ptr<const Diagnosis> diagnosis;
    std::vector<std::vector<NeuronLife>> lives; ///< by hidden layer
    EventLog events;
    std::vector<std::shared_ptr<const Observation>> rows; ///< the trace so far
    std::shared_ptr<const Curves> curves;
    std::shared_ptr<const Fields> fields; ///< null for other than one or two features; may be some steps behind
    std::vector<std::shared_ptr<const Keyframe>> path; ///< by rising step
    double stepsPerSecond = 0.0;
    /// A moment that was travelled to: rows, curves, events, experiment and path are the whole run's up to `head`; all
    /// else is of step now.step.
    bool past = false;
    std::int64_t head = 0; ///< the run's last step; now.step where it is not past
    HistoryUse history;
    StopCondition stopCondition;
    std::optional<Stopped> stopped; ///< why the run stopped by itself; nothing once it goes on, or moves otherwise
    std::optional<EditNote> undo;   ///< what an undo would take back
    std::optional<EditNote> redo;   ///< what a redo would do again
    /// Runs B, C and D beside this one, A, of the same moment, as far as they have been there. They have none
    /// themselves.
    std::vector<std::shared_ptr<const Snapshot>> twins;
    std::size_t chosen = 0; ///< which of them actions and changes are about; 0: this one
    int abandoned = 0;      ///< runs that were left by going on from an earlier moment, and can be brought back
};

} // namespace flatline
