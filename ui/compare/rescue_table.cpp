#include "ui/compare/rescue_table.h"

#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace flatline {
namespace {

constexpr int lineHeight = 32;
constexpr int headHeight = 30;
constexpr int figureWidth = 100;
constexpr int countWidth = 72; ///< under a short head
constexpr int lossWidth = 104;
constexpr int deedWidth = 172;
constexpr int deedColumn = rescueColumns;
constexpr int barRole = Qt::UserRole + 1;
constexpr double barHeight = 3.0;

/// The bar under a loss: as long as its share of the largest one.
class LossDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        const QString figure = std::exchange(ground.text, {});
        ground.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, ground.widget);
        painter->setFont(ground.font);
        const QVariant ink = index.data(Qt::ForegroundRole);
        painter->setPen(ink.isValid() ? ink.value<QBrush>().color() : themeOf(option.widget).text);
        painter->drawText(option.rect.adjusted(10, 0, -16, -5), Qt::AlignRight | Qt::AlignVCenter, figure);
        const QVariant share = index.data(barRole);
        if (!share.isValid())
            return;
        const Theme& theme = themeOf(option.widget);
        const QRectF track(option.rect.left() + 10, option.rect.bottom() - 6, option.rect.width() - 26, barHeight);
        painter->fillRect(track, theme.sunken);
        painter->fillRect(QRectF(track.topLeft(), QSizeF(track.width() * share.toDouble(), barHeight)), theme.muted);
    }
};

QString text(const char* source) {
    return QCoreApplication::translate("rescue", source);
}

} // namespace

RescueTable::RescueTable(QWidget* parent)
    : QTableWidget(0, rescueColumns + 1, parent) {
    setAccessibleName(tr("Cures, the best first"));
    for (int i = 0; i < rescueColumns; ++i) {
        const RescueColumnRow& column = rescueColumn(static_cast<RescueColumn>(i));
        auto* head = new QTableWidgetItem(text(column.title));
        head->setToolTip(text(column.help) + QLatin1Char('\n') + tr("Click to sort by it."));
        head->setTextAlignment(i == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
        setHorizontalHeaderItem(i, head);
        setColumnWidth(i, figureWidth);
    }
    setColumnWidth(static_cast<int>(RescueColumn::DeadAtEnd), countWidth);
    setColumnWidth(static_cast<int>(RescueColumn::TrainLoss), lossWidth);
    setHorizontalHeaderItem(deedColumn, new QTableWidgetItem);
    setColumnWidth(deedColumn, deedWidth);
    QHeaderView* heads = horizontalHeader();
    heads->setSectionResizeMode(QHeaderView::Fixed);
    heads->setSectionResizeMode(0, QHeaderView::Stretch);
    heads->setFixedHeight(headHeight);
    heads->setSortIndicatorShown(true);
    heads->setSectionsClickable(true);
    heads->setHighlightSections(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(lineHeight);
    setShowGrid(false);
    setWordWrap(false); // a second line would be cut in half
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false); // Tab goes on to the buttons
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setItemDelegateForColumn(static_cast<int>(RescueColumn::TrainLoss), new LossDelegate(this));
    connect(heads, &QHeaderView::sectionClicked, this, [this](int section) {
        if (section >= rescueColumns)
            return;
        const auto column = static_cast<RescueColumn>(section);
        sortBy(column, column == m_column ? !m_downwards : rescueColumn(column).moreIsBetter);
    });
    connect(this, &QTableWidget::activated, this, [this](const QModelIndex& index) {
        const RescueLine& line = m_lines[static_cast<std::size_t>(index.row())];
        if (line.tried() && line.cure != &cureTable().front())
            emit cureWished(line.cure);
    });
    sortBy(m_column, m_downwards);
}

int RescueTable::wantedHeight() const {
    return headHeight + static_cast<int>(cureTable().size()) * lineHeight + 2;
}

void RescueTable::showLines(std::vector<RescueLine> lines) {
    m_lines = std::move(lines);
    refill();
}

void RescueTable::sortBy(RescueColumn column, bool downwards) {
    m_column = column;
    m_downwards = downwards;
    horizontalHeader()->setSortIndicator(static_cast<int>(column),
                                         downwards ? Qt::DescendingOrder : Qt::AscendingOrder);
    refill();
}

void RescueTable::refill() {
    const int before = currentRow();
    const CureRow* current = before >= 0 && item(before, 0) != nullptr
                                 ? cureTable().data() + item(before, 0)->data(Qt::UserRole).toInt()
                                 : nullptr;
    sortLines(m_lines, m_column, m_downwards);
    clearSpans();
    setRowCount(static_cast<int>(m_lines.size()));
    for (int row = 0; row < rowCount(); ++row) {
        fillRow(row, m_lines[static_cast<std::size_t>(row)]);
        if (m_lines[static_cast<std::size_t>(row)].cure == current)
            setCurrentCell(row, 0);
    }
}

void RescueTable::fillRow(int row, const RescueLine& line) {
    const bool pale = !line.tried() || line.cure == &cureTable().front();
    for (int i = 0; i < rescueColumns; ++i) {
        auto* cell = new QTableWidgetItem(i == 0 || line.tried() ? line.cells[i] : i == 1 ? line.note : QString());
        cell->setToolTip(i == 0 ? line.cells[i] + QLatin1Char('\n') + coreText(line.cure->note) : line.note);
        const bool words = i == 0 || !line.tried();
        cell->setTextAlignment((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        if (pale)
            cell->setForeground(themeOf(this).muted);
        QFont shown = font();
        shown.setWeight(i == static_cast<int>(m_column) && i > 0 ? QFont::DemiBold : QFont::Normal);
        cell->setFont(shown);
        if (i == static_cast<int>(RescueColumn::TrainLoss) && line.values[static_cast<std::size_t>(i)])
            cell->setData(barRole, line.lossShare);
        setItem(row, i, cell);
    }
    item(row, 0)->setData(Qt::UserRole, static_cast<int>(line.cure - cureTable().data()));
    if (!line.tried())
        setSpan(row, 1, 1, rescueColumns - 1);
    addDeed(row, line);
}

/// A cell of its own, so that the button does not fill the line's whole height.
void RescueTable::addDeed(int row, const RescueLine& line) {
    removeCellWidget(row, deedColumn);
    if (!line.tried() || line.cure == &cureTable().front())
        return;
    auto* cell = new QWidget(this);
    auto* box = new QHBoxLayout(cell);
    box->setContentsMargins(6, 0, 8, 0);
    auto* deed = new ActionButton(ActionButton::Look::Plain, {}, tr("Do this"), cell);
    deed->setHeight(24);
    deed->setAccessibleName(tr("Do this: %1").arg(line.cells.front()));
    deed->setToolTip(line.cure->start == CureStart::Beginning
                         ? tr("Start the run anew with this change. Ctrl+Z takes it back.")
                         : tr("Do this to the run as it stands now. It becomes part of the experiment; Ctrl+Z takes it "
                              "back."));
    box->setSpacing(6);
    auto* twin = new ActionButton(ActionButton::Look::Plain, {}, tr("As twin"), cell);
    twin->setHeight(24);
    twin->setAccessibleName(tr("As a twin: %1").arg(line.cells.front()));
    twin->setToolTip(tr("Do it to a twin that goes on beside this run from now on, and compare the two."));
    connect(twin, &QPushButton::clicked, this, [this, cure = line.cure] { emit twinWished(cure); });
    box->addStretch();
    box->addWidget(deed);
    box->addWidget(twin);
    connect(deed, &QPushButton::clicked, this, [this, cure = line.cure] { emit cureWished(cure); });
    setCellWidget(row, deedColumn, cell);
}

void RescueTable::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_lines.empty())
        refill();
}

} // namespace flatline
