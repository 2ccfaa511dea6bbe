#include "ui/lessons/formula_object.h"

#include "ui/lessons/formula.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace flatline {

namespace {

constexpr int formulaType = QTextFormat::UserObject + 1;
constexpr int sourceProperty = QTextFormat::UserProperty + 1;
constexpr double smallest = 0.5; ///< of its size; narrower than that the text is cut

FormulaBox boxOf(const QTextDocument& document, int position, const QTextFormat& format) {
    const auto formula = Formula::parse(format.property(sourceProperty).toString());
    if (!formula)
        return {};
    QFont font = format.toCharFormat().font();
    const QPaintDevice* device = document.documentLayout()->paintDevice();
    FormulaBox box = formula.value().layOut(font, device);
    const QTextBlockFormat block = document.findBlock(position).blockFormat();
    const double room = document.textWidth() - 2.0 * document.documentMargin() - block.leftMargin();
    if (document.textWidth() > 0.0 && box.width > room && box.width > 0.0) {
        font.setPointSizeF(font.pointSizeF() * std::max(smallest, 0.98 * room / box.width));
        box = formula.value().layOut(font, device);
    }
    return box;
}

} // namespace

void FormulaObject::install(QTextDocument& document) {
    auto* object = document.findChild<FormulaObject*>(QString(), Qt::FindDirectChildrenOnly);
    document.documentLayout()->registerHandler(formulaType, object != nullptr ? object : new FormulaObject(&document));
}

void FormulaObject::insert(QTextCursor& cursor, const QString& tex) {
    QTextCharFormat format = cursor.charFormat();
    format.setObjectType(formulaType);
    format.setProperty(sourceProperty, tex);
    if (const auto formula = Formula::parse(tex))
        format.setProperty(QTextFormat::ImageAltText, formula.value().spoken());
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

QSizeF FormulaObject::intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) {
    const FormulaBox box = boxOf(*document, position, format);
    return {box.width, box.height()};
}

void FormulaObject::drawObject(QPainter* painter, const QRectF& place, QTextDocument* document, int position,
                               const QTextFormat& format) {
    const FormulaBox box = boxOf(*document, position, format);
    box.paint(*painter, {place.left(), place.top() + box.ascent}, format.toCharFormat().foreground().color());
}

} // namespace flatline
