#include "ui/widgets/cached_picture.h"

#include <QEvent>
#include <QPainter>
#include <QTest>
#include <QWidget>

using namespace flatline;

class CachedPictureTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the picture is painted anew without need, or is kept although the widget has another size.
    void itIsPaintedOnlyWhenItMust() {
        QWidget widget;
        widget.resize(40, 30);
        CachedPicture picture;
        int painted = 0;
        const auto paint = [&painted](QPainter& painter) {
            ++painted;
            painter.fillRect(0, 0, 10, 10, Qt::red);
        };
        const QImage first = picture.of(widget, paint).toImage();
        QCOMPARE(first.size(), (QSizeF(40, 30) * widget.devicePixelRatioF()).toSize());
        QCOMPARE(first.pixelColor(2, 2), QColor(Qt::red));
        QCOMPARE(first.pixelColor(30, 20).alpha(), 0);
        (void)picture.of(widget, paint);
        QCOMPARE(painted, 1);
        widget.resize(50, 30);
        (void)picture.of(widget, paint);
        QCOMPARE(painted, 2);
        picture.forget();
        (void)picture.of(widget, paint);
        QCOMPARE(painted, 3);
    }

    // Breaks where a change of appearance leaves the old colours, or every event paints anew.
    void whatChangesTheLook() {
        for (const QEvent::Type type : {QEvent::PaletteChange, QEvent::FontChange, QEvent::StyleChange})
            QVERIFY(changesLook(QEvent(type)));
        QVERIFY(!changesLook(QEvent(QEvent::EnabledChange)));
    }
};

QTEST_MAIN(CachedPictureTest)
#include "cached_picture_test.moc"
