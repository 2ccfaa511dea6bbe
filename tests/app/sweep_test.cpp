#include "tests/app/program.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

namespace {

const QString lineEnd = QStringLiteral("\r\n");

QStringList lines(const QByteArray& csv) {
    return QString::fromUtf8(csv).split(lineEnd, Qt::SkipEmptyParts);
}

/// Two layers of different widths and depths, two rates, three seeds: runs that take unequal times.
const QStringList mixed{
    "sweep", "healthy", "--set", "network.hidden=24,24;2", "--set", "training.learning_rate=0.5;0.05", "--seeds",
    "3..5",  "--steps", "120"};

/// Four small runs without a hidden layer or with one, a cell of which needs quotes.
const QStringList small{"sweep", "healthy", "--set", "network.hidden=1,1;1", "--set", "data.samples=8", "--seeds",
                        "1..2",  "--steps", "0"};

/// A sweep that nobody waits for.
const QStringList endless{"sweep", "healthy", "--seeds", "1..1000000", "--steps", "200"};

} // namespace

class SweepTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    // Breaks where rows come as their runs end, or a run depends on what runs beside it.
    void orderWhateverTheJobs();
    // Breaks where a sweep trains, or looks, otherwise than a run does.
    void rowsAreTheTracesLast();
    void aDivergedRunIsARow();
    void oneRowWithoutAnything();
    void seedsAsASetting();
    // Breaks where networks of different depth shift each other's columns, or a list's commas split its cell.
    void headerOfTheDeepest();
    // Breaks where a run is in two shards or in none.
    void shardsMakeTheWhole();
    // Breaks where a torn row stays, a whole one is made twice, or the header is taken for a row.
    void resumeAfterACutAnywhere();
    void resumeAddsMore();
    // Breaks where rows of different sweeps would get into one file.
    void resumeRefusesAnotherSweep();
    // Breaks where Ctrl-C loses finished rows, or leaves a torn one.
    void stopsAndGoesOn();
    void rowsComeWhileItRuns();
    void standardOutput();
    void provenance();
    void localeChangesNothing();
    void ownFilesBesideTheExperiment();
    // Breaks where a mistake is found only after the old file is gone, or after hours.
    void errorsLeaveTheFile_data();
    void errorsLeaveTheFile();
    void fullDisk();
    // Breaks where a row that finds no room leaves a part of it.
    void noRoomForARow();
    void help();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// The CSV that a sweep writes.
    QByteArray swept(const QStringList& arguments, const QString& name = QStringLiteral("swept.csv")) {
        const Outcome sweep = flatline(arguments + QStringList{"--csv", path(name)});
        return sweep.code == 0 ? content(path(name)) : sweep.err.toUtf8();
    }
    QTemporaryDir m_folder;
};

void SweepTest::orderWhateverTheJobs() {
    const QByteArray alone = swept(mixed + QStringList{"--jobs", "1"});
    QCOMPARE(swept(mixed + QStringList{"--jobs", "5"}), alone);
    const QStringList rows = lines(alone);
    QCOMPARE(rows.size(), 13);
    QVERIFY2(rows[0].startsWith("network.hidden,training.learning_rate,seed,step,epoch,train_loss,"),
             qPrintable(rows[0]));
    qsizetype row = 1;
    for (const QString& hidden : QStringList{"\"24,24\"", "2"})
        for (const QString& rate : QStringList{"0.5", "0.05"})
            for (const QString& seed : QStringList{"3", "4", "5"})
                QVERIFY2(rows[row++].startsWith(hidden + ',' + rate + ',' + seed + ",120,"), qPrintable(rows[row - 1]));
}

void SweepTest::rowsAreTheTracesLast() {
    const QStringList rows = lines(swept({"sweep", "sudden-death", "--set", "data.noise=0.05;0.2", "--set",
                                          "training.batch_size=7", "--seeds", "8..9", "--steps", "333"}));
    QCOMPARE(rows.size(), 5);
    qsizetype row = 1;
    for (const QString& noise : QStringList{"0.05", "0.2"})
        for (const QString& seed : QStringList{"8", "9"}) {
            const Outcome run =
                flatline({"run", "sudden-death", "--set", "data.noise=" + noise, "--set", "training.batch_size=7",
                          "--seed", seed, "--steps", "333", "--trace", path("trace.csv")});
            QVERIFY2(run.code == 0, qPrintable(run.err));
            const QStringList trace = lines(content(path("trace.csv")));
            QCOMPARE(rows[0], "data.noise,seed," + trace.first());
            QCOMPARE(rows[row++], noise + ',' + seed + ',' + trace.last());
        }
}

void SweepTest::aDivergedRunIsARow() {
    const Outcome sweep = flatline({"sweep", "healthy", "--set", "data.source=sine", "--set",
                                    "training.learning_rate=0.01;100", "--csv", path("diverged.csv")});
    QCOMPARE(sweep.code, 0);
    QVERIFY2(sweep.err.contains("1 of 2 runs diverged"), qPrintable(sweep.err));
    const Outcome run = flatline({"run", "healthy", "--set", "data.source=sine", "--set", "training.learning_rate=100",
                                  "--trace", path("diverged-trace.csv")});
    QCOMPARE(run.code, 5);
    QCOMPARE(lines(content(path("diverged.csv"))).last(), "100,7," + lines(content(path("diverged-trace.csv"))).last());
    // Not finite at the start, in a sample that no batch has met: the first row is the last.
    write(path("far.csv"), "x,y\n0.5,1\n1.5,2\n2.5,0\n3.5,1\n3e38,1\n");
    const QStringList start{path("far.json"), "--steps", "3", "--set", "initialization.gain=1000"};
    write(path("far.json"), R"({"data": {"source": "csv", "file": "far.csv", "standardize": false, "test_fraction": 0},
                                "network": {"hidden": [2], "activation": "identity", "output": "linear"},
                                "training": {"learning_rate": 0, "batch_size": 1, "shuffle": false}})");
    QCOMPARE(flatline(QStringList{"run", "--trace", path("far-trace.csv")} + start).code, 5);
    QCOMPARE(lines(swept(QStringList{"sweep"} + start)).last(), "7," + lines(content(path("far-trace.csv"))).last());
    QVERIFY(lines(content(path("far-trace.csv"))).last().startsWith("0,"));
}

void SweepTest::oneRowWithoutAnything() {
    const QStringList rows = lines(swept({"sweep", "healthy", "--steps", "20"}));
    QCOMPARE(rows.size(), 2);
    QVERIFY(rows[0].startsWith("seed,step,"));
    QVERIFY(rows[1].startsWith("7,20,"));
    // One value is the same for all rows, and none of their columns.
    const QStringList changed = lines(swept({"sweep", "healthy", "--steps=20", "--set", "training.momentum=0.5"}));
    QCOMPARE(changed[0], rows[0]);
    QVERIFY(changed[1] != rows[1]);
}

void SweepTest::seedsAsASetting() {
    const QByteArray range = swept({"sweep", "healthy", "--seeds", "4..6", "--steps", "5"});
    QCOMPARE(lines(range).size(), 4);
    QCOMPARE(swept({"sweep", "healthy", "--set", "seed=4;5;6", "--steps", "5"}), range);
    const QStringList one = lines(swept({"sweep", "healthy", "--seeds", "5", "--steps", "5"}));
    QCOMPARE(one, (QStringList{lines(range)[0], lines(range)[2]}));
    QCOMPARE(lines(swept({"sweep", "healthy", "--set", "seed=5", "--steps", "5"})), one);
    // The greatest seed there is.
    QVERIFY(swept({"sweep", "healthy", "--seeds=9007199254740991", "--steps=0"}).contains("\r\n9007199254740991,0,"));
}

void SweepTest::headerOfTheDeepest() {
    const QStringList rows = lines(swept({"sweep", "healthy", "--set", "network.hidden=;3;3,2", "--set",
                                          "network.alpha=;0.5", "--set", "data.offset=-1;2", "--steps", "1"}));
    QCOMPARE(rows.size(), 13);
    QVERIFY(rows[0].endsWith("layer1_dead,layer1_inactive,layer1_gradient_norm,"
                             "layer2_dead,layer2_inactive,layer2_gradient_norm"));
    const auto columns = rows[0].count(',');
    QCOMPARE(rows[1].count(','), columns);
    QVERIFY2(rows[1].startsWith(",null,-1,7,1,"), qPrintable(rows[1]));
    QVERIFY(rows[1].endsWith(",,,,,,"));
    QVERIFY(!rows[1].endsWith(",,,,,,,"));
    QCOMPARE(rows[5].count(','), columns);
    QVERIFY(rows[5].endsWith(",,,") && !rows[5].endsWith(",,,,"));
    QVERIFY2(rows[12].startsWith("\"3,2\",0.5,2,7,1,"), qPrintable(rows[12]));
    QCOMPARE(rows[12].count(','), columns + 1);
    QVERIFY(!rows[12].contains(",,"));
}

void SweepTest::shardsMakeTheWhole() {
    const QStringList whole = lines(swept(mixed));
    QStringList together;
    for (int i = 1; i <= 5; ++i) {
        const QString shard = QStringLiteral("%1/5").arg(i);
        const QStringList rows = lines(swept(mixed + QStringList{"--shard", shard}));
        QCOMPARE(rows.first(), whole.first());
        for (qsizetype k = 1; k < rows.size(); ++k)
            QCOMPARE(rows[k], whole[i + (k - 1) * 5]);
        together += rows.mid(1);
    }
    QStringList expected = whole.mid(1);
    expected.sort();
    together.sort();
    QCOMPARE(together, expected);
    QCOMPARE(lines(swept(mixed + QStringList{"--shard", "13/13"})), QStringList{whole.first()});
}

void SweepTest::resumeAfterACutAnywhere() {
    const QByteArray whole = swept(small);
    QCOMPARE(lines(whole).size(), 5);
    const QByteArray origin = content(path("swept.csv.provenance.json"));
    for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
        write(path("swept.csv"), whole.left(cut));
        const Outcome sweep = flatline(small + QStringList{"--resume", "--csv", path("swept.csv")});
        QVERIFY2(sweep.code == 0, qPrintable(sweep.err));
        QVERIFY2(content(path("swept.csv")) == whole, qPrintable(QStringLiteral("cut at %1").arg(cut)));
    }
    QCOMPARE(content(path("swept.csv.provenance.json")), origin);
    QVERIFY(QFile::remove(path("swept.csv")));
    QCOMPARE(swept(small + QStringList{"--resume"}), whole);
    // A row from the middle is made again, at the end.
    QStringList rows = lines(whole);
    rows.append(rows.takeAt(2));
    write(path("swept.csv"), (lines(whole).mid(0, 2) + lines(whole).mid(3)).join(lineEnd).toUtf8() + "\r\n");
    QCOMPARE(lines(swept(small + QStringList{"--resume"})), rows);
}

void SweepTest::resumeAddsMore() {
    const QStringList fixed{"sweep", "healthy", "--steps", "3", "--resume"};
    const QByteArray few = swept(fixed + QStringList{"--seeds", "1..3"}, "more.csv");
    const QByteArray more = swept(fixed + QStringList{"--seeds", "1..6"}, "more.csv");
    QCOMPARE(lines(few).size(), 4);
    QVERIFY(more.startsWith(few));
    QCOMPARE(more, swept({"sweep", "healthy", "--steps", "3", "--seeds", "1..6"}));
}

void SweepTest::resumeRefusesAnotherSweep() {
    const QByteArray whole = swept(small);
    const auto refuses = [this](const QStringList& arguments, const QString& part) {
        const QByteArray before = content(path("swept.csv"));
        const Outcome sweep = flatline(arguments + QStringList{"--resume", "--csv", path("swept.csv")});
        QCOMPARE(sweep.code, 3);
        QVERIFY2(sweep.err.contains(part), qPrintable(sweep.err));
        QCOMPARE(sweep.err.count('\n'), 1);
        QCOMPARE(content(path("swept.csv")), before);
    };
    refuses({"sweep", "healthy", "--steps", "0"}, "swept.csv:1:1: the column \"network.hidden\"");
    refuses({"sweep", "healthy", "--set", "network.hidden=1;1,1,1", "--steps", "0"}, "swept.csv:1:");
    // Where what stands beside the rows tells that they are others.
    refuses(small + QStringList{"--steps", "1"}, "--steps 0");
    refuses(small + QStringList{"--set", "training.momentum=0.9"}, "training.momentum");
    refuses(QStringList{"sweep", "leaky-rescue"} + small.mid(2), "swept.csv.provenance.json: ");
    write(path("swept.csv"), whole + "1,2\r\n");
    refuses(small, "swept.csv:6:1: ");
    write(path("swept.csv"), QByteArray(whole).replace("\r\n", "\n"));
    refuses(small, "CR LF");
    // Nothing beside them, nothing to say.
    write(path("swept.csv"), whole);
    QVERIFY(QFile::remove(path("swept.csv.provenance.json")));
    QCOMPARE(swept(small + QStringList{"--resume"}), whole);
}

void SweepTest::stopsAndGoesOn() {
#ifdef Q_OS_UNIX
    // Steps enough that no machine is done before the signal comes.
    const QStringList arguments{"sweep",   "healthy", "--set",  "training.learning_rate=0.1;0.2", "--seeds", "1..30",
                                "--steps", "100000",  "--quiet"};
    const QByteArray whole = swept(arguments);
    for (const int signal : {SIGINT, SIGTERM}) {
        const QString file = path("stopped.csv");
        QFile::remove(file);
        QProcess process;
        prepare(process, QStringLiteral("C.UTF-8"));
        process.start(QStringLiteral(FLATLINE_BINARY), arguments + QStringList{"--csv", file, "--jobs", "3"});
        QTRY_VERIFY_WITH_TIMEOUT(content(file).count('\n') > 3, 30000);
        const auto id = static_cast<pid_t>(process.processId());
        QVERIFY2(id > 0, "it ended before it could be stopped"); // and 0 would be everybody, this test included
        QCOMPARE(::kill(id, signal), 0);
        const Outcome stopped = finished(process);
        QCOMPARE(stopped.code, 128 + signal);
        const QByteArray rows = content(file);
        QVERIFY(rows.endsWith("\r\n"));
        QVERIFY(whole.startsWith(rows) && rows.size() < whole.size());
        const QString share = QStringLiteral("%1 of 60 rows").arg(lines(rows).size() - 1);
        QVERIFY2(stopped.err.contains(share) && stopped.err.contains("--resume"), qPrintable(stopped.err));
        const QJsonObject origin = QJsonDocument::fromJson(content(file + ".provenance.json")).object();
        QCOMPARE(origin.value("complete").toBool(true), false);
        QCOMPARE(origin.value("sha256").toString().toLatin1(),
                 QCryptographicHash::hash(rows, QCryptographicHash::Sha256).toHex());
        QCOMPARE(swept(arguments + QStringList{"--resume"}, "stopped.csv"), whole);
    }
#else
    QSKIP("signals are sent on Unix only");
#endif
}

void SweepTest::rowsComeWhileItRuns() {
    QProcess process;
    prepare(process, QStringLiteral("C.UTF-8"));
    process.start(QStringLiteral(FLATLINE_BINARY), endless + QStringList{"--csv", path("endless.csv")});
    QTRY_VERIFY_WITH_TIMEOUT(content(path("endless.csv")).count('\n') > 2, 30000);
    QVERIFY(QFile::exists(path("endless.csv.provenance.json")));
    process.kill();
    QVERIFY(process.waitForFinished());
    QVERIFY(content(path("endless.csv")).endsWith("\r\n"));
    // Killed, too, it tells what the rows are of.
    const Outcome other =
        flatline({"sweep", "healthy", "--seeds", "1..9", "--steps", "3", "--resume", "--csv", path("endless.csv")});
    QCOMPARE(other.code, 3);
    QVERIFY2(other.err.contains("--steps 200"), qPrintable(other.err));
}

void SweepTest::standardOutput() {
    const QByteArray whole = swept(small);
    for (const QStringList& where : {QStringList{}, QStringList{"--csv", "-"}}) {
        const Outcome sweep = flatline(small + where);
        QCOMPARE(sweep.code, 0);
        QCOMPARE(sweep.out.toUtf8(), whole);
        QCOMPARE(sweep.err, QString("4 of 4 rows\n"));
    }
    QCOMPARE(flatline(small + QStringList{"--quiet"}).err, QString());
    const Outcome toFile = flatline(small + QStringList{"--csv", path("swept.csv")});
    QCOMPARE(toFile.out, QString());
    QCOMPARE(toFile.err, path("swept.csv") + ": 4 of 4 rows\n");
}

void SweepTest::provenance() {
    const QByteArray rows = swept(mixed + QStringList{"--shard", "2/3"});
    const QJsonObject origin = QJsonDocument::fromJson(content(path("swept.csv.provenance.json"))).object();
    QCOMPARE(origin.value("file").toString(), QString("swept.csv"));
    QCOMPARE(origin.value("sha256").toString().toLatin1(),
             QCryptographicHash::hash(rows, QCryptographicHash::Sha256).toHex());
    QCOMPARE(origin.value("steps").toInt(), 120);
    QCOMPARE(origin.value("seeds").toString(), QString("3..5"));
    QCOMPARE(origin.value("set").toArray(), (QJsonArray{"network.hidden=24,24;2", "training.learning_rate=0.5;0.05"}));
    QCOMPARE(origin.value("shard").toString(), QString("2/3"));
    QCOMPARE(origin.value("complete").toBool(), true);
    for (const char* key : {"version", "compiler", "cpu"})
        QVERIFY2(!origin.value(QLatin1String(key)).toString().isEmpty(), key);
    // The experiment with what --set and --seeds take makes the same rows again.
    write(path("again.json"), QJsonDocument(origin.value("experiment").toObject()).toJson());
    QStringList again{"sweep", path("again.json"), "--seeds", "3..5", "--steps", "120", "--shard", "2/3"};
    for (const QJsonValue set : origin.value("set").toArray())
        again << "--set" << set.toString();
    QCOMPARE(swept(again), rows);
}

void SweepTest::localeChangesNothing() {
    const QByteArray plain = swept(mixed);
    const Outcome german = flatline(mixed + QStringList{"--csv", path("german.csv")}, QStringLiteral("de_DE.UTF-8"));
    QVERIFY2(german.code == 0, qPrintable(german.err));
    QCOMPARE(content(path("german.csv")), plain);
}

void SweepTest::ownFilesBesideTheExperiment() {
    write(path("one.csv"), "a,b,kind\n0.5,1,x\n1.5,2,y\n2.5,0,x\n3.5,1,y\n");
    write(path("two.csv"), "a,b,kind\n0.5,1,x\n1.5,2,y\n2.5,0,x\n3.5,1,z\n");
    write(path("own.json"), R"({"data": {"source": "csv", "file": "one.csv", "test_fraction": 0},
                                "network": {"hidden": [3]}})");
    const QStringList arguments{"sweep",   path("own.json"), "--set",   "data.file=one.csv;two.csv",
                                "--seeds", "1..3",           "--steps", "4"};
    const QStringList rows = lines(swept(arguments));
    QCOMPARE(rows.size(), 7);
    QVERIFY2(rows[4].startsWith("two.csv,1,4,"), qPrintable(rows[4]));
    // Parameters that one of the networks cannot start from are found before the first run.
    QCOMPARE(flatline({"run", path("own.json"), "--set", "data.file=one.csv", "--steps", "0", "--parameters",
                       path("start.csv")})
                 .code,
             0);
    const Outcome start = flatline(arguments + QStringList{"--set", "initialization.file=start.csv"});
    QCOMPARE(start.code, 3);
    QCOMPARE(start.out, QString());
    QVERIFY2(start.err.contains("start.csv:"), qPrintable(start.err));
    QVERIFY(QFile::remove(path("two.csv")));
    const Outcome missing = flatline(arguments);
    QCOMPARE(missing.code, 4);
    QCOMPARE(missing.out, QString());
    QVERIFY2(missing.err.contains("two.csv"), qPrintable(missing.err));
}

void SweepTest::errorsLeaveTheFile_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const QStringList& arguments, int code, const QString& part) {
        QTest::newRow(name) << arguments << code << part;
    };
    row("no experiment", {}, 2, "experiment");
    row("two experiments", {"healthy", "iris"}, 2, "experiment");
    row("unknown option", {"healthy", "--seed", "5"}, 2, "--seed");
    row("seeds backwards", {"healthy", "--seeds", "5..1"}, 2, "5..1");
    row("seeds without an end", {"healthy", "--seeds", "5.."}, 2, "5..");
    row("a negative seed", {"healthy", "--seeds=-1..3"}, 2, "-1..3");
    row("a seed too great", {"healthy", "--seeds=1..9007199254740992"}, 2, "9007199254740991");
    row("seeds given twice", {"healthy", "--seeds=1..3", "--set", "seed=1;2"}, 2, "--set seed");
    row("seeds and a seed", {"healthy", "--seeds=1..3", "--set", "seed=1"}, 2, "--set seed");
    row("runs without end", {"healthy", "--seeds=0..9007199254740991"}, 2, "1000000000000");
    row("steps", {"healthy", "--steps=-1"}, 2, "--steps");
    row("no jobs", {"healthy", "--jobs=0"}, 2, "--jobs");
    row("too many jobs", {"healthy", "--jobs=5000"}, 2, "--jobs");
    for (const char* shard : {"0/3", "4/3", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/0"})
        row(shard, {"healthy", "--shard", QLatin1String(shard)}, 2, QLatin1String(shard));
    row("set without a value", {"healthy", "--set", "training.momentum"}, 2, "PATH=VALUE");
    row("set unknown", {"healthy", "--set", "training.rate=1;2"}, 2, "training.learning_rate");
    row("set twice", {"healthy", "--set", "data.noise=0;0.1", "--set", "data.noise=0.2"}, 2, "data.noise");
    row("a value twice", {"healthy", "--set", "data.noise=0.1;0.2;0.10"}, 2, "0.10");
    row("a value out of range", {"healthy", "--set", "training.momentum=0.5;1"}, 2, "training.momentum: 1 ");
    row("one value out of range", {"healthy", "--set", "training.momentum=1"}, 2, "training.momentum: 1 ");
    row("a value left out", {"healthy", "--set", "training.momentum=0.5;"}, 2, "training.momentum");
    row("nowhere", {"healthy", "--csv="}, 2, "--csv");
    row("resume of standard output", {"healthy", "--csv=-", "--resume"}, 2, "--resume");
    row("data without a file", {"healthy", "--set", "data.source=circles;csv"}, 3,
        "healthy (data.source=csv): data.file: ");
    row("nothing to train on", {"leaky-rescue", "--set", "data.test_fraction=0;0.9", "--set", "data.samples=1"}, 3,
        "leaky-rescue (data.test_fraction=0.9, seed=");
    row("an output that does not fit", {"healthy", "--set", "network.output=;sigmoid", "--set", "data.source=iris"}, 3,
        "healthy (network.output=sigmoid, seed=7): network.output: ");
    row("no such experiment", {"helthy"}, 4, "healthy");
    row("no folder", {"healthy", "--csv=none/t.csv"}, 4, "none/t.csv");
}

void SweepTest::errorsLeaveTheFile() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, part);
    write(path("old.csv"), "old");
    const Outcome sweep = flatline(QStringList{"sweep", "--csv", path("old.csv")} + arguments);
    QCOMPARE(sweep.code, code);
    QVERIFY2(sweep.err.contains(part), qPrintable(sweep.err));
    QCOMPARE(sweep.err.count('\n'), 1);
    QCOMPARE(content(path("old.csv")), QByteArray("old"));
    QVERIFY(!QFile::exists(path("old.csv.provenance.json")));
}

void SweepTest::fullDisk() {
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("there is no /dev/full here");
    const Outcome sweep = flatline(endless + QStringList{"--csv", "/dev/full"});
    QCOMPARE(sweep.code, 4);
    QVERIFY2(sweep.err.contains("/dev/full"), qPrintable(sweep.err));
    QVERIFY(!QFile::exists("/dev/full.provenance.json"));
}

void SweepTest::noRoomForARow() {
#ifdef Q_OS_UNIX
    QProcess process;
    prepare(process, QStringLiteral("C.UTF-8"));
    process.setChildProcessModifier([] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit most{5000, 5000};
        ::setrlimit(RLIMIT_FSIZE, &most);
    });
    const QStringList arguments{"sweep", "healthy", "--seeds", "1..60", "--steps", "0", "--csv", path("room.csv")};
    process.start(QStringLiteral(FLATLINE_BINARY), arguments);
    const Outcome sweep = finished(process);
    QCOMPARE(sweep.code, 4);
    QVERIFY2(sweep.err.contains("room.csv"), qPrintable(sweep.err));
    const QByteArray rows = content(path("room.csv"));
    QVERIFY(rows.size() > 4000 && rows.size() <= 5000);
    QVERIFY(rows.endsWith("\r\n"));
    QCOMPARE(flatline(arguments + QStringList{"--resume"}).code, 0);
    QCOMPARE(content(path("room.csv")), swept(arguments));
#else
    QSKIP("the size of files is limited on Unix only");
#endif
}

void SweepTest::help() {
    const Outcome help = flatline({"sweep", "--help"});
    QCOMPARE(help.code, 0);
    for (const char* option :
         {"--seeds A..B", "--set PATH=V1;V2;V3", "--steps", "--jobs", "--csv", "--shard I/N", "--resume", "--quiet"})
        QVERIFY2(help.out.contains(QLatin1String(option)), option);
    QVERIFY(flatline({"--help"}).out.contains("flatline sweep EXPERIMENT"));
}

QTEST_GUILESS_MAIN(SweepTest)
#include "sweep_test.moc"
