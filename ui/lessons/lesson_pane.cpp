#include "ui/lessons/lesson_pane.h"

#include "ui/lessons/lesson_player.h"
#include "ui/lessons/lesson_text.h"
#include "ui/lessons/page_body.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace flatline {

using Stage = LessonPlayer::Stage;

namespace {

/// Leaves the keys to the pane, where Page Down turns the page.
class WheelArea : public QScrollArea {
public:
    using QScrollArea::QScrollArea;

protected:
    void keyPressEvent(QKeyEvent* event) override { event->ignore(); }
};

} // namespace

QString lessonPlaceText(const LessonPlayer& player) {
    const QString page = LessonPane::tr("page %1 of %2").arg(player.page() + 1).arg(player.pages());
    if (player.place().number == 0)
        return page;
    return LessonPane::tr("Lesson %1 of %2").arg(player.place().number).arg(player.place().count) +
           QStringLiteral(" · ") + page;
}

LessonPane::LessonPane(LessonPlayer& player, QWidget* parent)
    : QFrame(parent)
    , m_player(player)
    , m_title(new QLabel(this))
    , m_place(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_area(new WheelArea(this)) {
    setProperty("role", "plain");
    setProperty("ringless", true); // it has the keyboard only while it waits
    setAccessibleName(tr("Lesson"));
    setFixedWidth(usualWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHead();
    m_body = new PageBody(m_player, m_area->viewport());
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(m_body);
    column->addWidget(m_area, 1);
    makeFoot();
    for (LessonText* text : m_body->texts())
        text->installEventFilter(this);
    connect(&m_player, &LessonPlayer::pageTurned, this, &LessonPane::showPage);
    connect(&m_player, &LessonPlayer::changed, this, &LessonPane::showState);
    connect(&m_player, &LessonPlayer::pageDone, this, &LessonPane::revealOutcome);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now == nullptr || !m_body->isAncestorOf(now) || qobject_cast<LessonText*>(now) != nullptr)
            return;
        m_unread = m_unread && now == m_body->next();
        if (!m_unread)
            m_area->ensureWidgetVisible(now, 0, 24);
    });
}

void LessonPane::makeHead() {
    auto* head = new QFrame(this);
    head->setProperty("role", "panel");
    m_title->setFont(fontFor(TextRole::ViewTitle));
    m_title->setWordWrap(true);
    m_place->setProperty("role", "muted");
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress in this lesson"));
    auto* course = new QToolButton(head);
    course->setIcon(icon(QStringLiteral("menu")));
    course->setToolTip(tr("All lessons (%1)").arg(QStringLiteral("L")));
    course->setAccessibleName(tr("All lessons"));
    connect(course, &QToolButton::clicked, this, &LessonPane::courseWished);
    auto* close = new QToolButton(head);
    close->setIcon(icon(QStringLiteral("close")));
    close->setToolTip(tr("Close the lesson (Esc). Your place in it is remembered."));
    close->setAccessibleName(tr("Close the lesson"));
    connect(close, &QToolButton::clicked, this, &LessonPane::closeWished);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_title);
    names->addWidget(m_place);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(16, 10, 8, 8);
    line->setSpacing(2);
    line->addLayout(names, 1);
    line->addWidget(course, 0, Qt::AlignTop);
    line->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_progress);
    layout()->addWidget(head);
    m_edges.push_back(head);
}

void LessonPane::makeFoot() {
    auto* edge = new QFrame(this);
    edge->setProperty("role", "rule");
    layout()->addWidget(edge);
    auto* foot = new QFrame(this);
    foot->setProperty("role", "panel");
    m_back = new ActionButton(ActionButton::Look::Plain, QStringLiteral("left"), tr("Back"), foot);
    m_back->setToolTip(tr("The page before (Page Up)."));
    m_next = new ActionButton(ActionButton::Look::Plain, QString(), tr("Next"), foot);
    m_again = new QToolButton(foot);
    m_again->setText(tr("Set up again"));
    m_again->setToolTip(tr("This page from its beginning: the run as it was then, and no prediction yet."));
    m_controls = new QToolButton(foot);
    m_controls->setText(tr("All controls"));
    m_controls->setCheckable(true);
    m_controls->setToolTip(tr("The panel with all settings, beside the lesson."));
    for (QToolButton* link : {m_again, m_controls}) {
        link->setProperty("role", "link");
        link->setAccessibleName(link->text());
    }
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(16, 8, 12, 8);
    line->setSpacing(4);
    line->addWidget(m_back);
    line->addStretch();
    line->addWidget(m_controls);
    line->addWidget(m_again);
    line->addStretch();
    line->addWidget(m_next);
    layout()->addWidget(foot);
    m_edges.insert(m_edges.end(), {edge, foot});
    connect(m_back, &QPushButton::clicked, &m_player, &LessonPlayer::back);
    connect(m_next, &QPushButton::clicked, &m_player, &LessonPlayer::next);
    connect(m_again, &QToolButton::clicked, &m_player, &LessonPlayer::setUpAgain);
    connect(m_controls, &QToolButton::clicked, this, &LessonPane::controlsWished);
}

void LessonPane::setFigures(const FigureText& figures) {
    for (LessonText* text : m_body->texts())
        text->setFigures(figures);
}

void LessonPane::setSlide(bool slide, int width) {
    for (QWidget* edge : m_edges)
        edge->setVisible(!slide);
    m_body->setSlide(slide);
    m_slide = slide;
    setFixedWidth(width);
}

void LessonPane::offerControls(bool offered, bool shown) {
    m_controls->setVisible(offered);
    m_controls->setChecked(shown);
}

void LessonPane::showPage() {
    m_title->setText(QString::fromStdString(m_player.lesson().title));
    m_place->setText(lessonPlaceText(m_player));
    m_progress->setRange(0, static_cast<int>(m_player.pages()));
    m_progress->setValue(static_cast<int>(m_player.page()) + 1);
    m_back->setEnabled(m_player.page() > 0);
    m_body->showPage();
    m_area->verticalScrollBar()->setValue(0);
    m_unread = true;
    showState();
    setAccessibleDescription(m_title->text() + QStringLiteral(", ") + m_place->text());
    emit announced(m_place->text() + QStringLiteral(": ") + QString::fromStdString(m_player.current().title) +
                   QLatin1Char('.'));
    focusNext();
}

void LessonPane::showState() {
    const QWidget* before = hasKeyboard() ? QApplication::focusWidget() : nullptr;
    const Stage stage = m_player.stage();
    const bool done = stage == Stage::Reading || stage == Stage::Revealed;
    m_body->showState();
    m_unread = m_unread && !m_player.choice();
    const bool followed = m_player.place().number > 0 && m_player.place().number < m_player.place().count;
    m_next->setText(!m_player.lastPage() ? tr("Next") : followed ? tr("Next lesson") : tr("Finish"));
    m_next->setToolTip(m_player.lastPage() ? tr("On from this lesson (Page Down).") : tr("The next page (Page Down)."));
    m_next->setAccessibleName(m_next->text());
    m_next->setLook(done ? ActionButton::Look::Primary : ActionButton::Look::Plain);
    m_again->setVisible(!m_player.settingUp() && stage != Stage::Reading);
    if (QWidget* lock = m_slide && stage == Stage::Predicting && m_player.choice() ? m_body->next() : nullptr)
        m_area->ensureWidgetVisible(lock, 0, 24);
    // From what is hidden the keyboard has gone to whatever came next.
    if (before == this || (before != nullptr && (before != QApplication::focusWidget() || !before->isEnabled())))
        focusNext();
}

bool LessonPane::hasKeyboard() const {
    const QWidget* focus = QApplication::focusWidget();
    return focus != nullptr && (focus == this || isAncestorOf(focus));
}

void LessonPane::focusNext() {
    QWidget* next = m_body->next();
    const bool done = m_player.stage() == Stage::Reading || m_player.stage() == Stage::Revealed;
    // While something is under way Enter means nothing, least of all the next page.
    QWidget* const otherwise = done ? static_cast<QWidget*>(m_next) : this;
    QWidget* const target = next != nullptr ? next : otherwise;
    (target->isVisibleTo(this) ? target : this)->setFocus(Qt::OtherFocusReason); // a slide has fewer buttons
}

/// What came is brought into sight, with the end of the answers above it.
void LessonPane::revealOutcome() {
    showState();
    const QWidget* outcome = m_body->outcome();
    if (outcome == nullptr)
        return;
    emit announced(m_body->outcomeText() + QLatin1Char(' ') + QString::fromStdString(m_player.current().revealTitle) +
                   QLatin1Char('.'));
    if (hasKeyboard())
        focusNext();
    // Its place is known when the layout has been done.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_body->layout()->activate();
            if (const QWidget* now = m_player.isOpen() ? m_body->outcome() : nullptr)
                m_area->verticalScrollBar()->setValue(now->y() - m_area->viewport()->height() / 4);
        },
        Qt::QueuedConnection);
}

/// Enter presses the button that has the keyboard, and chooses the answer that has it; else it does what comes next.
void LessonPane::enter() {
    auto* button = hasKeyboard() ? qobject_cast<QAbstractButton*>(QApplication::focusWidget()) : nullptr;
    if (button != nullptr && button->isEnabled() && !(button->isCheckable() && button->isChecked()))
        button->click();
    else
        goOn();
}

void LessonPane::goOn() {
    const Stage stage = m_player.stage();
    if (stage == Stage::Predicting)
        m_player.lockIn();
    else if (stage == Stage::Acting)
        m_player.act();
    else
        m_player.next();
}

void LessonPane::keyPressEvent(QKeyEvent* event) {
    if (!m_player.isOpen() || (event->modifiers() & ~Qt::KeypadModifier) != 0)
        return QFrame::keyPressEvent(event);
    const int key = event->key();
    if (key >= Qt::Key_1 && key <= Qt::Key_6) {
        m_player.choose(static_cast<std::size_t>(key - Qt::Key_1));
        focusNext();
    } else if (key == Qt::Key_PageDown)
        m_player.next();
    else if (key == Qt::Key_PageUp)
        m_player.back();
    else if (key == Qt::Key_Return || key == Qt::Key_Enter)
        enter();
    else if (key == Qt::Key_Escape)
        emit closeWished();
    else
        QFrame::keyPressEvent(event);
}

/// A text would scroll itself, though all of it is in sight.
bool LessonPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_PageDown || key == Qt::Key_PageUp || key == Qt::Key_Return || key == Qt::Key_Escape) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace flatline
