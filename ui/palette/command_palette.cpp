#include "ui/palette/command_palette.h"

#include "ui/palette/palette_row.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {

namespace {
constexpr int widest = 620;
constexpr int rows = 11;
constexpr int belowTop = 84; ///< under the menu bar and the transport
constexpr int entryRole = Qt::UserRole;
} // namespace

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* window)
    : QFrame(window, Qt::Popup)
    , m_entries(std::move(entries))
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_help(new QLabel(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", QStringLiteral("popover"));
    setAccessibleName(tr("All actions"));
    m_field->setPlaceholderText(tr("What would you like to do? Type some letters of it."));
    m_field->setAccessibleName(tr("Search all actions"));
    m_field->setFixedHeight(30);
    m_field->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new PaletteRow(m_list));
    m_list->setFocusPolicy(Qt::NoFocus); // typing goes on while one moves
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Actions that fit"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedHeight(rows * PaletteRow::height);
    m_help->setProperty("role", QStringLiteral("caption"));
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::PlainText);
    m_help->setAlignment(Qt::AlignTop);
    m_help->setContentsMargins(PaletteRow::textLeft, 0, 8, 0);
    m_help->setFixedHeight(2 * m_help->fontMetrics().lineSpacing() + 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_help);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    connect(m_list, &QListWidget::currentItemChanged, this, &CommandPalette::showHelp);
    narrow({});
}

void CommandPalette::open() {
    const QWidget* window = parentWidget();
    const int wide = std::min(widest, window->width() - 32);
    resize(wide, sizeHint().height());
    move(window->mapToGlobal(QPoint((window->width() - wide) / 2, belowTop)));
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::narrow(const QString& typed) {
    m_list->clear();
    for (const PaletteEntry* entry : matching(m_entries, typed)) {
        auto* item = new QListWidgetItem(entry->title, m_list);
        item->setData(entryRole, static_cast<int>(entry - m_entries.data()));
        item->setData(PaletteRow::placeRole, entry->place);
        item->setData(PaletteRow::keysRole, entry->shortcut);
        item->setData(PaletteRow::checkedRole, entry->checked);
        item->setData(Qt::AccessibleTextRole,
                      QStringList{entry->title, entry->place, entry->shortcut}.join(QStringLiteral(", ")));
        if (!entry->enabled)
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    m_list->setCurrentRow(0);
    if (m_list->count() == 0)
        m_help->setText(tr("Nothing is called so. Fewer letters find more."));
}

void CommandPalette::step(int by) {
    if (m_list->count() > 0)
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
}

void CommandPalette::showHelp(const QListWidgetItem* item) {
    if (item == nullptr)
        return;
    const PaletteEntry& entry = m_entries[static_cast<std::size_t>(item->data(entryRole).toInt())];
    const QString help = entry.help == entry.title ? QString() : entry.help.simplified();
    m_help->setText(entry.enabled ? help : tr("Not possible now. %1").arg(help));
    m_field->setAccessibleDescription(item->data(Qt::AccessibleTextRole).toString());
}

void CommandPalette::run(const QListWidgetItem* item) {
    if (item == nullptr || !item->flags().testFlag(Qt::ItemIsEnabled))
        return;
    const std::function<void()> act = m_entries[static_cast<std::size_t>(item->data(entryRole).toInt())].run;
    QWidget* window = parentWidget();
    close();
    // Only once it is gone: what it does may open a dialog, or give the focus to a control.
    QTimer::singleShot(0, window, act);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<const QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        step(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        step(rows - 1);
        return true;
    case Qt::Key_PageUp:
        step(1 - rows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(m_list->currentItem());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace flatline
