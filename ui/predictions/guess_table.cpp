#include "ui/predictions/guess_table.h"

#include "ui/predictions/guess_text.h"
#include "ui/theme/theme.h"

#include <QHeaderView>

#include <array>

namespace flatline {

namespace {
constexpr int lineHeight = 22;
constexpr std::array widths{72, 0, 72, 100, 132}; ///< 0: what is left
constexpr int questionColumn = 1;
} // namespace

GuessTable::GuessTable(QWidget* parent)
    : QTableWidget(0, static_cast<int>(widths.size()), parent) {
    setHorizontalHeaderLabels({tr("Step"), tr("Question"), tr("Guess"), tr("Predicted"), tr("Outcome")});
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(lineHeight);
    for (int column = 0; column < columnCount(); ++column)
        if (column == questionColumn)
            horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
        else
            setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leads on to the next control
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Guesses, predictions and outcomes"));
}

void GuessTable::showGuesses(const std::vector<Guess>& guesses, bool hidden, std::int64_t now) {
    const int count = static_cast<int>(guesses.size());
    if (rowCount() != count)
        setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const Guess& guess = guesses[static_cast<std::size_t>(count - 1 - row)];
        const QStringList cells = guessCells(guess, hidden, now);
        for (int column = 0; column < columnCount(); ++column) {
            if (item(row, column) == nullptr)
                setItem(row, column, new QTableWidgetItem);
            QTableWidgetItem* cell = item(row, column);
            if (cell->text() == cells[column])
                continue;
            cell->setText(cells[column]);
            cell->setToolTip(cells[column]);
        }
    }
}

} // namespace flatline
