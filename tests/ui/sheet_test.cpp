#include "app/lessons/built_in_lessons.h"
#include "core/lessons/lesson_reader.h"
#include "lab_harness.h"
#include "ui/sheets/sheet_pages.h"
#include "ui/sheets/sheet_text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

using namespace flatline;

namespace {

const std::string text = R"(---
title: One step too far
chapter: What kills
minutes: 4
goal: What one large update does.
---

# A quiet start

Some **text**.

```formula
b <- b - \eta \frac{a}{c}
```

```lab
experiment: small
set: training.learning_rate = 0.3
steps: 20
views: loss, network
```

```question
How many die?
- None
* Nearly all
```

```do
button: Ten large steps
deed: set training.learning_rate = 3
deed: run for 10
```

## Most of them

In {held deaths} more died.

```claim
id: deaths
says: More die at a larger rate.
corrects: The rate does not matter.
experiment: small
steps: 10
measure: run.dead
holds: > 0
promised: 90 %
```

```teacher
Let them guess first.
```
)";

std::shared_ptr<const Lesson> lesson() {
    auto read = readLesson(text, "07-one-step-too-far.md");
    if (!read)
        qFatal("%s", read.error().english().c_str());
    return std::make_shared<const Lesson>(std::move(read).value());
}

QString figure(QStringView kind, QStringView) {
    return kind == QLatin1String("held") ? QStringLiteral("97 of 100 runs") : QStringLiteral("97 % (92 to 99 %)");
}

} // namespace

/// The teacher's sheet: what must stand on it, and the figure from a lab of its own.
class SheetTest : public QObject {
    Q_OBJECT
private slots:
    void init() { applyTheme(*qApp, Appearance::Light); }

    void everythingATeacherNeedsStandsOnIt() {
        const auto document = sheetDocument({lesson(), {7, 19}, figure});
        const QString words = document->toPlainText();
        for (const char* wanted :
             {"One step too far", "lesson 7 of 19", "4 minutes", "Goal. What one large update does.", "A quiet start",
              "How many die?", "✓ Nearly all (expected)", "None", "Ten large steps", "Revealed: Most of them.",
              "In 97 of 100 runs more died.", "More die at a larger rate.", "97 % (92 to 99 %)", "promised: 90 %",
              "The rate does not matter.", "Let them guess first.", "20"})
            QVERIFY2(words.contains(QString::fromUtf8(wanted)), wanted);
        QVERIFY(readingOf(*document).contains(QStringLiteral("b becomes b minus eta times a over c")));
    }

    void theFigureIsDrawnAfterTheDeeds() {
        FakeFiles files;
        LessonStill still(files.services(), lesson());
        std::optional<LessonFigure> drawn;
        QSignalSpy done(&still, &LessonStill::done);
        connect(&still, &LessonStill::done, this, [&drawn](const auto& figure) { drawn = figure; });
        still.start();
        QVERIFY(done.wait(30000));
        QVERIFY(drawn.has_value());
        QCOMPARE(drawn->step, std::int64_t{30});
        QCOMPARE(drawn->seed, smallExperiment().seed);
        QVERIFY(!drawn->picture->empty());
        const QByteArray with = sheetsPdf({{lesson(), {7, 19}, figure, drawn}}, QStringLiteral("Sheet"));
        const QByteArray without = sheetsPdf({{lesson(), {7, 19}, figure, {}}}, QStringLiteral("Sheet"));
        QVERIFY(with.startsWith("%PDF"));
        QVERIFY(with.size() > without.size() + 5000);
        checkPdf(with, {"Ten large steps", "figure: seed 7, step 30", "page 1 of", "train"});
    }

    // Breaks where a page's end swallows what comes after it: Qt keeps places of before a break was set.
    /// Breaks where a page break that comes late makes what follows it vanish: the lessons have breaks at many places.
    void builtInLessonsAreWhole() {
        for (const QString& id : lessonIds()) {
            auto read = openLesson(id);
            QVERIFY2(read.ok(), qPrintable(id));
            const auto all = std::make_shared<const Lesson>(std::move(read).value());
            QStringList wanted;
            for (const LessonPage& page : all->pages)
                wanted << QString::fromStdString(page.title) << QString::fromStdString(page.revealTitle);
            for (const Claim& claim : all->claims)
                wanted << QString::fromStdString(claim.says).section(QLatin1Char(' '), 0, 2);
            checkPdf(sheetsPdf({{all, {1, 19}, {}, {}}}, id), wanted);
        }
    }

    void severalLessonsAreCountedAsOne() {
        const QByteArray pdf = sheetsPdf({{lesson()}, {lesson()}}, QStringLiteral("All"));
        checkPdf(pdf, {"page 1 of 2", "page 2 of 2"});
    }

private:
    /// Blanks and signs are a matter of fonts and of where a line ends.
    static QString lettersOf(QString words) {
        static const QRegularExpression others(QStringLiteral("[^\\p{L}\\p{N}]+"));
        return words.replace(others, QStringLiteral(" "));
    }

    /// As a reader of PDF files finds it, where there is one.
    static void checkPdf(const QByteArray& pdf, const QStringList& wanted) {
        const QTemporaryDir folder;
        QFile file(folder.filePath("sheet.pdf"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(pdf);
        file.close();
        QProcess reader;
        reader.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file.fileName(), QStringLiteral("-")});
        if (!reader.waitForStarted())
            QSKIP("There is no pdftotext (Debian: poppler-utils): what stands in the PDF is not looked at");
        QVERIFY(reader.waitForFinished(20000));
        const QString words = QString::fromUtf8(reader.readAllStandardOutput());
        for (const QString& one : wanted)
            QVERIFY2(lettersOf(words).contains(lettersOf(one)), qPrintable(one + "\n" + words));
    }
};

QTEST_MAIN(SheetTest)
#include "sheet_test.moc"
