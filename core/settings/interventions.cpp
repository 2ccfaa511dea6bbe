#include "core/base/number_text.h"
#include "core/settings/setting_table.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double greatestStrength = 1000.0;
constexpr double greatestGamma = 1000.0;
constexpr std::int64_t longestWarming = 1'000'000'000;

std::string number(std::size_t value) {
    return toText(static_cast<std::int64_t>(value));
}

/// "layer:2" -> {2}, "neuron:1:3" -> {1, 3}; nothing where a part is no number that an int holds.
std::optional<std::vector<int>> numbersAfter(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix))
        return std::nullopt;
    text.remove_prefix(prefix.size());
    std::vector<int> numbers;
    for (bool more = true; more;) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const auto value = parseInteger(text.substr(0, colon));
        if (!value || *value < 1 || *value > 1000000)
            return std::nullopt;
        numbers.push_back(static_cast<int>(*value));
        more = colon < text.size();
        text.remove_prefix(more ? colon + 1 : colon);
    }
    return numbers;
}

std::string within(const std::string& place, const char* key) {
    return place.empty() ? key : place + '.' + key;
}

Result<void> checkTarget(const Target& target, const std::vector<int>& hidden, const std::string& where) {
    if (target.kind == Target::Kind::Dead || target.kind == Target::Kind::All)
        return {};
    if (target.layer < 1 || static_cast<std::size_t>(target.layer) > hidden.size())
        return badInput(where, FLATLINE_TEXT("%1: the network has %2 hidden layers, counted from 1"),
                        {targetText(target), number(hidden.size())});
    const int width = hidden[static_cast<std::size_t>(target.layer) - 1];
    if (target.kind == Target::Kind::Neuron && (target.neuron < 1 || target.neuron > width))
        return badInput(where, FLATLINE_TEXT("%1: that layer has %2 neurons, counted from 1"),
                        {targetText(target), toText(std::int64_t{width})});
    return {};
}

Result<void> checkAction(const ThermalKick& kick, const Settings& settings, const std::string& place) {
    if (!(kick.strength >= 0.0 && kick.strength <= greatestStrength))
        return badInput(within(place, "strength"), FLATLINE_TEXT("%1 is not a number from %2 to %3"),
                        {toText(kick.strength), "0", toText(static_cast<std::int64_t>(greatestStrength))});
    return checkTarget(kick.target, settings.network.hidden, within(place, "target"));
}

Result<void> checkAction(const BiasWarming& warming, const Settings& settings, const std::string& place) {
    if (!(std::abs(warming.gamma) <= greatestGamma))
        return badInput(within(place, "gamma"), FLATLINE_TEXT("%1 is not a number from %2 to %3"),
                        {toText(warming.gamma), "-1000", "1000"});
    if (warming.steps < 1 || warming.steps > longestWarming)
        return badInput(within(place, "steps"), FLATLINE_TEXT("%1 is not a whole number from %2 to %3"),
                        {toText(warming.steps), "1", toText(longestWarming)});
    return checkTarget(warming.target, settings.network.hidden, within(place, "target"));
}

Result<void> checkParameter(double value, const std::string& where) {
    if (std::isfinite(static_cast<float>(value)))
        return {};
    return badInput(where, FLATLINE_TEXT("%1 is not a number that 32 bits can hold"), {toText(value)});
}

Result<void> checkAction(const EditParameters& edit, const Settings& settings, const std::string& place) {
    const Target target{Target::Kind::Neuron, edit.layer, edit.neuron};
    if (auto checked = checkTarget(target, settings.network.hidden, within(place, "target")); !checked)
        return checked;
    if (edit.bias)
        if (auto checked = checkParameter(*edit.bias, within(place, "bias")); !checked)
            return checked;
    if (edit.beta && settings.network.batchNorm == "none")
        return badInput(within(place, "beta"), FLATLINE_TEXT("without batch norm there is no beta"));
    if (edit.beta)
        if (auto checked = checkParameter(*edit.beta, within(place, "beta")); !checked)
            return checked;
    const std::string weights = within(place, "weights");
    for (std::size_t i = 0; i < edit.weights.size(); ++i)
        if (edit.weights[i])
            if (auto checked = checkParameter(*edit.weights[i], weights + '[' + number(i) + ']'); !checked)
                return checked;
    // How many inputs the first layer has is the data's affair: see Trainer.
    if (edit.layer > 1 && !edit.weights.empty())
        return checkWeightCount(edit, settings.network.hidden[static_cast<std::size_t>(edit.layer) - 2], place);
    return {};
}

Result<void> checkAction(const ResetNeurons& reset, const Settings& settings, const std::string& place) {
    return checkTarget(reset.target, settings.network.hidden, within(place, "target"));
}

Result<void> checkAction(const SettingChange& change, const Settings& settings, const std::string& place) {
    const SettingRow* row = findSetting(change.path);
    if (row == nullptr || !row->live) {
        std::string known;
        for (const SettingRow& candidate : settingTable())
            if (candidate.live)
                known += (known.empty() ? "" : ", ") + std::string(candidate.path);
        return badInput(within(place, "path"),
                        FLATLINE_TEXT("\"%1\" is not a setting that can change while training goes on; these can: %2"),
                        {change.path, known});
    }
    Settings trial = settings;
    const auto done = setSetting(trial, change.path, change.value);
    if (!done)
        return Error{done.error().kind, within(place, "value"), done.error().message};
    return {};
}

} // namespace

Result<void> validate(const Settings& settings) {
    if (settings.data.source == "csv" && settings.data.file.empty())
        return badInput("data.file", FLATLINE_TEXT("source csv needs the name of a CSV file here"));
    for (std::size_t i = 0; i < settings.interventions.size(); ++i) {
        const Intervention& intervention = settings.interventions[i];
        const std::string place = "interventions[" + number(i) + ']';
        if (intervention.step < 0)
            return badInput(place + ".step", FLATLINE_TEXT("%1 is not a step; the first one is 0"),
                            {toText(intervention.step)});
        if (const auto checked = validateAction(intervention.action, settings, place); !checked)
            return checked;
    }
    return {};
}

Result<void> checkWeightCount(const EditParameters& edit, int inputs, const std::string& place) {
    if (edit.weights.empty() || edit.weights.size() == static_cast<std::size_t>(inputs))
        return {};
    return badInput(within(place, "weights"), FLATLINE_TEXT("%1 values, where the neuron has %2 inputs"),
                    {number(edit.weights.size()), toText(std::int64_t{inputs})});
}

Result<void> validateAction(const Action& action, const Settings& settings, const std::string& place) {
    return std::visit([&](const auto& kind) { return checkAction(kind, settings, place); }, action);
}

std::string targetText(const Target& target) {
    const std::string layer = toText(std::int64_t{target.layer});
    switch (target.kind) {
    case Target::Kind::Dead:
        return "dead";
    case Target::Kind::Layer:
        return "layer:" + layer;
    case Target::Kind::Neuron:
        return "neuron:" + layer + ':' + toText(std::int64_t{target.neuron});
    case Target::Kind::All:
        break;
    }
    return "all";
}

Result<Target> parseTarget(std::string_view text) {
    if (text == "dead")
        return Target{Target::Kind::Dead};
    if (text == "all")
        return Target{Target::Kind::All};
    if (const auto numbers = numbersAfter(text, "layer:"); numbers && numbers->size() == 1)
        return Target{Target::Kind::Layer, numbers->front()};
    if (const auto numbers = numbersAfter(text, "neuron:"); numbers && numbers->size() == 2)
        return Target{Target::Kind::Neuron, numbers->front(), numbers->back()};
    return badInput("target",
                    FLATLINE_TEXT("\"%1\" is not a target; right are: dead, layer:K, neuron:K:J, all (counted from 1)"),
                    {std::string(text)});
}

} // namespace flatline
