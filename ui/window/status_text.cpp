#include "ui/window/status_text.h"

#include "core/data/dataset_loader.h"
#include "core/network/activation.h"
#include "core/settings/setting_table.h"
#include "ui/fields/neuron_report.h"
#include "ui/fields/setting_text.h"
#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"
#include "ui/window/edit_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace flatline {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("status", text, nullptr, n);
}

/// What a kick or a reset did; `deed`: "The kick at step 600".
QString strikeText(const Mark& mark, const QString& deed) {
    const int revived = mark.deadBefore - mark.deadAfter;
    if (mark.deadBefore == 0 && revived == 0)
        return tr("%1 met no dead neuron.").arg(deed);
    if (revived < 0)
        return tr("%1 left %2 more dead than before.").arg(deed).arg(-revived);
    if (revived == 0)
        return tr("%1 revived none of %2.").arg(deed).arg(mark.deadBefore);
    return tr("%1 revived %2 of %3.").arg(deed).arg(revived).arg(mark.deadBefore);
}

QString markText(const Mark& mark) {
    const QString step = countText(mark.step);
    if (std::holds_alternative<ThermalKick>(mark.action))
        return strikeText(mark, tr("The kick at step %1").arg(step));
    if (std::holds_alternative<ResetNeurons>(mark.action))
        return strikeText(mark, tr("The reset at step %1").arg(step));
    if (const auto* edit = std::get_if<EditParameters>(&mark.action)) {
        const QString deed = tr("The edit of %1 at step %2").arg(neuronName({edit->layer, edit->neuron}), step);
        return mark.deadBefore == mark.deadAfter ? tr("%1 killed none and woke none.").arg(deed)
                                                 : strikeText(mark, deed);
    }
    if (const auto* warming = std::get_if<BiasWarming>(&mark.action)) {
        if (warming->target.kind == Target::Kind::Neuron)
            return tr("The bias of %1 warmed by %2 at step %3.")
                .arg(neuronName({warming->target.layer, warming->target.neuron}), signedText(warming->gamma), step);
        return tr("Biases warmed by %1 at step %2.").arg(signedText(warming->gamma), step);
    }
    const auto& change = std::get<SettingChange>(mark.action);
    return tr("Since step %1: %2 %3.").arg(step, settingName(change.path), settingValueText(change.path, change.value));
}

/// What must be known to read the figures: an infinite loss, a warming under way.
QString conditionText(const Observation& now) {
    QStringList sentences;
    if (now.infiniteLossSamples > 0)
        sentences << tr("The loss is infinite: %1 samples have a probability of 0 for their class.")
                         .arg(countText(now.infiniteLossSamples));
    if (now.warming != 0.0)
        sentences << tr("Warming adds %1 to every hidden bias now.").arg(signedText(now.warming));
    return sentences.join(QLatin1Char(' '));
}

QString neuronText(const Event& event) {
    return QStringLiteral("L%1·%2").arg(event.layer).arg(event.neuron);
}

/// The newest death or revival after the last mark: what came of it.
QString aftermath(const Snapshot& snapshot, std::int64_t since) {
    for (std::size_t i = snapshot.events.size(); i > 0; --i) {
        const Event& event = snapshot.events[i - 1];
        if (event.step <= since)
            break;
        if (snapshot.past && event.step > snapshot.now.step)
            continue; // it has not happened yet
        if (event.kind != EventKind::Died && event.kind != EventKind::Revived)
            continue;
        const QString why =
            event.certificate ? QStringLiteral(" (%1)").arg(verdictLabel(*event.certificate)) : QString();
        return (event.kind == EventKind::Died ? tr("%1 died at step %2%3.") : tr("%1 came back at step %2%3."))
            .arg(neuronText(event), countText(event.step), why);
    }
    return {};
}

QString lifeText(const Observation& now) {
    const int neurons = now.neurons();
    if (neurons == 0)
        return tr("No hidden layers: nothing can die.");
    if (now.dead() == 0)
        return neurons == 1 ? tr("The one neuron can learn.") : tr("All %1 neurons can learn.").arg(countText(neurons));
    for (std::size_t i = 0; i < now.layers.size(); ++i)
        if (now.layers[i].neurons > 0 && now.layers[i].dead == now.layers[i].neurons)
            return tr("Layer %1 is dead as a whole: its output is constant.").arg(i + 1);
    if (now.dead() == 1)
        return tr("1 of %1 neurons is dead.").arg(countText(neurons));
    return tr("%1 of %2 neurons are dead.").arg(countText(now.dead()), countText(neurons));
}

/// Where a moment of the past lies, and that it can be gone on from.
QString pastText(const Snapshot& snapshot) {
    return snapshot.past ? tr("Step %1 of %2, a moment of the past: to resume from here forks the run.")
                               .arg(countText(snapshot.now.step), countText(snapshot.head))
                         : QString();
}

/// The newest at the moment shown; null where there was none yet.
const Mark* lastMark(const Snapshot& snapshot) {
    if (!snapshot.curves)
        return nullptr;
    const auto& marks = snapshot.curves->marks;
    const auto found = std::find_if(marks.rbegin(), marks.rend(),
                                    [&](const Mark& mark) { return !snapshot.past || mark.step <= snapshot.now.step; });
    return found == marks.rend() ? nullptr : &*found;
}

} // namespace

QString stateWord(const Snapshot& snapshot) {
    static constexpr std::array words{QT_TRANSLATE_NOOP("status", "Loading"), QT_TRANSLATE_NOOP("status", "Paused"),
                                      QT_TRANSLATE_NOOP("status", "Running"), QT_TRANSLATE_NOOP("status", "Diverged"),
                                      QT_TRANSLATE_NOOP("status", "Not started")};
    if (snapshot.past)
        return snapshot.state == RunState::Running ? tr("Replaying") : tr("Past");
    return tr(words[static_cast<std::size_t>(snapshot.state)]);
}

QString errorText(const Error& error) {
    const QString what = coreText(error.message);
    return error.where.empty() ? what : QString::fromStdString(error.where) + QStringLiteral(": ") + what;
}

QString stateSentence(const Snapshot& snapshot) {
    if (snapshot.state == RunState::Loading)
        return tr("The data and the network are being made.");
    if (snapshot.error && snapshot.state != RunState::Paused && snapshot.state != RunState::Running)
        return errorText(*snapshot.error);
    if (!snapshot.dataset)
        return {};
    QStringList sentences{pastText(snapshot), lifeText(snapshot.now), conditionText(snapshot.now)};
    if (snapshot.stopped)
        sentences.prepend(stoppedText(*snapshot.stopped));
    std::int64_t since = 0;
    if (const Mark* mark = lastMark(snapshot)) {
        sentences << markText(*mark);
        since = mark->step;
    }
    sentences << aftermath(snapshot, since);
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

namespace {

QString capitalized(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString alarmText(const Snapshot& snapshot) {
    if (!snapshot.error)
        return {};
    if (snapshot.state == RunState::Diverged)
        return tr("%1. Try a smaller learning rate, or Reset (R).").arg(capitalized(errorText(*snapshot.error)));
    if (snapshot.state == RunState::Failed)
        return tr("The experiment could not start. %1").arg(errorText(*snapshot.error));
    return tr("%1. The run is as it was.").arg(errorText(*snapshot.error));
}

QString experimentTitle(const Snapshot& snapshot) {
    const Settings& settings = snapshot.settings;
    const DataSourceRow* source = findDataSource(settings.data.source);
    const ActivationRow* activation = findActivation(settings.network.activation);
    QStringList widths;
    for (const int width : settings.network.hidden)
        widths << QString::number(width);
    constexpr int widthsShown = 5;
    const QString shape =
        widths.size() > widthsShown ? tr("%1 layers").arg(widths.size()) : widths.join(QStringLiteral(" + "));
    const QString data = source == nullptr ? QString::fromStdString(settings.data.source) : coreText(source->label);
    const QString network = shape.isEmpty()
                                ? tr("no hidden layers")
                                : shape + QLatin1Char(' ') + (activation ? coreText(activation->label) : QString());
    return data + QStringLiteral(", ") + network;
}

QString restartText(const Settings& before, const Settings& after) {
    QStringList changes;
    for (const SettingRow& row : settingTable()) {
        const SettingValue value = row.get(after);
        if (row.live || row.get(before) == value || row.path == std::string_view("name"))
            continue;
        changes << settingName(row.path) + QLatin1Char(' ') + settingValueText(row.path, value);
    }
    return changes.isEmpty() ? tr("Restarted.") : tr("Restarted: %1.").arg(changes.join(QStringLiteral(", ")));
}

} // namespace flatline
