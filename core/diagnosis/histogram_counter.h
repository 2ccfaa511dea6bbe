#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/network/tile_pass.h"

#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// Histograms of the pre-activations and activations of every hidden layer, gathered tile by tile from passes that keep
/// the states: the same counts as addToHistogram's.
class HistogramCounter {
public:
    void begin(const NetworkSpec& spec, float range, int bins);
    void add(const TilePass& pass);
    /// Of the samples since `begin`: those of z and f(z), a layer each.
    void finish(std::vector<LayerDiagnosis>& layers);

private:
    enum class Outputs { Own, Same, Rectified }; ///< f(z) is something of its own, z, or max(0, z)
    struct Layer {
        int units = 0;
        std::vector<std::int32_t> z; ///< BinTables' counts
        std::vector<std::int32_t> f; ///< only if f(z) is something of its own
        Histogram before;
        Histogram after;
        std::int64_t waiting = 0; ///< values in the tables
    };
    void flush(Layer& layer);

    std::vector<Layer> m_layers;
    Outputs m_outputs = Outputs::Own;
    float m_range = 6.0F;
    int m_bins = 0;
};

/// An empty histogram, and values added to it one by one.
[[nodiscard]] Histogram emptyHistogram(float range, int bins);
void addToHistogram(std::span<const float> values, Histogram& histogram);

} // namespace flatline
