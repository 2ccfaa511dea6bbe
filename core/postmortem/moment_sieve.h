#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/picked_samples.h"
#include "core/postmortem/moment_bound.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace flatline {

/// A neuron whose last healthy moment is looked for.
struct Sought {
    NeuronPlace place;
    std::size_t found = 0; ///< the latest known so far; 0: none
};

/// Finds out, of many moments of a plain ReLU-like network (no batch norm, no warming, no learnt slopes, slope 0 below
/// 0), which was the last at which a neuron had a slope on so many samples. Looks at the moment in the middle; what the
/// neurons can have moved on each sample on either side (MomentBound) leaves a few samples undecided, and only those
/// are looked at again in the middle of each side, and so on. One thread; scratch memory.
class MomentSieve {
public:
    explicit MomentSieve(const Split& train)
        : m_train(&train) {}
    [[nodiscard]] static bool serves(const NetworkSpec& spec);

    /// Of these moments, which rise. Raises `found` where a later one is found.
    void search(const Network<float>& network, const Moments& moment, const std::vector<std::size_t>& numbers,
                std::int64_t needed, std::vector<Sought>& sought);

private:
    struct Case {
        Sought* sought = nullptr;
        std::int64_t assumed = 0; ///< samples that certainly have a slope, at all moments in question
        std::vector<int> near{};  ///< samples that are undecided and looked at; z of these then:
        std::vector<float> z{};
        /// Others that are undecided, taken for such with a slope. All that are left certainly have none.
        std::vector<int> ceded{};
    };
    using Numbers = std::vector<std::size_t>;
    struct Side {
        Numbers numbers;
        std::vector<Case> cases;
    };
    [[nodiscard]] std::vector<Case> allSamples(std::vector<Sought>& sought, std::size_t last) const;
    void resolve(Side side, bool top);
    void lookEach(Side& side);
    void look(std::size_t number, std::vector<Case>& cases, bool norms);
    void lookAtAll(std::vector<Case>& cases, const float* parameters, std::size_t deepest, bool norms);
    void lookAtPicked(std::vector<Case>& cases, const float* parameters, std::size_t deepest, bool norms);
    void gatherLayer(const std::vector<Case>& cases, std::size_t first);
    [[nodiscard]] std::size_t pick(const std::vector<Case>& cases);
    void judge(std::size_t number, std::vector<Case>& cases, bool norms);
    [[nodiscard]] std::int64_t sloping(const std::vector<float>& z);
    [[nodiscard]] Side narrowed(Numbers numbers, std::size_t middle, std::vector<Case>& cases);
    void reachOf(const Case& one, const MomentBound::Reach& reach);
    void keepNear(const Case& from, const MomentBound::Reach& reach, Case& to);
    static void cede(Case& one, std::size_t without);
    void adapt(const Side& left, const Side& right);

    const Split* m_train;
    const Network<float>* m_network = nullptr; ///< of the search under way
    const Moments* m_moment = nullptr;
    std::int64_t m_needed = 0;
    std::size_t m_together = 16;              ///< moments that are tried at once: as many as go well
    std::optional<Evaluator> m_evaluator;     ///< made when it is first needed
    std::vector<std::vector<float>> m_values; ///< z of each case on all samples
    std::vector<std::vector<float>> m_norms;  ///< by layer: of its inputs, sample by sample as looked at
    PickedSamples m_picked;
    std::vector<int> m_at; ///< where a sample is among those looked at; -1: not
    std::vector<int> m_union;
    std::vector<std::size_t> m_neurons; ///< whose z is asked for together
    std::vector<float> m_slopes;
    std::vector<float> m_shifts; ///< of a case's undecided samples
    std::vector<int> m_places;   ///< where these are among those looked at; none: each at its own number
    MomentBound m_bound;
    MomentBound::Reach m_reach;
};

} // namespace flatline
