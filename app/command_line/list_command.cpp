#include "app/command_line/list_command.h"

#include "app/command_line/console.h"
#include "app/command_line/options.h"
#include "app/experiments/built_in.h"
#include "app/lessons/built_in_lessons.h"
#include "core/data/dataset_loader.h"
#include "core/network/activation.h"
#include "core/network/initialization.h"
#include "core/network/objective.h"
#include "core/training/optimizer.h"
#include "core/verify/function.h"
#include "core/verify/quantity.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}
QString coreTr(const char* text) {
    return QCoreApplication::translate("core", text);
}

using Lines = std::vector<std::pair<QString, QString>>; ///< id and what it is

Lines experiments() {
    Lines lines;
    for (const BuiltInRow& row : builtInTable())
        lines.emplace_back(QString::fromLatin1(row.id), QCoreApplication::translate("experiments", row.description));
    return lines;
}

Lines lessons() {
    Lines lines;
    for (const QString& id : lessonIds())
        if (const auto lesson = openLesson(id))
            lines.emplace_back(
                id, tr("%1 (%2 min)")
                        .arg(QString::fromStdString(lesson.value().title), QString::number(lesson.value().minutes)));
    return lines;
}

/// What a lesson's claim can measure.
Lines quantities() {
    Lines lines;
    for (const QuantityRow& row : quantityTable())
        lines.emplace_back(QStringLiteral("RUN.") + QString::fromLatin1(row.id), coreTr(row.meaning));
    const auto add = [&lines](const auto& table) {
        for (const auto& row : table)
            lines.emplace_back(QString::fromUtf8(row.usage), coreTr(row.meaning));
    };
    add(numberFunctionTable());
    add(stepsFunctionTable());
    add(runsFunctionTable());
    return lines;
}

/// Any table of core whose rows have an id, a label and a formula.
template <auto Table>
Lines rowsOf() {
    Lines lines;
    for (const auto& row : Table())
        lines.emplace_back(QString::fromLatin1(row.id),
                           QStringLiteral("%1: %2").arg(coreTr(row.label), coreTr(row.formula)));
    return lines;
}

struct KindRow {
    const char* id;
    Lines (*lines)();
};
constexpr std::array kinds{
    KindRow{"experiments", experiments},
    KindRow{"lessons", lessons},
    KindRow{"quantities", quantities},
    KindRow{"activations", rowsOf<activationTable>},
    KindRow{"datasets", rowsOf<dataSourceTable>},
    KindRow{"optimizers", rowsOf<optimizerTable>},
    KindRow{"initializations", rowsOf<initializationTable>},
    KindRow{"outputs", rowsOf<objectiveTable>},
};

QString formatted(const Lines& lines, const QString& indent) {
    constexpr qsizetype least = 18;
    constexpr qsizetype gap = 2;
    qsizetype column = least;
    for (const auto& line : lines)
        column = std::max(column, line.first.size() + gap);
    QString text;
    for (const auto& [id, meaning] : lines)
        text += indent + id.leftJustified(column) + meaning + QLatin1Char('\n');
    return text;
}

QString knownKinds() {
    QStringList ids;
    for (const KindRow& kind : kinds)
        ids << QString::fromLatin1(kind.id);
    return ids.join(QStringLiteral(", "));
}

QString everything() {
    QString text;
    for (const KindRow& kind : kinds) {
        const Lines lines = kind.lines();
        if (!lines.empty())
            text += QString::fromLatin1(kind.id) + QLatin1Char('\n') + formatted(lines, QStringLiteral("  "));
    }
    return text;
}

int listKind(const QString& id) {
    const auto kind = std::ranges::find_if(kinds, [&id](const KindRow& row) { return id == QLatin1String(row.id); });
    if (kind == kinds.end())
        return report(usageError(tr("list: there is no kind \"%1\"; known are: %2").arg(id, knownKinds())));
    const Lines lines = kind->lines();
    if (lines.empty())
        report(usageError(tr("this version has no %1 built in").arg(id)));
    return print(formatted(lines, {})) ? 0 : static_cast<int>(ErrorKind::File);
}

} // namespace

int listCommand(const QStringList& words) {
    const std::array options{OptionRow{QStringLiteral("help"), {}, tr("this text")}};
    const auto given = parseOptions(words, options);
    if (!given)
        return report(given.error());
    if (given.value().has("help"))
        return print(tr("Usage: flatline list [KIND]\n\nWhat is built in. KIND is one of: %1\n\n").arg(knownKinds()) +
                     optionsHelp(options))
                   ? 0
                   : static_cast<int>(ErrorKind::File);
    if (given.value().positional.size() > 1)
        return report(usageError(tr("list takes one kind at most")));
    if (!given.value().positional.isEmpty())
        return listKind(given.value().positional.front());
    return print(everything()) ? 0 : static_cast<int>(ErrorKind::File);
}

} // namespace flatline
