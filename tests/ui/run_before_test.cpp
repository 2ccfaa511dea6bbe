#include "sample_lesson.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/notice_bar.h"
#include "ui/window/session.h"
#include "window_bench.h"

#include <QPushButton>

using namespace flatline;

/// The run that was there before a lesson: it is offered when the lesson is closed, and comes back to the last bit.
class RunBeforeTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_bench.files.lessons = {{"sample", test::sampleLesson}};
        m_bench.files.lessonNames = {"sample"};
        QVERIFY(m_bench.open(own()));
    }

    void itComesBackToTheLastBit() {
        run(12);
        QVERIFY(m_bench.lab->change({{"training.learning_rate", 0.5}}).ok());
        QTRY_COMPARE(m_bench.now().settings.training.learningRate, 0.5);
        m_bench.lab->post(StepCommand{});
        QTRY_COMPARE(m_bench.now().now.step, std::int64_t{13});
        const std::vector<float> parameters = *m_bench.now().parameters;
        openLesson();
        m_bench.window->lessons().close();
        QVERIFY2(notice().contains("Mine, step 13"), qPrintable(notice()));
        answer("Bring it back");
        QTRY_COMPARE(m_bench.now().settings.name, std::string("Mine"));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench.now().now.step, std::int64_t{13}, 10000);
        QTRY_VERIFY(!m_bench.lab->running());
        QCOMPARE(*m_bench.now().parameters, parameters);
        QCOMPARE(m_bench.now().settings.training.learningRate, 0.5);
    }

    void whoStaysKeepsTheLessonsRun() {
        openLesson();
        m_bench.window->lessons().close();
        answer("Stay here");
        QVERIFY(m_bench.settled());
        QCOMPARE(m_bench.now().settings.name, std::string("Small"));
        QVERIFY(notice().isEmpty());
    }

    // Breaks where what the lab begins with is offered as if something had been lost, or a run that is there still.
    void nothingIsOfferedWhereNothingWasLost() {
        QVERIFY(m_bench.open(Settings()));
        openLesson();
        m_bench.window->lessons().close();
        QVERIFY(notice().isEmpty());
        m_bench.window->lessons().reopen("sample", 0, KeptRun{m_bench.now().experiment, m_bench.now().now.step});
        m_bench.window->lessons().close();
        QVERIFY(notice().isEmpty());
    }

    // Breaks where the offer stays beside a run that was opened since, or one lesson after another hides the first run.
    void anotherExperimentIsAnAnswer() {
        openLesson();
        openLesson();
        QCOMPARE(m_bench.window->lessons().runBefore()->experiment.name, std::string("Mine"));
        m_bench.window->lessons().close();
        QVERIFY(notice().contains("Mine"));
        QVERIFY(m_bench.settled());
        m_bench.lab->post(StepCommand{}); // a step is none
        QVERIFY(m_bench.settled());
        QVERIFY(notice().contains("Mine"));
        m_bench.window->startAfresh();
        QTRY_VERIFY(notice().isEmpty());
    }

private:
    static Settings own() {
        Settings settings = smallExperiment();
        settings.name = "Mine";
        return settings;
    }
    [[nodiscard]] QString notice() const {
        return m_bench.window->notice().isVisible() ? m_bench.window->notice().text() : QString();
    }
    void run(std::int64_t steps) {
        m_bench.lab->post(StopConditionCommand{{.atStep = steps}});
        m_bench.lab->post(RunCommand{});
        QTRY_COMPARE(m_bench.now().now.step, steps);
        QTRY_VERIFY(m_bench.now().state != RunState::Running);
        m_bench.lab->post(PauseCommand{});
        m_bench.lab->post(StopConditionCommand{});
        QVERIFY(m_bench.settled());
    }
    void openLesson() {
        QVERIFY(m_bench.window->lessons().openLesson("sample"));
        QTRY_COMPARE(m_bench.now().settings.name, std::string("Small"));
        QTRY_VERIFY(!m_bench.window->lessons().player().settingUp());
    }
    void answer(const QString& text) {
        for (auto* button : m_bench.window->notice().findChildren<QPushButton*>())
            if (button->text() == text && button->isVisible())
                return button->click();
        QFAIL(qPrintable(text));
    }

    WindowBench m_bench;
};

QTEST_MAIN(RunBeforeTest)
#include "run_before_test.moc"
