#include "app/lessons/built_in_lessons.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

const QByteArray text = R"(---
title: A test
chapter: Tests
minutes: 2
goal: Nothing.
---

# A page

Text.

```claim
id: one
says: A sentence.
experiment: own.json
run low: training.learning_rate = 0.25; interventions = none
run odd: training.learning_rate = fast
steps: 1
measure: low.dead
holds: >= 0
```
)";

} // namespace

class BuiltInLessonsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    // Breaks where a built-in lesson has a mistake, or its experiments, or two claims have the same name.
    void allOpen();
    void aFileOpens();
    void aNameThatIsNone();
    // Breaks where a lesson's experiments are looked for beside the program instead of beside the lesson.
    void experimentsBesideTheLesson();
    void changes();
    void mistakesNameTheirLine();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    Lesson lesson() const { return openLesson(path("03-test.md")).value(); }
    QTemporaryDir m_folder;
};

void BuiltInLessonsTest::initTestCase() {
    const auto write = [this](const QString& name, const QByteArray& content) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    };
    write("03-test.md", text);
    write("own.json", R"({"seed": 5, "interventions": [{"step": 3, "kind": "thermal-kick"}]})");
}

void BuiltInLessonsTest::allOpen() {
    QStringList claims;
    for (const QString& id : lessonIds()) {
        const auto opened = openLesson(id);
        QVERIFY2(opened, opened ? "" : opened.error().english().c_str());
        QCOMPARE(QString::fromStdString(opened.value().id), id);
        for (const Claim& claim : opened.value().claims) {
            claims << QString::fromStdString(claim.id);
            for (const ClaimRun& run : claim.runs) {
                const auto settings = openLessonExperiment(opened.value(), claim.experiment, run.set, claim.line);
                QVERIFY2(settings, settings ? "" : settings.error().english().c_str());
            }
        }
        for (const LessonPage& page : opened.value().pages) {
            if (!page.stage.experiment)
                continue;
            const auto settings =
                openLessonExperiment(opened.value(), *page.stage.experiment, page.stage.set, page.stage.line);
            QVERIFY2(settings, settings ? "" : settings.error().english().c_str());
        }
    }
    QCOMPARE(QSet<QString>(claims.begin(), claims.end()).size(), claims.size());
}

void BuiltInLessonsTest::aFileOpens() {
    const auto opened = openLesson(path("03-test.md"));
    QVERIFY2(opened, opened ? "" : opened.error().english().c_str());
    QCOMPARE(opened.value().id, std::string("test"));
    QCOMPARE(opened.value().claims.size(), 1);
}

void BuiltInLessonsTest::aNameThatIsNone() {
    const auto opened = openLesson("no-such-lesson");
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::File);
    QVERIFY(opened.error().english().starts_with("no-such-lesson: "));
}

void BuiltInLessonsTest::experimentsBesideTheLesson() {
    const auto own = openLessonExperiment(lesson(), "own.json", {});
    QVERIFY2(own, own ? "" : own.error().english().c_str());
    QCOMPARE(own.value().seed, 5);
    const auto builtIn = openLessonExperiment(lesson(), "sudden-death", {});
    QVERIFY2(builtIn, builtIn ? "" : builtIn.error().english().c_str());
    QCOMPARE(builtIn.value().name, std::string("Sudden death"));
}

void BuiltInLessonsTest::changes() {
    const Lesson opened = lesson();
    const Claim& claim = opened.claims[0];
    const auto low = openLessonExperiment(opened, claim.experiment, claim.runs[0].set);
    QVERIFY2(low, low ? "" : low.error().english().c_str());
    QCOMPARE(low.value().training.learningRate, 0.25);
    QVERIFY(low.value().interventions.empty());
    QCOMPARE(openLessonExperiment(opened, claim.experiment, {}).value().interventions.size(), 1);
    const auto other = openLessonExperiment(opened, claim.experiment,
                                            {{"training.momentum", "0.5", 1}, {"experiment", "sudden-death", 1}});
    QVERIFY2(other, other ? "" : other.error().english().c_str());
    QCOMPARE(other.value().training.learningRate, 2.0);
    QCOMPARE(other.value().training.momentum, 0.5);
}

void BuiltInLessonsTest::mistakesNameTheirLine() {
    const Lesson opened = lesson();
    const Claim& claim = opened.claims[0];
    const auto odd = openLessonExperiment(opened, claim.experiment, claim.runs[1].set);
    QVERIFY(!odd);
    QCOMPARE(odd.error().kind, ErrorKind::BadInput);
    QVERIFY2(odd.error().where == opened.file + ":17: training.learning_rate", odd.error().english().c_str());
    const auto none = openLessonExperiment(opened, "none.json", {}, claim.line);
    QVERIFY(!none);
    QVERIFY2(none.error().where == opened.file + ":12: experiment", none.error().english().c_str());
}

QTEST_GUILESS_MAIN(BuiltInLessonsTest)
#include "built_in_lessons_test.moc"
