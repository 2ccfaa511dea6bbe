#include "app/autosave/session_store.h"
#include "app/autosave/session_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), qint64{text.size()});
}

} // namespace

/// Sessions in files: whole or not at all, one a window, and never in the way of a start.
class SessionStoreTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsSavedComesBack();
    void fileNamesAreFoundFromElsewhere();
    void nothingThereIsNoTrouble();
    void brokenOnesAreSetAside_data();
    void brokenOnesAreSetAside();
    void oneThatKillsTheProgramIsNotTriedForEver();
    void twoWindowsHaveTwoPlaces();
    void aTornWriteLeavesTheOldOne();
    void aClosedFolderIsAnError();
    void forgotten();

private:
    static SessionState sample() {
        SessionState session;
        session.experiment.name = "A \"quoted\" name";
        session.experiment.network.hidden = {5, 4};
        session.experiment.interventions = {{12, ThermalKick{0.7, {}, KickedParameters::Bias}},
                                            {40, SettingChange{"training.learning_rate", 0.5}}};
        session.step = 900;
        session.running = true;
        session.stops = {.nextDeath = true, .lossUnder = 0.1, .deadOver = 3, .atStep = 5000};
        session.filling = "loss";
        session.lesson = "whisper";
        session.lessonPage = 2;
        session.before = KeptRun{session.experiment, 17};
        session.before->experiment.name = "Before";
        session.selectedLayer = 2;
        session.selectedNeuron = 3;
        session.choices = {{"landscape/Plane", "pca"}, {"loss/Loss axis", "Log"}};
        session.attempts = 1;
        return session;
    }
    static SessionStore opened(const QString& folder) {
        auto store = SessionStore::open(folder);
        if (!store)
            qFatal("%s", store.error().english().c_str());
        return std::move(store).value();
    }
};

void SessionStoreTest::whatIsSavedComesBack() {
    const QTemporaryDir folder;
    const SessionStore store = opened(folder.filePath("new/folder"));
    QVERIFY(store.save(sample()).ok());
    const FoundSession found = store.load();
    QVERIFY2(found.trouble.isEmpty(), qPrintable(found.trouble));
    QVERIFY(found.state.has_value());
    SessionState wanted = sample();
    wanted.experiment = found.state->experiment; // the writer completes it: compared below
    QVERIFY(*found.state == wanted);
    QCOMPARE(found.state->experiment.interventions.size(), std::size_t{2});
    QVERIFY(found.state->experiment.interventions == sample().experiment.interventions);
    QCOMPARE(found.state->experiment.name, sample().experiment.name);
}

void SessionStoreTest::fileNamesAreFoundFromElsewhere() {
    const QTemporaryDir folder;
    SessionState session = sample();
    session.experiment.data.source = "csv";
    session.experiment.data.file = folder.filePath("data/own.csv").toStdString();
    const SessionStore store = opened(folder.filePath("sessions"));
    QVERIFY(store.save(session).ok());
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(QDir::rootPath()));
    const FoundSession found = store.load();
    QDir::setCurrent(before);
    QVERIFY(found.state.has_value());
    QCOMPARE(QFileInfo(QString::fromStdString(found.state->experiment.data.file)).absoluteFilePath(),
             folder.filePath("data/own.csv"));
}

void SessionStoreTest::nothingThereIsNoTrouble() {
    const QTemporaryDir folder;
    const FoundSession found = opened(folder.path()).load();
    QVERIFY(!found.state && found.trouble.isEmpty());
}

void SessionStoreTest::brokenOnesAreSetAside_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << sessionJson(sample(), "/").left(200);
    QTest::newRow("no JSON") << QByteArray("\x00\xff\x13garbage", 10);
    QTest::newRow("something else") << QByteArray("{\"flatline\": 1}");
    QTest::newRow("a value out of range")
        << sessionJson(sample(), "/").replace("\"learning_rate\": 0.03", "\"learning_rate\": -7");
    QTest::newRow("a step below 0") << sessionJson(sample(), "/").replace("\"step\": 900,", "\"step\": -900,");
}

void SessionStoreTest::brokenOnesAreSetAside() {
    QFETCH(const QByteArray, content);
    const QTemporaryDir folder;
    const SessionStore store = opened(folder.path());
    write(store.path(), content);
    const FoundSession found = store.load();
    QVERIFY(!found.state);
    const QStringList aside = QDir(folder.path()).entryList({"session-broken-*.json"});
    QCOMPARE(aside.size(), 1);
    QVERIFY2(found.trouble.contains(aside.first()), qPrintable(found.trouble));
    QCOMPARE(::content(folder.filePath(aside.first())), content); // nothing is lost
    QVERIFY(!QFile::exists(store.path()));
    QVERIFY(store.load().trouble.isEmpty()); // and the next start is undisturbed
}

void SessionStoreTest::oneThatKillsTheProgramIsNotTriedForEver() {
    const QTemporaryDir folder;
    const SessionStore store = opened(folder.path());
    SessionState session = sample();
    session.ended = false;
    session.attempts = 1;
    QVERIFY(store.save(session).ok());
    QVERIFY(store.load().state.has_value());
    session.attempts = 2;
    QVERIFY(store.save(session).ok());
    const FoundSession found = store.load();
    QVERIFY(!found.state);
    QVERIFY2(found.trouble.contains("twice"), qPrintable(found.trouble));
}

void SessionStoreTest::twoWindowsHaveTwoPlaces() {
    const QTemporaryDir folder;
    auto first = std::make_unique<SessionStore>(opened(folder.path()));
    const SessionStore second = opened(folder.path());
    QVERIFY(first->path() != second.path());
    const QString place = first->path();
    first.reset();
    QCOMPARE(opened(folder.path()).path(), place); // free again
}

void SessionStoreTest::aTornWriteLeavesTheOldOne() {
    const QTemporaryDir folder;
    const SessionStore store = opened(folder.path());
    QVERIFY(store.save(sample()).ok());
    const QByteArray before = content(store.path());
    // What a program leaves that was killed while it wrote: a temporary file beside the whole one.
    write(store.path() + ".AbCdEf", "{\"flatline_ses");
    QCOMPARE(content(store.path()), before);
    QVERIFY(store.load().state.has_value());
}

void SessionStoreTest::aClosedFolderIsAnError() {
    const QTemporaryDir folder;
    write(folder.filePath("file"), "no folder");
    const auto store = SessionStore::open(folder.filePath("file/inside"));
    QVERIFY(!store.ok());
    QCOMPARE(store.error().kind, ErrorKind::File);
}

void SessionStoreTest::forgotten() {
    const QTemporaryDir folder;
    const SessionStore store = opened(folder.path());
    QVERIFY(store.save(sample()).ok());
    store.forget();
    QVERIFY(!store.load().state);
}

QTEST_MAIN(SessionStoreTest)
#include "session_store_test.moc"
