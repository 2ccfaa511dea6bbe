#include "sample_run.h"
#include "ui/window/drop_target.h"
#include "ui/window/file_actions.h"
#include "ui/window/file_names.h"
#include "ui/window/recent_files.h"
#include "ui/window/recent_menu.h"
#include "ui/window/status_strip.h"
#include "window_bench.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

using namespace flatline;

/// Files: the recent ones, those dropped on the window, and the names that are suggested.
class RecentFilesTest : public QObject {
    Q_OBJECT
private slots:
    void init() { QVERIFY(m_bench.open()); }
    void newestFirstAndNoneTwice();
    void openedAndSavedOnesAreRemembered();
    void theMenuOpensThem();
    void missingOnesAreGrey();
    void cleared();
    void whatADropWouldDo();
    void aDroppedExperimentIsOpened();
    void aRefusedDropIsExplained();
    void namesSayExperimentSeedAndStep();
    void namesAreSafe();

private:
    QString file(const QString& name) {
        const QString path = m_bench.folder.filePath(name);
        QFile out(path);
        return out.open(QIODevice::WriteOnly) ? path : QString();
    }
    RecentMenu* menu() {
        auto* menu = m_bench.part<RecentMenu>();
        menu->refresh();
        return menu;
    }
    static QMimeData* held(const QStringList& paths) {
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls << QUrl::fromLocalFile(path);
        auto* data = new QMimeData;
        data->setUrls(urls);
        return data;
    }
    void drop(const QStringList& paths) {
        const std::unique_ptr<QMimeData> data(held(paths));
        QDragEnterEvent enter({400, 300}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(m_bench.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({400, 300}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(m_bench.window.get(), &event);
    }

    WindowBench m_bench;
};

void RecentFilesTest::newestFirstAndNoneTwice() {
    for (int i = 0; i < 12; ++i)
        rememberRecentFile(QStringLiteral("/somewhere/%1.json").arg(i));
    rememberRecentFile("/somewhere/../somewhere/5.json");
    QCOMPARE(recentFiles().size(), mostRecentFiles);
    QCOMPARE(recentFiles().first(), QStringLiteral("/somewhere/5.json"));
    QCOMPARE(recentFiles()[1], QStringLiteral("/somewhere/11.json"));
    QCOMPARE(recentFiles().count("/somewhere/5.json"), 1);
    forgetRecentFiles();
}

void RecentFilesTest::openedAndSavedOnesAreRemembered() {
    auto* files = m_bench.part<FileActions>();
    m_bench.files.toOpen = smallExperiment();
    QVERIFY(files->openPath(file("opened.json")));
    QVERIFY(files->openPath("one")); // built in: no file
    QVERIFY(files->saveTo(file("saved.json")));
    QCOMPARE(recentFiles(),
             QStringList({m_bench.folder.filePath("saved.json"), m_bench.folder.filePath("opened.json")}));
}

void RecentFilesTest::theMenuOpensThem() {
    forgetRecentFiles();
    rememberRecentFile(file("again.json"));
    m_bench.files.toOpen = smallExperiment();
    m_bench.files.toOpen.name = "Again";
    QAction* action = menu()->actions().first();
    QVERIFY2(action->text().contains("again.json"), qPrintable(action->text()));
    QVERIFY(action->toolTip().contains("again.json"));
    action->trigger();
    QTRY_COMPARE(m_bench.now().settings.name, std::string("Again"));
}

void RecentFilesTest::missingOnesAreGrey() {
    forgetRecentFiles();
    const QString path = file("gone.json");
    rememberRecentFile(path);
    QVERIFY(menu()->actions().first()->isEnabled());
    QVERIFY(QFile::remove(path));
    const QAction* action = menu()->actions().first();
    QVERIFY(!action->isEnabled());
    QVERIFY2(action->text().contains("no longer there"), qPrintable(action->text()));
}

void RecentFilesTest::cleared() {
    rememberRecentFile(file("some.json"));
    menu()->actions().last()->trigger();
    QVERIFY(recentFiles().isEmpty());
    QVERIFY(!menu()->actions().first()->isEnabled());
    QVERIFY(!menu()->actions().last()->isEnabled());
}

void RecentFilesTest::whatADropWouldDo() {
    const auto verdict = [](const QStringList& paths) {
        const std::unique_ptr<QMimeData> data(held(paths));
        return judgeDrop(*data);
    };
    QCOMPARE(verdict({"/x/run.json"}).path, QStringLiteral("/x/run.json"));
    QCOMPARE(verdict({"/x/table.TSV"}).path, QStringLiteral("/x/table.TSV"));
    QVERIFY(verdict({"/x/picture.png"}).path.isEmpty());
    QVERIFY(verdict({"/x/picture.png"}).text.contains("picture.png"));
    QVERIFY(verdict({"/x/picture.png"}).text.contains(".json")); // what would be right
    QVERIFY(verdict({"/x/a.json", "/x/b.json"}).path.isEmpty());
    QVERIFY(verdict({"/x/a.json", "/x/b.json"}).text.contains("one at a time"));
    QVERIFY(verdict({m_bench.folder.path()}).text.contains("folder"));
    QMimeData web;
    web.setUrls({QUrl("https://example.org/run.json")});
    QVERIFY(judgeDrop(web).path.isEmpty());
}

void RecentFilesTest::aDroppedExperimentIsOpened() {
    m_bench.files.toOpen = smallExperiment();
    m_bench.files.toOpen.name = "Dropped";
    drop({file("dropped.json")});
    QTRY_COMPARE(m_bench.now().settings.name, std::string("Dropped"));
}

void RecentFilesTest::aRefusedDropIsExplained() {
    const auto run = m_bench.now().run;
    drop({file("a.json"), file("b.json")});
    QVERIFY2(m_bench.part<StatusStrip>()->sentence().contains("one at a time"),
             qPrintable(m_bench.part<StatusStrip>()->sentence()));
    QVERIFY(m_bench.settled());
    QCOMPARE(m_bench.now().run, run);
}

void RecentFilesTest::namesSayExperimentSeedAndStep() {
    auto snapshot = test::sampleRun();
    snapshot->settings.name = "A step too far";
    snapshot->settings.seed = 39;
    snapshot->now.step = 12900;
    QCOMPARE(suggestedFileName(*snapshot, "Loss", "png"), QStringLiteral("a-step-too-far-seed39-step12900-loss.png"));
    QCOMPARE(suggestedFileName(*snapshot, {}, "json"), QStringLiteral("a-step-too-far-seed39-step12900.json"));
}

void RecentFilesTest::namesAreSafe() {
    QCOMPARE(safeFileName("../../etc: \"x\" <y>|?*\\ /"), QStringLiteral("etc-x-y"));
    QCOMPARE(safeFileName(QString::fromUtf8("Übung Nº 3")), QStringLiteral("ubung-no-3"));
    QCOMPARE(safeFileName("  ..  "), QStringLiteral("experiment"));
    QVERIFY(safeFileName(QString(500, 'a')).size() <= 60);
}

QTEST_MAIN(RecentFilesTest)
#include "recent_files_test.moc"
