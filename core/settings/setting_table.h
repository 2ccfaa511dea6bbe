#pragma once

#include "core/base/result.h"
#include "core/settings/settings.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

enum class SettingKind { Boolean, Integer, Real, Choice, Text, Widths };

/// One key of the experiment file. The reader, the writer, --set, the `set` intervention and the window's
/// controls all go through these rows; a key that has no row does not exist.
struct SettingRow {
    const char* path; ///< "training.learning_rate"
    SettingKind kind;
    bool optional;  ///< may be left out (null): something else then decides it
    bool live;      ///< may change while training goes on
    double minimum; ///< Integer, Real and each of Widths, inclusive
    double maximum;
    std::vector<std::string> (*choices)(); ///< Choice only: the ids that are allowed
    SettingValue (*get)(const Settings&);
    void (*set)(Settings&, const SettingValue&); ///< the value has the row's type and range
    const char* meaning;                         ///< one sentence for help and tooltips
};

/// All keys, in the order in which a file is written.
[[nodiscard]] std::span<const SettingRow> settingTable();
[[nodiscard]] const SettingRow* findSetting(std::string_view path);

/// Sets one key. The error names the key and says what would be right.
Result<void> setSetting(Settings& settings, std::string_view path, const SettingValue& value);
/// The same from a text, as in --set PATH=VALUE: "0.5", "true", "8,8" or "[8, 8]", "leaky-relu"; empty or "null" leaves
/// an optional key out.
Result<void> setSettingFromText(Settings& settings, std::string_view path, std::string_view text);
/// The error of a value that does not have the row's type or range; `shown` is the value as it stood.
[[nodiscard]] Error settingError(const SettingRow& row, const std::string& shown);
/// The text for which setSettingFromText gives that value.
[[nodiscard]] std::string settingText(const SettingValue& value);

/// What one key alone cannot say: interventions' steps, targets and live paths. setSetting has checked the
/// rest.
Result<void> validate(const Settings& settings);

/// The same of one action; `place` begins the error's place ("interventions[3]", or empty: "strength" alone).
Result<void> validateAction(const Action& action, const Settings& settings, const std::string& place);

/// What the settings alone cannot say of the first layer: that an edit has a value for each of the neuron's inputs.
Result<void> checkWeightCount(const EditParameters& edit, int inputs, const std::string& place);

/// Whether going from one to the other keeps the weights: only live keys, the name and interventions differ.
[[nodiscard]] bool differsOnlyLive(const Settings& from, const Settings& to);

/// "dead", "layer:2", "neuron:1:3", "all".
[[nodiscard]] std::string targetText(const Target& target);
Result<Target> parseTarget(std::string_view text);

} // namespace flatline
