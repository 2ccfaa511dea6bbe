#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace flatline {

/// The value of a setting as files, the command line and controls hand it over. monostate: left out.
using SettingValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<int>>;

/// Which hidden neurons an intervention strikes. Layers and neurons count from 1.
struct Target {
    enum class Kind { Dead, Layer, Neuron, All };
    Kind kind = Kind::Dead;
    int layer = 0;  ///< Layer and Neuron only
    int neuron = 0; ///< Neuron only
    bool operator==(const Target&) const = default;
};

enum class KickedParameters { Both, Bias, Weights };

/// Adds N(0, strength^2) to the incoming weights and the bias of the target's neurons. A kick that aims at
/// all neurons strikes the hidden layers and the output layer.
struct ThermalKick {
    double strength = 0.5; ///< comparable with the weights of a small network: about one in three deaths undone
    Target target;
    KickedParameters parameters = KickedParameters::Both;
    bool operator==(const ThermalKick&) const = default;
};

/// Changes a live setting and keeps the weights.
struct SettingChange {
    std::string path;
    SettingValue value;
    bool operator==(const SettingChange&) const = default;
};

using Action = std::variant<ThermalKick, SettingChange>;

/// An action at a step: it acts on the parameters after that many steps, before the next update.
struct Intervention {
    std::int64_t step = 0;
    Action action;
    bool operator==(const Intervention&) const = default;
};

} // namespace flatline
