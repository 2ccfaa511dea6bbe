#include "ui/controls/control_panel.h"
#include "ui/window/class_actions.h"
#include "ui/window/notice_bar.h"
#include "ui/window/session_keeper.h"
#include "ui/window/status_strip.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QPushButton>
#include <QSignalSpy>

#include <mutex>

using namespace flatline;

/// A window's session: what is written of it, and how it comes back.
class SessionKeeperTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void whatIsWritten();
    void nothingNewIsNotWrittenAgain();
    void itComesBackToTheLastBit();
    void aRunThatWentOnGoesOn();
    void whatWasToStopItStopsIt();
    void afterACrashItSaysSo();
    void whileItComesBackItIsNotLost();
    void aLongOneIsOffered();
    void anotherExperimentReplacesIt();
    void switchedOffItIsForgotten();
    void aFullDiskIsSaidOnce();
    void aClassComesBackAsItStood();

private:
    [[nodiscard]] SessionState last() {
        const std::lock_guard lock(m_mutex);
        return m_written.empty() ? SessionState() : m_written.back();
    }
    [[nodiscard]] std::size_t writes() {
        const std::lock_guard lock(m_mutex);
        return m_written.size();
    }
    void restore(const SessionState& session) {
        QSignalSpy restored(m_keeper.get(), &SessionKeeper::restored);
        m_keeper->restore(session);
        QVERIFY(restored.wait(20000));
    }
    static SessionState sample(std::int64_t step) {
        SessionState session;
        session.experiment = smallExperiment();
        session.experiment.name = "Before";
        session.experiment.interventions = {{10, ThermalKick{0.5, {Target::Kind::All, 0, 0}, KickedParameters::Both}},
                                            {30, SettingChange{"training.learning_rate", 0.2}}};
        session.step = step;
        session.ended = true;
        return session;
    }
    QPushButton* answer(const QString& text) {
        for (auto* button : m_bench.window->notice().findChildren<QPushButton*>())
            if (button->text() == text && button->isVisible())
                return button;
        return nullptr;
    }

    WindowBench m_bench;
    std::mutex m_mutex;
    std::vector<SessionState> m_written; ///< under m_mutex
    bool m_full = false;
    int m_forgotten = 0;
    std::unique_ptr<SessionKeeper> m_keeper;
};

void SessionKeeperTest::init() {
    QSettings().clear();
    m_written.clear();
    m_full = false;
    m_forgotten = 0;
    QVERIFY(m_bench.open());
    const auto save = [this](const SessionState& session) -> Result<void> {
        const std::lock_guard lock(m_mutex);
        if (m_full)
            return Error{ErrorKind::File, "session.json", {"the disk is full", {}}};
        m_written.push_back(session);
        return {};
    };
    m_keeper =
        std::make_unique<SessionKeeper>(*m_bench.lab, *m_bench.window, SessionFiles{save, [this] { ++m_forgotten; }});
}

void SessionKeeperTest::cleanup() {
    m_keeper.reset();
}

void SessionKeeperTest::whatIsWritten() {
    m_bench.lab->post(EpochCommand{});
    QTRY_COMPARE(m_bench.now().now.step, std::int64_t{3});
    QVERIFY(m_bench.lab->change({{"training.learning_rate", 0.5}}).ok());
    QTRY_COMPARE(m_bench.now().settings.training.learningRate, 0.5);
    m_bench.lab->select({1, 2});
    m_bench.window->views().expand(1);
    m_keeper->save();
    QTRY_COMPARE(writes(), std::size_t{1});
    const SessionState written = last();
    QCOMPARE(written.step, std::int64_t{3});
    QCOMPARE(written.experiment.interventions.size(), std::size_t{1}); // what was done by hand
    QCOMPARE(written.experiment.training.learningRate, 0.03);
    QCOMPARE(written.filling, QString::fromLatin1(ViewGrid::rows()[1]->id));
    QVERIFY(written.choices.contains("landscape/Plane"));
    QCOMPARE(written.selectedNeuron, 2);
    QVERIFY(!written.ended);
    m_bench.window->close();
    QVERIFY(last().ended);
}

void SessionKeeperTest::nothingNewIsNotWrittenAgain() {
    m_keeper->save();
    m_keeper->save();
    QTRY_COMPARE(writes(), std::size_t{1});
    m_bench.lab->post(StepCommand{});
    QTRY_COMPARE(m_bench.now().now.step, std::int64_t{1});
    m_keeper->save();
    QTRY_COMPARE(writes(), std::size_t{2});
}

void SessionKeeperTest::itComesBackToTheLastBit() {
    restore(sample(100));
    QCOMPARE(m_bench.now().now.step, std::int64_t{100});
    QCOMPARE(m_bench.now().settings.training.learningRate, 0.2);
    const std::vector<float> once = *m_bench.now().parameters;
    QVERIFY(!m_bench.lab->running());
    QVERIFY2(m_bench.part<StatusStrip>()->sentence().contains("step 100"),
             qPrintable(m_bench.part<StatusStrip>()->sentence()));
    restore(sample(100));
    QVERIFY(*m_bench.now().parameters == once);
    restore(sample(101));
    QVERIFY(*m_bench.now().parameters != once);
}

void SessionKeeperTest::aRunThatWentOnGoesOn() {
    SessionState session = sample(50);
    session.running = true;
    restore(session);
    QTRY_VERIFY(m_bench.now().now.step > 50);
    QVERIFY(m_bench.lab->running());
}

void SessionKeeperTest::whatWasToStopItStopsIt() {
    SessionState session = sample(50);
    session.running = true;
    session.stops.atStep = 70;
    restore(session);
    QTRY_COMPARE(m_bench.now().now.step, std::int64_t{70});
    QTRY_VERIFY(!m_bench.lab->running());
    m_keeper->save();
    QTRY_VERIFY(last().step == 70);
    QVERIFY(last().stops == session.stops);
}

void SessionKeeperTest::afterACrashItSaysSo() {
    SessionState session = sample(20);
    session.ended = false;
    restore(session);
    QTRY_VERIFY(m_bench.window->notice().isVisible());
    QVERIFY2(m_bench.window->notice().text().contains("did not end properly"),
             qPrintable(m_bench.window->notice().text()));
    QVERIFY(answer("Start afresh") != nullptr);
    answer("Start afresh")->click();
    QTRY_COMPARE(m_bench.now().settings.name, Settings().name);
    QCOMPARE(m_bench.now().now.step, std::int64_t{0});
    QVERIFY(!m_bench.window->notice().isVisible());
}

void SessionKeeperTest::whileItComesBackItIsNotLost() {
    SessionState session = sample(1'000'000'000);
    m_keeper->restore(session);
    QTRY_VERIFY(writes() >= 1);
    QCOMPARE(last().step, session.step);
    QCOMPARE(last().attempts, 1); // should the program be cut off by it
    m_bench.window->close();
    QCOMPARE(last().step, session.step);
    QCOMPARE(last().attempts, 0);
    QVERIFY(last().ended);
}

void SessionKeeperTest::aLongOneIsOffered() {
    m_keeper->restore(sample(1'000'000'000));
    QTRY_VERIFY_WITH_TIMEOUT(answer("Go there") != nullptr, 15000);
    QTRY_COMPARE(m_bench.now().state, RunState::Paused);
    QVERIFY2(m_bench.window->notice().text().contains("minutes"), qPrintable(m_bench.window->notice().text()));
    const std::int64_t at = m_bench.now().now.step;
    answer("Go there")->click();
    QTRY_VERIFY(m_bench.now().now.step > at);
    QTRY_VERIFY(answer("Stop here") != nullptr);
    answer("Stop here")->click();
    QTRY_COMPARE(m_bench.now().state, RunState::Paused);
    QVERIFY(!m_keeper->restoring());
    QVERIFY(m_bench.now().now.step < 1'000'000'000);
}

void SessionKeeperTest::anotherExperimentReplacesIt() {
    m_keeper->restore(sample(1'000'000'000));
    QTRY_COMPARE(m_bench.now().settings.name, std::string("Before"));
    QTRY_VERIFY(m_bench.now().now.step > 0);
    m_bench.lab->post(StartExperiment{smallExperiment()});
    QTRY_VERIFY(!m_keeper->restoring());
    QTRY_COMPARE(m_bench.now().settings.name, std::string("Small"));
    QVERIFY(!m_bench.window->notice().isVisible());
    QVERIFY(!m_bench.lab->running());
}

void SessionKeeperTest::switchedOffItIsForgotten() {
    setSessionsWanted(false);
    m_keeper->save();
    m_bench.window->close();
    QCOMPARE(writes(), std::size_t{0});
    QCOMPARE(m_forgotten, 1);
}

void SessionKeeperTest::aFullDiskIsSaidOnce() {
    m_full = true;
    m_keeper->save();
    QTRY_VERIFY(m_bench.part<StatusStrip>()->sentence().contains("cannot be kept"));
}

// Breaks where a session kept while a class file is open loses the class's views and controls, what was changed of them
// since, or the way back to all of them.
void SessionKeeperTest::aClassComesBackAsItStood() {
    SessionState file = sample(40);
    file.views = {"loss", "network"};
    file.controls = QStringList{"training.learning_rate"};
    const QStringList own = m_bench.window->views().shownIds();
    m_bench.window->forClass().open(file);
    QTRY_VERIFY_WITH_TIMEOUT(writes() > 0, 10000); // once it is there, without waiting for the clock
    QTRY_COMPARE(last().step, std::int64_t{40});
    m_bench.window->views().expand(ViewGrid::rowOf("loss"));
    m_keeper->save();
    QTRY_COMPARE(last().filling, QStringLiteral("loss"));
    const SessionState kept = last();
    QCOMPARE(kept.views, file.views);
    QCOMPARE(kept.controls, file.controls);

    m_bench.window->startAfresh(); // the class is left
    QTRY_COMPARE(m_bench.window->views().shownIds(), own);
    QVERIFY(m_bench.settled());
    m_keeper->save();
    QTRY_VERIFY(last().views.isEmpty() && !last().controls);

    restore(kept);
    QCOMPARE(m_bench.window->views().shownIds(), file.views);
    QCOMPARE(m_bench.window->views().expanded(), ViewGrid::rowOf("loss"));
    auto* controls = m_bench.part<ControlPanel>();
    QVERIFY(controls->placeOf("training.batch_size").isEmpty() &&
            !controls->placeOf("training.learning_rate").isEmpty());
    QTRY_VERIFY(answer("All controls and views") != nullptr);
    answer("All controls and views")->click();
    QCOMPARE(m_bench.window->views().shownIds(), own);
    QTRY_VERIFY(!controls->placeOf("training.batch_size").isEmpty());
}

QTEST_MAIN(SessionKeeperTest)
#include "session_keeper_test.moc"
