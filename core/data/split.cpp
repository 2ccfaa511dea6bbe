#include "core/data/split.h"

#include "core/base/number_text.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace flatline {
namespace {

std::vector<int> placesOf(const std::vector<bool>& heldOut, bool test) {
    std::vector<int> places;
    places.reserve(static_cast<std::size_t>(std::count(heldOut.begin(), heldOut.end(), test)));
    for (std::size_t i = 0; i < heldOut.size(); ++i)
        if (heldOut[i] == test)
            places.push_back(static_cast<int>(i));
    return places;
}

Batch<float> classValues(const std::vector<int>& labels, std::size_t classes) {
    const auto rows = static_cast<Eigen::Index>(labels.size());
    const bool oneOutput = classes <= 2;
    Batch<float> values = Batch<float>::Zero(rows, oneOutput ? 1 : static_cast<Eigen::Index>(classes));
    for (Eigen::Index i = 0; i < rows; ++i) {
        const int label = labels[static_cast<std::size_t>(i)];
        if (oneOutput)
            values(i, 0) = label == 1 ? 1.0F : -1.0F;
        else
            values(i, label) = 1.0F;
    }
    return values;
}

Targets<float> takeTargets(const RawData& data, const std::vector<int>& places, bool withClassValues) {
    Targets<float> targets;
    if (data.task == Task::Regression) {
        targets.values.resize(static_cast<Eigen::Index>(places.size()), 1);
        for (std::size_t i = 0; i < places.size(); ++i)
            targets.values(static_cast<Eigen::Index>(i), 0) =
                static_cast<float>(data.values[static_cast<std::size_t>(places[i])]);
        return targets;
    }
    for (const int place : places)
        targets.labels.push_back(data.labels[static_cast<std::size_t>(place)]);
    if (withClassValues)
        targets.values = classValues(targets.labels, data.classNames.size());
    return targets;
}

} // namespace

Result<std::vector<bool>> drawTestSet(std::size_t count, double fraction, std::uint64_t seed) {
    const auto testSize = static_cast<std::size_t>(std::llround(static_cast<double>(count) * fraction));
    if (testSize >= count)
        return badInput("data.test_fraction",
                        FLATLINE_TEXT("%1 of %2 samples leaves none to train on; choose a smaller share, or 0 for "
                                      "no test set"),
                        {toText(fraction), toText(static_cast<std::int64_t>(count))});
    std::vector<bool> heldOut(count, false);
    if (testSize == 0)
        return heldOut;
    const std::vector<int> order = randomOrder(static_cast<int>(count), RandomStream(seed, StreamId::Split));
    for (std::size_t i = 0; i < testSize; ++i)
        heldOut[static_cast<std::size_t>(order[i])] = true;
    return heldOut;
}

Scaling measureScaling(const RawData& data, const std::vector<bool>& heldOut) {
    const std::size_t width = data.featureNames.size();
    const std::vector<int> places = placesOf(heldOut, false);
    const auto count = static_cast<double>(places.size());
    const auto value = [&](int place, std::size_t feature) {
        return data.features[static_cast<std::size_t>(place) * width + feature];
    };
    Scaling scaling{std::vector<double>(width, 0.0), std::vector<double>(width, 0.0)};
    for (const int place : places)
        for (std::size_t j = 0; j < width; ++j)
            scaling.means[j] += value(place, j) / count;
    std::vector<bool> constant(width, true);
    for (const int place : places)
        for (std::size_t j = 0; j < width; ++j) {
            const double difference = value(place, j) - scaling.means[j];
            scaling.deviations[j] += difference * difference / count;
            constant[j] = constant[j] && value(place, j) == value(places.front(), j);
        }
    for (std::size_t j = 0; j < width; ++j) {
        // A constant's mean is off by rounding, which would leave a deviation of nearly 0.
        if (constant[j])
            scaling.means[j] = value(places.front(), j);
        const double deviation = std::sqrt(scaling.deviations[j]);
        scaling.deviations[j] = constant[j] || deviation == 0.0 ? 1.0 : deviation;
    }
    return scaling;
}

Result<Split> takeSplit(const RawData& data, const std::vector<bool>& heldOut, bool test, const Scaling& scaling,
                        double offset, bool withClassValues) {
    const std::size_t width = data.featureNames.size();
    Split split;
    split.sources = placesOf(heldOut, test);
    split.targets = takeTargets(data, split.sources, withClassValues);
    split.features.resize(static_cast<Eigen::Index>(split.sources.size()), static_cast<Eigen::Index>(width));
    for (std::size_t i = 0; i < split.sources.size(); ++i)
        for (std::size_t j = 0; j < width; ++j) {
            double value = data.features[static_cast<std::size_t>(split.sources[i]) * width + j];
            if (!scaling.means.empty())
                value = (value - scaling.means[j]) / scaling.deviations[j];
            value += offset;
            if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max()))
                return badInput("data.standardize",
                                FLATLINE_TEXT("\"%1\" of sample %2 is too far from the training set's mean to be "
                                              "scaled; leave that sample out, or choose false"),
                                {data.featureNames[j], toText(std::int64_t{split.sources[i]} + 1)});
            split.features(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = static_cast<float>(value);
        }
    return split;
}

} // namespace flatline
