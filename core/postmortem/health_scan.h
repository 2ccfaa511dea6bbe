#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/shift_bound.h"
#include "core/postmortem/moment_sieve.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// Finds, among moments of a run, the last at which a neuron was healthy: f'(z) not 0 on at least 10 % of the training
/// samples. Does not look at the samples of a moment of which somebody else knows it, nor while the parameters cannot
/// have moved a ReLU-like neuron so far that it reaches those 10 %: of a plain network by MomentSieve, else going back
/// moment by moment (ShiftBound). One thread; scratch memory.
class HealthScan {
public:
    explicit HealthScan(const Split& train);

    /// The samples that a healthy neuron needs.
    [[nodiscard]] static std::int64_t enough(int samples) { return (samples + 9) / 10; }

    /// Whether a neuron was healthy at a moment, as far as it is known; empty: nothing is.
    using Known = std::function<std::optional<bool>(std::size_t moment, NeuronPlace place)>;
    /// Moments 0 .. last, `moment` gives them; no neuron of `places` is healthy at `last`. Returns for each the latest
    /// moment in 1 .. last-1 at which it was, or 0.
    [[nodiscard]] std::vector<std::size_t> lastHealthy(Network<float>& network, const Moments& moment, std::size_t last,
                                                       const std::vector<NeuronPlace>& places, const Known& known);

    /// The sample, from 0, on which the neuron has the most hold at that moment, and z there: the largest z of a
    /// ReLU-like neuron, the steepest slope of another.
    struct Hold {
        int sample = 0;
        double z = 0.0;
    };
    [[nodiscard]] std::vector<Hold> holds(Network<float>& network, const NetworkMoment& moment,
                                          const std::vector<NeuronPlace>& places);

private:
    struct Open { ///< a neuron whose moment has not been found
        Sought* sought = nullptr;
        double reach = 0.0; ///< how far z of the sample that would make it healthy is below 0, at least
        bool lost = true;   ///< the bound does not tell of the moment under way
    };
    [[nodiscard]] std::vector<std::size_t> openMoments(const Known& known, std::size_t last,
                                                       std::vector<Sought>& sought) const;
    void goBack(Network<float>& network, const Moments& moment, std::size_t last,
                const std::vector<std::size_t>& numbers, std::vector<Sought>& sought);
    void look(Network<float>& network, const NetworkMoment& moment, std::size_t number, std::vector<Open>& open);
    void scan(Network<float>& network, const NetworkMoment& moment, std::size_t number, std::vector<Open>& open);
    void gather(Network<float>& network, const NetworkMoment& moment, const std::vector<NeuronPlace>& places,
                bool norms);
    [[nodiscard]] std::int64_t active(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                                      std::span<const float> z);

    const Split* m_train;
    std::optional<Evaluator> m_evaluator;     ///< made when it is first needed
    std::vector<std::vector<float>> m_values; ///< z of each place asked for, over all samples
    std::vector<float> m_inputNorms;          ///< largest norm of a sample's inputs, by layer, as far as looked at
    std::vector<float> m_slopes;
    ShiftBound m_bound; ///< since the last look
    MomentSieve m_sieve;
};

} // namespace flatline
