#include "core/postmortem/coroner.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

/// What z of two ways to compute it may differ by, relative to the margins: not another sample, only rounding.
constexpr double rounding = 4e-6;

struct Group {
    Verdict verdict;
    double value;
};

std::array<Group, 9> groupsOf(const Contributions& sums) {
    return {{{Verdict::Drift, sums[Cause::GradientWeights] + sums[Cause::GradientBias]},
             {Verdict::Momentum, sums[Cause::Momentum]},
             {Verdict::WeightDecay, sums[Cause::WeightDecay]},
             {Verdict::BiasDecay, sums[Cause::BiasDecay]},
             {Verdict::Upstream, sums[Cause::Upstream]},
             {Verdict::BatchNorm, sums[Cause::BatchNorm]},
             {Verdict::Kick, sums[Cause::Kick]},
             {Verdict::Annealing, sums[Cause::Annealing]},
             {Verdict::Edit, sums[Cause::Edit]}}};
}

Certificate withFiniteFigures(Certificate certificate) {
    const double sum = certificate.contributions.sum();
    if (std::isfinite(certificate.marginBefore) && std::isfinite(certificate.marginAfter) && std::isfinite(sum) &&
        std::isfinite(certificate.worstGradient))
        return certificate;
    certificate.overflowed = true;
    certificate.marginBefore = 0.0;
    certificate.marginAfter = 0.0;
    certificate.contributions = {};
    certificate.worstStep = 0;
    certificate.worstGradient = 0.0;
    return certificate;
}

} // namespace

void Coroner::beforeIntervention(std::span<const float> parameters, const Tallies& tallies) {
    assert(upToDate());
    m_followed = {};
    const NetworkMoment now{parameters, m_biasShift};
    m_valuesBefore.assign(m_files.size(), {});
    for (std::size_t k = 0; k < m_files.size(); ++k)
        for (std::size_t j = 0; j < m_files[k].size(); ++j) {
            const NeuronPlace place{k, j};
            const double margin = static_cast<double>(tallies[k][j].maximum);
            m_valuesBefore[k].push_back({margin, margin});
            CaseFile& own = file(place);
            if (own.sample < 0) {
                own.marginBefore = margin;
                continue;
            }
            catchUp(place, now);
            const double value = followedValue(place, now);
            m_valuesBefore[k].back() = {value, hasMargin() ? margin : value};
        }
}

void Coroner::afterIntervention(Cause cause, const Network<float>& network, std::span<const float> parameters,
                                const Tallies& tallies, std::int64_t step) {
    reopen(network, m_files); // activation, parameters and shift may be others
    const NetworkMoment now{parameters, m_biasShift};
    std::vector<NeuronPlace> ill;
    for (std::size_t k = 0; k < m_files.size(); ++k)
        for (std::size_t j = 0; j < m_files[k].size(); ++j) {
            const NeuronPlace place{k, j};
            if (!file(place).dead && healthy(tallies, place))
                file(place) = {.since = step};
            else
                ill.push_back(place);
        }
    if (ill.empty())
        return;
    const std::vector<HealthScan::Hold> holds = m_scan.holds(*m_network, now, ill);
    for (std::size_t i = 0; i < ill.size(); ++i) {
        CaseFile& own = file(ill[i]);
        const ValuesBefore before = m_valuesBefore[ill[i].layer][ill[i].neuron];
        if (own.sample < 0 && !own.dead)
            own.since = step; // it was healthy until now
        own.contributions[Cause::Handover] += before.margin - before.followed;
        own.contributions[cause] += holds[i].z - before.margin;
        own.sample = holds[i].sample;
        sampleInputs(*m_network, now, features(own.sample), ill[i].layer, own.inputs, m_scratch);
    }
}

std::vector<Certificate> Coroner::certify(std::span<const float> parameters, const Tallies& tallies,
                                          const std::vector<NeuronPlace>& places, const StepNote& note,
                                          double learningRate) {
    assert(upToDate());
    m_followed = {};
    const NetworkMoment now{parameters, m_biasShift};
    std::vector<Certificate> certificates;
    std::vector<NeuronPlace> followed;
    for (const NeuronPlace place : places) {
        CaseFile& own = file(place);
        const bool died = dead(tallies, place);
        Certificate certificate;
        certificate.step = note.step;
        certificate.epoch = note.epoch;
        certificate.batch = note.batch;
        certificate.learningRate = learningRate;
        certificate.since = own.since;
        certificate.marginAfter = static_cast<double>(tallies[place.layer][place.neuron].maximum);
        certificate.marginBefore = certificate.marginAfter;
        if (own.sample >= 0) {
            catchUp(place, now);
            certificate.marginBefore = own.marginBefore;
            const double value = followedValue(place, now);
            const double handover = certificate.marginAfter - value;
            const double size = std::abs(value) + std::abs(own.marginBefore) + 1.0;
            if (!hasMargin())
                certificate.marginAfter = value;
            else if (std::abs(handover) > rounding * size)
                own.contributions[Cause::Handover] += handover;
            certificate.sample = own.sample + 1;
            certificate.contributions = own.contributions;
            const GradientStep& worst = died ? own.mostDown : own.mostUp;
            certificate.worstStep = worst.step;
            certificate.worstGradient = worst.change;
            Contributions lastStep = own.contributions;
            for (std::size_t i = 0; i < causes; ++i)
                lastStep.values[i] -= own.beforeLastStep.values[i];
            certificate.verdict = judge(certificate, lastStep, died);
        }
        certificates.push_back(withFiniteFigures(certificate));
        own = {.dead = died, .since = note.step};
        if (died || !healthy(tallies, place))
            followed.push_back(place);
    }
    begin(followed, now, note.step);
    return certificates;
}

Verdict judge(const Certificate& certificate, const Contributions& lastStep, bool died) {
    const double sign = died ? -1.0 : 1.0;
    const Contributions& sums = certificate.contributions;
    // An intervention that moved no z did it by another activation function.
    if (certificate.batch == 0 && sums[Cause::Kick] == 0.0 && sums[Cause::Annealing] == 0.0 && sums[Cause::Edit] == 0.0)
        return Verdict::Edit;
    const double whole = sign * (sums.sum() - sums[Cause::Handover]); // of the samples followed
    if (whole > 0.0 && sign * certificate.worstGradient > 0.5 * whole)
        return Verdict::Overshoot;
    for (const Contributions* parts : {&sums, &lastStep}) {
        const auto groups = groupsOf(*parts);
        const auto most =
            std::ranges::max_element(groups, {}, [sign](const Group& group) { return sign * group.value; });
        if (sign * most->value > 0.0)
            return most->verdict;
    }
    return certificate.batch == 0 ? Verdict::Edit : Verdict::Drift;
}

} // namespace flatline
