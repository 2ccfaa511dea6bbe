#include "sample_run.h"
#include "ui/picture/picture_file.h"
#include "ui/picture/vector_picture.h"
#include "ui/picture/view_figure.h"
#include "ui/views/loss_view.h"
#include "ui/views/view_card.h"
#include "ui/window/picture_actions.h"
#include "ui/window/status_strip.h"
#include "window_bench.h"

#include <QBuffer>
#include <QClipboard>
#include <QImageReader>
#include <QMessageBox>
#include <QPainter>
#include <QSvgRenderer>
#include <QTimer>
#include <QXmlStreamReader>

using namespace flatline;

/// Pictures of views: pixels, lines, paper, and where they come from.
class PictureTest : public QObject {
    Q_OBJECT
private slots:
    void pngKeepsItsNotes();
    void pngTwiceAsFine();
    void svgIsMadeOfLinesAndTexts();
    void svgKeepsItsNotes();
    void svgCutsOff();
    void clipsStayWhereTheyWere();
    void aNameDecidesItsFormat();
    void hatchesStayLines();
    void svgLooksAsTheScreenDoes();
    void pdfHasItsPageAndNotes();
    void lightForPaper();
    void aViewIsSavedAndCopied();
    void theFooterSaysWhere();
    void aFullDiskIsSaid();
    void withoutAViewItIsSaid();

private:
    static Picture pictureOf(const LossView& view, bool light = false) {
        const ViewFigure figure{const_cast<LossView*>(&view), "Loss", "logarithmic", "A footer · seed 39", light};
        return {figure.size(),
                96,
                [figure](QPainter& painter) { figure.paint(painter); },
                {"A <step> & more", "Step 900", "Flatline 0.1.0", R"({"seed": 39, "name": "<&>"})"}};
    }
    static void show(LossView& view) {
        view.resize(480, 260);
        view.showFrame(test::frameOf(test::sampleRun()));
    }
    static QByteArray bytes(const Picture& picture, const char* format) {
        return pictureBytes(picture, *findPictureFormat(QString::fromLatin1(format)));
    }
    /// How many elements of each name there are; empty where it is no XML.
    static QMap<QString, int> elements(const QByteArray& svg) {
        QMap<QString, int> found;
        QXmlStreamReader reader(svg);
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement)
                ++found[reader.name().toString()];
        return reader.hasError() ? QMap<QString, int>() : found;
    }

    WindowBench m_bench;
};

void PictureTest::pngKeepsItsNotes() {
    LossView view;
    show(view);
    QByteArray png = bytes(pictureOf(view), "png-1");
    QBuffer buffer(&png);
    QImageReader reader(&buffer, "png");
    QCOMPARE(reader.text("Title"), QStringLiteral("A <step> & more"));
    QCOMPARE(reader.text("Software"), QStringLiteral("Flatline 0.1.0"));
    QCOMPARE(reader.text("Flatline"), QStringLiteral(R"({"seed": 39, "name": "<&>"})"));
}

void PictureTest::pngTwiceAsFine() {
    LossView view;
    show(view);
    const QImage once = QImage::fromData(bytes(pictureOf(view), "png-1"));
    const QImage twice = QImage::fromData(bytes(pictureOf(view), "png-2"));
    QCOMPARE(twice.size(), once.size() * 2);
    QVERIFY(once.width() > view.width());
    // The same picture: title and footer, too, are twice as large and no more.
    const QImage halved = twice.scaled(once.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    qint64 apart = 0;
    for (int y = 0; y < once.height(); ++y)
        for (int x = 0; x < once.width(); ++x)
            apart += std::abs(qGray(once.pixel(x, y)) - qGray(halved.pixel(x, y))) > 96 ? 1 : 0;
    QVERIFY2(apart < once.width() * once.height() / 100, qPrintable(QString::number(apart)));
    // Not merely enlarged: edges are sharper than those of the small one.
    const QImage enlarged = once.scaled(twice.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QVERIFY(enlarged.convertToFormat(QImage::Format_RGB32) != twice.convertToFormat(QImage::Format_RGB32));
}

void PictureTest::svgIsMadeOfLinesAndTexts() {
    LossView view;
    show(view);
    const QByteArray svg = bytes(pictureOf(view), "svg");
    const auto found = elements(svg);
    QVERIFY2(found.value("path") > 10, qPrintable(QString::number(found.value("path"))));
    QVERIFY(found.value("text") > 8);
    QCOMPARE(found.value("image"), 0);
    QVERIFY(svg.contains(">Loss</text>"));
    QVERIFY(svg.contains("A footer"));
    QVERIFY(found.value("path") < 200);        // Qt Charts draws a curve piece by piece: here it is whole again
    QVERIFY(svg.contains("stroke-dasharray")); // the test curve is dashed
}

void PictureTest::svgKeepsItsNotes() {
    LossView view;
    show(view);
    QXmlStreamReader reader(bytes(pictureOf(view), "svg"));
    QMap<QString, QString> texts;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QString name = reader.name().toString();
        if (name == "title" || name == "desc" || name == "flatline")
            texts[name] = reader.readElementText();
    }
    QVERIFY(!reader.hasError());
    QCOMPARE(texts["title"], QStringLiteral("A <step> & more"));
    QCOMPARE(texts["desc"], QStringLiteral("Step 900"));
    QCOMPARE(texts["flatline"], QStringLiteral(R"({"seed": 39, "name": "<&>"})"));
}

void PictureTest::svgCutsOff() {
    SvgSink sink(96);
    VectorPicture device({100, 100}, 96, sink);
    QPainter painter(&device);
    painter.save();
    painter.setClipRect(QRect(20, 20, 30, 30));
    painter.drawLine(0, 25, 100, 25);        // sticks out
    painter.drawLine(25, 30, 40, 30);        // does not
    painter.fillRect(60, 60, 9, 9, Qt::red); // all outside
    painter.restore();
    painter.drawLine(0, 90, 100, 90); // cut off no more
    painter.end();
    const QByteArray svg = sink.document({100, 100}, {});
    const auto found = elements(svg);
    QCOMPARE(found.value("clipPath"), 1);
    QCOMPARE(svg.count("clip-path="), 1);
    QVERIFY(!svg.contains("#ff0000"));
    QCOMPARE(svg.count("<path"), 4); // three lines, one clip
}

/// Cells and captions by turns: a clip that is taken back must not cut off what comes next.
void PictureTest::clipsStayWhereTheyWere() {
    class Cells : public QWidget {
    public:
        using QWidget::QWidget;

    protected:
        void paintEvent(QPaintEvent*) override {
            QPainter painter(this);
            painter.setClipRect(rect());
            painter.save();
            painter.setClipRect(QRect(30, 30, 10, 10));
            painter.fillRect(rect(), Qt::green);
            painter.restore();
            painter.fillRect(QRect(0, 0, 5, 5), Qt::red); // in the corner
        }
    };
    QWidget whole;
    whole.resize(100, 80);
    Cells cells(&whole);
    cells.setGeometry(20, 10, 60, 60);
    const ViewFigure figure{&whole, "Cells", {}, {}, false};
    const Picture picture{figure.size(), 96, [figure](QPainter& painter) { figure.paint(painter); }, {}};
    const QByteArray svg = bytes(picture, "svg");
    const qsizetype red = svg.indexOf("#ff0000");
    QVERIFY(red > 0);
    QVERIFY2(!svg.mid(red, 60).contains("clip-path"), svg.mid(red, 200).constData());
    QVERIFY(svg.contains("fill=\"#00ff00\" fill-rule=\"evenodd\" clip-path"));
    QCOMPARE(elements(svg).value("clipPath"), 1);
}

void PictureTest::aNameDecidesItsFormat() {
    const PictureFormat* fine = findPictureFormat("png-2");
    QCOMPARE(formatForFile("/x/a.png", fine), fine);
    QCOMPARE(formatForFile("/x/a.SVG", fine), findPictureFormat("svg"));
    QCOMPARE(formatForFile("/x/a.pdf", fine), findPictureFormat("pdf"));
    QCOMPARE(formatForFile("/x/a.v2", fine), fine);
}

void PictureTest::hatchesStayLines() {
    SvgSink sink(96);
    VectorPicture device({100, 100}, 96, sink);
    QPainter painter(&device);
    painter.fillRect(QRect(10, 10, 50, 50), hatchBrush(QColor(10, 20, 30), 1.0));
    painter.fillRect(QRect(10, 70, 50, 20), hatchBrush(QColor(10, 20, 30), 2.0));
    painter.end();
    const QByteArray svg = sink.document({100, 100}, {});
    QCOMPARE(elements(svg).value("pattern"), 1); // the same on every screen
    QCOMPARE(elements(svg).value("image"), 0);
    QVERIFY(svg.contains("stroke=\"#0a141e\""));
}

void PictureTest::svgLooksAsTheScreenDoes() {
    LossView view;
    show(view);
    const Picture picture = pictureOf(view);
    const QImage screen = pictureImage(picture, 1.0).convertToFormat(QImage::Format_RGB32);
    QImage drawn(screen.size(), QImage::Format_RGB32);
    drawn.fill(Qt::magenta);
    QPainter painter(&drawn);
    QSvgRenderer(bytes(picture, "svg")).render(&painter);
    painter.end();
    // Letters differ by a hair; the curves, the grid and the ground do not.
    qint64 apart = 0;
    for (int y = 0; y < screen.height(); ++y)
        for (int x = 0; x < screen.width(); ++x)
            apart += std::abs(qGray(screen.pixel(x, y)) - qGray(drawn.pixel(x, y))) > 96 ? 1 : 0;
    const double share = static_cast<double>(apart) / (screen.width() * screen.height());
    QVERIFY2(share < 0.02, qPrintable(QString::number(share)));
}

void PictureTest::pdfHasItsPageAndNotes() {
    LossView view;
    show(view);
    const Picture picture = pictureOf(view);
    const QByteArray pdf = bytes(picture, "pdf");
    QVERIFY(pdf.startsWith("%PDF-1."));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    const int from = static_cast<int>(pdf.indexOf("/MediaBox ["));
    QVERIFY(from > 0);
    const QByteArrayList box = pdf.mid(from + 11, pdf.indexOf(']', from) - from - 11).simplified().split(' ');
    QCOMPARE(box.size(), 4);
    QVERIFY(std::abs(box[2].toDouble() - picture.size.width() * 0.75) <= 1.0);
    QVERIFY(std::abs(box[3].toDouble() - picture.size.height() * 0.75) <= 1.0);
    QVERIFY(pdf.contains("flatline.json") || pdf.contains("f\0l\0a\0t"));
    QVERIFY(pdf.contains("/Font"));
}

void PictureTest::lightForPaper() {
    applyTheme(*qApp, Appearance::Dark);
    LossView view;
    show(view);
    QVERIFY(themeOf(&view).dark);
    const QImage dark = pictureImage(pictureOf(view, false), 1.0);
    const QImage light = pictureImage(pictureOf(view, true), 1.0);
    QCOMPARE(QColor(dark.pixel(2, 2)), themeFor(true).surface);
    QCOMPARE(QColor(light.pixel(2, 2)), themeFor(false).surface);
    const QByteArray svg = bytes(pictureOf(view, true), "svg");
    QVERIFY(svg.contains(themeFor(false).text.name().toLatin1()));
    QVERIFY(!svg.contains(themeFor(true).text.name().toLatin1())); // nothing dark is left in it
    QVERIFY(!svg.contains(themeFor(true).grid.name().toLatin1()));
    QVERIFY(themeOf(&view).dark); // and the window is as it was
    QVERIFY(view.styleSheet().isEmpty());
    QCOMPARE(pictureImage(pictureOf(view, false), 1.0), dark);
    applyTheme(*qApp, Appearance::Light);
}

void PictureTest::aViewIsSavedAndCopied() {
    QVERIFY(m_bench.open());
    auto* pictures = m_bench.part<PictureActions>();
    auto* card = m_bench.part<ViewCard>();
    QCOMPARE(pictures->current(), nullptr);
    card->setFocus();
    QCOMPARE(pictures->current(), card->view());
    QTest::keyClick(card, Qt::Key_C, Qt::ControlModifier);
    const QImage copied = QGuiApplication::clipboard()->image();
    QVERIFY(copied.width() >= 2 * card->view()->width());
    for (const PictureFormat& format : pictureFormats()) {
        const QString path = m_bench.folder.filePath(QStringLiteral("view-%1.%2").arg(format.id, format.suffix));
        QVERIFY(pictures->saveTo(card->view(), {&format, true, true}, path));
        QVERIFY(QFileInfo(path).size() > 1000);
    }
    QVERIFY(QImage(m_bench.folder.filePath("view-png-1.png")).text("Flatline").contains("\"seed\": 7"));
}

void PictureTest::theFooterSaysWhere() {
    QVERIFY(m_bench.open());
    QCoreApplication::setApplicationVersion("9.8.7");
    auto* pictures = m_bench.part<PictureActions>();
    auto* view = m_bench.part<ViewCard>()->view();
    const QString path = m_bench.folder.filePath("footer.svg");
    const PictureFormat* svg = findPictureFormat("svg");
    const auto saved = [&](bool footer) {
        [&] { QVERIFY(pictures->saveTo(view, {svg, true, footer}, path)); }();
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(saved(true).contains(QString::fromUtf8("Small · seed 7 · step 0 · Flatline 9.8.7</text>").toUtf8()));
    const QByteArray without = saved(false);
    QVERIFY(!without.contains(QString::fromUtf8("Flatline 9.8.7</text>").toUtf8()));
    QVERIFY(without.contains("software=\"Flatline 9.8.7\"")); // still known
}

void PictureTest::aFullDiskIsSaid() {
    QVERIFY(m_bench.open());
    m_bench.files.failing = true;
    QString said;
    QTimer::singleShot(50, this, [&said] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            said = box->informativeText();
            box->accept();
        }
    });
    auto* view = m_bench.part<ViewCard>()->view();
    QVERIFY(!m_bench.part<PictureActions>()->saveTo(view, {findPictureFormat("pdf"), true, true}, "/x.pdf"));
    QVERIFY2(said.contains("disk is full"), qPrintable(said));
    m_bench.files.failing = false;
}

void PictureTest::withoutAViewItIsSaid() {
    QVERIFY(m_bench.open());
    m_bench.window->setFocus();
    QTest::keyClick(m_bench.window.get(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(m_bench.part<StatusStrip>()->sentence().contains("No view has the keyboard"));
}

QTEST_MAIN(PictureTest)
#include "picture_test.moc"
