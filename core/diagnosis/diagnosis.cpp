#include "core/diagnosis/diagnosis.h"

#include <array>
#include <numeric>

namespace flatline {
namespace {

template <class Layers, class Count>
int sumOver(const Layers& layers, Count count) {
    return std::accumulate(layers.begin(), layers.end(), 0,
                           [count](int sum, const auto& layer) { return sum + count(layer); });
}

} // namespace

const char* neuronStateId(NeuronState state) {
    static constexpr std::array ids{"alive", "at-risk", "comatose", "dead"};
    return ids[static_cast<std::size_t>(state)];
}

int Diagnosis::neurons() const {
    return sumOver(layers, [](const LayerDiagnosis& layer) { return static_cast<int>(layer.neurons.size()); });
}
int Diagnosis::dead() const {
    return sumOver(layers, [](const LayerDiagnosis& layer) { return layer.dead; });
}
int Diagnosis::comatose() const {
    return sumOver(layers, [](const LayerDiagnosis& layer) { return layer.comatose; });
}
int Diagnosis::atRisk() const {
    return sumOver(layers, [](const LayerDiagnosis& layer) { return layer.atRisk; });
}
int Diagnosis::deadLayers() const {
    return sumOver(layers, [](const LayerDiagnosis& layer) {
        return layer.dead == static_cast<int>(layer.neurons.size()) ? 1 : 0;
    });
}

} // namespace flatline
