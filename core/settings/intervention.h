#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace flatline {

/// The value of a setting as files, the command line and controls hand it over. monostate: left out.
using SettingValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<int>>;

/// Which hidden neurons an intervention aims at. Layers and neurons count from 1.
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

/// Adds gamma to the biases of the target's neurons in the forward pass, less with each step, until nothing is left:
///   shift after n of `steps` steps = gamma (1 - n / steps).  The biases themselves stay as they are.
/// Who is dead is settled when it begins.
struct BiasWarming {
    double gamma = 1.0;                     ///< lifts a neuron by one standard deviation of an ordinary pre-activation
    std::int64_t steps = 300;               ///< long enough for the other parameters to follow
    Target target{Target::Kind::All, 0, 0}; ///< warmth that everybody gets favours nobody
    bool operator==(const BiasWarming&) const = default;
};

/// Starts the target's neurons anew (Sokar et al. 2023, "ReDo"): fresh incoming weights and bias as the experiment's
/// initialization draws them, outgoing weights 0 (but between two neurons that are both reset), learnt slope and batch
/// norm as at the start, and nothing remembered by the optimizer of any of these.
struct ResetNeurons {
    Target target;
    bool operator==(const ResetNeurons&) const = default;
};

/// Sets parameters of one hidden neuron by hand. All others stay. The optimizer forgets what it remembers of those that
/// are set (momentum's velocity, Adam's and RMSprop's means), so that they stay where they were put until a gradient or
/// decay moves them.
struct EditParameters {
    int layer = 0;                              ///< from 1
    int neuron = 0;                             ///< from 1
    std::optional<double> bias;                 ///< nothing: stays
    std::vector<std::optional<double>> weights; ///< its incoming ones, in order; nothing: stays. Empty: all stay
    std::optional<double> beta = {};            ///< batch norm's shift, where the network has it; nothing: stays
    bool operator==(const EditParameters&) const = default;
};

using Action = std::variant<ThermalKick, SettingChange, BiasWarming, ResetNeurons, EditParameters>;

/// An action at a step: it acts on the parameters after that many steps, before the next update.
struct Intervention {
    std::int64_t step = 0;
    Action action;
    bool operator==(const Intervention&) const = default;
};

} // namespace flatline
