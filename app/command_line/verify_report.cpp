#include "app/command_line/verify_report.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int width = 100; // of the lines, in characters

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

bool passes(const LessonClaim& claim, const ClaimTally& tally) {
    return tally.keeps(claim.check.claim().promised);
}

QString percent(double share) {
    return QString::number(100.0 * share, 'g', 3);
}

QString number(double value) {
    return std::isnan(value) ? tr("none") : QString::number(value, 'g', 4);
}

/// Words in lines of at most that width, each behind the indent.
QString wrapped(const QString& text, const QString& indent) {
    QString result;
    QString line;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!line.isEmpty() && indent.size() + line.size() + 1 + word.size() > width) {
            result += indent + line + QLatin1Char('\n');
            line.clear();
        }
        line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    return result + indent + line + QLatin1Char('\n');
}

QString comparisonText(const Comparison& holds) {
    const QString low = QString::number(holds.low, 'g', 6);
    switch (holds.kind) {
    case Comparison::Kind::Less:
        return QStringLiteral("< ") + low;
    case Comparison::Kind::AtMost:
        return QStringLiteral("<= ") + low;
    case Comparison::Kind::Equal:
        return QStringLiteral("= ") + low;
    case Comparison::Kind::AtLeast:
        return QStringLiteral(">= ") + low;
    case Comparison::Kind::Greater:
        return QStringLiteral("> ") + low;
    case Comparison::Kind::Between:
        break;
    }
    return tr("%1 to %2").arg(low, QString::number(holds.high, 'g', 6));
}

QString rowOf(const LessonClaim& claim, const ClaimTally& tally) {
    const Claim& text = claim.check.claim();
    const QString indent(8, QLatin1Char(' '));
    const QString held =
        tr("held %1 of %2 (%3 to %4 %)").arg(tally.held).arg(tally.seeds).arg(percent(tally.low), percent(tally.high));
    QString row = QStringLiteral("  %1  %2%3%4\n")
                      .arg((passes(claim, tally) ? tr("pass") : tr("FAIL")).leftJustified(4),
                           QString::fromStdString(text.id).leftJustified(24), held.leftJustified(36),
                           tr("promised %1 %").arg(percent(text.promised)));
    row += wrapped(QString::fromStdString(text.says), indent);
    if (!text.corrects.empty())
        row += wrapped(tr("Corrects: %1").arg(QString::fromStdString(text.corrects)), indent);
    row += wrapped(tr("Measured: %1, median %2; asked for: %3")
                       .arg(QString::fromStdString(text.measure), number(tally.median), comparisonText(text.holds)),
                   indent);
    if (tally.unmeasured > 0)
        row += wrapped(tr("There was nothing to measure on %1 of the seeds.").arg(tally.unmeasured), indent);
    if (tally.diverged > 0)
        row += wrapped(tr("A run diverged on %1 of the seeds.").arg(tally.diverged), indent);
    return row;
}

} // namespace

QString verifyTable(const std::vector<LessonClaim>& claims, const std::vector<ClaimTally>& tallies, bool onlyFailed) {
    QString table;
    const Lesson* lesson = nullptr;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        if (onlyFailed && passes(claims[i], tallies[i]))
            continue;
        if (claims[i].lesson.get() != lesson) {
            lesson = claims[i].lesson.get();
            table += (table.isEmpty() ? QString() : QStringLiteral("\n")) +
                     tr("%1 (%2)").arg(QString::fromStdString(lesson->title), QString::fromStdString(lesson->id)) +
                     QLatin1Char('\n');
        }
        table += rowOf(claims[i], tallies[i]);
    }
    return table;
}

QString verifySummary(const std::vector<LessonClaim>& claims, const std::vector<ClaimTally>& tallies, int seeds) {
    std::size_t held = 0;
    for (std::size_t i = 0; i < tallies.size(); ++i)
        held += passes(claims[i], tallies[i]) ? 1 : 0;
    return tr("%1 of %2 claims held on %3 seeds").arg(held).arg(tallies.size()).arg(seeds);
}

std::vector<VerifiedClaim> verifiedRows(const std::vector<LessonClaim>& claims,
                                        const std::vector<ClaimTally>& tallies) {
    std::vector<VerifiedClaim> rows;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const Claim& claim = claims[i].check.claim();
        const ClaimTally& tally = tallies[i];
        rows.push_back(
            {claim.id, tally.seeds, tally.held, tally.low, tally.high, claim.promised, tally.median, claims[i].hash});
    }
    return rows;
}

} // namespace flatline
