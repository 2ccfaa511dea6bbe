#include "ui/sheets/sheet_pages.h"

#include "ui/sheets/figure_object.h"
#include "ui/sheets/sheet_text.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <cmath>

namespace flatline {

namespace {

constexpr int resolution = 96; ///< as the figures are drawn
constexpr double textPoints = 9.5;
constexpr double footPoints = 7.5;
constexpr double side = 66.0; ///< margins, in pixels of that resolution
constexpr double top = 54.0;
constexpr double bottom = 64.0;
constexpr double togetherWith = 60.0; ///< a heading keeps at least so much of what it heads

/// Loads nothing from anywhere.
class SheetDocument : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

QFont printed(double points) {
    QFont font = fontFor(TextRole::Body);
    font.setPointSizeF(points);
    return font;
}

void placeFigure(QTextDocument& document, const std::optional<LessonFigure>& figure) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.text() != QString(QChar(sheetFigurePlace)))
            continue;
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(0.0, QTextBlockFormat::SingleHeight);
        cursor.setBlockFormat(format);
        if (figure)
            (new FigureObject(figure->picture, document))->insert(cursor);
        else
            cursor.insertText(QCoreApplication::translate("sheets", "(The figure could not be drawn.)"));
        return;
    }
}

/// No heading at the very end of a page, and no formula on two.
void keepTogether(QTextDocument& document, double height) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const QRectF place = document.documentLayout()->blockBoundingRect(block);
        const bool alone = format.headingLevel() > 0 && std::fmod(place.bottom(), height) > height - togetherWith;
        const bool cut = block.text() == QString(QChar::ObjectReplacementCharacter) &&
                         std::floor(place.top() / height) != std::floor((place.bottom() - 1.0) / height);
        if (block == document.begin() || !(alone || cut))
            continue;
        format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
        QTextCursor(block).setBlockFormat(format);
    }
}

QString footText(const TeacherSheet& sheet) {
    QString text = QStringLiteral("Flatline %1 · %2")
                       .arg(QCoreApplication::applicationVersion(), QString::fromStdString(sheet.lesson->title));
    if (sheet.figure)
        text += QCoreApplication::translate("sheets", " · figure: seed %1, step %2")
                    .arg(sheet.figure->seed)
                    .arg(countText(qint64{sheet.figure->step}));
    return text;
}

void drawFoot(QPainter& painter, const QSizeF& page, const QString& text, int number, int count) {
    painter.setFont(printed(footPoints));
    painter.setPen(themeFor(false).muted);
    const double baseline = page.height() - bottom / 2.0;
    painter.drawText(QPointF(side, baseline), text);
    const QString place = QCoreApplication::translate("sheets", "page %1 of %2").arg(number).arg(count);
    const double wide = QFontMetricsF(painter.font(), painter.device()).horizontalAdvance(place);
    painter.drawText(QPointF(page.width() - side - wide, baseline), place);
}

void drawPage(QPainter& painter, QTextDocument& document, int page) {
    const QSizeF size = document.pageSize();
    painter.save();
    painter.translate(side, top - page * size.height());
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(0.0, page * size.height(), size.width(), size.height());
    context.palette.setColor(QPalette::Text, themeFor(false).text);
    painter.setClipRect(context.clip.adjusted(0.0, 0.0, 0.0, -2.0)); // what stands first on the next page may overshoot
    document.documentLayout()->draw(&painter, context);
    painter.restore();
}

} // namespace

std::unique_ptr<QTextDocument> sheetDocument(const TeacherSheet& sheet) {
    auto document = std::make_unique<SheetDocument>();
    fillLessonDocument(*document, sheetText(*sheet.lesson, sheet.place), printed(textPoints), themeFor(false),
                       sheet.figures);
    placeFigure(*document, sheet.figure);
    return document;
}

QByteArray sheetsPdf(const std::vector<TeacherSheet>& sheets, const QString& title) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Flatline %1").arg(QCoreApplication::applicationVersion()));
    writer.setResolution(resolution);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    const QSizeF page = writer.pageLayout().fullRectPixels(resolution).size();
    std::vector<std::unique_ptr<QTextDocument>> documents;
    int count = 0;
    for (const TeacherSheet& sheet : sheets) {
        documents.push_back(sheetDocument(sheet));
        QTextDocument& document = *documents.back();
        document.documentLayout()->setPaintDevice(&writer);
        document.setPageSize({page.width() - 2.0 * side, page.height() - top - bottom});
        keepTogether(document, document.pageSize().height());
        document.markContentsDirty(0, document.characterCount()); // Qt would draw by places of before the breaks
        count += document.pageCount();
    }
    QPainter painter(&writer);
    int number = 0;
    for (std::size_t i = 0; i < documents.size(); ++i)
        for (int own = 0; own < documents[i]->pageCount(); ++own) {
            if (number > 0)
                writer.newPage();
            drawPage(painter, *documents[i], own);
            drawFoot(painter, page, footText(sheets[i]), ++number, count);
        }
    painter.end();
    return bytes;
}

} // namespace flatline
