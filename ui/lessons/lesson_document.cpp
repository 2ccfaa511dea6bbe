#include "ui/lessons/lesson_document.h"

#include "ui/lessons/formula.h"
#include "ui/lessons/formula_object.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

namespace flatline {

namespace {

constexpr ushort firstPlace = 0xE000; ///< private characters stand for the formulas while Markdown is read
constexpr ushort lastPlace = 0xF8FF;
constexpr double lineSpacing = 128.0; ///< per cent

/// The text with one private character a formula block, and the formulas.
struct TextParts {
    QString markdown;
    QStringList formulas;
};

TextParts split(const QString& markdown) {
    static const QRegularExpression fence(QStringLiteral("^(?:```|~~~)\\s*formula\\s*$"));
    TextParts result;
    QStringList formula;
    bool inside = false;
    for (const QString& line : markdown.split(QLatin1Char('\n'))) {
        if (!inside && fence.match(line).hasMatch()) {
            inside = true;
            formula.clear();
        } else if (inside && (line.startsWith(QLatin1String("```")) || line.startsWith(QLatin1String("~~~")))) {
            inside = false;
            const auto place = static_cast<ushort>(firstPlace + result.formulas.size());
            result.formulas << formula.join(QLatin1Char('\n')).trimmed();
            result.markdown += QStringLiteral("\n%1\n\n").arg(QChar(place));
        } else if (inside) {
            formula << line;
        } else {
            result.markdown += line + QLatin1Char('\n');
        }
    }
    return result;
}

QString withFigures(const QString& text, const FigureText& figures) {
    static const QRegularExpression figure(QStringLiteral("\\{(held|share|median)\\s+([\\w-]+)\\}"));
    if (!figures)
        return text;
    QString filled;
    qsizetype done = 0;
    auto matches = figure.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        filled += text.mid(done, match.capturedStart() - done);
        filled += figures(match.capturedView(1), match.capturedView(2));
        done = match.capturedEnd();
    }
    return filled + text.mid(done);
}

/// Pixels at 9 pt that grow with the type.
double grown(double pixels, const QFont& font) {
    return pixels * font.pointSizeF() / 9.0;
}

void placeFormula(QTextCursor& cursor, const QString& tex, const QFont& font, const Theme& theme) {
    QTextCharFormat format;
    QFont larger = font;
    larger.setPointSizeF(font.pointSizeF() * 1.12);
    format.setFont(larger);
    const auto formula = Formula::parse(tex);
    format.setForeground(formula ? theme.text : theme.dead);
    cursor.setCharFormat(format);
    if (formula)
        FormulaObject::insert(cursor, tex);
    else
        cursor.insertText(QCoreApplication::translate("formulas", "This formula cannot be read: %1 (%2)")
                              .arg(tex, coreText(formula.error().message)));
}

/// A private character alone in its block is where a formula belongs.
void placeFormulas(QTextDocument& document, const QStringList& formulas, const QFont& font, const Theme& theme) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QString text = block.text();
        if (text.size() != 1 || text[0].unicode() < firstPlace || text[0].unicode() > lastPlace)
            continue;
        const qsizetype number = text[0].unicode() - firstPlace;
        if (number >= formulas.size())
            continue;
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        placeFormula(cursor, formulas[number], font, theme);
        QTextBlockFormat place = block.blockFormat();
        place.setLineHeight(0.0, QTextBlockFormat::SingleHeight);
        place.setLeftMargin(grown(12.0, font));
        place.setTopMargin(grown(4.0, font));
        place.setBottomMargin(grown(10.0, font));
        cursor.setBlockFormat(place);
    }
}

void space(QTextBlock& block, const QFont& font, bool first) {
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool item = block.textList() != nullptr && block.next().textList() != nullptr; // the last one ends its list
    const bool heading = format.headingLevel() > 0;
    format.setLineHeight(lineSpacing, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(heading && !first ? grown(10.0, font) : 0.0);
    format.setBottomMargin(grown(item ? 3.0 : 8.0, font));
    cursor.setBlockFormat(format);
    if (!heading)
        return;
    // Weight makes a heading, and a little size.
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    QTextCharFormat words;
    const int level = format.headingLevel();
    words.setProperty(QTextFormat::FontSizeAdjustment, level == 1 ? 2 : level == 2 ? 1 : 0); // 1.5, 1.2 and 1 times
    words.setFontWeight(QFont::DemiBold);
    cursor.mergeCharFormat(words);
}

} // namespace

void fillLessonDocument(QTextDocument& document, const QString& markdown, const QFont& font, const Theme& theme,
                        const FigureText& figures) {
    FormulaObject::install(document);
    const TextParts parts = split(markdown);
    document.setUndoRedoEnabled(false);
    document.setDefaultFont(font);
    document.setDocumentMargin(0.0);
    document.setIndentWidth(grown(20.0, font));
    document.setMarkdown(withFigures(parts.markdown, figures),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                             QTextDocument::MarkdownNoHTML);
    QTextCursor whole(&document);
    whole.select(QTextCursor::Document);
    QTextCharFormat ink;
    ink.setForeground(theme.text);
    whole.mergeCharFormat(ink);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        space(block, font, block == document.begin());
    placeFormulas(document, parts.formulas, font, theme);
}

QString readingOf(const QTextDocument& document) {
    QString reading;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QString spoken = part.fragment().charFormat().property(QTextFormat::ImageAltText).toString();
            reading += spoken.isEmpty() ? part.fragment().text() : spoken;
        }
        reading += QLatin1Char('\n');
    }
    return reading.trimmed();
}

QStringList formulasOf(const QString& markdown) {
    return split(markdown).formulas;
}

Result<void> checkFormulas(const Lesson& lesson) {
    for (const LessonPage& page : lesson.pages)
        for (const std::string& text : {page.text, page.reveal})
            for (const QString& tex : formulasOf(QString::fromStdString(text)))
                if (const auto formula = Formula::parse(tex); !formula)
                    return Error{ErrorKind::BadInput,
                                 lesson.file + ':' + std::to_string(page.line) + ": formula " + tex.toStdString() +
                                     ", " + formula.error().where,
                                 formula.error().message};
    return {};
}

} // namespace flatline
