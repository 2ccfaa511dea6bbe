#pragma once

#include <QObject>
#include <QTextObjectInterface>

class QTextCursor;

namespace flatline {

/// Formulas in a QTextDocument: lines and texts on whatever it is painted, a screen as well as a page. A formula wider
/// than the document's text is drawn smaller.
class FormulaObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    /// One for a document; made where there is none. The document owns it.
    static void install(QTextDocument& document);
    /// Puts the formula there, in the font and colour of the cursor. What the text of the formula says aloud is its
    /// QTextFormat::ImageAltText. The text must be a formula.
    static void insert(QTextCursor& cursor, const QString& tex);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& place, QTextDocument* document, int position,
                    const QTextFormat& format) override;

private:
    using QObject::QObject;
};

} // namespace flatline
