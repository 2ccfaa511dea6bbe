#include "core/training/recorder.h"
#include "tests/core/fixtures.h"
#include "ui/compare/rescue_dialog.h"
#include "ui/compare/rescue_table.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <string_view>

using namespace flatline;

namespace {

/// Invented figures: the kick recovers most, GELU has the lowest loss, leaky is in force, ELU could not be tried.
RescueReport sampleReport() {
    RescueReport report;
    report.step = 240;
    report.steps = 1000;
    report.done = true;
    report.progress = 1.0;
    for (const CureRow& cure : cureTable()) {
        const std::string id = cure.id;
        RescueRow row{&cure, id == "leaky-relu", {}, {}};
        if (id == "elu")
            row.problem = Error{ErrorKind::File, "x", {"the file is gone", {}}};
        if (!row.inForce && !row.problem) {
            CureOutcome outcome{13, 0, 1, {16, 14, 0.694, 0.7, 0.5, 0.5, false}};
            if (id == "kick")
                outcome = {13, 11, 0, {16, 2, 0.2, 0.25, 0.9, 0.91, false}};
            if (id == "gelu")
                outcome = {13, 5, 0, {16, 8, 0.05, 0.06, 0.99, 0.98, false}};
            if (id == "prelu")
                outcome = {13, 5, 0, {16, 8, 0.3, 0.35, 0.8, 0.8, true}};
            row.outcomes.push_back(outcome);
        }
        report.rows.push_back(row);
    }
    return report;
}

QString cureAt(const RescueTable& table, int row) {
    return QString::fromLatin1(table.lines()[static_cast<std::size_t>(row)].cure->id);
}

} // namespace

class RescueDialogTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    // Breaks where the leaderboard is not by neurons recovered, then by loss, or untried cures are not last.
    void sortedByRecoveredThenLoss() {
        RescueDialog dialog;
        dialog.showReport(std::make_shared<const RescueReport>(sampleReport()));
        const auto& table = *dialog.findChild<RescueTable*>();
        QCOMPARE(table.rowCount(), static_cast<int>(cureTable().size()));
        QCOMPARE(cureAt(table, 0), QStringLiteral("kick"));
        QCOMPARE(cureAt(table, 1), QStringLiteral("gelu"));
        const int last = table.rowCount() - 1; // what diverged has no figures either
        QCOMPARE(cureAt(table, last - 1), QStringLiteral("prelu"));
        QCOMPARE(cureAt(table, last), QStringLiteral("elu"));
        QCOMPARE(table.item(0, static_cast<int>(RescueColumn::Recovered))->text(), QStringLiteral("11"));
        QVERIFY(table.item(last - 1, 0)->text().contains(QStringLiteral("diverged")));
        QVERIFY(table.item(last, 1)->text().contains(QStringLiteral("the file is gone")));
    }

    // Breaks where the name of a cure and its dose do not fit into their column, or wrap in a row that is one line
    // high.
    void namesFitTheirColumn() {
        RescueDialog dialog;
        RescueReport report = sampleReport();
        report.doses.warming = BiasWarming{.gamma = 1.5, .steps = 1000};
        dialog.showReport(std::make_shared<const RescueReport>(report));
        const auto& table = *dialog.findChild<RescueTable*>();
        dialog.show();
        QVERIFY(!table.wordWrap());
        for (int row = 0; row < table.rowCount(); ++row)
            QVERIFY2(table.fontMetrics().horizontalAdvance(table.item(row, 0)->text()) + 24 <= table.columnWidth(0),
                     qPrintable(table.item(row, 0)->text()));
    }

    // Breaks where a click on a head does not sort by it, or a second one not the other way.
    void headsSort() {
        RescueDialog dialog;
        dialog.showReport(std::make_shared<const RescueReport>(sampleReport()));
        auto* table = dialog.findChild<RescueTable*>();
        dialog.show();
        const int loss = static_cast<int>(RescueColumn::TrainLoss);
        const auto click = [table, loss] {
            QTest::mouseClick(table->horizontalHeader()->viewport(), Qt::LeftButton, {},
                              {table->horizontalHeader()->sectionViewportPosition(loss) + 10, 10});
        };
        click();
        QCOMPARE(cureAt(*table, 0), QStringLiteral("gelu"));
        click();
        QCOMPARE(cureAt(*table, table->rowCount() - 4), QStringLiteral("gelu"));
    }

    // Breaks where a row's button, or Enter on the row, asks for another cure, or doing nothing has a button.
    void eachRowCanBeDone() {
        RescueDialog dialog;
        dialog.showReport(std::make_shared<const RescueReport>(sampleReport()));
        auto* table = dialog.findChild<RescueTable*>();
        QSignalSpy wished(&dialog, &RescueDialog::cureWished);
        int buttons = 0;
        for (int row = 0; row < table->rowCount(); ++row) {
            QWidget* cell = table->cellWidget(row, rescueColumns);
            if (cell == nullptr)
                continue;
            ++buttons;
            cell->findChild<QPushButton*>()->click();
            QCOMPARE(wished.takeFirst().front().value<const CureRow*>()->id, cureAt(*table, row).toStdString());
        }
        QCOMPARE(buttons, static_cast<int>(cureTable().size()) - 3); // nothing, in force, impossible
        dialog.show();
        table->setFocus();
        table->setCurrentCell(0, 0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(wished.size(), 1);
        QCOMPARE(QString::fromLatin1(wished.front().front().value<const CureRow*>()->id), QStringLiteral("kick"));
    }

    // Breaks where the verdict hides its limits, or names the wrong cure.
    void theVerdictNamesItsLimits() {
        RescueReport report = sampleReport();
        const QString one = rescueVerdict(report);
        QVERIFY(one.contains(QStringLiteral("Thermal kick, 11 of 13")));
        QVERIFY(one.contains(QStringLiteral("GELU")));
        QVERIFY(one.contains(QStringLiteral("One seed proves nothing")));
        for (RescueRow& row : report.rows)
            for (CureOutcome& outcome : row.outcomes)
                outcome.recovered = 0;
        QVERIFY(rescueVerdict(report).contains(QStringLiteral("No cure brought anyone back within 1,000 steps")));
        for (RescueRow& row : report.rows)
            for (CureOutcome& outcome : row.outcomes)
                outcome.deadAtFork = 0;
        QVERIFY(rescueVerdict(report).contains(QStringLiteral("Nobody is dead at the fork")));
        report.seeds = 10;
        QVERIFY(rescueVerdict(report).contains(QStringLiteral("Means over 10 seeds")));
    }

    // Breaks where a cure that failed on most seeds leads the board with the few it survived.
    void whatDivergedOnASeedDoesNotLead() {
        RescueReport report = sampleReport();
        report.seeds = 2;
        for (RescueRow& row : report.rows)
            if (!row.outcomes.empty())
                row.outcomes.push_back(row.outcomes.front());
        const auto prelu = std::ranges::find(report.rows, std::string_view("prelu"),
                                             [](const RescueRow& row) { return std::string_view(row.cure->id); });
        prelu->outcomes.front() = {13, 13, 0, {16, 0, 0.001, 0.001, 1.0, 1.0, false}};
        const QString verdict = rescueVerdict(report);
        QVERIFY2(verdict.contains(QStringLiteral("Thermal kick, 11.0 of 13.0")), qPrintable(verdict));
        QVERIFY2(verdict.contains(QStringLiteral("Lowest loss: GELU")), qPrintable(verdict));
        std::vector<RescueLine> lines = rescueLines(report);
        for (const bool downwards : {true, false}) {
            sortLines(lines, RescueColumn::Recovered, downwards);
            const auto place = std::ranges::find(lines, prelu->cure, &RescueLine::cure);
            QVERIFY(place->values[1].has_value() && place + 1 != lines.end());
            QVERIFY(std::all_of(place + 1, lines.end(), [](const RescueLine& line) { return !line.values[1]; }));
        }
    }

    // Breaks where the button does not start, stop and start again, or what can be copied is open before there is any.
    void startsAndStops() {
        RescueDialog dialog;
        QSignalSpy start(&dialog, &RescueDialog::startWished);
        QSignalSpy stop(&dialog, &RescueDialog::stopWished);
        QPushButton* button = nullptr;
        QPushButton* copy = nullptr;
        for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
            button = one->text() == QStringLiteral("Try all") ? one : button;
            copy = one->text() == QStringLiteral("Copy CSV") ? one : copy;
        }
        QVERIFY(!copy->isEnabled());
        button->click();
        QCOMPARE(start.size(), 1);
        dialog.showRunning(true);
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        button->click();
        QCOMPARE(stop.size(), 1);
        dialog.showReport(std::make_shared<const RescueReport>(sampleReport()));
        QCOMPARE(button->text(), QStringLiteral("Try all"));
        QVERIFY(copy->isEnabled());
        QCOMPARE(dialog.steps(), 1000);
        QCOMPARE(dialog.seeds(), 1);
    }
};

Q_DECLARE_METATYPE(const flatline::CureRow*)
QTEST_MAIN(RescueDialogTest)
#include "rescue_dialog_test.moc"
