#include "ui/sheets/figure_object.h"

#include "ui/picture/pdf_sink.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextCursor>
#include <QTextDocument>

#include <utility>

namespace flatline {

namespace {
constexpr int figureType = QTextFormat::UserObject + 2;
}

FigureObject::FigureObject(std::shared_ptr<const RecordedPicture> picture, QTextDocument& document)
    : QObject(&document)
    , m_picture(std::move(picture)) {
    document.documentLayout()->registerHandler(figureType, this);
}

void FigureObject::insert(QTextCursor& cursor) {
    QTextCharFormat format;
    format.setObjectType(figureType);
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

QSizeF FigureObject::intrinsicSize(QTextDocument* document, int, const QTextFormat&) {
    const QSizeF size = m_picture->size();
    const double wide = document->pageSize().isValid() ? document->pageSize().width() : document->textWidth();
    return wide > 0.0 ? size * (wide / size.width()) : size;
}

void FigureObject::drawObject(QPainter* painter, const QRectF& place, QTextDocument*, int, const QTextFormat&) {
    painter->save();
    painter->translate(place.topLeft());
    painter->scale(place.width() / m_picture->size().width(), place.height() / m_picture->size().height());
    PdfSink sink(*painter);
    m_picture->play(sink);
    painter->restore();
}

} // namespace flatline
