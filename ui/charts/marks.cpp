#include "ui/charts/marks.h"

#include "core/network/activation.h"
#include "core/settings/setting_table.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace flatline {

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("marks", text);
}

struct ShortName {
    const char* path;
    const char* name;
};

constexpr std::array<ShortName, 8> shortNames{{
    {"training.learning_rate", QT_TRANSLATE_NOOP("marks", "lr")},
    {"training.momentum", QT_TRANSLATE_NOOP("marks", "momentum")},
    {"training.batch_size", QT_TRANSLATE_NOOP("marks", "batch")},
    {"training.weight_decay", QT_TRANSLATE_NOOP("marks", "weight decay")},
    {"training.bias_decay", QT_TRANSLATE_NOOP("marks", "bias decay")},
    {"network.activation", ""}, // its value is a name
    {"network.alpha", QT_TRANSLATE_NOOP("marks", "α")},
    {"network.slope_at_zero", QT_TRANSLATE_NOOP("marks", "f′(0)")},
}};

QString shortName(const std::string& path) {
    for (const ShortName& row : shortNames) {
        if (path == row.path)
            return *row.name == '\0' ? QString() : words(row.name);
    }
    return QString::fromStdString(path);
}

QString valueText(const SettingValue& value) {
    if (const auto* real = std::get_if<double>(&value))
        return numberText(*real);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return countText(*whole);
    if (const auto* text = std::get_if<std::string>(&value)) {
        const ActivationRow* row = findActivation(*text);
        return row != nullptr ? coreText(row->label) : QString::fromStdString(*text);
    }
    if (std::holds_alternative<std::monostate>(value))
        return words(QT_TRANSLATE_NOOP("marks", "default"));
    return QString::fromStdString(settingText(value));
}

std::optional<double> number(const SettingValue& value) {
    const auto* real = std::get_if<double>(&value);
    return real != nullptr ? std::optional(*real) : std::nullopt;
}

/// What the setting was before marks[index]: an earlier mark's value, else the one that the run began with.
std::optional<SettingValue> valueBefore(const Snapshot& snapshot, std::size_t index) {
    const auto& marks = snapshot.curves->marks;
    const std::string& path = std::get<SettingChange>(marks[index].action).path;
    for (std::size_t i = index; i-- > 0;) {
        const auto* change = std::get_if<SettingChange>(&marks[i].action);
        if (change != nullptr && change->path == path)
            return change->value;
    }
    const SettingRow* row = findSetting(path);
    if (row == nullptr || snapshot.path.empty() || snapshot.path.front()->step > marks[index].step)
        return std::nullopt;
    return row->get(snapshot.path.front()->settings);
}

/// "12 → 6": the dead before and after.
QString deadText(const Mark& mark) {
    return QStringLiteral("%1 → %2").arg(countText(mark.deadBefore), countText(mark.deadAfter));
}

PlotMark kickMark(const Mark& mark, const ThermalKick& kick, MarkWords how) {
    constexpr std::array names{QT_TRANSLATE_NOOP("marks", "kick σ %1: %2"),
                               QT_TRANSLATE_NOOP("marks", "bias kick σ %1: %2"),
                               QT_TRANSLATE_NOOP("marks", "weight kick σ %1: %2")}; // in the order of KickedParameters
    PlotMark shown{.x = static_cast<double>(mark.step), .kick = true};
    shown.label =
        how == MarkWords::Short
            ? words(QT_TRANSLATE_NOOP("marks", "kick"))
            : words(names[static_cast<std::size_t>(kick.parameters)]).arg(numberText(kick.strength), deadText(mark));
    return shown;
}

PlotMark resetMark(const Mark& mark, MarkWords how) {
    PlotMark shown{.x = static_cast<double>(mark.step)};
    shown.jolt = true;
    shown.label = how == MarkWords::Short ? words(QT_TRANSLATE_NOOP("marks", "reset"))
                                          : words(QT_TRANSLATE_NOOP("marks", "reset: %1")).arg(deadText(mark));
    return shown;
}

PlotMark warmingMark(const Mark& mark, const BiasWarming& warming, MarkWords how) {
    PlotMark shown{.x = static_cast<double>(mark.step)};
    const QString gamma = signedText(warming.gamma);
    shown.label = how == MarkWords::Short
                      ? words(QT_TRANSLATE_NOOP("marks", "warm %1")).arg(gamma)
                      : words(QT_TRANSLATE_NOOP("marks", "warm %1 for %2 steps")).arg(gamma, countText(warming.steps));
    return shown;
}

PlotMark editMark(const Mark& mark, const EditParameters& edit, MarkWords how) {
    PlotMark shown{.x = static_cast<double>(mark.step)};
    shown.jolt = true;
    const QString name = QStringLiteral("L%1·%2").arg(edit.layer).arg(edit.neuron);
    shown.label = how == MarkWords::Short
                      ? words(QT_TRANSLATE_NOOP("marks", "edit"))
                      : words(QT_TRANSLATE_NOOP("marks", "%1 edited: %2")).arg(name, deadText(mark));
    return shown;
}

PlotMark changeMark(const Snapshot& snapshot, std::size_t index) {
    const Mark& mark = snapshot.curves->marks[index];
    const auto& change = std::get<SettingChange>(mark.action);
    const auto before = valueBefore(snapshot, index);
    const QString name = shortName(change.path);
    PlotMark shown{.x = static_cast<double>(mark.step)};
    if (name.isEmpty())
        shown.label = QStringLiteral("→ %1").arg(valueText(change.value));
    else if (before)
        shown.label = QStringLiteral("%1 %2 → %3").arg(name, valueText(*before), valueText(change.value));
    else
        shown.label = QStringLiteral("%1 → %2").arg(name, valueText(change.value));
    return shown;
}

/// Where marks[index] raises the learning rate: the mark that lowers it again.
std::optional<std::size_t> endOfStretch(const Snapshot& snapshot, std::size_t index) {
    constexpr auto rate = "training.learning_rate";
    const auto& marks = snapshot.curves->marks;
    const auto* change = std::get_if<SettingChange>(&marks[index].action);
    const auto raised = change != nullptr && change->path == rate ? number(change->value) : std::nullopt;
    if (!raised)
        return std::nullopt;
    const auto before = valueBefore(snapshot, index);
    if (!before || number(*before).value_or(INFINITY) >= *raised)
        return std::nullopt;
    for (std::size_t i = index + 1; i < marks.size(); ++i) {
        const auto* next = std::get_if<SettingChange>(&marks[i].action);
        if (next != nullptr && next->path == rate)
            // What was raised and lowered between two steps was at no step.
            return marks[i].step > marks[index].step && number(next->value).value_or(INFINITY) < *raised
                       ? std::optional(i)
                       : std::nullopt;
    }
    return std::nullopt;
}

PlotMark plotMark(const Snapshot& snapshot, std::size_t index, MarkWords how) {
    const Mark& mark = snapshot.curves->marks[index];
    if (const auto* kick = std::get_if<ThermalKick>(&mark.action))
        return kickMark(mark, *kick, how);
    if (const auto* warming = std::get_if<BiasWarming>(&mark.action))
        return warmingMark(mark, *warming, how);
    if (std::holds_alternative<ResetNeurons>(mark.action))
        return resetMark(mark, how);
    if (const auto* edit = std::get_if<EditParameters>(&mark.action))
        return editMark(mark, *edit, how);
    return changeMark(snapshot, index);
}

} // namespace

std::vector<PlotMark> plotMarks(const Snapshot& snapshot, MarkWords how) {
    std::vector<PlotMark> shown;
    if (!snapshot.curves)
        return shown;
    const auto& marks = snapshot.curves->marks;
    std::vector<char> swallowed(marks.size(), 0);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (swallowed[i] != 0)
            continue;
        shown.push_back(plotMark(snapshot, i, how));
        if (const auto end = endOfStretch(snapshot, i)) {
            swallowed[*end] = 1;
            shown.back().until = static_cast<double>(marks[*end].step);
            const QString rate = valueText(std::get<SettingChange>(marks[i].action).value);
            const auto steps = marks[*end].step - marks[i].step;
            shown.back().label =
                steps == 1 ? words(QT_TRANSLATE_NOOP("marks", "lr %1 for 1 step")).arg(rate)
                           : words(QT_TRANSLATE_NOOP("marks", "lr %1 for %2 steps")).arg(rate, countText(steps));
        }
    }
    return shown;
}

QString markLabel(const Snapshot& snapshot, std::size_t number, MarkWords how) {
    return plotMark(snapshot, number, how).label;
}

std::optional<PlotCursor> cursorOf(const Snapshot& snapshot) {
    if (!snapshot.past)
        return std::nullopt;
    return PlotCursor{.x = static_cast<double>(snapshot.now.step)};
}

bool sameCurves(const Snapshot& a, const Snapshot& b) {
    return a.curves == b.curves && a.past == b.past && (!a.past || a.now.step == b.now.step);
}

} // namespace flatline
