#include "core/diagnosis/death_watch.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr float safeSlope = 1e-4F;        // a witness whose slope is smaller proves nothing
constexpr float rounding = 1e-5F;         // relative room for two different orders of summation
constexpr std::size_t manyWitnesses = 48; // beyond that a full look is hardly dearer

/// A witness counts where z is clear of the kink (ReLU-like), or the slope is clear of 0.
bool reaches(bool bend, float z, float slope, float clear) {
    return bend ? z > clear : std::abs(slope) > safeSlope;
}

/// Whether the slope is 0 on one side of a kink: only z itself then tells how far a sample is from it.
bool flatBelow(const NetworkSpec& spec, const ActivationParameters& neuron) {
    return spec.activation->reluLike && neuron.alpha == 0.0;
}

} // namespace

const Tallies& DeathWatch::look(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    const NetworkSpec& spec = network.spec();
    m_bounds.assign(spec.hidden.size(), {});
    std::vector<NeuronPlace> uncovered;
    evaluator.forEachPiece(
        network, parameters,
        [&](Pass<float>& pass, const Batch<float>& features, const Targets<float>&, Eigen::Index first) {
            addToTallies(network, parameters, pass, first == 0, m_tallies);
            for (std::size_t k = 0; k < m_bounds.size(); ++k) {
                const Batch<float>& input = k == 0 ? features : pass.activations[k - 1];
                m_bounds[k].inputNorm = std::max(m_bounds[k].inputNorm, input.rowwise().norm().maxCoeff());
            }
            if (first == 0) // with sets so large that there are more pieces, the first is plenty
                uncovered = chooseWitnesses(network, parameters, pass, features);
        });
    m_parameters.assign(parameters, parameters + network.layout().size());
    m_biasShift = network.spec().biasShift;
    fold(network, parameters, m_then);
    m_anyDead = false;
    for (std::size_t k = 0; k < m_bounds.size(); ++k)
        for (const NeuronTally& tally : m_tallies[k]) {
            const bool dead = tally.zeroSlope == evaluator.samples();
            m_bounds[k].margins.push_back(tally.maximum);
            m_bounds[k].dead.push_back(dead ? 1 : 0);
            m_anyDead = m_anyDead || dead;
        }
    m_allCovered = std::all_of(uncovered.begin(), uncovered.end(), [this](const NeuronPlace& place) {
        return m_bounds[place.layer].dead[place.neuron] != 0;
    });
    return m_tallies;
}

// Greedy cover: again and again the sample that is a good witness for most of the neurons that have none yet.
std::vector<NeuronPlace> DeathWatch::chooseWitnesses(const Network<float>& network, const float* parameters,
                                                     const Pass<float>& pass, const Batch<float>& features) {
    const NetworkSpec& spec = network.spec();
    const auto samples = static_cast<std::size_t>(features.rows());
    std::vector<Coverage> open;
    std::vector<int> covers(samples, 0); // how many of the open neurons a sample reaches
    m_slopes.resize(samples);
    for (std::size_t k = 0; k < m_tallies.size(); ++k)
        for (std::size_t j = 0; j < m_tallies[k].size(); ++j) {
            const float* z = pass.preActivations[k].col(static_cast<Eigen::Index>(j)).data();
            const ActivationParameters own = network.neuronParameters(parameters, k, j);
            spec.activation->single.derivative(z, m_slopes.data(), samples, own);
            const bool bend = flatBelow(spec, own);
            const float clear = std::max(0.0F, 0.25F * m_tallies[k][j].maximum); // far from the kink lasts longer
            Coverage coverage{{k, j}, {}};
            for (std::size_t i = 0; i < samples; ++i)
                if (reaches(bend, z[i], m_slopes[i], clear)) {
                    coverage.samples.push_back(static_cast<int>(i));
                    ++covers[i];
                }
            open.push_back(std::move(coverage));
        }
    std::vector<int> witnesses;
    while (witnesses.size() < manyWitnesses) {
        const auto best = std::max_element(covers.begin(), covers.end());
        if (best == covers.end() || *best == 0)
            break;
        const int witness = static_cast<int>(best - covers.begin());
        witnesses.push_back(witness);
        std::erase_if(open, [&](const Coverage& coverage) {
            const bool covered = std::binary_search(coverage.samples.begin(), coverage.samples.end(), witness);
            if (covered)
                for (const int i : coverage.samples)
                    --covers[static_cast<std::size_t>(i)];
            return covered;
        });
    }
    m_witnesses.resize(static_cast<Eigen::Index>(witnesses.size()), features.cols());
    for (std::size_t i = 0; i < witnesses.size(); ++i)
        m_witnesses.row(static_cast<Eigen::Index>(i)) = features.row(witnesses[i]);
    std::vector<NeuronPlace> uncovered;
    uncovered.reserve(open.size());
    for (const Coverage& coverage : open)
        uncovered.push_back(coverage.place);
    return uncovered;
}

bool DeathWatch::suspicious(const Network<float>& network, const float* parameters) {
    if (m_biasShift == network.spec().biasShift && std::equal(m_parameters.begin(), m_parameters.end(), parameters))
        return false;
    return !m_allCovered || witnessLost(network, parameters) || (m_anyDead && mayRevive(network, parameters));
}

bool DeathWatch::witnessLost(const Network<float>& network, const float* parameters) {
    if (m_witnesses.rows() == 0)
        return false; // nobody is left to die
    const NetworkSpec& spec = network.spec();
    network.forward(parameters, m_witnesses, m_pass);
    const auto count = static_cast<std::size_t>(m_witnesses.rows());
    m_slopes.resize(count);
    for (std::size_t k = 0; k < m_bounds.size(); ++k) {
        const auto width = static_cast<Eigen::Index>(m_bounds[k].dead.size());
        // The room for rounding grows with what is summed: no single z is larger than this by much.
        const float clear = rounding * (1.0F + m_pass.preActivations[k].cwiseAbs().maxCoeff());
        for (Eigen::Index j = 0; j < width; ++j) {
            if (m_bounds[k].dead[static_cast<std::size_t>(j)] != 0)
                continue;
            const float* z = m_pass.preActivations[k].col(j).data();
            const ActivationParameters own = network.neuronParameters(parameters, k, static_cast<std::size_t>(j));
            spec.activation->single.derivative(z, m_slopes.data(), count, own);
            const bool bend = flatBelow(spec, own);
            bool reached = false;
            for (std::size_t i = 0; i < count && !reached; ++i)
                reached = reaches(bend, z[i], m_slopes[i], clear);
            if (!reached)
                return true;
        }
    }
    return false;
}

bool DeathWatch::mayRevive(const Network<float>& network, const float* parameters) {
    const NetworkSpec& spec = network.spec();
    if (!spec.activation->reluLike || slopesMoved(network.layout(), parameters))
        return true;
    fold(network, parameters, m_now);
    float inputShift = 0.0F; // D: how far a sample's inputs to this layer may have moved
    for (std::size_t k = 0; k < m_bounds.size(); ++k) {
        const Block& weights = network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight);
        const Block& bias = network.layout().block(static_cast<int>(k) + 1, BlockKind::Bias);
        double outputShift = 0.0;
        for (int j = 0; j < weights.rows; ++j) {
            const auto neuron = static_cast<std::size_t>(j);
            const Eigen::Map<const Eigen::VectorXf> now(m_now.parameters.data() + weights.at(j, 0), weights.columns);
            const Eigen::Map<const Eigen::VectorXf> then(m_then.parameters.data() + weights.at(j, 0), weights.columns);
            const float moved = (now - then).norm();
            const float biasMoved = std::abs(m_now.parameters[bias.at(j, 0)] - m_then.parameters[bias.at(j, 0)]);
            const float shift = moved * m_bounds[k].inputNorm + biasMoved + now.norm() * inputShift;
            if (m_bounds[k].dead[neuron] == 0) {
                const double steep = std::max(1.0, std::abs(network.neuronParameters(parameters, k, neuron).alpha));
                outputShift += std::pow(steep * static_cast<double>(shift), 2);
                continue;
            }
            const float room = rounding * (now.norm() * m_bounds[k].inputNorm + m_now.magnitude[k][neuron]);
            if (shift > 0.0F && !(shift + room < -m_bounds[k].margins[neuron]))
                return true;
        }
        inputShift = static_cast<float>(std::sqrt(outputShift));
    }
    return false;
}

// A learnt slope bends the outputs of its neuron without moving z, which the bound does not see.
bool DeathWatch::slopesMoved(const Layout& layout, const float* parameters) const {
    return std::ranges::any_of(layout.blocks(), [&](const Block& block) {
        return block.kind == BlockKind::Alpha &&
               !std::equal(parameters + block.offset, parameters + block.offset + block.size(),
                           m_parameters.begin() + static_cast<std::ptrdiff_t>(block.offset));
    });
}

} // namespace flatline
