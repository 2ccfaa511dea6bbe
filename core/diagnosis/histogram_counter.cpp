#include "core/diagnosis/histogram_counter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace flatline {
namespace {

/// A histogram's counts of the values up to 0 and of those above.
struct Halves {
    std::array<std::vector<std::int64_t>, 2> places;

    Halves(const std::vector<std::int32_t>& counts, int bins) {
        const auto size = static_cast<std::size_t>(kernels::halfTableSize(bins));
        for (std::size_t half = 0; half < 2; ++half) {
            places[half].assign(size, 0);
            for (std::size_t first = half * size; first < counts.size(); first += 2 * size)
                for (std::size_t i = 0; i < size; ++i)
                    places[half][i] += counts[first + i];
        }
    }
    [[nodiscard]] std::int64_t at(std::size_t half, kernels::BinPlace place) const {
        return places[half][places[half].size() - kernels::binPlaces + static_cast<std::size_t>(place)];
    }
    [[nodiscard]] std::int64_t both(kernels::BinPlace place) const { return at(0, place) + at(1, place); }
};

using kernels::BinPlace;

void addWhole(const Halves& counted, Histogram& histogram) {
    for (std::size_t i = 0; i < histogram.bins.size(); ++i)
        histogram.bins[i] += counted.places[0][i] + counted.places[1][i];
    histogram.below += counted.both(BinPlace::Below);
    histogram.above += counted.both(BinPlace::Above);
    histogram.zeros += counted.both(BinPlace::Zero);
    histogram.nonFinite += counted.both(BinPlace::Infinite) + counted.both(BinPlace::NotANumber);
}

/// Of max(0, v), v being the values counted: all up to 0 become 0, minus infinity, too.
void addRectified(const Halves& counted, Histogram& histogram) {
    for (std::size_t i = 0; i < histogram.bins.size(); ++i)
        histogram.bins[i] += counted.places[1][i];
    for (const std::int64_t count : counted.places[0])
        histogram.zeros += count;
    histogram.zeros -= counted.at(0, BinPlace::NotANumber);
    histogram.above += counted.at(1, BinPlace::Above);
    histogram.nonFinite += counted.at(1, BinPlace::Infinite) + counted.both(BinPlace::NotANumber);
}

} // namespace

void HistogramCounter::begin(const NetworkSpec& spec, float range, int bins) {
    const std::string_view id = spec.activation->id;
    m_outputs = id == "relu" ? Outputs::Rectified : id == "identity" ? Outputs::Same : Outputs::Own;
    m_range = range;
    m_bins = bins;
    m_layers.resize(spec.hidden.size());
    const auto size = static_cast<std::size_t>(kernels::binTableSize(bins));
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        Layer& layer = m_layers[k];
        layer.units = spec.hidden[k];
        layer.z.assign(size, 0);
        layer.f.assign(m_outputs == Outputs::Own ? size : 0, 0);
        layer.before = layer.after = emptyHistogram(range, bins);
        layer.waiting = 0;
    }
}

void HistogramCounter::add(const TilePass& pass) {
    const auto addToBins = pass.kernels().tallies.addToBins;
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        Layer& layer = m_layers[k];
        addToBins({pass.preActivations(k), pass.stride(), layer.units, pass.samples()},
                  {layer.z.data(), m_range, m_bins});
        if (m_outputs == Outputs::Own)
            addToBins({pass.activations(k), pass.stride(), layer.units, pass.samples()},
                      {layer.f.data(), m_range, m_bins});
        constexpr std::int64_t most = std::int64_t{1} << 30;
        const std::int64_t values = std::int64_t{layer.units} * pass.samples();
        layer.waiting += values;
        if (layer.waiting > most - values)
            flush(layer);
    }
}

void HistogramCounter::flush(Layer& layer) {
    const Halves z(layer.z, m_bins);
    addWhole(z, layer.before);
    if (m_outputs == Outputs::Rectified)
        addRectified(z, layer.after);
    else if (m_outputs == Outputs::Own)
        addWhole(Halves(layer.f, m_bins), layer.after);
    else
        addWhole(z, layer.after);
    layer.before.count += layer.waiting;
    layer.after.count += layer.waiting;
    layer.waiting = 0;
    std::ranges::fill(layer.z, 0);
    std::ranges::fill(layer.f, 0);
}

void HistogramCounter::finish(std::vector<LayerDiagnosis>& layers) {
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        flush(m_layers[k]);
        layers[k].preActivations = std::move(m_layers[k].before);
        layers[k].activations = std::move(m_layers[k].after);
    }
}

Histogram emptyHistogram(float range, int bins) {
    Histogram histogram;
    histogram.range = range;
    histogram.bins.assign(static_cast<std::size_t>(bins), 0);
    return histogram;
}

void addToHistogram(std::span<const float> values, Histogram& histogram) {
    const float range = histogram.range;
    const auto bins = static_cast<float>(histogram.bins.size());
    const float scale = bins / (2.0F * range);
    histogram.count += static_cast<std::int64_t>(values.size());
    for (const float value : values) {
        if (!std::isfinite(value))
            ++histogram.nonFinite;
        else if (value == 0.0F)
            ++histogram.zeros;
        else if (value < -range)
            ++histogram.below;
        else if (value >= range)
            ++histogram.above;
        else
            ++histogram.bins[static_cast<std::size_t>(std::min((value + range) * scale, bins - 1.0F))];
    }
}

} // namespace flatline
