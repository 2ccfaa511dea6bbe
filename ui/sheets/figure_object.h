#pragma once

#include "ui/sheets/recorded_picture.h"

#include <QObject>
#include <QTextObjectInterface>

#include <memory>

class QTextCursor;

namespace flatline {

/// A picture in a QTextDocument, as wide as the text, in lines and texts.
class FigureObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    /// The document owns it.
    FigureObject(std::shared_ptr<const RecordedPicture> picture, QTextDocument& document);
    void insert(QTextCursor& cursor);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& place, QTextDocument* document, int position,
                    const QTextFormat& format) override;

private:
    std::shared_ptr<const RecordedPicture> m_picture;
};

} // namespace flatline
