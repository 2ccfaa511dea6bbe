#include "ui/timeline/timeline_text.h"

#include "ui/fields/neuron_report.h"
#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace flatline {

namespace {

constexpr int mostLines = 10; ///< of a tooltip

QString tr(const char* text) {
    return QCoreApplication::translate("timeline", text);
}

QString nameOf(const Event& event) {
    return neuronName({event.layer, event.neuron});
}

/// What several events of a kind are called, and one.
struct Words {
    const char* many; ///< translatable; %1: how many
    const char* one;  ///< translatable; for a screen reader
};
constexpr std::array<Words, timelineSigns> wording{{
    {QT_TRANSLATE_NOOP("timeline", "%1 deaths"), QT_TRANSLATE_NOOP("timeline", "1 death")},
    {QT_TRANSLATE_NOOP("timeline", "%1 revived"), QT_TRANSLATE_NOOP("timeline", "1 revived")},
    {QT_TRANSLATE_NOOP("timeline", "%1 kicks"), QT_TRANSLATE_NOOP("timeline", "1 kick")},
    {QT_TRANSLATE_NOOP("timeline", "%1 resets"), QT_TRANSLATE_NOOP("timeline", "1 reset")},
    {QT_TRANSLATE_NOOP("timeline", "%1 warmings"), QT_TRANSLATE_NOOP("timeline", "1 warming")},
    {QT_TRANSLATE_NOOP("timeline", "%1 edits"), QT_TRANSLATE_NOOP("timeline", "1 edit")},
    {QT_TRANSLATE_NOOP("timeline", "%1 changes"), QT_TRANSLATE_NOOP("timeline", "1 change")},
    {QT_TRANSLATE_NOOP("timeline", "%1 divergences"), QT_TRANSLATE_NOOP("timeline", "diverged")},
}}; // in TimelineSign's order

QString countOf(TimelineSign sign, qint64 count) {
    const Words& words = wording[static_cast<std::size_t>(sign)];
    return count == 1 ? tr(words.one) : tr(words.many).arg(countText(count));
}

bool byEvents(TimelineSign sign) {
    return sign == TimelineSign::Death || sign == TimelineSign::Revival || sign == TimelineSign::Diverged;
}

EventKind kindOf(TimelineSign sign) {
    return sign == TimelineSign::Death     ? EventKind::Died
           : sign == TimelineSign::Revival ? EventKind::Revived
                                           : EventKind::Diverged;
}

QString eventLine(const Event& event) {
    const QString step = countText(event.step);
    if (event.kind == EventKind::Diverged)
        return tr("Step %1: diverged").arg(step);
    const QString what = event.kind == EventKind::Died ? tr("Step %1: %2 died") : tr("Step %1: %2 came back");
    const QString why = event.certificate ? QStringLiteral(" (%1)").arg(verdictLabel(*event.certificate)) : QString();
    return what.arg(step, nameOf(event)) + why;
}

/// The lines of a sign's events.
QStringList linesOf(const Snapshot& snapshot, const TimelineMark& mark) {
    QStringList lines;
    if (byEvents(mark.sign)) {
        const EventLog& events = snapshot.events;
        for (std::size_t i = mark.index; i < events.size() && lines.size() < mostLines; ++i)
            if (events[i].step > mark.last)
                break;
            else if (events[i].kind == kindOf(mark.sign))
                lines << eventLine(events[i]);
        return lines;
    }
    const auto& marks = snapshot.curves->marks;
    for (std::size_t i = mark.index; i < marks.size() && lines.size() < mostLines; ++i)
        if (marks[i].step > mark.last)
            break;
        else if (signOf(marks[i].action) == mark.sign)
            lines << tr("Step %1: %2").arg(countText(marks[i].step), markLabel(snapshot, i, MarkWords::Full));
    return lines;
}

} // namespace

QString burstText(const EventLog& events, const DeathBurst& burst, bool inSteps) {
    if (burst.count == 1)
        return burst.index < events.size() ? tr("%1 died").arg(nameOf(events[burst.index])) : QString();
    const std::int64_t steps = burst.last - burst.first + 1;
    const QString deaths = countOf(TimelineSign::Death, burst.count);
    return steps == 1 || !inSteps ? deaths : tr("%1 in %2 steps").arg(deaths, countText(steps));
}

QString signText(const Snapshot& snapshot, const TimelineMark& mark, MarkWords how) {
    if (mark.sign == TimelineSign::Setting && mark.count > 1)
        for (const PlotMark& stretch : plotMarks(snapshot, MarkWords::Full))
            if (stretch.x == static_cast<double>(mark.first) && stretch.until == static_cast<double>(mark.last))
                return stretch.label; // "lr 3 for 10 steps" instead of its two ends
    if (mark.count > 1 || mark.sign == TimelineSign::Diverged)
        return countOf(mark.sign, mark.count);
    if (!byEvents(mark.sign))
        return markLabel(snapshot, mark.index, how);
    const QString words = mark.sign == TimelineSign::Death ? tr("%1 died") : tr("%1 revived");
    return words.arg(nameOf(snapshot.events[mark.index]));
}

QString signTip(const Snapshot& snapshot, const TimelineMark& mark) {
    QStringList lines = linesOf(snapshot, mark);
    const qint64 more = mark.count - lines.size();
    if (more > 0)
        lines << tr("and %1 more").arg(countText(more));
    if (mark.count > 1)
        lines.prepend(countOf(mark.sign, mark.count));
    return lines.join(QLatin1Char('\n'));
}

QString timelineSummary(const Snapshot& snapshot) {
    std::array<qint64, timelineSigns> counts{};
    for (std::size_t i = 0; i < snapshot.events.size(); ++i)
        for (const TimelineSign sign : {TimelineSign::Death, TimelineSign::Revival, TimelineSign::Diverged})
            if (snapshot.events[i].kind == kindOf(sign))
                ++counts[static_cast<std::size_t>(sign)];
    if (snapshot.curves)
        for (const Mark& mark : snapshot.curves->marks)
            ++counts[static_cast<std::size_t>(signOf(mark.action))];
    QStringList parts;
    for (std::size_t sign = 0; sign < timelineSigns; ++sign)
        if (counts[sign] > 0)
            parts << countOf(static_cast<TimelineSign>(sign), counts[sign]);
    const QString where =
        snapshot.past
            ? tr("Step %1 of %2, a moment of the past.").arg(countText(snapshot.now.step), countText(snapshot.head))
            : tr("Step %1, live.").arg(countText(snapshot.now.step));
    const QString what =
        parts.isEmpty() ? tr("No events so far.") : tr("The run has %1.").arg(parts.join(QStringLiteral(", ")));
    return where + QLatin1Char(' ') + what;
}

qint64 megabytes(qint64 bytes) {
    constexpr qint64 megabyte = qint64{1} << 20;
    return (bytes + megabyte - 1) / megabyte;
}

QString historyText(const HistoryUse& use) {
    return tr("%1 of %2 MB")
        .arg(countText(megabytes(static_cast<qint64>(use.bytes))), countText(megabytes(static_cast<qint64>(use.cap))));
}

} // namespace flatline
