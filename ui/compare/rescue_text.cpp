#include "ui/compare/rescue_text.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr RescueColumnRow columns[] = {
    {QT_TRANSLATE_NOOP("rescue", "Cure"), QT_TRANSLATE_NOOP("rescue", "What is done at the fork, and nothing else."),
     false},
    {QT_TRANSLATE_NOOP("rescue", "Recovered"),
     QT_TRANSLATE_NOOP("rescue", "Neurons dead at the fork and not at the end: some training sample gives them a "
                                 "gradient again."),
     true},
    {QT_TRANSLATE_NOOP("rescue", "Died anew"),
     QT_TRANSLATE_NOOP("rescue", "Neurons that were not dead at the fork and are at the end."), false},
    {QT_TRANSLATE_NOOP("rescue", "Dead"), QT_TRANSLATE_NOOP("rescue", "All dead neurons at the end."), false},
    {QT_TRANSLATE_NOOP("rescue", "Train loss"),
     QT_TRANSLATE_NOOP("rescue", "The mean loss over the training set at the end; the bar compares the rows."), false},
    {QT_TRANSLATE_NOOP("rescue", "Test loss"),
     QT_TRANSLATE_NOOP("rescue", "The mean loss over the test set at the end."), false},
    {QT_TRANSLATE_NOOP("rescue", "Accuracy"),
     QT_TRANSLATE_NOOP("rescue", "The share of the test set (without one: of the training set) predicted right."),
     true},
};

using Figure = std::optional<double> (*)(const CureOutcome&);
/// In the order of the columns after the first.
constexpr Figure figures[] = {
    [](const CureOutcome& one) -> std::optional<double> { return one.recovered; },
    [](const CureOutcome& one) -> std::optional<double> { return one.diedAnew; },
    [](const CureOutcome& one) -> std::optional<double> { return one.end.dead; },
    [](const CureOutcome& one) -> std::optional<double> { return one.end.trainLoss; },
    [](const CureOutcome& one) { return one.end.testLoss; },
    [](const CureOutcome& one) { return one.end.accuracy(); },
};

QString tr(const char* text) {
    return QCoreApplication::translate("rescue", text);
}

int diverged(const RescueRow& row) {
    return static_cast<int>(
        std::ranges::count_if(row.outcomes, [](const CureOutcome& one) { return one.end.diverged; }));
}

QString countOrMean(double value, bool oneSeed) {
    return oneSeed ? countText(std::llround(value)) : QLocale().toString(value, 'f', 1);
}

QString cellText(RescueColumn column, const std::optional<double>& value, bool oneSeed) {
    if (!value)
        return QStringLiteral("–");
    switch (column) {
    case RescueColumn::TrainLoss:
    case RescueColumn::TestLoss:
        return numberText(*value);
    case RescueColumn::Accuracy:
        return tr(QT_TRANSLATE_NOOP("rescue", "%1 %")).arg(QLocale().toString(100.0 * *value, 'f', 1));
    default:
        return countOrMean(*value, oneSeed);
    }
}

QString noteOf(const RescueRow& row) {
    if (row.inForce)
        return tr(QT_TRANSLATE_NOOP("rescue", "in force already"));
    if (row.problem)
        return coreText(row.problem->message);
    return row.outcomes.empty() ? tr(QT_TRANSLATE_NOOP("rescue", "not tried")) : QString();
}

/// How strong it is: "σ 0.5".
QString doseText(const Action& action) {
    if (const auto* kick = std::get_if<ThermalKick>(&action))
        return tr(QT_TRANSLATE_NOOP("rescue", "σ %1")).arg(numberText(kick->strength));
    if (const auto* warming = std::get_if<BiasWarming>(&action))
        return tr(QT_TRANSLATE_NOOP("rescue", "γ %1, %2 steps"))
            .arg(numberText(warming->gamma), countText(warming->steps));
    const auto* change = std::get_if<SettingChange>(&action);
    const auto* real = change != nullptr ? std::get_if<double>(&change->value) : nullptr;
    return real != nullptr && *real != 0.0 ? numberText(*real) : QString();
}

QString nameOf(const CureRow& cure, const RescueReport& report) {
    const QString label = coreText(cure.labelUnder(report.now));
    const std::vector<Action> actions = cure.actions(report.now, report.doses);
    const QString dose = actions.empty() ? QString() : doseText(actions.front());
    return dose.isEmpty() ? label : label + QStringLiteral(" · ") + dose;
}

RescueLine lineOf(const RescueRow& row, const RescueReport& report) {
    const int seeds = report.seeds;
    RescueLine line;
    line.cure = row.cure;
    line.note = noteOf(row);
    QString name = nameOf(*row.cure, report);
    line.diverged = diverged(row);
    if (const int ended = line.diverged; ended > 0)
        name += seeds == 1 ? tr(QT_TRANSLATE_NOOP("rescue", " · diverged"))
                           : tr(QT_TRANSLATE_NOOP("rescue", " · %1 of %2 diverged")).arg(ended).arg(seeds);
    line.cells << name;
    line.values.emplace_back();
    for (int i = 1; i < rescueColumns; ++i) {
        const std::optional<double> value = meanOf(row, figures[i - 1]);
        line.values.push_back(value);
        line.cells << cellText(static_cast<RescueColumn>(i), value, seeds == 1);
    }
    return line;
}

std::optional<double> finite(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? value : std::nullopt;
}

constexpr auto lossIndex = static_cast<std::size_t>(RescueColumn::TrainLoss);

const RescueRow* baseline(const RescueReport& report) {
    return report.rows.empty() ? nullptr : &report.rows.front();
}

/// The line whose value is best, but for the one that does nothing, and those that diverged on a seed.
const RescueLine* bestBy(const std::vector<RescueLine>& lines, RescueColumn column) {
    std::vector<RescueLine> sorted;
    std::ranges::copy_if(lines, std::back_inserter(sorted), [](const RescueLine& line) {
        return line.tried() && line.diverged == 0 && line.cure != &cureTable().front();
    });
    sortLines(sorted, column, rescueColumn(column).moreIsBetter);
    if (sorted.empty())
        return nullptr;
    const auto found = std::ranges::find(lines, sorted.front().cure, &RescueLine::cure);
    return &*found;
}

} // namespace

const RescueColumnRow& rescueColumn(RescueColumn column) {
    return columns[static_cast<int>(column)];
}

std::vector<RescueLine> rescueLines(const RescueReport& report) {
    std::vector<RescueLine> lines;
    double largest = 0.0;
    for (const RescueRow& row : report.rows) {
        lines.push_back(lineOf(row, report));
        largest = std::max(largest, finite(lines.back().values[lossIndex]).value_or(0.0));
    }
    for (RescueLine& line : lines)
        if (const auto& loss = line.values[lossIndex]; loss && largest > 0.0)
            line.lossShare = std::isfinite(*loss) ? *loss / largest : 1.0;
    return lines;
}

void sortLines(std::vector<RescueLine>& lines, RescueColumn column, bool downwards) {
    const auto key = static_cast<std::size_t>(column);
    const auto rank = [](const RescueLine& line) { return line.cure - cureTable().data(); };
    const auto survivorsOnly = [](const RescueLine& line) { return line.tried() && line.diverged > 0; };
    // What has no value comes last, whichever way.
    const auto before = [](const std::optional<double>& a, const std::optional<double>& b, bool down) {
        const bool known = a && !std::isnan(*a);
        const bool otherKnown = b && !std::isnan(*b);
        if (known != otherKnown)
            return known ? -1 : 1;
        if (!known || *a == *b)
            return 0;
        return (*a < *b) != down ? -1 : 1;
    };
    std::ranges::stable_sort(lines, [&](const RescueLine& a, const RescueLine& b) {
        if (column == RescueColumn::Cure)
            return downwards ? rank(a) > rank(b) : rank(a) < rank(b);
        if (a.values[key] && b.values[key] && survivorsOnly(a) != survivorsOnly(b))
            return survivorsOnly(b);
        if (const int first = before(a.values[key], b.values[key], downwards); first != 0)
            return first < 0;
        if (const int second = before(a.values[lossIndex], b.values[lossIndex], false); second != 0)
            return second < 0;
        return rank(a) < rank(b);
    });
}

QString rescueHeading(const RescueReport& report) {
    const RescueRow* nothing = baseline(report);
    const QString step = tr(QT_TRANSLATE_NOOP("rescue", "From step %1")).arg(countText(report.step));
    if (nothing == nullptr || nothing->outcomes.empty())
        return step;
    return tr(QT_TRANSLATE_NOOP("rescue", "%1: %2 of %3 neurons are dead"))
        .arg(step, countText(nothing->outcomes.front().deadAtFork), countText(nothing->outcomes.front().end.neurons));
}

QString rescueVerdict(const RescueReport& report) {
    const std::vector<RescueLine> lines = rescueLines(report);
    const RescueLine* most = bestBy(lines, RescueColumn::Recovered);
    const RescueLine* lowest = bestBy(lines, RescueColumn::TrainLoss);
    const RescueRow* nothing = baseline(report);
    if (most == nullptr || lowest == nullptr || nothing->outcomes.empty())
        return {};
    const double dead =
        *meanOf(*nothing, [](const CureOutcome& one) -> std::optional<double> { return one.deadAtFork; });
    const double recovered = most->values[static_cast<std::size_t>(RescueColumn::Recovered)].value_or(0.0);
    const auto label = [&report](const RescueLine* line) { return coreText(line->cure->labelUnder(report.now)); };
    const bool one = report.seeds == 1;
    QStringList words;
    if (dead == 0.0)
        words << tr(QT_TRANSLATE_NOOP("rescue", "Nobody is dead at the fork: there is nobody to recover."));
    else if (recovered == 0.0)
        words << tr(QT_TRANSLATE_NOOP("rescue", "No cure brought anyone back within %1 steps."))
                     .arg(countText(report.steps));
    else
        words << tr(QT_TRANSLATE_NOOP("rescue", "Most recovered: %1, %2 of %3."))
                     .arg(label(most), countOrMean(recovered, one), countOrMean(dead, one));
    words << tr(QT_TRANSLATE_NOOP("rescue", "Lowest loss: %1, %2."))
                 .arg(label(lowest), numberText(lowest->values[lossIndex].value_or(NAN)));
    if (recovered > 0.0)
        words << tr(QT_TRANSLATE_NOOP("rescue", "Recovered is not the same as useful: with a leak nobody counts as "
                                                "dead. The loss says whether it helped."));
    words << (one ? tr(QT_TRANSLATE_NOOP("rescue", "One seed proves nothing: run it over 10."))
                  : tr(QT_TRANSLATE_NOOP("rescue", "Means over %1 seeds; other data and other networks may differ."))
                        .arg(report.seeds));
    return words.join(QLatin1Char(' '));
}

} // namespace flatline
