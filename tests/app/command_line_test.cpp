#include "tests/app/program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// Rows of cells; the files here have no quoted ones.
QList<QStringList> table(const QString& path) {
    QList<QStringList> rows;
    for (const QString& line : QString::fromUtf8(content(path)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts))
        rows << line.split(QLatin1Char(','));
    return rows;
}

QStringList column(const QString& path, const QString& name) {
    const auto rows = table(path);
    const qsizetype index = rows.value(0).indexOf(name);
    QStringList cells;
    for (qsizetype i = 1; i < rows.size(); ++i)
        cells << rows[i].value(index);
    return cells;
}

const QStringList exports{"trace", "neurons", "events", "parameters", "landscape", "predictions"};

} // namespace

class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    // Breaks where a file of --out, or the one summary line, is missing, or a display is needed.
    void outWritesEverything();
    // Breaks where a column is missing or misplaced, or a row has another number of cells.
    void tablesHaveTheirColumns();
    void traceHasTheRightRows();
    void epochsInsteadOfSteps();
    void summaryIsOneLine();
    // Breaks where the experiment that a file carries is not the one that made it.
    void provenanceMakesTheSameFile();
    // Breaks where exported parameters are not the network that trained.
    void parametersStartARun();
    void sameSeedSameBits();
    // Breaks where a number follows the locale, going in or coming out.
    void localeChangesNothing();
    void divergenceKeepsTheLastFiniteState();
    // Breaks where samples outside the batch overflow unnoticed.
    void overflowIsDivergence();
    void ownCsv();
    void exitCodes_data();
    void exitCodes();
    void lists();
    void helpAndVersion();
    void windowNeedsADisplay();
    // Breaks where the meter waits for ever for its runs, or trains none.
    void theMeterTrainsItsRuns();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

void CommandLineTest::outWritesEverything() {
    const Outcome run = flatline({"run", "sudden-death", "--steps", "40", "--out", path("all/deep")});
    QVERIFY2(run.code == 0, qPrintable(run.err));
    QStringList expected;
    for (const QString& name : exports)
        expected << name + ".csv" << name + ".csv.provenance.json";
    expected << "screenshot.png"
             << "screenshot.png.provenance.json";
    expected.sort();
    QCOMPARE(QDir(path("all/deep")).entryList(QDir::Files, QDir::Name), expected);
    const QImage picture(path("all/deep/screenshot.png"));
    QCOMPARE(picture.size(), QSize(1280, 800));
}

void CommandLineTest::tablesHaveTheirColumns() {
    const QHash<QString, QString> headers{
        {"trace", "step,epoch,train_loss,test_loss,train_accuracy,test_accuracy,gradient_norm,dead,comatose,at_risk,"
                  "dead_layers,output_range,infinite_loss_samples,layer1_dead,layer1_inactive,layer1_gradient_norm,"
                  "layer2_dead,layer2_inactive,layer2_gradient_norm"},
        {"neurons", "layer,neuron,state,born_dead,died_at,revived_at,deaths,cause,margin,active_fraction,bias,"
                    "weight_norm,alpha,dormancy,wake,wakes_at,kick_chance,lethal_rate_low,lethal_rate_high,since,epoch,"
                    "batch,learning_rate,sample,margin_before,margin_after,worst_step,worst_gradient,gradient_weights,"
                    "gradient_bias,momentum,weight_decay,bias_decay,upstream,batch_norm,kick,annealing,edit,handover,"
                    "revival_cause"},
        {"events", "step,layer,neuron,event,cause,detail"},
        {"parameters", "layer,kind,row,column,value"},
        {"landscape", "a,b,loss"},
        {"predictions", "split,x1,x2,target,output1,output2,predicted"}};
    const QHash<QString, qsizetype> rows{
        {"trace", 5}, {"neurons", 6}, {"parameters", 28}, {"landscape", 51 * 51}, {"predictions", 500}};
    for (const QString& name : exports) {
        const auto cells = table(path("all/deep/" + name + ".csv"));
        QCOMPARE(cells.value(0).join(','), headers[name]);
        QVERIFY(cells.size() > 1);
        if (rows.contains(name))
            QCOMPARE(cells.size() - 1, rows[name]);
        for (const QStringList& row : cells)
            QCOMPARE(row.size(), cells[0].size());
    }
    // Five of six are dead by then, and the events say when.
    QCOMPARE(column(path("all/deep/neurons.csv"), "state").count("dead"),
             column(path("all/deep/trace.csv"), "dead").last().toInt());
    QVERIFY(column(path("all/deep/events.csv"), "event").contains("died"));
}

void CommandLineTest::traceHasTheRightRows() {
    const QString file = path("t.csv");
    QCOMPARE(flatline({"run", "healthy", "--steps=20", "--every", "7", "--trace", file}).code, 0);
    QCOMPARE(column(file, "step"), (QStringList{"0", "7", "14", "20"}));
    QCOMPARE(flatline({"run", "healthy", "--steps", "0", "--trace", file}).code, 0);
    QCOMPARE(column(file, "step"), QStringList{"0"});
    QCOMPARE(flatline({"run", "healthy", "--steps", "30", "--trace", file}).code, 0);
    QCOMPARE(column(file, "step"), (QStringList{"0", "10", "20", "30"}));
    // Without a test set its columns are empty.
    QCOMPARE(flatline({"run", "healthy", "--steps", "1", "--set", "data.test_fraction=0", "--trace", file}).code, 0);
    QCOMPARE(column(file, "test_loss"), (QStringList{"", ""}));
    QVERIFY(!column(file, "train_loss").contains(""));
}

void CommandLineTest::epochsInsteadOfSteps() {
    // 250 training samples in batches of 10.
    const QString file = path("epochs.csv");
    QCOMPARE(flatline({"run", "healthy", "--epochs", "3", "--every", "1000", "--trace", file}).code, 0);
    QCOMPARE(column(file, "step"), (QStringList{"0", "75"}));
    QCOMPARE(column(file, "epoch"), (QStringList{"0", "3"}));
}

void CommandLineTest::summaryIsOneLine() {
    const Outcome run = flatline({"run", "healthy", "--seed", "11", "--steps", "5", "--quiet"});
    const QRegularExpression line(QStringLiteral(
        "\\Acircles, 4\\+2 relu, seed 11: 5 steps, train loss 0\\.\\d+, test loss 0\\.\\d+, 2 of 6 dead\\n\\z"));
    QVERIFY2(line.match(run.out).hasMatch(), qPrintable(run.out));
    QCOMPARE(run.err, QString());
}

void CommandLineTest::provenanceMakesTheSameFile() {
    const QString file = path("p/trace.csv");
    QVERIFY(QDir(m_folder.path()).mkpath("p"));
    QCOMPARE(flatline({"run", "a-step-too-far", "--steps", "620", "--set", "data.noise=0.125", "--trace", file}).code,
             0);
    const QJsonObject origin = QJsonDocument::fromJson(content(file + ".provenance.json")).object();
    QCOMPARE(origin.value("sha256").toString().toLatin1(),
             QCryptographicHash::hash(content(file), QCryptographicHash::Sha256).toHex());
    QCOMPARE(origin.value("step").toInt(), 620);
    QCOMPARE(origin.value("seed").toInt(), 97);
    for (const char* key : {"version", "compiler", "cpu"})
        QVERIFY2(!origin.value(QLatin1String(key)).toString().isEmpty(), key);
    write(path("p/again.json"), QJsonDocument(origin.value("experiment").toObject()).toJson());
    const Outcome again = flatline({"run", path("p/again.json"), "--steps", "620", "--trace", path("p/again.csv")});
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(content(path("p/again.csv")), content(file));
}

void CommandLineTest::parametersStartARun() {
    const QString set = QStringLiteral("initialization.file=") + path("w.csv");
    QCOMPARE(
        flatline({"run", "healthy", "--steps", "50", "--parameters", path("w.csv"), "--trace", path("w1.csv")}).code,
        0);
    QCOMPARE(flatline({"run", "healthy", "--steps", "0", "--set", set, "--trace", path("w2.csv")}).code, 0);
    QCOMPARE(column(path("w2.csv"), "train_loss").first(), column(path("w1.csv"), "train_loss").last());
    const Outcome wrong = flatline({"run", "healthy", "--set", set, "--set", "network.hidden=4,3"});
    QCOMPARE(wrong.code, 3);
    QVERIFY2(wrong.err.contains("w.csv:"), qPrintable(wrong.err));
}

void CommandLineTest::sameSeedSameBits() {
    for (const QString& name : {path("s1.csv"), path("s2.csv")})
        QCOMPARE(flatline({"run", "slow-plague", "--steps", "300", "--parameters", name}).code, 0);
    QCOMPARE(content(path("s1.csv")), content(path("s2.csv")));
    QCOMPARE(flatline({"run", "slow-plague", "--steps", "300", "--seed", "8", "--parameters", path("s2.csv")}).code, 0);
    QVERIFY(content(path("s1.csv")) != content(path("s2.csv")));
}

void CommandLineTest::localeChangesNothing() {
    QStringList outs;
    for (const QString& locale : {QStringLiteral("C.UTF-8"), QStringLiteral("de_DE.UTF-8")}) {
        const Outcome run = flatline(
            {"run", "sudden-death", "--steps", "1234", "--set", "training.learning_rate=0.125", "--out", path(locale)},
            locale);
        QVERIFY2(run.code == 0, qPrintable(run.err));
        outs << run.out;
    }
    QCOMPARE(outs[0], outs[1]);
    QVERIFY2(outs[0].contains("1234 steps"), qPrintable(outs[0]));
    for (const QString& name : exports)
        for (const QString& end : {QStringLiteral(".csv"), QStringLiteral(".csv.provenance.json")})
            QCOMPARE(content(path("C.UTF-8/" + name + end)), content(path("de_DE.UTF-8/" + name + end)));
    QVERIFY(content(path("de_DE.UTF-8/trace.csv.provenance.json")).contains("\"learning_rate\": 0.125"));
}

void CommandLineTest::divergenceKeepsTheLastFiniteState() {
    const Outcome run =
        flatline({"run", "healthy", "--set", "data.source=sine", "--set", "training.learning_rate=100", "--trace",
                  path("d.csv"), "--events", path("de.csv"), "--parameters", path("dp.csv")});
    QCOMPARE(run.code, 5);
    const QRegularExpression message(QStringLiteral("step (\\d+).*layer \\d"));
    const auto match = message.match(run.err);
    QVERIFY2(match.hasMatch(), qPrintable(run.err));
    QCOMPARE(run.err.count('\n'), 1);
    // The step that failed is not in the trace; the one before is, and is finite.
    QCOMPARE(column(path("d.csv"), "step").last().toInt(), match.captured(1).toInt() - 1);
    QVERIFY(!content(path("d.csv")).contains("nan"));
    QCOMPARE(column(path("de.csv"), "event").last(), QString("diverged"));
    for (const QString& value : column(path("dp.csv"), "value"))
        QVERIFY(qIsFinite(value.toDouble()));
    QVERIFY2(run.out.trimmed().endsWith("diverged"), qPrintable(run.out));
}

void CommandLineTest::overflowIsDivergence() {
    // Not one step is taken, and the outputs already are too large for a float32.
    const Outcome born = flatline({"run", "born-dead", "--steps", "0", "--set", "network.activation=identity", "--set",
                                   "initialization.gain=1000", "--set", "network.hidden=8,8,8,8,8,8,8,8,8,8,8,8,8,8,8",
                                   "--out", path("overflow")});
    QCOMPARE(born.code, 5);
    QVERIFY2(born.err.contains(QRegularExpression("step 0: .* layer \\d+")), qPrintable(born.err));
    QVERIFY2(born.out.trimmed().endsWith("diverged"), qPrintable(born.out));
    QCOMPARE(column(path("overflow/events.csv"), "event").last(), QString("diverged"));
    QCOMPARE(column(path("overflow/trace.csv"), "train_loss"), QStringList{"inf"});
    for (const QString& name : exports)
        QVERIFY2(!content(path("overflow/" + name + ".csv")).contains("nan"), qPrintable(name));
    // A row that is not finite ends the run, even where the batches go on.
    const Outcome later = flatline({"run", "born-dead", "--steps", "50", "--set", "network.activation=identity",
                                    "--set", "initialization.gain=1000", "--set",
                                    "network.hidden=8,8,8,8,8,8,8,8,8,8,8,8,8,8,8", "--trace", path("later.csv")});
    QCOMPARE(later.code, 5);
    QVERIFY2(later.err.contains("step 0: "), qPrintable(later.err));
    QCOMPARE(column(path("later.csv"), "step"), QStringList{"0"});
}

void CommandLineTest::ownCsv() {
    QVERIFY(QDir(m_folder.path()).mkpath("own/data"));
    write(path("own/data/mine.csv"), "a;b;kind\n0,5;1;=x\n1,5;2;y\n2,5;0;=x\n3,5;1;y\n");
    write(path("own/e.json"), R"({"data": {"source": "csv", "file": "data/mine.csv", "target": "kind",
                                           "test_fraction": 0}})");
    const Outcome run =
        flatline({"run", path("own/e.json"), "--steps", "3", "--predictions", path("own/predictions.csv")});
    QVERIFY2(run.code == 0, qPrintable(run.err));
    QVERIFY2(run.out.startsWith("mine.csv, 8+8 relu"), qPrintable(run.out));
    QCOMPARE(column(path("own/predictions.csv"), "target"), (QStringList{"'=x", "y", "'=x", "y"}));
    // The experiment beside the file finds the data from where it stands.
    const QJsonObject origin = QJsonDocument::fromJson(content(path("own/predictions.csv.provenance.json"))).object();
    QCOMPARE(origin.value("experiment").toObject().value("data").toObject().value("file").toString(),
             QString("data/mine.csv"));
    write(path("own/data/mine.csv"), "a;b;kind\n0,5;1;x\n1,5;?;y\n");
    const Outcome broken = flatline({"run", path("own/e.json")});
    QCOMPARE(broken.code, 3);
    QVERIFY2(broken.err.contains("mine.csv:3:5: "), qPrintable(broken.err));
    QVERIFY(QFile::remove(path("own/data/mine.csv")));
    const Outcome missing = flatline({"run", path("own/e.json")});
    QCOMPARE(missing.code, 4);
    QVERIFY2(missing.err.contains("mine.csv"), qPrintable(missing.err));
}

void CommandLineTest::exitCodes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const QStringList& arguments, int code, const QString& part) {
        QTest::newRow(name) << arguments << code << part;
    };
    write(path("syntax.json"), "{\n  \"seed\": ,\n}");
    write(path("value.json"), R"({"training": {"learning_rate": "fast"}})");
    write(path("output.json"), R"({"data": {"source": "iris"}, "network": {"output": "sigmoid"}})");
    row("no experiment", {"run"}, 2, "experiment");
    row("two experiments", {"run", "healthy", "iris"}, 2, "experiment");
    row("unknown option", {"run", "healthy", "--step", "5"}, 2, "--step");
    row("an option of Qt's", {"run", "healthy", "-platform", "none", "--screenshot", path("x.png")}, 2, "-platform");
    row("option without a value", {"run", "healthy", "--steps"}, 2, "--steps N");
    row("switch with a value", {"run", "healthy", "--quiet=1"}, 2, "--quiet");
    row("steps", {"run", "healthy", "--steps", "1e3x"}, 2, "1e3x");
    row("negative steps", {"run", "healthy", "--steps", "-1"}, 2, "-1");
    row("every 0", {"run", "healthy", "--every", "0"}, 2, "--every");
    row("steps and epochs", {"run", "healthy", "--steps", "1", "--epochs", "1"}, 2, "--epochs");
    row("seed", {"run", "healthy", "--seed", "9007199254740992"}, 2, "--seed");
    row("set without a value", {"run", "healthy", "--set", "training.momentum"}, 2, "PATH=VALUE");
    row("set unknown", {"run", "healthy", "--set", "training.rate=1"}, 2, "training.learning_rate");
    row("set out of range", {"run", "healthy", "--set", "training.momentum=1"}, 2, "0.999");
    row("two outputs in one file", {"run", "healthy", "--trace", path("x.csv"), "--events", path("x.csv")}, 2, "x.csv");
    row("no name for the folder", {"run", "healthy", "--out="}, 2, "--out");
    row("an output that is a folder", {"run", "healthy", "--trace", m_folder.path()}, 4, "folder");
    row("runs of the window without its meter", {"--runs", "2"}, 2, "--meter");
    row("more runs than there are", {"--meter", "1", "--runs", "5"}, 2, "--runs");
    row("verify on no seed", {"verify", "--seeds", "0"}, 2, "--seeds");
    row("verify of no lesson", {"verify", "plato"}, 4, "plateau");
    row("list of what", {"list", "neurons"}, 2, "activations");
    row("list of two", {"list", "datasets", "outputs"}, 2, "one kind");
    row("syntax", {"run", path("syntax.json")}, 3, "syntax.json:2:");
    row("value", {"run", path("value.json")}, 3, "value.json: training.learning_rate: \"fast\"");
    row("output that does not fit", {"run", path("output.json")}, 3, "output.json: network.output: ");
    row("csv without a file", {"run", "a-step-too-far", "--set", "data.source=csv"}, 3, "a-step-too-far: data.file: ");
    row("no such experiment", {"run", "helthy"}, 4, "healthy");
    row("a folder", {"run", m_folder.path()}, 4, "folder");
    row("no folder to write to", {"run", "healthy", "--steps", "1", "--trace", path("none/t.csv")}, 4, "none/t.csv");
    row("out is a file", {"run", "healthy", "--steps", "1", "--out", path("value.json")}, 4, "value.json");
}

void CommandLineTest::exitCodes() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, part);
    const Outcome run = flatline(arguments);
    QCOMPARE(run.code, code);
    QVERIFY2(run.err.contains(part), qPrintable(run.err));
    QCOMPARE(run.err.count('\n'), 1);
}

void CommandLineTest::lists() {
    const Outcome all = flatline({"list"});
    QCOMPARE(all.code, 0);
    for (const char* word : {"sudden-death", "leaky-relu", "breast-cancer", "he-normal", "softmax", "sgd"})
        QVERIFY2(all.out.contains(QLatin1String(word)), word);
    QCOMPARE(flatline({"list", "experiments"}).out.count('\n'), 11);
    const Outcome activations = flatline({"list", "activations"});
    QVERIFY(activations.out.contains(QRegularExpression("^relu  +ReLU", QRegularExpression::MultilineOption)));
    const Outcome lessons = flatline({"list", "lessons"});
    QCOMPARE(lessons.code, 0);
    QVERIFY(lessons.out.isEmpty() != lessons.err.isEmpty()); // where there is none, it says so
}

void CommandLineTest::helpAndVersion() {
    const Outcome help = flatline({"--help"});
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains("flatline run EXPERIMENT"));
    const Outcome runHelp = flatline({"run", "--help"});
    QCOMPARE(runHelp.code, 0);
    for (const char* option : {"--steps", "--epochs", "--seed", "--set", "--every", "--trace", "--neurons", "--events",
                               "--parameters", "--landscape", "--predictions", "--screenshot", "--out", "--quiet"})
        QVERIFY2(runHelp.out.contains(QLatin1String(option)), option);
    QCOMPARE(flatline({"list", "--help"}).code, 0);
    QCOMPARE(flatline({"run", "-h"}).out, runHelp.out);
    const Outcome version = flatline({"--version"});
    QCOMPARE(version.code, 0);
    QVERIFY(version.out.contains(QRegularExpression("^flatline \\d+\\.\\d+\\.\\d+\n$")));
}

// The workers give way to everything else on the machine: where others keep it busy, a step may take its time.
void CommandLineTest::theMeterTrainsItsRuns() {
    double speed = 0.0;
    for (const char* seconds : {"0.2", "2", "20"}) {
        QProcess process;
        prepare(process, QStringLiteral("C.UTF-8"));
        QProcessEnvironment environment = process.processEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("config"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(FLATLINE_BINARY), {"-platform", "offscreen", "--meter", seconds, "--runs", "2"});
        const Outcome meter = finished(process);
        QVERIFY2(meter.code == 0, qPrintable(meter.err));
        for (const char* name : {"first_experiment_frame", "event_time_p99", "dropped_frames", "training_speed"}) {
            const QRegularExpression line(QStringLiteral("^%1 (\\S+) ").arg(QLatin1String(name)),
                                          QRegularExpression::MultilineOption);
            const auto found = line.match(meter.out);
            QVERIFY2(found.hasMatch(), name);
            speed = found.captured(1).toDouble(); // the last one's
        }
        if (speed > 0.0)
            return;
    }
    QFAIL("no step was made in twenty seconds");
}

void CommandLineTest::windowNeedsADisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    const Outcome window = flatline({});
    QCOMPARE(window.code, 4);
    QVERIFY2(window.err.contains("flatline run"), qPrintable(window.err));
    const Outcome mistyped = flatline({"helthy"});
    QCOMPARE(mistyped.code, 4);
    QVERIFY2(mistyped.err.contains("healthy"), qPrintable(mistyped.err));
    QCOMPARE(flatline({"runn", "healthy"}).code, 2);
    // As root, too, a device stays one; and what cannot be written there is an error.
    const Outcome full = flatline({"run", "healthy", "--steps", "1", "--trace", "/dev/full"});
    QVERIFY2(full.code == 4 || !QFile::exists("/dev/full"), qPrintable(full.err));
    QVERIFY(!QFileInfo("/dev/full").isFile());
    QVERIFY(!QFile::exists("/dev/full.provenance.json"));
#endif
    QCOMPARE(flatline({"--metre", "3", "-platform", "offscreen"}).code, 2);
    QCOMPARE(flatline({"helthy", "-platform", "offscreen"}).code, 4);
    const Outcome measured = flatline({"healthy", "--meter", "0.2", "-platform", "offscreen"});
    QCOMPARE(measured.code, 0);
    QVERIFY2(measured.out.contains("event_time_p99"), qPrintable(measured.out));
    QVERIFY2(measured.out.startsWith("first_frame "), qPrintable(measured.out));
    QCOMPARE(measured.out.count("first_experiment_frame "), 1);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
