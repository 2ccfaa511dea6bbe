#include "ui/window/actions.h"
#include "ui/window/class_actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/shell_text.h"
#include "window_bench.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace flatline;

/// 'Copy as command', and what shells make of it.
class ClassActionsTest : public QObject {
    Q_OBJECT
private slots:
    void onlyWhatNeedsQuotesHasThem() {
        const QStringList words{"flatline", "run", "my lab/a'b.json", "--set", "network.hidden=8,8"};
        QCOMPARE(shellText(words, Shell::Posix),
                 QStringLiteral("flatline run 'my lab/a'\\''b.json' --set network.hidden=8,8"));
        QCOMPARE(
            shellText({"flatline", "C:\\my lab\\a.json", "--set", "network.hidden=8,8", "x\\\"y\\", "--steps", ""},
                      Shell::Windows),
            QStringLiteral("flatline \"C:\\my lab\\a.json\" --set \"network.hidden=8,8\" \"x\\\\\\\"y\\\\\" --steps "
                           "\"\""));
    }

    // Breaks where a name could run a command of its own, or arrive as another one.
    void aShellGivesEachWordBack() {
        const QStringList words{"printf",    "%s\\n", "a b", "it's", "$HOME `date` \"x\"",
                                "a;b|c&d>e", "*",     "~",   "é\\",  ""};
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), shellText(words, Shell::Posix)});
        if (!shell.waitForFinished(10000))
            QSKIP("no sh here");
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), words.mid(2).join('\n') + '\n');
    }

    void theKeyCopiesTheCommand() {
        WindowBench bench;
        QVERIFY(bench.open());
        bench.lab->post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(bench.now().now.step, 1, 10000);
        QTest::keyClick(bench.window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("flatline run one --steps 1"));
    }

    // Breaks where a command would be copied that repeats another run than the one seen.
    void whatWasDoneByHandNeedsAFile() {
        WindowBench bench;
        QVERIFY(bench.open());
        bench.lab->post(ActCommand{ThermalKick{0.5, {Target::Kind::All, 0, 0}, KickedParameters::Both}});
        QTRY_COMPARE_WITH_TIMEOUT(bench.now().experiment.interventions.size(), std::size_t{1}, 10000);
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        QTRY_VERIFY(bench.lab->frame().snapshot->experiment.interventions.size() == 1);
        auto* actions = bench.part<ClassActions>();
        QSignalSpy said(actions, &ClassActions::announced);
        actions->copyCommand(); // no question: it would not help yet
        QCOMPARE(said.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
        bench.lab->post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(bench.now().now.step, 1, 10000);
        QVERIFY(!actions->copyCommandOf(bench.now()));
        QVERIFY(bench.window->files().saveTo(QStringLiteral("class file.json")));
        QVERIFY(actions->copyCommandOf(bench.now()));
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 shellText({"flatline", "run", "class file.json", "--steps", "1"}, usualShell()));
    }
};

QTEST_MAIN(ClassActionsTest)
#include "class_actions_test.moc"
