#include "core/lessons/lesson_reader.h"
#include "lab_harness.h"
#include "ui/sheets/sheet_pages.h"
#include "ui/sheets/sheet_text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QProcess>
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
    void longLessonsAreWhole() {
        std::string longer = text.substr(0, text.find("# A quiet start"));
        QStringList wanted;
        for (int page = 1; page <= 14; ++page) {
            const std::string name = "Page number " + std::to_string(page);
            longer += "# " + name + "\n\n```formula\na = \\frac{1}{2}\n```\n\n- one\n- two\n\nText, and more text.\n\n";
            longer += "```formula\n\\cases{a & if b \\\\ c & else \\\\ d & else}\n```\n\nThe end of it.\n\n";
            wanted << QString::fromStdString(name);
        }
        auto read = readLesson(longer, "01-long.md");
        QVERIFY2(read.ok(), read ? "" : read.error().english().c_str());
        const auto all = std::make_shared<const Lesson>(std::move(read).value());
        for (int more = 0; more < 3; ++more) // breaks come at other places
            checkPdf(sheetsPdf({{all, {more, 19}, {}, {}}}, QStringLiteral("Long")), wanted);
    }

    void severalLessonsAreCountedAsOne() {
        const QByteArray pdf = sheetsPdf({{lesson()}, {lesson()}}, QStringLiteral("All"));
        checkPdf(pdf, {"page 1 of 2", "page 2 of 2"});
    }

private:
    /// As a reader of PDF files finds it, where there is one.
    static void checkPdf(const QByteArray& pdf, const QStringList& wanted) {
        const QTemporaryDir folder;
        QFile file(folder.filePath("sheet.pdf"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(pdf);
        file.close();
        QProcess reader;
        reader.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file.fileName(), QStringLiteral("-")});
        if (!reader.waitForStarted() || !reader.waitForFinished(20000))
            return;
        const QString words = QString::fromUtf8(reader.readAllStandardOutput());
        for (const QString& one : wanted)
            QVERIFY2(words.contains(one), qPrintable(one + "\n" + words));
    }
};

QTEST_MAIN(SheetTest)
#include "sheet_test.moc"
