#include "core/postmortem/coroner.h"

#include "core/diagnosis/census.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <map>

namespace flatline {
namespace {

std::vector<NeuronPlace> placesOf(const CaseFiles& files) {
    std::vector<NeuronPlace> places;
    for (std::size_t k = 0; k < files.size(); ++k)
        for (std::size_t j = 0; j < files[k].size(); ++j)
            places.push_back({k, j});
    return places;
}

// A piece of a block gets the bits that the whole gets where it ends as the machine's vectors do: their roots are
// rounded differently from those of single numbers.
Block pieceOf(const Block& block, std::size_t first, std::size_t count) {
    constexpr std::size_t vectors = 16; // numbers: a multiple of the widest
    const std::size_t begin = (first - block.offset) / vectors * vectors;
    const std::size_t end = std::min(block.size(), (first - block.offset + count + vectors - 1) / vectors * vectors);
    return {block.layer, block.kind, 1, static_cast<int>(end - begin), block.offset + begin};
}

void addPieces(const Network<float>& network, const NeuronRow& row, std::vector<Block>& pieces) {
    const int layer = static_cast<int>(row.place.layer) + 1;
    pieces.push_back(pieceOf(network.layout().block(layer, BlockKind::Weight), row.weights, row.count));
    pieces.push_back(pieceOf(network.layout().block(layer, BlockKind::Bias), row.bias, 1));
}

void copyPieces(const std::vector<float>& from, const std::vector<Block>& pieces, std::vector<float>& to) {
    to.resize(from.size());
    for (const Block& piece : pieces)
        std::copy_n(from.data() + piece.offset, from.empty() ? 0 : piece.size(), to.data() + piece.offset);
}
void copyPieces(const OptimizerState& from, const std::vector<Block>& pieces, OptimizerState& to) {
    copyPieces(from.first, pieces, to.first);
    copyPieces(from.second, pieces, to.second);
    to.steps = from.steps;
}

const NeuronTally& tallyOf(const Tallies& tallies, NeuronPlace place) {
    return tallies[place.layer][place.neuron];
}

} // namespace

Coroner::Coroner(const Split& train)
    : m_train(&train)
    , m_scan(train) {}

void Coroner::open(const Network<float>& network, const std::vector<std::vector<char>>& dead, std::int64_t step) {
    CaseFiles files(dead.size());
    for (std::size_t k = 0; k < dead.size(); ++k)
        for (const char flag : dead[k])
            files[k].push_back({.dead = flag != 0, .since = step});
    reopen(network, files);
}

void Coroner::reopen(const Network<float>& network, const CaseFiles& files) {
    m_network.emplace(network);
    m_biasShift = network.spec().biasShift;
    m_files = files;
    m_log.clear(network.layout().size());
}

NetworkMoment Coroner::moment(std::size_t index, std::span<const float> now) const {
    return index < m_log.size() ? NetworkMoment{m_log[index].before, m_log[index].biasShift}
                                : NetworkMoment{now, m_biasShift};
}

std::span<const float> Coroner::features(int sample) {
    m_features.resize(static_cast<std::size_t>(m_train->features.cols()));
    for (std::size_t i = 0; i < m_features.size(); ++i)
        m_features[i] = m_train->features(sample, static_cast<Eigen::Index>(i));
    return m_features;
}

bool Coroner::dead(const Tallies& tallies, NeuronPlace place) const {
    return tallyOf(tallies, place).zeroSlope == m_train->samples();
}

bool Coroner::healthy(const Tallies& tallies, NeuronPlace place) const {
    return m_train->samples() - tallyOf(tallies, place).zeroSlope >= HealthScan::enough(m_train->samples());
}

std::vector<NeuronPlace> Coroner::illAndLiving() const {
    std::vector<NeuronPlace> places;
    for (std::size_t k = 0; k < m_files.size(); ++k)
        for (std::size_t j = 0; j < m_files[k].size(); ++j)
            if (m_files[k][j].sample >= 0 && !m_files[k][j].dead)
                places.push_back({k, j});
    return places;
}

std::optional<bool> Coroner::wasHealthy(std::size_t moment, NeuronPlace place) const {
    const std::vector<NeuronPlace>& places = m_counts.places();
    const auto found = std::ranges::find_if(
        places, [place](NeuronPlace one) { return one.layer == place.layer && one.neuron == place.neuron; });
    if (found == places.end())
        return std::nullopt;
    const auto count = m_counts.at(moment, static_cast<std::size_t>(found - places.begin()));
    return count ? std::optional(*count >= HealthScan::enough(m_train->samples())) : std::nullopt;
}

// Their sums begin at that moment, on the sample on which they have the most hold.
void Coroner::begin(const std::vector<NeuronPlace>& places, const NetworkMoment& at,
                    std::optional<std::int64_t> since) {
    if (places.empty())
        return;
    const std::vector<HealthScan::Hold> holds = m_scan.holds(*m_network, at, places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const CaseFile& old = file(places[i]);
        CaseFile fresh{.dead = old.dead, .since = since.value_or(old.since), .sample = holds[i].sample};
        fresh.marginBefore = holds[i].z;
        sampleInputs(*m_network, at, features(fresh.sample), places[i].layer, fresh.inputs, m_scratch);
        file(places[i]) = std::move(fresh);
    }
}

/// Those that are dead or not healthy; the files of the others start anew.
std::vector<NeuronPlace> Coroner::illNow(const Reached& now, Evaluator& evaluator) {
    const bool counts = now.tallies == nullptr && HealthCensus::serves(now.network.spec());
    const auto* enough =
        counts ? &m_census.take(now.network, now.parameters.data(), evaluator, HealthScan::enough(m_train->samples()))
               : nullptr;
    const Tallies* tallies = now.tallies;
    Census census;
    if (tallies == nullptr && !counts)
        tallies = &census.take(now.network, now.parameters.data(), evaluator);
    std::vector<NeuronPlace> ill;
    for (const NeuronPlace place : placesOf(m_files)) {
        const bool well = counts ? (*enough)[place.layer][place.neuron] != 0 : healthy(*tallies, place);
        if (file(place).dead || !well)
            ill.push_back(place);
        else
            file(place) = {.since = now.step};
    }
    return ill;
}

void Coroner::bringUpToDate(const Reached& now, Evaluator& evaluator) {
    m_followed = {};
    m_biasShift = now.network.spec().biasShift;
    const std::vector<NeuronPlace> ill = illNow(now, evaluator);
    if (ill.empty() || m_log.size() == 0) {
        m_log.forget();
        return;
    }
    std::vector<std::size_t> from(ill.size(), 0);
    findStarts(now.parameters, ill, from);
    // Neurons of a layer that follow one sample share its way through the layers before.
    std::vector<std::size_t> order(ill.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(ill[i].layer, file(ill[i]).sample); });
    std::vector<NeuronPlace> sorted;
    std::vector<std::size_t> sortedFrom;
    for (const std::size_t i : order) {
        sorted.push_back(ill[i]);
        sortedFrom.push_back(from[i]);
    }
    work(now, sorted, sortedFrom, 0, m_log.size() - 1);
    switchToWaking(now, sorted);
    work(now, sorted, sortedFrom, m_log.size() - 1, m_log.size());
    m_log.forget();
}

void Coroner::findStarts(std::span<const float> now, const std::vector<NeuronPlace>& ill,
                         std::vector<std::size_t>& from) {
    std::vector<NeuronPlace> living;
    std::vector<std::size_t> index;
    for (std::size_t i = 0; i < ill.size(); ++i)
        if (!file(ill[i]).dead) {
            living.push_back(ill[i]);
            index.push_back(i);
        }
    HealthScan::Known known;
    if (!m_counts.none())
        known = [this](std::size_t number, NeuronPlace place) { return wasHealthy(number, place); };
    const std::vector<std::size_t> found = m_scan.lastHealthy(
        *m_network, [&](std::size_t i) { return moment(i, now); }, m_log.size(), living, known);
    std::map<std::size_t, std::vector<NeuronPlace>> byMoment;
    for (std::size_t i = 0; i < living.size(); ++i) {
        from[index[i]] = found[i];
        if (found[i] > 0 || file(living[i]).sample < 0)
            byMoment[found[i]].push_back(living[i]);
    }
    for (std::size_t i = 0; i < ill.size(); ++i)
        if (file(ill[i]).dead && file(ill[i]).sample < 0) // born dead
            byMoment[0].push_back(ill[i]);
    for (const auto& [m, places] : byMoment)
        begin(places, moment(m, now), m == 0 ? std::nullopt : std::optional(m_log[m].note.step - 1));
}

// A neuron that came back did so in the last step, on a sample which need not be the one that was followed: that step
// is told from the sample that woke it.
void Coroner::switchToWaking(const Reached& now, const std::vector<NeuronPlace>& ill) {
    if (now.tallies == nullptr)
        return;
    std::vector<NeuronPlace> waking;
    for (const NeuronPlace place : ill)
        if (file(place).dead && !dead(*now.tallies, place))
            waking.push_back(place);
    if (waking.empty())
        return;
    const std::vector<HealthScan::Hold> holds = m_scan.holds(*m_network, moment(m_log.size(), now.parameters), waking);
    const NetworkMoment before = moment(m_log.size() - 1, now.parameters);
    for (std::size_t i = 0; i < waking.size(); ++i) {
        CaseFile& own = file(waking[i]);
        catchUp(waking[i], before);
        if (hasMargin() && own.sample != holds[i].sample) {
            const double left = followedValue(waking[i], before);
            own.sample = holds[i].sample;
            sampleInputs(*m_network, before, features(own.sample), waking[i].layer, own.inputs, m_scratch);
            own.contributions[Cause::Handover] += followedValue(waking[i], before) - left;
        }
        own.beforeLastStep = own.contributions;
    }
}

void Coroner::work(const Reached& now, const std::vector<NeuronPlace>& ill, const std::vector<std::size_t>& from,
                   std::size_t first, std::size_t last) {
    std::vector<NeuronRow> rows;
    rows.reserve(ill.size());
    for (const NeuronPlace place : ill)
        rows.push_back(rowOf(*m_network, place));
    m_followedPieces.clear();
    for (std::size_t i = 0; m_log.leavesStatesOut() && i < rows.size(); ++i)
        addPieces(*m_network, rows[i], m_followedPieces);
    for (std::size_t step = first; step < last; ++step) {
        if (m_log.leavesStatesOut())
            remember(now, step);
        if (nothingMoved(step, now.parameters, rows))
            continue;
        StepMove move{.before = moment(step, now.parameters), .after = moment(step + 1, now.parameters)};
        m_moved.clear();
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (from[i] <= step && movedItself(*m_network, move.before, move.after, rows[i]))
                m_moved.push_back(i);
        if (m_moved.empty())
            continue;
        explain(now, step, rows, move);
        for (const std::size_t i : m_moved)
            follow(ill[i], move, m_log[step].note.step);
    }
}

/// What the optimizer remembers of the ill ones' parameters after that step, told from what it did before.
void Coroner::remember(const Reached& now, std::size_t step) {
    const LoggedStep& logged = m_log[step];
    if (hasStateAfter(step))
        return;
    if (logged.hasState)
        copyPieces(logged.state, m_followedPieces, m_state);
    else
        std::swap(m_state, m_stateAfter);
    now.update.remember(m_followedPieces, logged.before, logged.gradient, m_state, m_stateAfter, m_next);
}

/// What that step did to the rows that it moved.
void Coroner::explain(const Reached& now, std::size_t step, const std::vector<NeuronRow>& rows, StepMove& move) {
    const LoggedStep& logged = m_log[step];
    move.weightDecay = now.training.weightDecay;
    move.biasDecay = now.training.biasDecay;
    if (logged.kind.byGradientAlone)
        return;
    m_pieces.clear();
    for (const std::size_t i : m_moved)
        addPieces(*m_network, rows[i], m_pieces);
    const OptimizerState& given = step + 1 < m_log.size() ? m_log[step + 1].state : now.optimizer;
    const OptimizerState& after = hasStateAfter(step) ? given : m_stateAfter;
    findOptimizer(now.training.optimizer)
        ->explain(now.training, m_pieces, logged.before, logged.gradient, after, m_parts);
    move.gradient = logged.gradient;
    move.gradientMove = m_parts.gradient;
    move.memoryMove = m_parts.memory;
}

/// Whether certainly only inputs of these neurons moved in that step: the most frequent case.
bool Coroner::nothingMoved(std::size_t step, std::span<const float> now, const std::vector<NeuronRow>& rows) const {
    const bool last = step + 1 == m_log.size();
    if (m_network->spec().batchNorm != BatchNorm::None || !m_log[step].biasShift.none() ||
        !(last ? m_biasShift : m_log[step + 1].biasShift).none())
        return false;
    const float* before = m_log[step].before.data();
    const float* after = last ? now.data() : m_log[step + 1].before.data();
    return std::ranges::all_of(rows, [&](const NeuronRow& row) {
        return before[row.bias] == after[row.bias] &&
               std::memcmp(before + row.weights, after + row.weights, row.count * sizeof(float)) == 0;
    });
}

void Coroner::follow(NeuronPlace place, const StepMove& move, std::int64_t step) {
    CaseFile& own = file(place);
    catchUp(place, move.before);
    const Contributions parts = stepContributions(*m_network, move, place, own.inputs);
    for (std::size_t i = 0; i < causes; ++i)
        own.contributions.values[i] += parts.values[i];
    const double gradient = parts[Cause::GradientWeights] + parts[Cause::GradientBias];
    if (gradient < own.mostDown.change)
        own.mostDown = {step, gradient};
    if (gradient > own.mostUp.change)
        own.mostUp = {step, gradient};
}

// While nothing of its own moves, the change of its inputs is all there is: booked when something else comes, or at the
// end.
void Coroner::catchUp(NeuronPlace place, const NetworkMoment& at) {
    if (place.layer == 0)
        return; // the features stay
    CaseFile& own = file(place);
    const std::vector<float>& inputs = inputsOf(place, at);
    own.contributions[Cause::Upstream] += upstreamChange(*m_network, at, place, own.inputs, inputs);
    own.inputs = inputs;
}

double Coroner::followedValue(NeuronPlace place, const NetworkMoment& at) {
    return preActivation(*m_network, at, place, inputsOf(place, at));
}

/// On the sample that it follows; stays until the next call. Neurons of a layer that follow the same share it.
const std::vector<float>& Coroner::inputsOf(NeuronPlace place, const NetworkMoment& at) {
    const Followed wanted{at.parameters.data(), file(place).sample, place.layer};
    if (m_followed != wanted)
        sampleInputs(*m_network, at, features(wanted.sample), wanted.layer, m_inputs, m_scratch);
    m_followed = wanted;
    return m_inputs;
}

} // namespace flatline
