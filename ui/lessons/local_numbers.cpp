#include "ui/lessons/local_numbers.h"

#include <QLocale>
#include <QRegularExpression>

namespace flatline {
namespace {

/// The one group that took part says which kind it is.
QString localized(const QRegularExpressionMatch& match) {
    const QLocale locale;
    if (match.hasCaptured(QStringLiteral("grouped")))
        return locale.toString(match.captured().remove(QLatin1Char(',')).toLongLong());
    if (match.hasCaptured(QStringLiteral("decimal")))
        return match.captured().replace(QLatin1Char('.'), locale.decimalPoint());
    return match.captured(); // what is to stay
}

void localize(std::string& text) {
    text = withLocalNumbers(QString::fromStdString(text)).toStdString();
}

} // namespace

QString withLocalNumbers(const QString& markdown) {
    static const QRegularExpression numbers(
        QStringLiteral("(?:^|\\n)(?:```|~~~)[^\\n]*\\n.*?\\n(?:```|~~~)" // blocks
                       "|`[^`\\n]*`|\\{[^}]*\\}"                         // code, and figures
                       "|(?<grouped>(?<![\\w.,])\\d{1,3}(?:,\\d{3})+(?![.,]?\\d|\\w))"
                       "|(?<decimal>(?<![\\w.,])\\d+\\.\\d+(?![.,]?\\d|\\w))"),
        QRegularExpression::DotMatchesEverythingOption);
    QString local;
    qsizetype done = 0;
    for (auto matches = numbers.globalMatch(markdown); matches.hasNext();) {
        const auto match = matches.next();
        local += markdown.mid(done, match.capturedStart() - done) + localized(match);
        done = match.capturedEnd();
    }
    return local + markdown.mid(done);
}

Lesson withLocalNumbers(Lesson lesson) {
    for (std::string* text : {&lesson.title, &lesson.chapter, &lesson.goal, &lesson.teacher})
        localize(*text);
    for (LessonPage& page : lesson.pages) {
        for (std::string* text : {&page.title, &page.text, &page.revealTitle, &page.reveal})
            localize(*text);
        if (page.action)
            localize(page.action->label);
        if (!page.question)
            continue;
        localize(page.question->text);
        for (std::string& choice : page.question->choices)
            localize(choice);
    }
    return lesson;
}

} // namespace flatline
