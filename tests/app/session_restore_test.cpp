#include "app/autosave/session_store.h"
#include "app/autosave/session_text.h"
#include "app/experiments/open_experiment.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), qint64{text.size()});
}

} // namespace

/// The window's session through the death of the program, in a home of its own.
class SessionRestoreTest : public QObject {
    Q_OBJECT
private slots:
    void afterAKillItComesBack();
    void aBrokenOneNeverPreventsTheStart();
    void aClassFileOnTheCommandLine();

private:
    static SessionState sample() {
        SessionState session;
        session.experiment.name = "Killed";
        session.experiment.data.samples = 60;
        session.experiment.network.hidden = {4};
        session.experiment.interventions = {{5, SettingChange{"training.learning_rate", 0.3}}};
        session.step = 120;
        return session;
    }
    static void start(QProcess& process, const QTemporaryDir& home, const QStringList& arguments = {}) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
            environment.insert(name, home.path());
        process.setProcessEnvironment(environment);
        process.start(FLATLINE_BINARY, arguments);
        QVERIFY(process.waitForStarted());
    }
    static QString folderIn(const QTemporaryDir& home) { return home.filePath("Flatline/flatline"); }
    /// The session that stands there now; the program that holds the place does not mind being read.
    static std::optional<SessionState> standing(const QTemporaryDir& home) {
        const QTemporaryDir copies;
        auto store = SessionStore::open(copies.path());
        if (!store || !QFile::copy(folderIn(home) + "/session.json", store.value().path()))
            return std::nullopt;
        return store.value().load().state;
    }
    /// That session has come to sample()'s step, and no attempt to bring it back is under way. One look: the program
    /// may write between two, and a second attempt under way is no session to load.
    static bool arrived(const QTemporaryDir& home) {
        const auto now = standing(home);
        return now && now->step == sample().step && now->attempts == 0;
    }
};

void SessionRestoreTest::afterAKillItComesBack() {
#ifndef Q_OS_UNIX
    QSKIP("the folder is set by XDG_DATA_HOME");
#endif
    const QTemporaryDir home;
    for (int life = 0; life < 2; ++life) { // the second one finds the lock of the first, which was killed
        SessionState found = life == 0 ? sample() : *standing(home);
        found.attempts = 1; // so that it shows when the attempt has worked
        const QString file = folderIn(home) + "/session.json";
        QVERIFY(QDir().mkpath(folderIn(home)));
        write(file, sessionJson(found, folderIn(home)));
        QProcess program;
        start(program, home);
        // Its replay has arrived once it writes that no attempt is under way.
        QTRY_VERIFY_WITH_TIMEOUT(arrived(home), 30000);
        program.kill();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);
        const auto left = standing(home);
        QVERIFY(left.has_value());
        QVERIFY(!left->ended);
        QCOMPARE(left->step, std::int64_t{120});
        QCOMPARE(left->experiment.name, std::string("Killed"));
        QVERIFY(left->experiment.interventions == sample().experiment.interventions);
    }
}

void SessionRestoreTest::aBrokenOneNeverPreventsTheStart() {
#ifndef Q_OS_UNIX
    QSKIP("the folder is set by XDG_DATA_HOME");
#endif
    const QTemporaryDir home;
    QVERIFY(QDir().mkpath(folderIn(home)));
    write(folderIn(home) + "/session.json", "{\"flatline_session\": 1, \"step\": 9");
    QProcess program;
    start(program, home);
    const QDir folder(folderIn(home));
    QTRY_COMPARE_WITH_TIMEOUT(folder.entryList({"session-broken-*.json"}).size(), qsizetype{1}, 30000);
    QVERIFY(!program.waitForFinished(200));
    program.kill();
    program.waitForFinished();
}

// Breaks where a class file given on the command line opens as its experiment alone, or is not what comes back after
// the program was killed.
void SessionRestoreTest::aClassFileOnTheCommandLine() {
#ifndef Q_OS_UNIX
    QSKIP("the folder is set by XDG_DATA_HOME");
#endif
    const QTemporaryDir home;
    SessionState file = sample();
    file.views = {"loss", "network"};
    file.controls = QStringList{"training.learning_rate"};
    file.selectedLayer = 1;
    file.selectedNeuron = 3;
    QVERIFY(saveForClass(file, home.filePath("class.json")));
    for (const QStringList& arguments : {QStringList{home.filePath("class.json")}, QStringList()}) {
        if (arguments.isEmpty()) { // so that it shows when it has come back
            SessionState before = *standing(home);
            before.attempts = 1;
            write(folderIn(home) + "/session.json", sessionJson(before, folderIn(home)));
        }
        QProcess program;
        start(program, home, arguments);
        QTRY_VERIFY_WITH_TIMEOUT(arrived(home), 30000);
        program.kill();
        QVERIFY(program.waitForFinished());
        const auto left = standing(home);
        QVERIFY(left.has_value());
        QCOMPARE(left->experiment.name, std::string("Killed"));
        QCOMPARE(left->views, file.views);
        QCOMPARE(left->controls, file.controls);
        QCOMPARE(left->selectedNeuron, 3);
    }
}

QTEST_GUILESS_MAIN(SessionRestoreTest)
#include "session_restore_test.moc"
