#include "app/exports/export_table.h"
#include "app/files/files.h"
#include "core/session/session.h"
#include "tests/core/fixtures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace flatline;

/// What is saved while a moment of the past is shown.
class PastExportsTest : public QObject {
    Q_OBJECT
private slots:
    void filesAreOfTheMomentTheySay();

private:
    QByteArray read(const QString& name) { return readFile(m_folder.filePath(name), 10 << 20).value(); }
    QTemporaryDir m_folder;
};

// Breaks where a file of the past holds figures of another step than its provenance says, or than a run of that many
// steps gives.
void PastExportsTest::filesAreOfTheMomentTheySay() {
    Session session(fixtures::trainer(fixtures::harshSettings(1)));
    Session early(fixtures::trainer(fixtures::harshSettings(1)));
    for (int i = 0; i < 300; ++i) {
        QVERIFY(session.step());
        if (i < 120)
            QVERIFY(early.step());
    }
    session.finish();
    early.finish();
    session.travel(120);
    const Snapshot past = session.snapshot(true);
    const Snapshot live = early.snapshot(true);
    for (const ExportRow& row : exportTable()) {
        const QString name = row.fileName();
        QVERIFY(exportRun(row, m_folder.filePath(name), past, nullptr).ok());
        const QJsonObject origin = QJsonDocument::fromJson(read(name + ".provenance.json")).object();
        QCOMPARE(origin["step"].toInt(), row.wholeRun ? 300 : 120);
        QVERIFY(exportRun(row, m_folder.filePath("early.csv"), live, nullptr).ok());
        if (row.wholeRun)
            QVERIFY2(read(name).startsWith(read("early.csv")), row.id); // and then goes on
        else
            QVERIFY2(read(name) == read("early.csv"), row.id);
    }
}

QTEST_GUILESS_MAIN(PastExportsTest)
#include "past_exports_test.moc"
