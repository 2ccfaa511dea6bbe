#include "core/training/fields.h"

#include "core/diagnosis/evaluation.h"

#include <algorithm>

namespace flatline {
namespace {

constexpr int planeSide = 48; // fine enough for a smooth picture, 2304 forward passes
constexpr int lineSamples = 192;
constexpr int widestLayer = 16; // wider ones have cells too small for a picture

struct Extent {
    float low;
    float high;
};

/// The samples' range with a margin, so that the border of the picture is not the border of the data.
Extent extentOf(const Dataset& dataset, Eigen::Index feature) {
    float low = dataset.train.features.col(feature).minCoeff();
    float high = dataset.train.features.col(feature).maxCoeff();
    if (dataset.test.samples() > 0) {
        low = std::min(low, dataset.test.features.col(feature).minCoeff());
        high = std::max(high, dataset.test.features.col(feature).maxCoeff());
    }
    const float margin = high > low ? 0.08F * (high - low) : 1.0F;
    return {low - margin, high + margin};
}

float at(Extent extent, int index, int count) {
    return extent.low + (extent.high - extent.low) * static_cast<float>(index) / static_cast<float>(count - 1);
}

std::vector<std::vector<float>> columnsOf(const Batch<float>& batch) {
    std::vector<std::vector<float>> columns;
    for (Eigen::Index j = 0; j < batch.cols(); ++j)
        columns.emplace_back(batch.col(j).data(), batch.col(j).data() + batch.rows());
    return columns;
}

/// Fields without values, and the points at which they are taken; null where there are more than two features.
std::shared_ptr<Fields> emptyFields(const Dataset& dataset, std::int64_t step, Batch<float>& grid) {
    const int features = dataset.features();
    if (features != 1 && features != 2)
        return nullptr;
    auto fields = std::make_shared<Fields>();
    fields->step = step;
    fields->columns = features == 1 ? lineSamples : planeSide;
    fields->rows = features == 1 ? 1 : planeSide;
    const Extent x = extentOf(dataset, 0);
    const Extent y = features == 1 ? Extent{0.0F, 0.0F} : extentOf(dataset, 1);
    fields->xMinimum = x.low;
    fields->xMaximum = x.high;
    fields->yMinimum = y.low;
    fields->yMaximum = y.high;
    grid.resize(fields->columns * fields->rows, features);
    for (int row = 0; row < fields->rows; ++row)
        for (int column = 0; column < fields->columns; ++column) {
            grid(row * fields->columns + column, 0) = at(x, column, fields->columns);
            if (features == 2)
                grid(row * fields->columns + column, 1) = at(y, row, fields->rows);
        }
    return fields;
}

} // namespace

std::shared_ptr<const Fields> makeFields(const Network<float>& network, std::span<const float> parameters,
                                         const Dataset& dataset, std::int64_t step) {
    Split points;
    Batch<float>& grid = points.features;
    auto fields = emptyFields(dataset, step, grid);
    if (fields == nullptr)
        return nullptr;
    const std::vector<int>& widths = network.spec().hidden;
    for (const int width : widths)
        fields->activations.emplace_back(width <= widestLayer ? static_cast<std::size_t>(width) : 0);
    Batch<float> outputs(grid.rows(), network.spec().outputs);
    Evaluator evaluator(network.spec(), points);
    evaluator.forEachTile(
        network, parameters.data(), TileKeep::States, [&](TilePass& pass, const TileSamples& tile, int first) {
            for (std::size_t k = 0; k < widths.size(); ++k) {
                const float* values = pass.activations(k);
                for (std::vector<float>& neuron : fields->activations[k]) {
                    neuron.insert(neuron.end(), values, values + tile.samples);
                    values += pass.stride();
                }
            }
            for (Eigen::Index output = 0; output < outputs.cols(); ++output)
                std::copy_n(pass.outputs() + output * pass.stride(), tile.samples, outputs.col(output).data() + first);
        });
    Batch<float> predictions;
    network.spec().objective->predict(outputs, predictions);
    fields->predictions = columnsOf(predictions);
    return fields;
}

std::shared_ptr<const Fields> makeNeuronField(const Network<float>& network, std::span<const float> parameters,
                                              const Dataset& dataset, NeuronPlace place, std::int64_t step) {
    Split points;
    auto fields = emptyFields(dataset, step, points.features);
    if (fields == nullptr)
        return nullptr;
    for (const int width : network.spec().hidden)
        fields->activations.emplace_back(static_cast<std::size_t>(width));
    std::vector<float>& values = fields->activations[place.layer][place.neuron];
    Evaluator evaluator(network.spec(), points);
    evaluator.forEachTile(network, parameters.data(), TileKeep::States,
                          [&](TilePass& pass, const TileSamples& tile, int) {
                              const float* own = pass.activations(place.layer) +
                                                 static_cast<std::ptrdiff_t>(place.neuron) * pass.stride();
                              values.insert(values.end(), own, own + tile.samples);
                          });
    return fields;
}

} // namespace flatline
