#include "ui/lessons/deeds.h"

#include "core/settings/setting_table.h"
#include "ui/fields/setting_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("lessons", text);
}

QString setText(const Deed& deed) {
    Settings settings;
    const SettingRow* row = findSetting(deed.path);
    const bool read = row != nullptr && setSettingFromText(settings, deed.path, deed.value).ok();
    const QString value = read ? settingValueText(deed.path, row->get(settings)) : QString::fromStdString(deed.value);
    return tr("Set %1 to %2").arg(settingName(deed.path), value);
}

struct DeedRow {
    Deed::Kind kind;
    QString (*text)(const Deed& deed);
};
constexpr std::array deedRows{
    DeedRow{Deed::Kind::Kick,
            [](const Deed& deed) {
                return deed.strength > 0.0 ? tr("Kick with σ = %1").arg(numberText(deed.strength)) : tr("Kick");
            }},
    DeedRow{Deed::Kind::Warm,
            [](const Deed& deed) {
                return deed.strength > 0.0 ? tr("Warm the biases by γ = %1").arg(numberText(deed.strength))
                                           : tr("Warm the biases");
            }},
    DeedRow{Deed::Kind::Reset, [](const Deed&) { return tr("Reset the dead neurons"); }},
    DeedRow{Deed::Kind::Set, &setText},
    DeedRow{Deed::Kind::RunTo, [](const Deed& deed) { return tr("Run to step %1").arg(countText(deed.steps)); }},
    DeedRow{Deed::Kind::RunFor,
            [](const Deed& deed) {
                return deed.steps == 1 ? tr("One step") : tr("Run %1 steps").arg(countText(deed.steps));
            }},
    DeedRow{Deed::Kind::RunUntilDeath, [](const Deed&) { return tr("Run until a neuron dies"); }},
    DeedRow{Deed::Kind::Restart, [](const Deed&) { return tr("Restart"); }}};

/// The deed that brings it about; nothing where none does.
struct HandRow {
    Awaited::Kind awaited;
    Deed::Kind deed;
};
constexpr std::array handRows{
    HandRow{Awaited::Kind::Step, Deed::Kind::RunTo},  HandRow{Awaited::Kind::Death, Deed::Kind::RunUntilDeath},
    HandRow{Awaited::Kind::Kick, Deed::Kind::Kick},   HandRow{Awaited::Kind::Warming, Deed::Kind::Warm},
    HandRow{Awaited::Kind::Reset, Deed::Kind::Reset}, HandRow{Awaited::Kind::Revival, Deed::Kind::Kick},
    HandRow{Awaited::Kind::Change, Deed::Kind::Set},
};

} // namespace

QString deedsText(const std::vector<Deed>& deeds) {
    QStringList parts;
    for (const Deed& deed : deeds)
        for (const DeedRow& row : deedRows)
            if (row.kind == deed.kind)
                parts << row.text(deed);
    return parts.join(QStringLiteral(" · "));
}

std::vector<Deed> deedsOf(const PageAction& action) {
    if (!action.deeds.empty())
        return action.deeds;
    std::vector<Deed> deeds;
    for (const Awaited& one : action.until)
        for (const HandRow& row : handRows) {
            if (row.awaited != one.kind || (row.deed == Deed::Kind::Set && one.value.empty()))
                continue;
            Deed deed;
            deed.kind = row.deed;
            deed.steps = one.kind == Awaited::Kind::Step ? static_cast<std::int64_t>(one.number) : 0;
            deed.path = one.path;
            deed.value = one.value;
            deed.line = one.line;
            deeds.push_back(std::move(deed));
        }
    return deeds;
}

} // namespace flatline
