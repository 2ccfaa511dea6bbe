#pragma once

#include "core/settings/intervention.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What an experiment is: plain values with their defaults. The names are those of the experiment file.
/// setting_table.h lists every key with its range; a Settings that passed validate() is within all of them.
namespace flatline {

struct DataSettings {
    std::string source = "circles";  ///< the one shape that needs more than one neuron and fits in 8
    int samples = 500;               ///< generated data only; enough for a smooth picture, few enough to see each
    double noise = 0.1;              ///< 0 to 0.5: a border one can see, not a clean one
    double offset = 0.0;             ///< added to every feature: 0 is centred data
    double testFraction = 0.5;       ///< as TensorFlow Playground
    std::optional<bool> standardize; ///< left out: true for real data and csv, false for generated data
    std::string file;                ///< csv only; relative to the experiment file
    std::string target;              ///< csv only: the column that is to be predicted; left out: the last column
    bool operator==(const DataSettings&) const = default;
};

struct NetworkSettings {
    std::vector<int> hidden{8, 8}; ///< two small layers: enough to die one by one, few enough to show each
    std::string activation = "relu";
    std::optional<double> alpha; ///< left out: the activation's own default
    double slopeAtZero = 0.0;    ///< ReLU's subgradient at 0, as every framework has it
    std::string batchNorm = "none";
    std::string output; ///< left out: softmax for classes, linear for regression
    bool operator==(const NetworkSettings&) const = default;
};

struct InitializationSettings {
    std::string weights = "he-normal"; ///< keeps the variance through ReLU layers
    double gain = 1.0;
    double bias = 0.0;
    std::string file; ///< a parameters CSV; where it is given it replaces the draw
    bool operator==(const InitializationSettings&) const = default;
};

struct TrainingSettings {
    std::string optimizer = "sgd";
    double learningRate = 0.03; ///< as TensorFlow Playground: learns circles within seconds, kills nobody
    double momentum = 0.0;
    int batchSize = 10;
    bool shuffle = true;
    double weightDecay = 0.0;
    double biasDecay = 0.0;
    bool operator==(const TrainingSettings&) const = default;
};

struct Settings {
    std::string name = "Untitled";
    std::int64_t seed = 7; ///< 0 to 2^53 - 1, what a JSON number holds exactly
    DataSettings data;
    NetworkSettings network;
    InitializationSettings initialization;
    TrainingSettings training;
    std::vector<Intervention> interventions; ///< in order of their step
    bool operator==(const Settings&) const = default;
};

} // namespace flatline
