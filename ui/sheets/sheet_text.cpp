#include "ui/sheets/sheet_text.h"

#include "ui/fields/setting_text.h"
#include "ui/lessons/deeds.h"
#include "ui/theme/theme.h"
#include "ui/window/view_grid.h"

#include <QCoreApplication>
#include <QStringList>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("sheets", text);
}

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

QString viewTitle(const std::string& id) {
    const int row = ViewGrid::rowOf(text(id));
    return row < 0 ? text(id)
                   : QCoreApplication::translate("views", ViewGrid::rows()[static_cast<std::size_t>(row)]->title);
}

/// What the lab does before the page opens.
QString stageText(const PageStage& stage) {
    QStringList parts;
    if (stage.experiment) {
        parts << tr("experiment %1").arg(QStringLiteral("`%1`").arg(text(*stage.experiment)));
        for (const TextChange& change : stage.set)
            parts << tr("%1 = %2").arg(settingName(change.path), text(change.value));
        parts << tr("from step %1").arg(countText(qint64{stage.steps}));
    }
    QStringList views;
    for (const NamedThing& view : stage.views)
        views << viewTitle(view.name);
    if (!views.isEmpty())
        parts << tr("views: %1").arg(views.join(QStringLiteral(", ")));
    return parts.isEmpty() ? QString()
                           : tr("*Lab: %1.*").arg(parts.join(QStringLiteral("; "))) + QStringLiteral("\n\n");
}

QString questionText(const PageQuestion& question) {
    QString lines = tr("**Question.** %1").arg(text(question.text)) + QStringLiteral("\n\n");
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        lines += i == question.right ? tr("- ✓ **%1** (expected)").arg(text(question.choices[i])) + QLatin1Char('\n')
                                     : QStringLiteral("- %1\n").arg(text(question.choices[i]));
    return lines + QLatin1Char('\n');
}

QString actionText(const PageAction& action) {
    const QString deeds = deedsText(action.deeds);
    if (action.deeds.empty())
        return tr("**Then** it is done by hand in the lab.") + QStringLiteral("\n\n");
    const QString label = text(action.label);
    return (label.isEmpty() || label == deeds ? tr("**Then:** %1.").arg(deeds)
                                              : tr("**Then** the button “%1”: %2.").arg(label, deeds)) +
           QStringLiteral("\n\n");
}

QString pageText(const LessonPage& page, std::size_t number) {
    QString all = QStringLiteral("### %1 · %2\n\n").arg(number).arg(text(page.title));
    all += stageText(page.stage) + text(page.text) + QStringLiteral("\n\n");
    if (page.question)
        all += questionText(*page.question);
    if (page.action)
        all += actionText(*page.action);
    if (!page.reveal.empty())
        all += tr("**Revealed: %1.**").arg(text(page.revealTitle)) + QStringLiteral("\n\n") + text(page.reveal) +
               QStringLiteral("\n\n");
    return all;
}

QString claimText(const Claim& claim) {
    QString line = QStringLiteral("- ") + text(claim.says) + QLatin1Char(' ') +
                   tr("Held in {held %1}: {share %1}; promised: %2.").arg(text(claim.id), percentText(claim.promised));
    if (!claim.corrects.empty())
        line += QLatin1Char(' ') + tr("*Often said, and not so:* %1").arg(text(claim.corrects));
    return line + QLatin1Char('\n');
}

} // namespace

QString sheetText(const Lesson& lesson, const LessonPlace& place) {
    QStringList facts{text(lesson.chapter)};
    if (place.number > 0)
        facts << tr("lesson %1 of %2").arg(place.number).arg(place.count);
    facts << tr("%1 minutes").arg(numberText(lesson.minutes));
    QString all = QStringLiteral("# %1\n\n").arg(text(lesson.title));
    all += facts.join(QStringLiteral(" · ")) + QStringLiteral("\n\n");
    all += tr("**Goal.** %1").arg(text(lesson.goal)) + QStringLiteral("\n\n");
    all += QChar(sheetFigurePlace) + QStringLiteral("\n\n");
    if (!lesson.teacher.empty())
        all += tr("## For the teacher") + QStringLiteral("\n\n") + text(lesson.teacher) + QStringLiteral("\n\n");
    all += tr("## Step by step") + QStringLiteral("\n\n");
    for (std::size_t i = 0; i < lesson.pages.size(); ++i)
        all += pageText(lesson.pages[i], i + 1);
    if (!lesson.claims.empty()) {
        all += tr("## What the lab has checked") + QStringLiteral("\n\n");
        for (const Claim& claim : lesson.claims)
            all += claimText(claim);
    }
    return all;
}

} // namespace flatline
