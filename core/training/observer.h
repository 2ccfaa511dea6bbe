#pragma once

#include "core/data/dataset.h"
#include "core/diagnosis/evaluation.h"
#include "core/network/network.h"
#include "core/training/observation.h"

#include <span>
#include <vector>

namespace flatline {

/// A row of the trace with all neurons and histograms.
struct Examination {
    Observation observation;
    Diagnosis diagnosis;
};

/// Looks at a network over the whole training and test set: losses, gradient norms, every neuron's state.
/// Scratch memory only; one thread. Step and epoch are left to the caller.
class Observer {
public:
    /// Keeps a reference to the dataset.
    Observer(const NetworkSpec& spec, const Dataset& dataset);
    /// With an evaluator of the training set that is there already, whose samples it shares.
    Observer(Evaluator train, const NetworkSpec& spec, const Dataset& dataset);

    [[nodiscard]] Examination examine(const Network<float>& network, std::span<const float> parameters, bool histograms,
                                      float range, int bins);

private:
    void lookAtTest(const Network<float>& network, std::span<const float> parameters, Observation& observation);
    void sumUp(const Network<float>& network, Examination& result) const;

    const Dataset* m_dataset;
    Evaluator m_train;
    Evaluator m_test;
    TallyCounter m_counter;
    HistogramCounter m_histograms;
    Tallies m_tallies;
    std::vector<float> m_gradient;
    std::vector<float> m_foldedGradient; ///< batch norm only
};

} // namespace flatline
