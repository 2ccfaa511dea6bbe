#include "ui/window/edit_text.h"

#include "ui/fields/setting_text.h"
#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("edits", text);
}

QString changeText(const EditNote& note) {
    return tr("%1 %2 → %3")
        .arg(settingName(note.path), settingValueText(note.path, note.before), settingValueText(note.path, note.after));
}

} // namespace

QString editText(const EditNote& note) {
    const QString step = countText(note.step);
    switch (note.kind) {
    case EditNote::Kind::Setting:
        return changeText(note);
    case EditNote::Kind::Kick:
        return tr("kick at step %1").arg(step);
    case EditNote::Kind::Warming:
        return tr("warming at step %1").arg(step);
    case EditNote::Kind::ResetNeurons:
        return tr("reset of neurons at step %1").arg(step);
    case EditNote::Kind::Edit:
        return tr("edit at step %1").arg(step);
    case EditNote::Kind::Resume:
        return tr("resume from step %1").arg(step);
    case EditNote::Kind::Restart:
        return note.path.empty() ? tr("restart") : tr("restart: %1").arg(changeText(note));
    case EditNote::Kind::Reset:
        return tr("reset from step %1").arg(step);
    case EditNote::Kind::Open:
        return tr("opening “%1”").arg(QString::fromStdString(note.name));
    }
    return {};
}

QString stoppedText(const Stopped& stopped) {
    const QString step = countText(stopped.step);
    switch (stopped.why) {
    case Stopped::Why::Death: {
        const QString neuron = neuronName({stopped.layer, stopped.neuron});
        return stopped.dead > 1
                   ? tr("Stopped at step %1: %2 and %3 more died.").arg(step, neuron, countText(stopped.dead - 1))
                   : tr("Stopped at step %1: %2 died.").arg(step, neuron);
    }
    case Stopped::Why::Loss:
        return tr("Stopped at step %1: the training loss is %2.").arg(step, numberText(stopped.loss));
    case Stopped::Why::Dead:
        return tr("Stopped at step %1: %2 neurons are dead.").arg(step, countText(stopped.dead));
    case Stopped::Why::Step:
        return tr("Stopped at step %1, as asked for.").arg(step);
    case Stopped::Why::Head:
        return tr("The replay has come to step %1, where the run stands. Run trains on.").arg(step);
    }
    return {};
}

QString stopConditionText(const StopCondition& condition) {
    QStringList parts;
    if (condition.nextDeath)
        parts << tr("next death");
    if (condition.lossUnder)
        parts << tr("loss under %1").arg(numberText(*condition.lossUnder));
    if (condition.deadOver)
        parts << tr("dead over %1").arg(countText(*condition.deadOver));
    if (condition.atStep)
        parts << tr("step %1").arg(countText(*condition.atStep));
    return parts.join(QStringLiteral(", "));
}

} // namespace flatline
