#pragma once

#include "core/base/random.h"
#include "core/data/dataset_loader.h"
#include "core/data/raw_data.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// A generated sample. One-dimensional data leave y at 0. The target is a class's number or a value.
struct Point {
    double x = 0.0;
    double y = 0.0;
    double target = 0.0;
};

/// A generated data set. The two-dimensional ones but moons are those of TensorFlow Playground
/// (github.com/tensorflow/playground, src/dataset.ts), drawn in its units and scaled by 1/6; what is positive
/// there is class 0 here. moons is scikit-learn's make_moons, abs is the function of Lu et al. (2019).
/// Samples come in the generator's natural order: where a shape is drawn class by class, samples/2 of the
/// first and then the rest, the second. Batches that are not shuffled therefore see one class at a time.
struct GeneratorRow {
    DataSourceRow source;
    std::array<const char*, 2> classNames; ///< classification only
    double scale;                          ///< from the units of `draw` to the features'
    /// Exactly `samples` points. The noise is 0 to 0.5; what it does is the source's `formula`.
    std::vector<Point> (*draw)(int samples, double noise, RandomStream random);
};

/// In the contract's order.
[[nodiscard]] std::span<const GeneratorRow> generatorTable();
[[nodiscard]] const GeneratorRow* findGenerator(std::string_view id);

/// Draws from the stream "data" of the seed. Features are called x1 and x2, or x; targets class or y.
[[nodiscard]] RawData generate(const GeneratorRow& generator, int samples, double noise, std::uint64_t seed);

} // namespace flatline
