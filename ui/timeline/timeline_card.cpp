#include "ui/timeline/timeline_card.h"

#include "ui/theme/theme.h"
#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_text.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace flatline {

namespace {

constexpr auto capKey = "history/cap_megabytes";
constexpr qint64 megabyte = qint64{1} << 20;
constexpr int leastCap = 10;     ///< MB: some keyframes of any network that the lab takes
constexpr int largestCap = 8192; ///< MB
constexpr std::array<int, 5> capChoices{50, 100, 200, 500, 1000}; ///< MB; 200 is the worker's own

} // namespace

TimelineCard::TimelineCard(QWidget* parent)
    : QFrame(parent)
    , m_timeline(new Timeline(this))
    , m_side(new QWidget(this))
    , m_sideLayout(new QBoxLayout(QBoxLayout::TopToBottom, m_side))
    , m_live(new QPushButton(tr("Live"), m_side))
    , m_resume(new QPushButton(tr("Resume from here"), m_side))
    , m_memory(new QToolButton(m_side))
    , m_menu(new QMenu(this)) {
    setProperty("role", "card");
    m_live->setCheckable(true);
    m_live->setProperty("role", "state");
    m_live->setIcon(icon(QStringLiteral("live")));
    for (QPushButton* button : {m_live, m_resume}) {
        button->setAccessibleName(button->text());
        button->setProperty("inMenu", true); // there as what they do: back to live, resume from here
    }
    m_resume->setToolTip(tr("Train on from this moment: a fork. What came after it stays in the undo history."));
    m_memory->setPopupMode(QToolButton::InstantPopup);
    m_memory->setMenu(m_menu);
    m_memory->setProperty("role", "quiet");
    m_memory->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // its words in the middle, as the buttons'
    m_sideLayout->setContentsMargins(0, 0, 0, 0);
    m_sideLayout->setSpacing(4);
    for (QWidget* button : std::initializer_list<QWidget*>{m_live, m_resume, m_memory})
        m_sideLayout->addWidget(button);
    auto* line = new QHBoxLayout(this);
    line->setSpacing(8);
    line->addWidget(m_timeline, 1);
    line->addWidget(m_side);
    makeMenu();
    connect(m_live, &QPushButton::clicked, this, [this] {
        if (m_timeline->past())
            emit m_timeline->liveWished();
        showButtons();
    });
    connect(m_resume, &QPushButton::clicked, this, &TimelineCard::resumeWished);
    setThin(false);
    showButtons();
}

void TimelineCard::makeMenu() {
    m_whole = m_menu->addAction(tr("Show the whole run"), m_timeline, &Timeline::showWholeRun);
    m_whole->setEnabled(false);
    connect(m_timeline, &Timeline::zoomedChanged, m_whole, &QAction::setEnabled);
    m_menu->addSeparator();
    m_used = m_menu->addAction(QString());
    m_used->setEnabled(false);
    auto* group = new QActionGroup(this);
    for (const int choice : capChoices) {
        QAction* action = m_menu->addAction(tr("At most %1 MB").arg(countText(choice)), this,
                                            [this, choice] { chooseCap(choice * megabyte); });
        action->setCheckable(true);
        action->setData(choice * megabyte);
        group->addAction(action);
        m_caps.push_back(action);
    }
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    m_menu->addAction(tr("Another limit…"), this, &TimelineCard::askForCap);
}

void TimelineCard::askForCap() {
    bool accepted = false;
    const int value = QInputDialog::getInt(
        this, tr("Memory for the run's history"),
        tr("Any moment is exact whatever the limit: with less memory,\ngoing back to it takes longer. Megabytes:"),
        static_cast<int>(megabytes(static_cast<qint64>(m_use.cap))), leastCap, largestCap, 50, &accepted);
    if (accepted)
        chooseCap(value * megabyte);
}

void TimelineCard::chooseCap(qint64 bytes) {
    QSettings().setValue(QLatin1String(capKey), bytes / megabyte);
    emit historyCapWished(bytes);
}

std::optional<qint64> TimelineCard::rememberedCap() {
    bool number = false;
    const int saved = QSettings().value(QLatin1String(capKey)).toInt(&number);
    return number && saved > 0 ? std::optional(std::clamp(saved, leastCap, largestCap) * megabyte) : std::nullopt;
}

void TimelineCard::setThin(bool thin) {
    m_timeline->setThin(thin);
    m_sideLayout->setDirection(thin ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    // The fork's button comes and goes under the mouse that drags: the axis must not change with it.
    const int live = m_live->sizeHint().width();
    const int other = std::max(m_resume->sizeHint().width(), m_memory->sizeHint().width());
    m_side->setFixedWidth(thin ? live + m_sideLayout->spacing() + other : std::max(live, other));
    const int above = thin ? 3 : 6;
    layout()->setContentsMargins(6, above, 10, above);
    const int button = m_live->sizeHint().height();
    const int side = thin ? button : 2 * button + m_sideLayout->spacing();
    setFixedHeight(std::max(m_timeline->sizeHint().height(), side) + 2 * above + 2);
}

void TimelineCard::showFrame(const Frame& frame) {
    m_timeline->showFrame(frame);
    m_use = frame.snapshot->history;
    showButtons();
}

void TimelineCard::showButtons() {
    const bool past = m_timeline->past();
    m_live->setChecked(!past);
    m_live->setToolTip(past ? tr("Back to the run's last step (End).")
                            : tr("The views show the run's last step. Drag along the axis to go back to another."));
    m_resume->setVisible(past);
    m_memory->setVisible(!past);
    const QString use = historyText(m_use);
    if (use == m_memory->text())
        return;
    m_memory->setText(use);
    m_memory->setAccessibleName(tr("Memory of the run's history: %1").arg(use));
    m_memory->setToolTip(tr("The run's history takes %1. At the limit old moments are kept further apart: they stay "
                            "exact, but going back to one takes longer. Events and extremes are never lost.")
                             .arg(use));
    m_used->setText(tr("History: %1").arg(use));
    for (QAction* action : m_caps)
        action->setChecked(action->data().toLongLong() == static_cast<qint64>(m_use.cap));
}

void TimelineCard::contextMenuEvent(QContextMenuEvent* event) {
    m_menu->popup(event->globalPos());
}

} // namespace flatline
