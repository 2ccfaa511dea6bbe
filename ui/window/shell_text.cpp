#include "ui/window/shell_text.h"

#include <QRegularExpression>

namespace flatline {

namespace {

QString posixWord(QString word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    return QLatin1Char('\'') + word.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

/// A comma would make a list of it in PowerShell, and ends a word in cmd.
QString windowsWord(QString word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_+:./\\\\-]+$"));
    // Backslashes are doubled only where a quote follows them.
    static const QRegularExpression beforeQuote(QStringLiteral("(\\\\*)(\"|$)"));
    if (plain.match(word).hasMatch())
        return word;
    QString escaped;
    qsizetype done = 0;
    auto matches = beforeQuote.globalMatch(word);
    while (matches.hasNext()) {
        const auto match = matches.next();
        escaped += word.mid(done, match.capturedStart() - done) + match.captured(1).repeated(2);
        if (!match.captured(2).isEmpty())
            escaped += QLatin1String("\\\"");
        done = match.capturedEnd();
    }
    return QLatin1Char('"') + escaped + word.mid(done) + QLatin1Char('"');
}

} // namespace

Shell usualShell() {
#ifdef Q_OS_WIN
    return Shell::Windows;
#else
    return Shell::Posix;
#endif
}

QString shellText(const QStringList& words, Shell shell) {
    QStringList quoted;
    for (const QString& word : words)
        quoted << (shell == Shell::Posix ? posixWord(word) : windowsWord(word));
    return quoted.join(QLatin1Char(' '));
}

} // namespace flatline
