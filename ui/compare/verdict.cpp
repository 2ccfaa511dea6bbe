#include "ui/compare/verdict.h"

#include "core/settings/setting_table.h"
#include "ui/fields/strip_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("compare", text);
}

int leaking(const Snapshot& run) {
    return run.diagnosis ? countLooks(run)[static_cast<std::size_t>(CellLook::Leaks)] : 0;
}

} // namespace

QString commonText(const Runs& runs) {
    const std::vector<const SettingRow*> rows = differingSettings(runs);
    const auto differs = [&rows](std::string_view start) {
        return std::ranges::any_of(
            rows, [start](const SettingRow* row) { return std::string_view(row->path).starts_with(start); });
    };
    QString text;
    if (differs("data.") || differs("seed"))
        text = tr(QT_TRANSLATE_NOOP("compare", "not the same data"));
    else if (differs("training.batch_size") || differs("training.shuffle"))
        text = tr(QT_TRANSLATE_NOOP("compare", "same data and draws, other batches"));
    else
        text = tr(QT_TRANSLATE_NOOP("compare", "same data, draws and batches"));
    const int count = static_cast<int>(rows.size()) + (deedsDiffer(runs) ? 1 : 0);
    const QString what = count == 0   ? tr(QT_TRANSLATE_NOOP("compare", "nothing differs yet"))
                         : count == 1 ? tr(QT_TRANSLATE_NOOP("compare", "one thing differs"))
                                      : tr(QT_TRANSLATE_NOOP("compare", "%1 things differ")).arg(count);
    return text + QStringLiteral("; ") + what;
}

QString lockstepText(const Runs& runs) {
    const std::int64_t step = runs.front()->now.step;
    for (std::size_t i = 1; i < runs.size(); ++i)
        if (runs[i]->now.step < step)
            return runs[i]->state == RunState::Diverged
                       ? tr(QT_TRANSLATE_NOOP("compare", "Step %1; %2 diverged at %3"))
                             .arg(countText(step), runLetter(i), countText(runs[i]->now.step))
                       : tr(QT_TRANSLATE_NOOP("compare", "%1 catches up: step %2 of %3"))
                             .arg(runLetter(i), countText(runs[i]->now.step), countText(step));
    return tr(QT_TRANSLATE_NOOP("compare", "In lockstep, step %1")).arg(countText(step));
}

namespace {

constexpr double markedly = 0.05; ///< a loss counts as another one when it differs by so large a share

/// -1: B's loss is markedly lower, 1: higher, 0: about the same.
int lossOrder(const Snapshot& first, const Snapshot& second) {
    const double a = first.now.trainLoss;
    const double b = second.now.trainLoss;
    if (std::isfinite(a) != std::isfinite(b))
        return std::isfinite(b) ? -1 : 1;
    if (!std::isfinite(a) || std::abs(a - b) <= markedly * std::max(std::abs(a), std::abs(b)))
        return 0;
    return b < a ? -1 : 1;
}

QString lossWords(int order, const QString& run) {
    if (order == 0)
        return tr(QT_TRANSLATE_NOOP("compare", "The losses are about the same"));
    return (order < 0 ? tr(QT_TRANSLATE_NOOP("compare", "%1's loss is lower"))
                      : tr(QT_TRANSLATE_NOOP("compare", "%1's loss is higher")))
        .arg(run);
}

QString seedWords(const PairReport& pairs, const QString& run) {
    const auto dead =
        meanDifference(pairs.outcomes, [](const Outcome& one) -> std::optional<double> { return one.dead; });
    const auto loss =
        meanDifference(pairs.outcomes, [](const Outcome& one) -> std::optional<double> { return one.trainLoss; });
    const auto words = [&run](const std::optional<MeanDifference>& found, const char* less, const char* more,
                              const char* chance) {
        return tr(!found || !found->clear() ? chance
                  : found->mean < 0.0       ? less
                                            : more)
            .replace(QStringLiteral("%1"), run);
    };
    return tr(QT_TRANSLATE_NOOP("compare", "Over %1 seeds %2, and %3; other data and networks may differ."))
        .arg(QString::number(pairs.outcomes.size()),
             words(dead, QT_TRANSLATE_NOOP("compare", "fewer are dead in %1"),
                   QT_TRANSLATE_NOOP("compare", "more are dead in %1"),
                   QT_TRANSLATE_NOOP("compare", "the difference in deaths may be chance")),
             words(loss, QT_TRANSLATE_NOOP("compare", "%1's loss is lower"),
                   QT_TRANSLATE_NOOP("compare", "%1's loss is higher"),
                   QT_TRANSLATE_NOOP("compare", "that in loss may be chance")));
}

} // namespace

RunVerdict comparisonVerdict(const Runs& runs, std::size_t index, const PairReport* pairs) {
    const Snapshot& first = *runs.front();
    const Snapshot& second = *runs[index];
    const QString run = runLetter(index);
    if (differingSettings({runs.front(), runs[index]}).empty() && !deedsDiffer({runs.front(), runs[index]}))
        return {tr(QT_TRANSLATE_NOOP("compare", "A and %1 are the same so far.")).arg(run),
                tr(QT_TRANSLATE_NOOP("compare", "Choose %1, and change one of its controls.")).arg(run)};
    const QString limit = pairs != nullptr && pairs->done() && pairs->outcomes.size() > 1
                              ? seedWords(*pairs, run)
                              : tr(QT_TRANSLATE_NOOP("compare", "One seed proves nothing."));
    const int order = lossOrder(first, second);
    const int fewer = first.now.dead() - second.now.dead();
    if (second.state == RunState::Diverged && second.now.step < first.now.step)
        return {tr(QT_TRANSLATE_NOOP("compare", "%1 has diverged.")).arg(run),
                tr(QT_TRANSLATE_NOOP("compare", "Its figures are those of step %1.")).arg(countText(second.now.step)) +
                    QLatin1Char(' ') + limit};
    if (const int leaks = leaking(second); leaks > 0) {
        const QString enough =
            order < 0
                ? tr(QT_TRANSLATE_NOOP("compare", "They can still move, and here that was enough for a lower loss."))
            : order > 0 ? tr(QT_TRANSLATE_NOOP("compare", "They can still move, but the loss is higher so far."))
                        : tr(QT_TRANSLATE_NOOP("compare", "They can still move, but the loss is no lower so far."));
        return {tr(QT_TRANSLATE_NOOP("compare", "Alive is not the same as useful.")),
                tr(QT_TRANSLATE_NOOP("compare", "%1 of %2's neurons are negative on all data and only leak. %3 %4"))
                    .arg(countText(leaks), run, enough, limit)};
    }
    const QString lead = fewer > 0 && order >= 0 ? tr(QT_TRANSLATE_NOOP("compare", "Fewer dead is not yet better."))
                         : fewer > 0             ? tr(QT_TRANSLATE_NOOP("compare", "Fewer dead, and a lower loss."))
                         : fewer < 0             ? tr(QT_TRANSLATE_NOOP("compare", "More are dead in %1.")).arg(run)
                                                 : tr(QT_TRANSLATE_NOOP("compare", "As many are dead in both."));
    return {lead,
            tr(QT_TRANSLATE_NOOP("compare", "%1: %2 dead in A, %3 in %4. %5"))
                .arg(lossWords(order, run), countText(first.now.dead()), countText(second.now.dead()), run, limit)};
}

} // namespace flatline
