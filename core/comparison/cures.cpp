#include "core/comparison/cures.h"

#include "core/base/result.h"
#include "core/settings/setting_table.h"

#include <algorithm>

namespace flatline {
namespace {

using Actions = std::vector<Action>;

/// Another function's alpha means something else: the new one starts from its own default.
Actions switchTo(const char* activation) {
    return {SettingChange{"network.activation", std::string(activation)}, SettingChange{"network.alpha", {}}};
}

const CureRow table[] = {
    {"nothing", FLATLINE_TEXT("Nothing done"), FLATLINE_TEXT("The run goes on as it is."), CureStart::Fork,
     [](const Settings&, const CureDoses&) { return Actions(); }},
    {"lower-rate", FLATLINE_TEXT("Learning rate ÷ 10"),
     FLATLINE_TEXT("Smaller steps kill fewer neurons; those that are dead already get no gradient at any rate."),
     CureStart::Fork,
     [](const Settings& now, const CureDoses&) {
         return Actions{SettingChange{"training.learning_rate", now.training.learningRate / 10.0}};
     }},
    {"leaky-relu", FLATLINE_TEXT("Leaky ReLU"),
     FLATLINE_TEXT("A slope below 0 lets a gradient through to everyone, from the next step on."), CureStart::Fork,
     [](const Settings&, const CureDoses&) { return switchTo("leaky-relu"); }},
    {"prelu", FLATLINE_TEXT("PReLU"), FLATLINE_TEXT("As leaky ReLU, but each neuron learns its own slope."),
     CureStart::Fork, [](const Settings&, const CureDoses&) { return switchTo("prelu"); }},
    {"elu", FLATLINE_TEXT("ELU"), FLATLINE_TEXT("A slope below 0 that fades: far from life there is hardly any."),
     CureStart::Fork, [](const Settings&, const CureDoses&) { return switchTo("elu"); }},
    {"gelu", FLATLINE_TEXT("GELU"),
     FLATLINE_TEXT("A smooth bend with a slope just below 0; further down there is none."), CureStart::Fork,
     [](const Settings&, const CureDoses&) { return switchTo("gelu"); }},
    {"kick", FLATLINE_TEXT("Thermal kick"),
     FLATLINE_TEXT("Random noise on the weights and biases of the dead, of the strength that is set."), CureStart::Fork,
     [](const Settings&, const CureDoses& doses) {
         ThermalKick kick = doses.kick;
         kick.target = {Target::Kind::Dead, 0, 0};
         return Actions{kick};
     }},
    {"warming", FLATLINE_TEXT("Bias warming"),
     FLATLINE_TEXT("Lifts every hidden bias, then lets it sink again: the gradients of that time are to stay."),
     CureStart::Fork, [](const Settings&, const CureDoses& doses) { return Actions{doses.warming}; }},
    {"bias-decay", FLATLINE_TEXT("Bias decay on or off"),
     FLATLINE_TEXT("Decay draws the biases of the dead back towards 0, and may kill by that, too."), CureStart::Fork,
     [](const Settings& now, const CureDoses& doses) {
         return Actions{SettingChange{"training.bias_decay", now.training.biasDecay > 0.0 ? 0.0 : doses.biasDecay}};
     },
     [](const Settings& now) {
         return now.training.biasDecay > 0.0 ? FLATLINE_TEXT("Bias decay off") : FLATLINE_TEXT("Bias decay on");
     }},
    {"batch-norm", FLATLINE_TEXT("Batch norm from the start"),
     FLATLINE_TEXT("Another network: it restarts from the same seed, with the same weights, data and batches. Put in "
                   "at the fork so that nothing changes, it would wake nobody: the dead stay below their own bend."),
     CureStart::Beginning,
     [](const Settings&, const CureDoses&) {
         return Actions{SettingChange{"network.batch_norm", std::string("before-activation")}};
     }},
    {"reset", FLATLINE_TEXT("Reset of the dead"),
     FLATLINE_TEXT("The dead get fresh incoming weights, and outgoing ones of 0: they start anew."), CureStart::Fork,
     [](const Settings&, const CureDoses&) {
         return Actions{ResetNeurons{{Target::Kind::Dead, 0, 0}}};
     }},
};

} // namespace

std::span<const CureRow> cureTable() {
    return table;
}

const CureRow* findCure(std::string_view id) {
    const auto row = std::ranges::find_if(table, [id](const CureRow& one) { return id == one.id; });
    return row == std::end(table) ? nullptr : &*row;
}

bool inForce(const CureRow& cure, const Settings& now, const CureDoses& doses) {
    const std::vector<Action> actions = cure.actions(now, doses);
    if (actions.empty())
        return false;
    const auto* first = std::get_if<SettingChange>(&actions.front()); // an alpha alone is another matter
    return first != nullptr && findSetting(first->path)->get(now) == first->value;
}

} // namespace flatline
