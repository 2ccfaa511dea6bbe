#include "core/lessons/lesson_reader.h"
#include "ui/lessons/lesson_text.h"

#include <QApplication>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace flatline;

namespace {

const QString sample = QStringLiteral(
    "A **quiet** start.\n\n```formula\nb <- b - \\eta g\n```\n\nIn {held\ndeaths-rise} more died.\n\n- one\n- two\n");

QString figure(QStringView kind, QStringView id) {
    return QStringLiteral("<%1 of %2>").arg(kind, id);
}

} // namespace

/// What a lesson's page shows of its text, and that it needs no scroll bar of its own.
class LessonTextTest : public QObject {
    Q_OBJECT
private slots:
    void init() { applyTheme(*qApp, Appearance::Light); }

    void formulasAndFiguresStandInTheText() {
        LessonText text;
        text.setFigures(figure);
        text.showText(sample);
        const QString reading = readingOf(*text.document());
        QVERIFY2(reading.contains(QStringLiteral("b becomes b minus eta times g")), qPrintable(reading));
        QVERIFY(reading.contains(QStringLiteral("In <held of deaths-rise> more died.")));
        QCOMPARE(text.accessibleDescription(), reading);
        QVERIFY(!reading.contains(QStringLiteral("```")) && !reading.contains(QStringLiteral("formula")));
    }

    void itIsAsHighAsItsText() {
        QScrollArea area;
        area.setWidgetResizable(true);
        auto* page = new QWidget;
        auto* column = new QVBoxLayout(page);
        auto* text = new LessonText(page);
        column->addWidget(text);
        column->addStretch();
        area.setWidget(page);
        area.resize(400, 300);
        text->showText(sample.repeated(3));
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        const auto fits = [text] {
            return text->document()->size().height() <= text->viewport()->height() &&
                   text->document()->size().height() > text->viewport()->height() - 2;
        };
        QTRY_VERIFY(fits());
        const int tall = text->height();
        area.resize(160, 300);
        QTRY_VERIFY(text->height() > tall); // narrower is longer
        QTRY_VERIFY(fits());
        QVERIFY(text->minimumSizeHint().height() == text->height());
    }

    void itFollowsTheTheme() {
        LessonText text;
        text.showText(sample);
        const auto ink = [&text] {
            return text.document()->begin().begin().fragment().charFormat().foreground().color();
        };
        QCOMPARE(ink(), themeFor(false).text);
        text.show();
        applyTheme(*qApp, Appearance::Dark);
        QTRY_COMPARE(ink(), themeFor(true).text);
    }

    /// A lesson must not fetch anything, nor run a page's HTML.
    void nothingIsLoaded() {
        LessonText text;
        text.showText(QStringLiteral("![x](file:///etc/hostname) <img src='file:///etc/hostname'> [a](http://x.org)"));
        QVERIFY(
            !text.loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname"))).isValid());
        QVERIFY(text.toPlainText().contains(QStringLiteral("<img")));
        QVERIFY(!text.openLinks() && !text.openExternalLinks());
    }

    void aWrongFormulaIsNamedInItsPlace() {
        LessonText text;
        text.showText(QStringLiteral("Before.\n\n```formula\n\\frac{a}\n```\n\nAfter."));
        const QString plain = text.toPlainText();
        QVERIFY2(plain.contains(QStringLiteral("\\frac{a}")) && plain.contains(QStringLiteral("needs braces")),
                 qPrintable(plain));
        QVERIFY(plain.contains(QStringLiteral("After.")));
    }

    void aLessonsFormulasAreChecked() {
        Lesson lesson;
        lesson.file = "mine/01-a.md";
        lesson.pages = {{}, {}};
        lesson.pages[1].line = 12;
        lesson.pages[1].reveal = "```formula\n\\foo\n```\n";
        const auto checked = checkFormulas(lesson);
        QVERIFY(!checked);
        QVERIFY2(checked.error().english().starts_with("mine/01-a.md:12: formula \\foo, column 1: \\foo is not known"),
                 checked.error().english().c_str());
        lesson.pages[1].reveal = "```formula\nx\n```\n";
        QVERIFY(checkFormulas(lesson).ok());
    }

    /// A formula wider than the text is drawn smaller, not cut.
    void aWideFormulaFits() {
        LessonText text;
        text.resize(260, 100);
        text.showText(QStringLiteral("```formula\na + b + c + d + e + f + g + h + i + j + k + l + m\n```\n"));
        text.show();
        QTRY_VERIFY(text.document()->idealWidth() <= text.viewport()->width() + 1);
    }
};

QTEST_MAIN(LessonTextTest)
#include "lesson_text_test.moc"
