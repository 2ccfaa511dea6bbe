#include "ui/presenter/presenter.h"

#include "ui/lessons/lesson_pane.h"
#include "ui/lessons/lesson_player.h"
#include "ui/presenter/presenter_bars.h"
#include "ui/presenter/presenter_vitals.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline.h"
#include "ui/views/neuron_card.h"
#include "ui/window/actions.h"
#include "ui/window/lab.h"
#include "ui/window/left_side.h"
#include "ui/window/view_grid.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QMainWindow>
#include <QMenuBar>
#include <QShortcut>

#include <utility>

namespace flatline {

namespace {

constexpr double textShare = 0.37; ///< of the window's width
constexpr auto networkId = "network";

QStringList idsOf(const PageStage& stage) {
    QStringList ids;
    for (const NamedThing& view : stage.views)
        ids << QString::fromStdString(view.name);
    return ids;
}

/// The page's own views, or those that an earlier page has left.
QStringList allViewsOf(const std::vector<LessonPage>& pages, std::size_t page) {
    for (std::size_t i = page + 1; i > 0; --i)
        if (!pages[i - 1].stage.views.empty())
            return idsOf(pages[i - 1].stage);
    return {};
}

} // namespace

QStringList Presenter::viewsFor(const std::vector<LessonPage>& pages, std::size_t page) {
    QStringList all = allViewsOf(pages, page);
    const auto& point = pages[page].stage.point;
    const QString pointed =
        point && point->kind == Pointer::Kind::View ? QString::fromStdString(point->thing.name) : QString();
    const bool network = all.removeAll(QLatin1String(networkId)) > 0;
    if (pointed == QLatin1String(networkId))
        return {pointed};
    QStringList chosen = all.contains(pointed) ? QStringList{pointed} : all.mid(0, 1);
    if (network)
        chosen << QLatin1String(networkId);
    return chosen;
}

Presenter::Presenter(Lab* lab, const Parts& parts, QWidget* window)
    : QObject(window)
    , m_lab(lab)
    , m_parts(parts)
    , m_window(window) {
    QAction* action = m_parts.actions[ActionId::Present];
    action->setEnabled(m_lab != nullptr);
    if (m_lab == nullptr)
        return;
    connect(action, &QAction::triggered, this, [this] { present(!presenting()); });
    connect(m_lab, &Lab::frameReady, this, &Presenter::showFrame);
    const auto turn = [this] {
        if (presenting())
            showPage();
    };
    connect(&m_parts.player, &LessonPlayer::pageTurned, this, turn);
    // Only once the lesson has given the views back.
    connect(&m_parts.player, &LessonPlayer::closed, this, turn, Qt::QueuedConnection);
    const auto key = [this](int code, auto call) {
        auto* shortcut = new QShortcut(QKeySequence(code), m_window);
        shortcut->setEnabled(false);
        connect(shortcut, &QShortcut::activated, this, call);
        m_keys.push_back(shortcut);
    };
    key(Qt::Key_Escape, [this] { leaveOrStepBack(); });
    key(Qt::Key_PageDown, [this] { m_parts.actions[ActionId::NextPage]->trigger(); });
    key(Qt::Key_PageUp, [this] { m_parts.actions[ActionId::PreviousPage]->trigger(); });
    m_window->installEventFilter(this);
}

Presenter::~Presenter() {
    if (presenting() && qApp != nullptr)
        setTypeScale(*qApp, 1.0);
}

void Presenter::makeBars() {
    m_head = new PresenterHead(m_parts.actions, m_parts.player, &m_parts.content);
    m_foot = new PresenterFoot(m_parts.actions, m_parts.player, &m_parts.content);
    m_vitals = new PresenterVitals(&m_parts.content);
    auto* column = qobject_cast<QBoxLayout*>(m_parts.content.layout());
    column->insertWidget(0, m_head);
    column->addWidget(m_foot);
    m_parts.time.addWidget(m_vitals);
    Timeline& timeline = m_foot->timeline();
    connect(&timeline, &Timeline::travelWished, this, [this](qint64 step) { emit commandWished(TravelCommand{step}); });
    connect(&timeline, &Timeline::liveWished, this, [this] { emit commandWished(LiveCommand{}); });
    connect(&timeline, &Timeline::neuronClicked, m_lab, &Lab::select);
}

void Presenter::present(bool on) {
    if (on == presenting() || m_lab == nullptr)
        return;
    m_parts.actions[ActionId::Present]->setChecked(on);
    on ? begin() : end();
}

void Presenter::begin() {
    m_away = {&m_parts.timeline};
    for (QFrame* bar : m_parts.content.findChildren<QFrame*>(QString(), Qt::FindDirectChildrenOnly))
        if (const QString role = bar->property("role").toString();
            bar != m_head && bar != m_foot && (role == QLatin1String("panel") || role == QLatin1String("rule")))
            m_away.push_back(bar);
    if (auto* window = qobject_cast<QMainWindow*>(m_window))
        m_away.push_back(window->menuBar());
    m_larger = std::make_unique<Enlarged>(m_parts.left, scale); // before the style sheet has its say
    setTypeScale(*qApp, scale);
    if (m_head == nullptr)
        makeBars();
    for (QWidget* widget : m_away)
        widget->hide();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_head, m_foot, m_vitals})
        widget->show();
    for (QShortcut* shortcut : m_keys)
        shortcut->setEnabled(true);
    showPage();
    showFrame(m_lab->frame());
    takeKeyboard();
}

void Presenter::end() {
    m_larger.reset();
    for (QShortcut* shortcut : m_keys)
        shortcut->setEnabled(false);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_head, m_foot, m_vitals})
        widget->hide();
    for (QWidget* widget : m_away)
        widget->show();
    m_parts.left.show();
    if (LessonPane* pane = m_parts.left.findChild<LessonPane*>())
        pane->setSlide(false, LessonPane::usualWidth);
    const std::optional<Views> before = std::exchange(m_before, std::nullopt);
    if (m_parts.player.isOpen()) {
        if (const QStringList all = allViewsOf(m_parts.player.lesson().pages, m_parts.player.page()); !all.isEmpty())
            m_parts.views.borrow(all);
    } else if (before && before->borrowed) {
        m_parts.views.borrow(before->ids);
    } else if (before) {
        m_parts.views.returnOwn();
    }
    setTypeScale(*qApp, 1.0);
    layOut();
    takeKeyboard();
}

/// From what has gone to what comes next.
void Presenter::takeKeyboard() {
    auto* pane = m_parts.left.findChild<LessonPane*>();
    if (pane != nullptr && m_parts.player.isOpen())
        pane->focusNext();
    else
        m_window->setFocus();
}

void Presenter::showPage() {
    const LessonPlayer& player = m_parts.player;
    m_head->showTitle(QString::fromStdString(m_lab->frame().snapshot->settings.name));
    m_foot->showDeed();
    if (!player.isOpen())
        showFew();
    else if (const QStringList views = viewsFor(player.lesson().pages, player.page()); !views.isEmpty())
        m_parts.views.borrow(views);
    layOut();
}

/// More than two views beside each other nobody could read.
void Presenter::showFew() {
    constexpr qsizetype most = 2;
    QStringList ids = m_parts.views.shownIds();
    const bool network = ids.removeAll(QLatin1String(networkId)) > 0;
    if (m_parts.views.expanded() >= 0 || ids.size() <= most)
        return;
    m_before = Views{m_parts.views.shownIds(), m_parts.views.borrowed()};
    ids = ids.mid(0, most);
    m_parts.views.borrow(network ? ids + QStringList(QLatin1String(networkId)) : ids);
}

void Presenter::showFrame(const Frame& frame) {
    if (!presenting())
        return;
    m_vitals->showSnapshot(*frame.snapshot);
    m_foot->showFrame(frame, m_lab->running());
    if (!m_parts.player.isOpen())
        m_head->showTitle(QString::fromStdString(frame.snapshot->settings.name));
}

/// The text has its share of the width; without a lesson the views have all of it.
void Presenter::layOut() {
    if (presenting()) {
        m_parts.left.setVisible(m_parts.player.isOpen());
        if (LessonPane* pane = m_parts.left.findChild<LessonPane*>())
            pane->setSlide(true, static_cast<int>(m_window->width() * textShare));
    }
    emit m_parts.left.changed(); // the window knows what else it depends on
}

void Presenter::leaveOrStepBack() {
    const auto* card = m_parts.views.findChild<NeuronCard*>();
    if (card != nullptr && card->isVisible())
        m_parts.views.stepBack();
    else
        present(false);
}

bool Presenter::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Resize && presenting())
        layOut();
    return QObject::eventFilter(watched, event);
}

} // namespace flatline
