#include "core/postmortem/moment_sieve.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace flatline {
namespace {

constexpr std::size_t picked = 5; // of six samples at most so many are picked: else a look at all is as cheap
constexpr std::size_t ofSamples = 6;
constexpr std::size_t fewMoments = 4; // so many are looked at one by one
constexpr std::size_t fewestTogether = 4;
constexpr std::size_t mostTogether = 128;

} // namespace

bool MomentSieve::serves(const NetworkSpec& spec) {
    return spec.activation->reluLike && !spec.activation->learntSlope && spec.activationParameters.alpha == 0.0 &&
           spec.batchNorm == BatchNorm::None;
}

void MomentSieve::search(const Network<float>& network, const Moments& moment, const std::vector<std::size_t>& numbers,
                         std::int64_t needed, std::vector<Sought>& sought) {
    m_network = &network;
    m_moment = &moment;
    m_needed = needed;
    for (auto end = numbers.end(); end != numbers.begin();) {
        std::vector<Case> cases = allSamples(sought, *(end - 1));
        if (cases.empty())
            return;
        const auto begin = end - std::min(end - numbers.begin(), static_cast<std::ptrdiff_t>(m_together));
        resolve({Numbers(begin, end), std::move(cases)}, true);
        end = begin;
    }
}

/// Of those for whom a moment up to `last` may be the one.
std::vector<MomentSieve::Case> MomentSieve::allSamples(std::vector<Sought>& sought, std::size_t last) const {
    std::vector<Case> cases;
    for (Sought& one : sought)
        if (one.found < last) {
            Case& fresh = cases.emplace_back(Case{&one});
            fresh.near.resize(static_cast<std::size_t>(m_train->samples()));
            std::iota(fresh.near.begin(), fresh.near.end(), 0);
        }
    return cases;
}

void MomentSieve::resolve(Side side, bool top) {
    std::erase_if(side.cases, [&](const Case& one) { return one.sought->found >= side.numbers.back(); });
    if (side.cases.empty())
        return;
    if (side.numbers.size() <= fewMoments && !(top && side.numbers.size() > 1)) {
        lookEach(side);
        return;
    }
    const auto middle = side.numbers.begin() + static_cast<std::ptrdiff_t>(side.numbers.size() / 2);
    look(*middle, side.cases, true);
    judge(*middle, side.cases, true);
    Side left = narrowed(Numbers(side.numbers.begin(), middle), *middle, side.cases);
    Side right = narrowed(Numbers(middle + 1, side.numbers.end()), *middle, side.cases);
    if (top && side.numbers.size() == m_together)
        adapt(left, right);
    if (!right.numbers.empty())
        resolve(std::move(right), false);
    if (!left.numbers.empty())
        resolve(std::move(left), false);
}

void MomentSieve::adapt(const Side& left, const Side& right) {
    const std::size_t undecided = std::max(pick(left.cases), pick(right.cases));
    const auto samples = static_cast<std::size_t>(m_train->samples());
    if (undecided * 2 > samples)
        m_together = std::max(fewestTogether, m_together / 2);
    else if (undecided * 6 < samples)
        m_together = std::min(mostTogether, m_together * 2);
}

void MomentSieve::lookEach(Side& side) {
    for (auto number = side.numbers.rbegin(); number != side.numbers.rend(); ++number) {
        std::erase_if(side.cases, [&](const Case& one) { return one.sought->found >= *number; });
        if (side.cases.empty())
            return;
        look(*number, side.cases, false);
        judge(*number, side.cases, false);
    }
}

/// Whether they were healthy then, after a look at that moment. Whose ceded samples count is looked at on these, too.
void MomentSieve::judge(std::size_t number, std::vector<Case>& cases, bool norms) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const std::int64_t active = cases[i].assumed + sloping(cases[i].z);
        if (active + static_cast<std::int64_t>(cases[i].ceded.size()) < m_needed)
            continue;
        if (!cases[i].ceded.empty())
            open.push_back(i);
        else
            cases[i].sought->found = std::max(cases[i].sought->found, number);
    }
    if (open.empty())
        return;
    for (const std::size_t i : open) {
        cases[i].near.insert(cases[i].near.end(), cases[i].ceded.begin(), cases[i].ceded.end());
        cases[i].ceded.clear();
        std::ranges::sort(cases[i].near); // all of them stand each at its own number
    }
    look(number, cases, norms);
    judge(number, cases, norms);
}

/// On how many of these the neuron has a slope.
std::int64_t MomentSieve::sloping(const std::vector<float>& z) {
    m_slopes.resize(z.size());
    const NetworkSpec& spec = m_network->spec();
    spec.activation->single.derivative(z.data(), m_slopes.data(), z.size(), spec.activationParameters);
    std::int32_t active = 0; // as wide as a float: vectors count faster
    for (const float slope : m_slopes)
        active += slope != 0.0F ? 1 : 0;
    return active;
}

/// What is left to be found out at these moments, after a look at the one in the middle.
MomentSieve::Side MomentSieve::narrowed(Numbers numbers, std::size_t middle, std::vector<Case>& cases) {
    Side side{std::move(numbers), {}};
    if (side.numbers.empty())
        return side;
    const std::size_t last = side.numbers.back();
    std::vector<NeuronPlace> places;
    for (const Case& one : cases)
        if (one.sought->found < last)
            places.push_back(one.sought->place);
    if (places.empty())
        return side;
    m_bound.begin(*m_network, *m_moment, middle, side.numbers, places);
    for (Case& one : cases) {
        if (one.sought->found >= last)
            continue;
        m_bound.of(one.sought->place, m_reach);
        if (!m_reach.moves) { // all the time as in the middle
            if (one.sought->found == middle)
                one.sought->found = std::max(middle, last);
            continue;
        }
        Case narrow{.sought = one.sought, .assumed = one.assumed, .ceded = one.ceded};
        keepNear(one, m_reach, narrow);
        const std::int64_t most = narrow.assumed + static_cast<std::int64_t>(narrow.near.size() + narrow.ceded.size());
        if (narrow.assumed >= m_needed)
            one.sought->found = last;
        else if (most >= m_needed) {
            cede(narrow, static_cast<std::size_t>(most - m_needed + 1));
            side.cases.push_back(std::move(narrow));
        }
    }
    return side;
}

/// What z of a case's undecided samples can move. In float, with room for its rounding.
void MomentSieve::reachOf(const Case& one, const MomentBound::Reach& reach) {
    constexpr double room = 1.0 + 1e-6;
    constexpr float lost = 1e-17F; // of a norm whose squares are too small for a float
    m_shifts.assign(one.near.size(), static_cast<float>(reach.rest * room) + 1e-30F);
    const bool all = one.near.size() == m_at.size(); // each at its own place
    assert(!all || std::ranges::is_sorted(one.near));
    m_places.resize(all ? 0 : one.near.size());
    for (std::size_t i = 0; i < m_places.size(); ++i)
        m_places[i] = m_at[static_cast<std::size_t>(one.near[i])];
    for (std::size_t k = 0; k < reach.factors.size(); ++k) {
        const auto factor = static_cast<float>(reach.factors[k] * room) + 1e-30F;
        const float* norms = m_norms[k].data();
        for (std::size_t i = 0; all && i < m_shifts.size(); ++i)
            m_shifts[i] += factor * (norms[i] + lost);
        for (std::size_t i = 0; i < m_places.size(); ++i)
            m_shifts[i] += factor * (norms[m_places[i]] + lost);
    }
}

// What is not a number stays undecided. Nothing is listed where the numbers alone decide.
void MomentSieve::keepNear(const Case& from, const MomentBound::Reach& reach, Case& to) {
    reachOf(from, reach);
    std::int32_t certain = 0; // as wide as a float: vectors count faster
    std::int32_t most = 0;
    for (std::size_t i = 0; i < m_shifts.size(); ++i) {
        certain += from.z[i] > m_shifts[i] ? 1 : 0;
        most += from.z[i] < -m_shifts[i] ? 0 : 1;
    }
    to.assumed += certain;
    if (to.assumed >= m_needed || from.assumed + most + static_cast<std::int64_t>(to.ceded.size()) < m_needed)
        return;
    for (std::size_t i = 0; i < m_shifts.size(); ++i)
        if (!(from.z[i] < -m_shifts[i]) && !(from.z[i] > m_shifts[i])) {
            to.near.push_back(from.near[i]);
            to.z.push_back(from.z[i]);
        }
}

/// So many of the undecided must be without a slope for the neuron to be ill: those that were farthest from one, and
/// some more, are enough to look at.
void MomentSieve::cede(Case& one, std::size_t without) {
    const std::size_t kept = without + without / 16 + 2;
    if (kept >= one.near.size())
        return;
    std::vector<std::size_t> order(one.near.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(kept), {},
                             [&](std::size_t i) { return std::isnan(one.z[i]) ? INFINITY : one.z[i]; });
    std::vector<int> near;
    for (std::size_t i = 0; i < order.size(); ++i)
        (i < kept ? near : one.ceded).push_back(one.near[order[i]]);
    one.near = std::move(near);
}

/// Leaves z of each case on its undecided samples, and the norms of what goes into each layer.
void MomentSieve::look(std::size_t number, std::vector<Case>& cases, bool norms) {
    const float* parameters = (*m_moment)(number).parameters.data();
    std::size_t deepest = 0;
    for (const Case& one : cases)
        deepest = std::max(deepest, one.sought->place.layer);
    m_norms.resize(std::max(m_norms.size(), deepest + 1));
    if (pick(cases) * ofSamples > picked * m_at.size())
        lookAtAll(cases, parameters, deepest, norms);
    else
        lookAtPicked(cases, parameters, deepest, norms);
}

/// The samples that some case needs, and where each is among them. Returns how many.
std::size_t MomentSieve::pick(const std::vector<Case>& cases) {
    m_at.assign(static_cast<std::size_t>(m_train->samples()), -1);
    m_union.clear();
    for (const Case& one : cases)
        for (const int sample : one.near)
            if (int& at = m_at[static_cast<std::size_t>(sample)]; at < 0) {
                at = static_cast<int>(m_union.size());
                m_union.push_back(sample);
            }
    return m_union.size();
}

/// The neurons of cases from that one on that are of its layer.
void MomentSieve::gatherLayer(const std::vector<Case>& cases, std::size_t first) {
    m_neurons.clear();
    for (std::size_t i = first; i < cases.size() && cases[i].sought->place.layer == cases[first].sought->place.layer;
         ++i)
        m_neurons.push_back(cases[i].sought->place.neuron);
}

void MomentSieve::lookAtPicked(std::vector<Case>& cases, const float* parameters, std::size_t deepest, bool norms) {
    if (m_union.empty())
        return;
    m_picked.pick(*m_train, m_union);
    m_picked.runBefore(deepest, *m_network, parameters);
    for (std::size_t k = 0; norms && k <= deepest; ++k) {
        m_norms[k].resize(m_union.size());
        m_picked.inputNorms(k, m_norms[k].data());
    }
    for (std::size_t first = 0; first < cases.size(); first += m_neurons.size()) {
        gatherLayer(cases, first);
        const float* z = m_picked.preActivations(cases[first].sought->place.layer, m_neurons);
        for (std::size_t c = 0; c < m_neurons.size(); ++c, z += m_picked.stride()) {
            Case& one = cases[first + c];
            one.z.resize(one.near.size());
            for (std::size_t i = 0; i < one.near.size(); ++i)
                one.z[i] = z[m_at[static_cast<std::size_t>(one.near[i])]];
        }
    }
}

void MomentSieve::lookAtAll(std::vector<Case>& cases, const float* parameters, std::size_t deepest, bool norms) {
    if (!m_evaluator)
        m_evaluator.emplace(m_network->spec(), *m_train);
    const std::size_t samples = m_at.size();
    std::iota(m_at.begin(), m_at.end(), 0);
    m_values.resize(std::max(m_values.size(), cases.size()));
    for (std::size_t i = 0; i < cases.size(); ++i)
        m_values[i].resize(samples);
    for (std::size_t k = 0; k <= deepest; ++k)
        m_norms[k].resize(samples);
    m_evaluator->forEachTileBefore(
        deepest, *m_network, parameters, [&](TilePass& pass, const TileSamples& tile, int first) {
            for (std::size_t k = 0; norms && k <= deepest; ++k)
                pass.inputNorms(tile, k, m_norms[k].data() + first);
            for (std::size_t i = 0; i < cases.size(); i += m_neurons.size()) {
                gatherLayer(cases, i);
                const float* z = pass.preActivations(tile, cases[i].sought->place.layer, m_neurons);
                for (std::size_t c = 0; c < m_neurons.size(); ++c, z += pass.stride())
                    std::copy_n(z, tile.samples, m_values[i + c].begin() + first);
            }
        });
    for (std::size_t i = 0; i < cases.size(); ++i) {
        Case& one = cases[i];
        one.z.resize(one.near.size());
        for (std::size_t n = 0; n < one.near.size(); ++n)
            one.z[n] = m_values[i][static_cast<std::size_t>(one.near[n])];
    }
}

} // namespace flatline
