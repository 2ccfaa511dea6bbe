#include "app/experiments/experiment_file.h"
#include "app/experiments/open_experiment.h"
#include "app/experiments/repeat_words.h"
#include "core/settings/setting_table.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

namespace {

Settings opened(const QString& name) {
    const auto settings = openExperiment(name);
    if (!settings)
        qFatal("%s", settings.error().english().c_str());
    return settings.value();
}

/// The program's exit code.
int ran(const QStringList& words) {
    return QProcess::execute(QStringLiteral(FLATLINE_BINARY), words);
}

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The settings that a command line asks for, as the program reads it.
Settings asked(const QStringList& words) {
    SettingTexts changes;
    for (qsizetype i = 3; i + 1 < words.size(); i += 2) {
        const QString value = words[i + 1];
        if (words[i] == QLatin1String("--seed"))
            changes.emplace_back("seed", value.toStdString());
        else if (words[i] == QLatin1String("--set"))
            changes.emplace_back(value.section('=', 0, 0).toStdString(), value.section('=', 1).toStdString());
    }
    const auto settings = openExperiment(words[2], changes);
    if (!settings)
        qFatal("%s", settings.error().english().c_str());
    return resolved(settings.value(), {});
}

} // namespace

/// The command line that repeats a run: it must give the very same one.
class RepeatWordsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void aBuiltInOneNeedsItsNameAlone() {
        QCOMPARE(repeatingWords(opened(QStringLiteral("healthy")), 120, {}),
                 (QStringList{"flatline", "run", "healthy", "--steps", "120"}));
    }

    void whatDiffersIsSet_data() {
        QTest::addColumn<QStringList>("changes");
        QTest::newRow("seed and rate") << QStringList{"seed=12", "training.learning_rate=0.1"};
        QTest::newRow("layers") << QStringList{"network.hidden=4,4,2"};
        QTest::newRow("activation") << QStringList{"network.activation=leaky-relu"};
        QTest::newRow("its slope") << QStringList{"network.activation=leaky-relu", "network.alpha=0.3"};
        QTest::newRow("data") << QStringList{"data.source=moons", "data.standardize=true", "data.noise=0.05"};
        QTest::newRow("a number that is no round one") << QStringList{"training.learning_rate=0.029999999999999999"};
        QTest::newRow("a name") << QStringList{"name=Ours, and \"theirs\" $HOME"};
    }
    void whatDiffersIsSet() {
        QFETCH(QStringList, changes);
        Settings settings = opened(QStringLiteral("healthy"));
        for (const QString& change : changes)
            QVERIFY(setSettingFromText(settings, change.section('=', 0, 0).toStdString(),
                                       change.section('=', 1).toStdString()));
        const QStringList words = repeatingWords(settings, 30, QStringLiteral("healthy"));
        QVERIFY(!words.isEmpty());
        QCOMPARE(words[2], QStringLiteral("healthy"));
        QVERIFY2((words.size() - 5) / 2 <= changes.size(),
                 qPrintable(words.join(' '))); // nothing that follows by itself
        QVERIFY(asked(words) == resolved(settings, {}));
    }

    // Breaks where the words say something else than the run that was seen.
    void theProgramGivesTheSameTraceRow() {
        Settings settings = opened(QStringLiteral("healthy"));
        settings.training.learningRate = 0.3;
        settings.network.hidden = {5, 3};
        settings.seed = 3;
        QVERIFY(saveExperiment(settings, path("seen.json")));
        QStringList words = repeatingWords(settings, 57, {});
        QVERIFY(!words.isEmpty());
        QCOMPARE(ran(words.mid(1) << "--trace" << path("words.csv")), 0);
        QCOMPARE(ran({"run", path("seen.json"), "--steps", "57", "--trace", path("seen.csv")}), 0);
        QVERIFY(content(path("words.csv")).contains("\r\n57,"));
        QCOMPARE(content(path("words.csv")), content(path("seen.csv")));
    }

    void whatWasDoneByHandNeedsItsFile() {
        Settings settings = opened(QStringLiteral("healthy"));
        settings.interventions.push_back({40, ThermalKick{}});
        QVERIFY(repeatingWords(settings, 100, {}).isEmpty());
        QCOMPARE(repeatingWords(settings, 40, {}).value(2), QStringLiteral("healthy")); // it comes later
        QVERIFY(saveExperiment(settings, path("kicked here.json")));
        const QStringList words = repeatingWords(settings, 100, path("kicked here.json"));
        QCOMPARE(words, (QStringList{"flatline", "run", QDir::toNativeSeparators(path("kicked here.json")), "--steps",
                                     "100"}));
        QVERIFY(asked(words) == resolved(settings, {}));
    }

    void aTableIsNamedByItsWholePath() {
        QFile table(path("table.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("a,b,class\n1,2,x\n2,1,y\n3,5,x\n4,2,y\n5,5,x\n6,1,y\n");
        table.close();
        Settings settings;
        settings.data.source = "csv";
        settings.data.file = QDir::current().relativeFilePath(path("table.csv")).toStdString();
        const QStringList words = repeatingWords(settings, 5, {});
        QVERIFY2(words.contains("data.file=" + QFileInfo(path("table.csv")).absoluteFilePath()),
                 qPrintable(words.join(' ')));
        QCOMPARE(ran(words.mid(1)), 0);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(RepeatWordsTest)
#include "repeat_words_test.moc"
