#include "core/settings/setting_table.h"

#include "core/data/dataset_loader.h"
#include "core/network/activation.h"
#include "core/network/batch_norm.h"
#include "core/network/initialization.h"
#include "core/network/objective.h"
#include "core/training/optimizer.h"

#include <algorithm>
#include <array>

namespace flatline {
namespace {

// A member as a SettingValue, and back.
SettingValue toValue(bool member) {
    return member;
}
SettingValue toValue(int member) {
    return static_cast<std::int64_t>(member);
}
SettingValue toValue(std::int64_t member) {
    return member;
}
SettingValue toValue(double member) {
    return member;
}
SettingValue toValue(const std::string& member) {
    return member;
}
SettingValue toValue(const std::vector<int>& member) {
    return member;
}
template <class T>
SettingValue toValue(const std::optional<T>& member) {
    return member ? toValue(*member) : SettingValue{};
}

template <class T>
void assign(T& member, const SettingValue& value) {
    member = std::get<T>(value);
}
void assign(int& member, const SettingValue& value) {
    member = static_cast<int>(std::get<std::int64_t>(value));
}
template <class T>
void assign(std::optional<T>& member, const SettingValue& value) {
    if (const T* given = std::get_if<T>(&value))
        member = *given;
    else
        member.reset();
}

template <auto Member>
SettingValue getTop(const Settings& settings) {
    return toValue(settings.*Member);
}
template <auto Member>
void setTop(Settings& settings, const SettingValue& value) {
    assign(settings.*Member, value);
}
template <auto Group, auto Member>
SettingValue get(const Settings& settings) {
    return toValue(settings.*Group.*Member);
}
template <auto Group, auto Member>
void set(Settings& settings, const SettingValue& value) {
    assign(settings.*Group.*Member, value);
}

// The output is a text that is empty where it is left out.
SettingValue getOutput(const Settings& settings) {
    return settings.network.output.empty() ? SettingValue{} : SettingValue{settings.network.output};
}
void setOutput(Settings& settings, const SettingValue& value) {
    const auto* given = std::get_if<std::string>(&value);
    settings.network.output = given != nullptr ? *given : std::string{};
}

template <auto Table>
std::vector<std::string> idsOf() {
    std::vector<std::string> ids;
    for (const auto& row : Table())
        ids.emplace_back(row.id);
    return ids;
}

constexpr auto data = &Settings::data;
constexpr auto network = &Settings::network;
constexpr auto start = &Settings::initialization;
constexpr auto training = &Settings::training;
using D = DataSettings;
using N = NetworkSettings;
using I = InitializationSettings;
using T = TrainingSettings;
using enum SettingKind;

constexpr bool optional = true;
constexpr bool required = false;
constexpr bool live = true;
constexpr bool restarts = false;
constexpr double largestSeed = 9007199254740991.0;

constexpr std::array table{
    SettingRow{"name", Text, required, restarts, 0, 0, nullptr, getTop<&Settings::name>, setTop<&Settings::name>,
               FLATLINE_TEXT("What the experiment is called.")},
    SettingRow{"seed", Integer, required, restarts, 0, largestSeed, nullptr, getTop<&Settings::seed>,
               setTop<&Settings::seed>,
               FLATLINE_TEXT("Decides every random draw: data, split, starting weights, batches, kicks.")},

    SettingRow{"data.source", Choice, required, restarts, 0, 0, idsOf<dataSourceTable>, get<data, &D::source>,
               set<data, &D::source>, FLATLINE_TEXT("Where the samples come from.")},
    SettingRow{"data.samples", Integer, required, restarts, 1, 1e6, nullptr, get<data, &D::samples>,
               set<data, &D::samples>,
               FLATLINE_TEXT("How many samples are generated, 1 to 1,000,000, before the test share is taken.")},
    SettingRow{"data.noise", Real, required, restarts, 0, 0.5, nullptr, get<data, &D::noise>, set<data, &D::noise>,
               FLATLINE_TEXT("How blurred generated data are, 0 to 0.5.")},
    SettingRow{"data.offset", Real, required, restarts, -1000, 1000, nullptr, get<data, &D::offset>,
               set<data, &D::offset>,
               FLATLINE_TEXT("Added to every feature, -1000 to 1000: data that are not centred.")},
    SettingRow{"data.test_fraction", Real, required, restarts, 0, 0.9, nullptr, get<data, &D::testFraction>,
               set<data, &D::testFraction>,
               FLATLINE_TEXT("The share of the samples kept for the test set, 0 to 0.9; 0: no test set.")},
    SettingRow{"data.standardize", Boolean, optional, restarts, 0, 0, nullptr, get<data, &D::standardize>,
               set<data, &D::standardize>,
               FLATLINE_TEXT("Whether features are brought to mean 0 and variance 1; left out: real data are, "
                             "generated data are not.")},
    SettingRow{"data.file", Text, required, restarts, 0, 0, nullptr, get<data, &D::file>, set<data, &D::file>,
               FLATLINE_TEXT("The CSV file of source csv, relative to the experiment file.")},
    SettingRow{"data.target", Text, required, restarts, 0, 0, nullptr, get<data, &D::target>, set<data, &D::target>,
               FLATLINE_TEXT("The CSV column that is to be predicted; empty: the last one.")},

    SettingRow{"network.hidden", Widths, required, restarts, 1, 512, nullptr, get<network, &N::hidden>,
               set<network, &N::hidden>,
               FLATLINE_TEXT("The width of each hidden layer: up to 100 layers of 1 to 512 neurons.")},
    SettingRow{"network.activation", Choice, required, live, 0, 0, idsOf<activationTable>, get<network, &N::activation>,
               set<network, &N::activation>, FLATLINE_TEXT("The function that each hidden neuron applies to its sum.")},
    SettingRow{
        "network.alpha", Real, optional, live, -10, 10, nullptr, get<network, &N::alpha>, set<network, &N::alpha>,
        FLATLINE_TEXT(
            "The activation's own figure, -10 to 10: a leak's slope, where learnt slopes start, ELU's depth; left out: "
            "the activation's default.")},
    SettingRow{"network.slope_at_zero", Real, required, live, 0, 1, nullptr, get<network, &N::slopeAtZero>,
               set<network, &N::slopeAtZero>, FLATLINE_TEXT("What counts as ReLU's slope at exactly 0, 0 to 1.")},
    SettingRow{"network.batch_norm", Choice, required, restarts, 0, 0, idsOf<batchNormTable>,
               get<network, &N::batchNorm>, set<network, &N::batchNorm>,
               FLATLINE_TEXT("Where batch normalization stands, if anywhere.")},
    SettingRow{"network.output", Choice, optional, restarts, 0, 0, idsOf<objectiveTable>, getOutput, setOutput,
               FLATLINE_TEXT("What the last layer's values mean; left out: softmax for classes, linear for "
                             "regression.")},

    SettingRow{"initialization.weights", Choice, required, restarts, 0, 0, idsOf<initializationTable>,
               get<start, &I::weights>, set<start, &I::weights>, FLATLINE_TEXT("How the starting weights are drawn.")},
    SettingRow{"initialization.gain", Real, required, restarts, 0, 1000, nullptr, get<start, &I::gain>,
               set<start, &I::gain>, FLATLINE_TEXT("The starting weights are multiplied by it, 0 to 1000.")},
    SettingRow{"initialization.bias", Real, required, restarts, -1000, 1000, nullptr, get<start, &I::bias>,
               set<start, &I::bias>, FLATLINE_TEXT("The value at which every bias starts, -1000 to 1000.")},
    SettingRow{"initialization.file", Text, required, restarts, 0, 0, nullptr, get<start, &I::file>,
               set<start, &I::file>,
               FLATLINE_TEXT("A parameters file to start from, relative to the experiment file; empty: the "
                             "parameters are drawn.")},

    SettingRow{"training.optimizer", Choice, required, restarts, 0, 0, idsOf<optimizerTable>,
               get<training, &T::optimizer>, set<training, &T::optimizer>,
               FLATLINE_TEXT("How a gradient becomes a step.")},
    SettingRow{"training.learning_rate", Real, required, live, 0, 100, nullptr, get<training, &T::learningRate>,
               set<training, &T::learningRate>, FLATLINE_TEXT("How far a step goes down the gradient, 0 to 100.")},
    SettingRow{"training.momentum", Real, required, live, 0, 0.999, nullptr, get<training, &T::momentum>,
               set<training, &T::momentum>,
               FLATLINE_TEXT("The share of the last step that the next one keeps, 0 to 0.999; optimizer sgd only.")},
    SettingRow{"training.batch_size", Integer, required, live, 1, 1e6, nullptr, get<training, &T::batchSize>,
               set<training, &T::batchSize>,
               FLATLINE_TEXT("How many samples each step sees, 1 to 1,000,000; more than there are: all of them.")},
    SettingRow{"training.shuffle", Boolean, required, restarts, 0, 0, nullptr, get<training, &T::shuffle>,
               set<training, &T::shuffle>,
               FLATLINE_TEXT("Whether each epoch puts the samples into a new random order.")},
    SettingRow{"training.weight_decay", Real, required, live, 0, 10, nullptr, get<training, &T::weightDecay>,
               set<training, &T::weightDecay>,
               FLATLINE_TEXT("Lambda of the decay that pulls weights towards 0, 0 to 10.")},
    SettingRow{"training.bias_decay", Real, required, live, 0, 10, nullptr, get<training, &T::biasDecay>,
               set<training, &T::biasDecay>,
               FLATLINE_TEXT("Lambda of the decay that pulls biases towards 0, 0 to 10.")},
};

} // namespace

std::span<const SettingRow> settingTable() {
    return table;
}

const SettingRow* findSetting(std::string_view path) {
    const auto row = std::ranges::find_if(table, [path](const SettingRow& r) { return path == r.path; });
    return row == table.end() ? nullptr : &*row;
}

bool differsOnlyLive(const Settings& from, const Settings& to) {
    Settings changed = from;
    for (const SettingRow& row : table)
        if (row.live)
            row.set(changed, row.get(to));
    changed.name = to.name;
    changed.interventions = to.interventions;
    return changed == to;
}

} // namespace flatline
