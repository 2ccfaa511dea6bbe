#include "core/diagnosis/census.h"

#include <string_view>

namespace flatline {

void Census::begin(const Network<float>& network, const float* parameters) {
    m_network = &network;
    m_parameters = parameters;
    m_onKernels = std::string_view(network.spec().activation->id) == "relu" &&
                  network.spec().activationParameters.slopeAtZero == 0.0;
    m_first = true;
    if (m_onKernels)
        m_counter.begin(network.spec());
}

void Census::add(const TilePass& pass) {
    if (m_onKernels)
        m_counter.add(pass);
    else
        addToTallies(*m_network, m_parameters, pass, m_first, m_tallies);
    m_first = false;
}

const Tallies& Census::finish() {
    if (m_onKernels)
        m_counter.finish(m_tallies);
    return m_tallies;
}

const Tallies& Census::take(const Network<float>& network, const float* parameters, Evaluator& evaluator) {
    begin(network, parameters);
    evaluator.forEachTile(network, parameters, TileKeep::States,
                          [this](const TilePass& pass, const TileSamples&, int) { add(pass); });
    return finish();
}

} // namespace flatline
