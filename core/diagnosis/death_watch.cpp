#include "core/diagnosis/death_watch.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr float wellHeld = 0.25F; // of the greatest hold: far from the kink lasts longer

const float* rowOf(const float* values, const TilePass& pass, std::size_t neuron) {
    return values + static_cast<std::ptrdiff_t>(neuron) * pass.stride();
}

double steepest(const Network<float>& network, const float* parameters) {
    double steep = std::max(1.0, std::abs(network.spec().activationParameters.alpha));
    for (const Block& block : network.layout().blocks())
        if (block.kind == BlockKind::Alpha)
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                steep = std::max(steep, std::abs(static_cast<double>(parameters[i])));
    return steep;
}

} // namespace

const Tallies& DeathWatch::look(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    m_neurons.clear();
    openInputs(network, network.spec().hidden.size());
    for (std::size_t k = 0; k < m_ranges.size(); ++k)
        for (std::size_t j = 0; j < static_cast<std::size_t>(network.spec().hidden[k]); ++j)
            m_neurons.push_back({.place = {k, j}});
    m_census.begin(network, parameters);
    evaluator.forEachTile(
        network, parameters, TileKeep::States, [&](const TilePass& pass, const TileSamples& tile, int first) {
            m_census.add(pass);
            noteInputs(pass, tile);
            for (Neuron& neuron : m_neurons) {
                const float* z = rowOf(pass.preActivations(neuron.place.layer), pass, neuron.place.neuron);
                const auto count = static_cast<std::size_t>(tile.samples);
                noteStrongest(neuron, m_holds.of(network, parameters, neuron.place, z, count), tile.samples, first);
            }
        });
    const Tallies& tallies = m_census.finish();
    m_dead.clear();
    m_living.clear();
    for (std::size_t i = 0; i < m_neurons.size(); ++i) {
        Neuron& neuron = m_neurons[i];
        const NeuronTally& tally = tallies[neuron.place.layer][neuron.place.neuron];
        neuron.dead = tally.zeroSlope == evaluator.samples();
        neuron.margin = tally.maximum;
        (neuron.dead ? m_dead : m_living).push_back(i);
    }
    chooseWitnesses(network, parameters, evaluator.split());
    startBound(network, parameters);
    return tallies;
}

void DeathWatch::noteStrongest(Neuron& neuron, const float* holds, int count, int firstSample) {
    const float greatest = Eigen::Map<const Eigen::ArrayXf>(holds, count).maxCoeff();
    if (!(greatest > neuron.hold))
        return;
    neuron.hold = greatest;
    neuron.strongest = firstSample + static_cast<int>(std::find(holds, holds + count, greatest) - holds);
}

// Of the samples that are some neuron's strongest, again and again the one that most neurons hold well which have no
// witness yet.
void DeathWatch::chooseWitnesses(const Network<float>& network, const float* parameters, const Split& split) {
    std::vector<int> samples;
    for (const std::size_t i : m_living)
        if (m_neurons[i].strongest >= 0)
            samples.push_back(m_neurons[i].strongest);
    std::ranges::sort(samples);
    samples.erase(std::ranges::unique(samples).begin(), samples.end());
    const std::vector<std::vector<char>> holders = this->holders(network, parameters, split, samples);
    std::vector<int> holding(samples.size(), 0); // how many of the neurons without a witness hold each sample
    for (const std::vector<char>& held : holders)
        for (std::size_t s = 0; s < held.size(); ++s)
            holding[s] += held[s];
    m_witnesses.clear();
    while (m_witnesses.count() < Witnesses::most) {
        const auto most = std::ranges::max_element(holding);
        if (most == holding.end() || *most == 0)
            return;
        const auto best = static_cast<std::size_t>(most - holding.begin());
        const int index = m_witnesses.count();
        m_witnesses.set(index, split, samples[best]);
        for (std::size_t i = 0; i < m_living.size(); ++i) {
            Neuron& neuron = m_neurons[m_living[i]];
            if (neuron.witness >= 0 || holders[i][best] == 0)
                continue;
            neuron.witness = index;
            for (std::size_t s = 0; s < holding.size(); ++s)
                holding[s] -= holders[i][s];
        }
    }
}

/// [living neuron][sample of those]: whether the neuron holds it well.
std::vector<std::vector<char>> DeathWatch::holders(const Network<float>& network, const float* parameters,
                                                   const Split& split, const std::vector<int>& samples) {
    std::vector<std::vector<char>> result(m_living.size(), std::vector<char>(samples.size(), 0));
    const int count = static_cast<int>(samples.size());
    for (int first = 0; first < count; first += Witnesses::most) {
        m_witnesses.clear();
        for (int s = first; s < std::min(count, first + Witnesses::most); ++s)
            m_witnesses.set(s - first, split, samples[static_cast<std::size_t>(s)]);
        m_witnesses.run(network, parameters);
        for (std::size_t i = 0; i < m_living.size(); ++i) {
            const Neuron& neuron = m_neurons[m_living[i]];
            const float* holds = m_witnesses.all(neuron.place);
            for (int s = 0; s < m_witnesses.count(); ++s)
                result[i][static_cast<std::size_t>(first + s)] = holds[s] > wellHeld * neuron.hold ? 1 : 0;
        }
    }
    return result;
}

bool DeathWatch::suspicious(const Network<float>& network, const float* parameters, Evaluator& evaluator,
                            SlopeCounts* counts) {
    m_counts = counts;
    if (m_biasShift == network.spec().biasShift && std::equal(m_parameters.begin(), m_parameters.end(), parameters))
        return false;
    return livingLost(network, parameters, evaluator) || deadReached(network, parameters, evaluator);
}

bool DeathWatch::livingLost(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    if (m_living.empty())
        return false;
    m_open.clear();
    if (m_witnesses.count() > 0)
        m_witnesses.run(network, parameters);
    for (const std::size_t i : m_living) {
        Neuron& neuron = m_neurons[i];
        if (neuron.witness >= 0 && m_witnesses.holds(neuron.place, neuron.witness))
            continue;
        neuron.witness = m_witnesses.count() > 0 ? m_witnesses.find(neuron.place) : -1;
        if (neuron.witness < 0)
            m_open.push_back(i);
    }
    return !m_open.empty() && lastHoldLost(network, parameters, evaluator);
}

/// Over all samples, as far as the open ones need it.
template <class Visit>
void DeathWatch::pass(const Network<float>& network, const float* parameters, Evaluator& evaluator, Visit visit) {
    const std::size_t last = lastLayer();
    if (m_counts != nullptr)
        m_counts->begin(last);
    evaluator.forEachTileBefore(last, network, parameters, [&](TilePass& pass, const TileSamples& tile, int first) {
        visit(pass, tile, first);
        if (m_counts != nullptr)
            m_counts->add(pass, tile, network, parameters);
    });
}

bool DeathWatch::lastHoldLost(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    std::vector<char> alive(m_open.size(), 0);
    for (const std::size_t i : m_open) {
        m_neurons[i].strongest = -1;
        m_neurons[i].hold = 0.0F;
    }
    pass(network, parameters, evaluator, [&](TilePass& pass, const TileSamples& tile, int first) {
        for (std::size_t i = 0; i < m_open.size(); ++i) {
            Neuron& neuron = m_neurons[m_open[i]];
            const float* z = pass.preActivation(tile, neuron.place.layer, neuron.place.neuron);
            const auto count = static_cast<std::size_t>(tile.samples);
            noteStrongest(neuron, m_holds.of(network, parameters, neuron.place, z, count), tile.samples, first);
            if (neuron.strongest >= 0 || hasSlope(network, parameters, neuron.place, z, tile.samples))
                alive[i] = 1;
        }
    });
    if (std::ranges::find(alive, 0) != alive.end())
        return true;
    for (const std::size_t i : m_open) {
        Neuron& neuron = m_neurons[i];
        const int index = neuron.strongest >= 0 ? freeWitness() : -1;
        if (index >= 0)
            m_witnesses.set(index, evaluator.split(), neuron.strongest);
        neuron.witness = index;
    }
    return false;
}

/// One that nobody holds any more, or a new one; -1: there are as many as there may be.
int DeathWatch::freeWitness() const {
    std::vector<char> used(static_cast<std::size_t>(m_witnesses.count()), 0);
    for (const std::size_t i : m_living)
        if (m_neurons[i].witness >= 0)
            used[static_cast<std::size_t>(m_neurons[i].witness)] = 1;
    const auto index = static_cast<int>(std::ranges::find(used, 0) - used.begin());
    return index < Witnesses::most ? index : -1;
}

// To look at one neuron alone is cheap, but the bounds then go on from where they began; once as much has been spent on
// that, the layers below included, as a look at all dead ones costs, they begin anew. So they do after many times that
// the tighter bound, which is the dearer one, had to be asked.
bool DeathWatch::deadReached(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    if (m_dead.empty())
        return false;
    const bool reluLike = network.spec().activation->reluLike;
    const bool bounded = reluLike && !slopesMoved(network.layout(), parameters);
    m_open = m_dead;
    if (bounded && !findReaching(network, parameters, evaluator.samples()))
        return false;
    m_looks += m_open.size();
    constexpr std::size_t together = 4; // so many neurons of a layer are as dear as one by itself
    for (std::size_t k = 0; k < lastLayer(); ++k)
        m_looks += static_cast<std::size_t>(network.spec().hidden[k]) / together;
    const bool anew = reluLike && (!bounded || m_open.empty() || m_looks >= m_dead.size());
    if (anew)
        m_open = m_dead;
    openInputs(network, anew ? lastLayer() + 1 : 0);
    if (anyReached(network, parameters, evaluator))
        return true;
    if (anew)
        startBound(network, parameters);
    return false;
}

/// Opens the dead neurons whose z may have risen by their margin. False: there are none, and the bounds may go on.
bool DeathWatch::findReaching(const Network<float>& network, const float* parameters, int samples) {
    m_open.clear();
    const auto mayReach = [this](auto& bound, std::size_t i) {
        const Neuron& neuron = m_neurons[i];
        const double shift = bound.of(neuron.place.layer, neuron.place.neuron);
        return shift != 0.0 && !(shift < -static_cast<double>(neuron.margin));
    };
    m_bound.compare(network, parameters);
    for (const std::size_t i : m_dead)
        if (mayReach(m_bound, i))
            m_open.push_back(i);
    if (m_open.empty())
        return false;
    m_rise.compare(network, parameters);
    std::erase_if(m_open, [&](std::size_t i) { return !mayReach(m_rise, i); });
    constexpr int asDear = 64; // samples: a pass over so many costs what the tighter bound does
    return !m_open.empty() || ++m_rises * asDear >= samples;
}

/// Of the open ones; takes down margins and ranges for a bound that begins here.
bool DeathWatch::anyReached(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    std::vector<float> margins(m_open.size(), -INFINITY);
    std::vector<char> flat(m_open.size());
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const NeuronPlace place = m_neurons[m_open[i]].place;
        flat[i] =
            Holds::isFlat(network.spec(), network.neuronParameters(parameters, place.layer, place.neuron)) ? 1 : 0;
    }
    const double atZero = network.spec().activationParameters.slopeAtZero;
    bool reached = false;
    pass(network, parameters, evaluator, [&](TilePass& pass, const TileSamples& tile, int) {
        noteInputs(pass, tile);
        for (std::size_t i = 0; i < m_open.size() && !reached; ++i) {
            const NeuronPlace place = m_neurons[m_open[i]].place;
            const float* z = pass.preActivation(tile, place.layer, place.neuron);
            const float highest = pass.kernels().tallies.highest(z, tile.samples);
            margins[i] = std::max(margins[i], highest);
            reached = flat[i] ? !(highest < 0.0F || (highest == 0.0F && atZero == 0.0))
                              : hasSlope(network, parameters, place, z, tile.samples);
        }
    });
    if (reached || m_open.size() < m_dead.size())
        return reached;
    for (std::size_t i = 0; i < m_open.size(); ++i)
        m_neurons[m_open[i]].margin = margins[i];
    return false;
}

void DeathWatch::startBound(const Network<float>& network, const float* parameters) {
    m_parameters.assign(parameters, parameters + network.layout().size());
    m_biasShift = network.spec().biasShift;
    m_deadThen.clear();
    for (const std::size_t i : m_dead)
        m_deadThen.push_back({m_neurons[i].place, m_neurons[i].margin});
    m_bound.start(network, parameters, m_inputNorms, steepest(network, parameters));
    m_rise.start(network, parameters, m_ranges, m_deadThen);
    m_rises = 0;
    m_looks = 0;
}

/// Of the first layers' inputs, nothing seen yet.
void DeathWatch::openInputs(const Network<float>& network, std::size_t layers) {
    m_inputNorms.assign(layers, 0.0F);
    m_ranges.resize(layers);
    for (std::size_t k = 0; k < layers; ++k) {
        m_ranges[k] = emptyRanges(k == 0 ? network.spec().inputs : network.spec().hidden[k - 1]);
    }
}

void DeathWatch::noteInputs(const TilePass& pass, const TileSamples& tile) {
    for (std::size_t k = 0; k < m_ranges.size(); ++k) {
        m_inputNorms[k] = std::max(m_inputNorms[k], pass.greatestInputNorm(tile, k));
        pass.widenInputRanges(tile, k, m_ranges[k].data());
    }
}

// A learnt slope bends the outputs of its neuron without moving z, which the bound does not see.
bool DeathWatch::slopesMoved(const Layout& layout, const float* parameters) const {
    return std::ranges::any_of(layout.blocks(), [&](const Block& block) {
        return block.kind == BlockKind::Alpha &&
               !std::equal(parameters + block.offset, parameters + block.offset + block.size(),
                           m_parameters.begin() + static_cast<std::ptrdiff_t>(block.offset));
    });
}

/// Of the open ones.
std::size_t DeathWatch::lastLayer() const {
    std::size_t last = 0;
    for (const std::size_t i : m_open)
        last = std::max(last, m_neurons[i].place.layer);
    return last;
}

/// Whether f'(z) is other than 0 on some sample.
bool DeathWatch::hasSlope(const Network<float>& network, const float* parameters, NeuronPlace place, const float* z,
                          int samples) {
    m_slopes.resize(static_cast<std::size_t>(samples));
    network.spec().activation->single.derivative(z, m_slopes.data(), m_slopes.size(),
                                                 network.neuronParameters(parameters, place.layer, place.neuron));
    return std::ranges::any_of(m_slopes, [](float slope) { return slope != 0.0F; });
}

} // namespace flatline
