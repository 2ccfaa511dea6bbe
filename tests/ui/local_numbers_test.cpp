#include "sample_lesson.h"
#include "ui/lessons/formula_node.h"
#include "ui/lessons/formula_parser.h"
#include "ui/lessons/local_numbers.h"

#include <QLocale>
#include <QTest>

using namespace flatline;

/// Numbers in lessons as the locale writes them.
class LocalNumbersTest : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void numbersFollowTheLocale_data() {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("shown");
        const QLocale german(QLocale::German, QLocale::Germany);
        const QLocale english(QLocale::English, QLocale::UnitedStates);
        const auto row = [](const char* name, const QLocale& locale, const char* written, const char* shown) {
            QTest::newRow(name) << locale << QString::fromUtf8(written) << QString::fromUtf8(shown);
        };
        row("as it is written", english, "at 0.3, after 3,000 steps", "at 0.3, after 3,000 steps");
        row("German", german, "at 0.3, after 3,000 steps", "at 0,3, after 3.000 steps");
        row("at the end of a sentence", german, "It is 0.5. Or 1,000,000.", "It is 0,5. Or 1.000.000.");
        row("beside other signs", german, "**0.0794**, −0.5 (1/730,000), ×2.5", "**0,0794**, −0,5 (1/730.000), ×2,5");
        row("lists stay", german, "1, 2,3 and 4,5 or 10,20,30", "1, 2,3 and 4,5 or 10,20,30");
        row("versions and names stay", german, "v1.2 1.2.3 seed-1.5x", "v1.2 1.2.3 seed-1.5x");
        row("code stays", german, "`0.5` is 0.5", "`0.5` is 0,5");
        row("figures stay", german, "{held a-0.5} of 0.5", "{held a-0.5} of 0,5");
        row("formula blocks stay", german, "0.5\n```formula\n0.5 x\n```\n0.5", "0,5\n```formula\n0.5 x\n```\n0,5");
        row("without groups", QLocale::c(), "3,000 steps at 0.5", "3000 steps at 0.5");
    }
    void numbersFollowTheLocale() {
        QFETCH(QLocale, locale);
        QFETCH(QString, written);
        QFETCH(QString, shown);
        QLocale::setDefault(locale);
        QCOMPARE(withLocalNumbers(written), shown);
    }

    // Breaks where a part that is read is left out, or what the lab obeys is changed with it.
    void allThatIsReadAndNothingElse() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        Lesson lesson;
        LessonPage page;
        page.title = page.text = page.revealTitle = page.reveal = "0.5";
        page.question = PageQuestion{"0.5", {"0.5", "1,000"}, 1};
        page.action = PageAction{"0.5", {}, {}};
        page.action->deeds.push_back({});
        page.action->deeds[0].value = "0.5";
        lesson.title = lesson.chapter = lesson.goal = lesson.teacher = "0.5";
        lesson.file = lesson.id = "0.5";
        lesson.pages = {page};
        const Lesson local = withLocalNumbers(lesson);
        const LessonPage& shown = local.pages[0];
        for (const std::string& text :
             {local.title, local.chapter, local.goal, local.teacher, shown.title, shown.text, shown.revealTitle,
              shown.reveal, shown.question->text, shown.question->choices[0], shown.action->label})
            QCOMPARE(text, std::string("0,5"));
        QCOMPARE(shown.question->choices[1], std::string("1.000"));
        QVERIFY(shown.action->deeds == page.action->deeds);
        QCOMPARE(local.file + local.id, std::string("0.50.5"));
    }

    void formulasToo() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        const auto formula = parseFormula(QStringLiteral("0.25 x"));
        QVERIFY(formula.ok());
        QCOMPARE(formula.value().parts.front().text, QStringLiteral("0,25"));
    }
};

QTEST_GUILESS_MAIN(LocalNumbersTest)
#include "local_numbers_test.moc"
