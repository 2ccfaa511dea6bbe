#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/picked_samples.h"
#include "core/diagnosis/shift_bound.h"
#include "core/postmortem/sample_path.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// Finds, among moments of a run, the last at which a neuron was healthy: f'(z) not 0 on at least 10 % of the training
/// samples. Goes back some moments at a time; while the parameters cannot have moved a ReLU-like neuron so far that it
/// reaches those 10 % at any of them, it does not look at the samples (ShiftBound). Where they may have, it first looks
/// at the few on which that depends: those whose z was nearest to the one that would decide. One thread; scratch
/// memory.
class HealthScan {
public:
    explicit HealthScan(const Split& train);

    /// The samples that a healthy neuron needs.
    [[nodiscard]] static std::int64_t enough(int samples) { return (samples + 9) / 10; }

    /// Moments 0 .. last, `moment` gives them; no neuron of `places` is healthy at `last`. Returns for each the latest
    /// moment in 1 .. last-1 at which it was, or 0. Where more than `mostLooks` looks would be needed, the scan ends
    /// there with 0: a saturated network of smooth functions, that has no bound.
    using Moments = std::function<NetworkMoment(std::size_t)>;
    [[nodiscard]] std::vector<std::size_t> lastHealthy(Network<float>& network, const Moments& moment, std::size_t last,
                                                       const std::vector<NeuronPlace>& places);

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
        std::size_t index = 0;
        NeuronPlace place;
        double reach = 0.0;      ///< how far z of the sample that would make it healthy is below 0, at least
        double far = 0.0;        ///< the same of all samples that are neither near nor assumed
        std::size_t assumed = 0; ///< samples on which it is taken to be active
        std::vector<int> near{}; ///< the samples that decide
        double shift = 0.0;      ///< of the moment under way
        enum { Ill, Close, Lost } known = Ill; ///< then: by the bound; by the near samples; by all samples
    };
    void look(Network<float>& network, const NetworkMoment& moment, std::size_t number, std::vector<Open>& open,
              std::vector<std::size_t>& found);
    void note(const float* z, Open& one);
    void pick(std::vector<Open>& open);
    void judge(Network<float>& network, const NetworkMoment& moment, std::vector<Open>& open);
    [[nodiscard]] bool nearMakeHealthy(const Network<float>& network, const NetworkMoment& moment, Open& one);
    [[nodiscard]] bool scan(Network<float>& network, const NetworkMoment& moment, std::size_t number,
                            std::vector<Open>& open, std::vector<std::size_t>& found);
    void refer(const NetworkMoment& moment);
    void goOn(const Network<float>& network, const NetworkMoment& moment, std::vector<Open>& open);
    [[nodiscard]] bool reaches(const Open& one);
    [[nodiscard]] bool noneHealthy(const Moments& moment, std::size_t first, std::size_t last,
                                   const Network<float>& network, const std::vector<Open>& open);
    void gather(Network<float>& network, const NetworkMoment& moment, const std::vector<NeuronPlace>& places);
    [[nodiscard]] std::size_t active(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                                     std::span<const float> z);

    const Split* m_train;
    std::optional<Evaluator> m_evaluator;     ///< made when it is first needed
    std::vector<std::vector<float>> m_values; ///< z of each place asked for, over all samples
    std::vector<float> m_inputNorms;          ///< largest norm of a sample's inputs, by layer, as far as looked at
    std::vector<float> m_slopes;
    PickedSamples m_picked;      ///< the near ones of all open neurons, or none
    std::vector<int> m_pickedAt; ///< where a sample is among them; -1: not
    std::vector<float> m_near;
    std::size_t m_known = 0;        ///< parameters of layers that the bound is asked about
    ShiftBound m_bound;             ///< since the last look
    std::vector<float> m_reference; ///< these then, unless they are many
    std::vector<float> m_lowest;    ///< of each of these over some moments
    std::vector<float> m_highest;
};

} // namespace flatline
