#include "ui/window/lesson_actions.h"

#include "ui/controls/control_panel.h"
#include "ui/lessons/course_dialog.h"
#include "ui/lessons/figure_text.h"
#include "ui/lessons/lesson_course.h"
#include "ui/lessons/lesson_names.h"
#include "ui/lessons/lesson_pane.h"
#include "ui/lessons/local_numbers.h"
#include "ui/lessons/welcome_card.h"
#include "ui/window/actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/lab.h"
#include "ui/window/left_side.h"
#include "ui/window/lesson_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/prediction_actions.h"
#include "ui/window/run_before.h"
#include "ui/window/services.h"
#include "ui/window/status_text.h"
#include "ui/window/transport_bar.h"

#include <QFileInfo>
#include <QMenu>

namespace flatline {

LessonActions::LessonActions(const Services& services, Lab* lab, const Parts& parts, MainWindow* window)
    : QObject(window)
    , m_services(services)
    , m_lab(lab)
    , m_parts(parts)
    , m_window(window)
    , m_course(new LessonCourse(services, this))
    , m_player(hands()) {
    auto* menu = new LessonMenu(m_parts.actions, *m_course, window);
    m_menu = menu;
    connect(menu, &LessonMenu::lessonChosen, this, [this](const QString& id) { openLesson(id); });
    connectActions();
    if (m_lab != nullptr) {
        m_stage = std::make_unique<LessonStage>(*m_lab, m_parts.stage, this);
        m_before = new RunBefore(*m_lab, *m_window);
        connect(m_before, &RunBefore::announced, this, &LessonActions::announced);
        m_pane = new LessonPane(m_player, &m_parts.stage.left);
        m_parts.stage.left.setLesson(m_pane);
        connectPlayer();
    }
    connect(&m_parts.files, &FileActions::lessonWished, this, [this](const QString& path) { openLesson(path); });
    showActions();
}

LessonActions::~LessonActions() = default;

QMenu* LessonActions::menu() const {
    return m_menu;
}

LessonHands LessonActions::hands() {
    ControlPanel& controls = m_parts.stage.left.controls();
    LessonHands hands;
    hands.post = [this](const Command& command) { emit commandWished(command); };
    hands.act = [this](const Action& action) {
        if (const auto* kick = std::get_if<ThermalKick>(&action))
            m_parts.predictions.noteKick(*kick);
        emit commandWished(ActCommand{action});
    };
    hands.change = [this, &controls](const std::vector<SettingChange>& changes) {
        controls.flush();
        return m_lab->change(changes);
    };
    hands.kick = [&controls] { return controls.kick(); };
    hands.warming = [&controls] { return controls.doses().warming; };
    hands.speed = [this] { return m_parts.stage.transport.speed(); };
    hands.settled = [this] { return m_lab->settled(); };
    hands.openExperiment = m_services.openLessonExperiment;
    return hands;
}

void LessonActions::connectActions() {
    const auto on = [this](ActionId id, auto call) { connect(m_parts.actions[id], &QAction::triggered, this, call); };
    on(ActionId::Course, [this] { showCourse(); });
    on(ActionId::ContinueLesson, [this] { continueCourse(); });
    on(ActionId::OpenLesson, [this] { m_parts.files.openLesson(); });
    on(ActionId::CloseLesson, [this] { close(); });
    on(ActionId::NextPage, [this] { m_player.next(); });
    on(ActionId::PreviousPage, [this] { m_player.back(); });
    on(ActionId::SetUpPage, [this] { m_player.setUpAgain(); });
}

void LessonActions::connectPlayer() {
    connect(m_lab, &Lab::frameReady, this, [this](const Frame& frame) {
        m_player.showFrame(frame);
        m_stage->follow();
    });
    connect(&m_player, &LessonPlayer::pageTurned, this, &LessonActions::showPage);
    connect(&m_player, &LessonPlayer::arrived, this, [this] { m_stage->showRun(m_player.current().stage); });
    connect(&m_player, &LessonPlayer::finished, this, [this] { m_course->markFinished(m_player.lesson()); });
    connect(&m_player, &LessonPlayer::lessonEnded, this, &LessonActions::goOnAfter);
    connect(&m_player, &LessonPlayer::problemFound, this, &LessonActions::announced);
    connect(m_pane, &LessonPane::announced, this, &LessonActions::announced);
    connect(m_pane, &LessonPane::closeWished, this, &LessonActions::close);
    connect(m_pane, &LessonPane::courseWished, this, &LessonActions::showCourse);
    connect(m_pane, &LessonPane::controlsWished, &m_parts.stage.left, &LeftSide::setOpen);
    connect(&m_parts.stage.left, &LeftSide::changed, this, &LessonActions::showControls);
}

/// With all that it names: formulas, views, controls.
Result<std::shared_ptr<const Lesson>> LessonActions::read(const QString& pathOrId) const {
    auto lesson = m_services.openLesson(pathOrId);
    if (!lesson)
        return lesson.error();
    const auto hasControl = [this](const std::string& name) { return m_parts.stage.left.controls().knows(name); };
    for (const Result<void>& good : {checkNames(lesson.value(), hasControl), checkFormulas(lesson.value())})
        if (!good)
            return good.error();
    return std::make_shared<const Lesson>(withLocalNumbers(std::move(lesson).value()));
}

void LessonActions::begin(std::shared_ptr<const Lesson> lesson, std::size_t page, LessonPlayer::Opening how) {
    m_stage->begin();
    m_pane->setFigures(figureTextOf(m_services.verifiedFigures, lesson));
    const LessonPlace place = m_course->placeOf(*lesson);
    m_player.open(std::move(lesson), place, page, how);
    showActions();
}

bool LessonActions::openLesson(const QString& pathOrId, std::size_t page) {
    if (m_lab == nullptr || !m_services.openLesson)
        return false;
    const auto lesson = read(pathOrId);
    if (!lesson) {
        m_parts.files.showError(tr("%1 could not be opened.").arg(QFileInfo(pathOrId).fileName()),
                                errorText(lesson.error()));
        return false;
    }
    m_parts.files.rememberOpened(pathOrId);
    if (!m_player.isOpen())
        m_before->remember();
    begin(lesson.value(), page, LessonPlayer::Opening::SetUp);
    return true;
}

void LessonActions::reopen(const QString& pathOrId, std::size_t page, const std::optional<KeptRun>& before) {
    if (m_lab == nullptr || !m_services.openLesson)
        return;
    if (const auto lesson = read(pathOrId)) {
        m_before->remember(before);
        begin(lesson.value(), page, LessonPlayer::Opening::AsItIs);
    } else {
        emit announced(tr("The lesson could not be opened again: %1").arg(errorText(lesson.error())));
    }
}

void LessonActions::close() {
    if (!m_player.isOpen())
        return;
    m_player.close();
    m_stage->end();
    showActions();
    m_window->setFocus();
    emit announced(tr("The lesson is closed. Ctrl+L goes on where it was."));
    m_before->offer();
}

std::optional<KeptRun> LessonActions::runBefore() const {
    return m_before != nullptr ? m_before->run() : std::nullopt;
}

QString LessonActions::openName() const {
    return m_player.isOpen() ? m_course->nameOf(m_player.lesson()) : QString();
}

void LessonActions::showPage() {
    m_stage->show(m_player.current().stage);
    m_course->setBookmark({openName(), static_cast<int>(m_player.page())});
    showControls();
    showActions();
}

void LessonActions::showControls() {
    if (m_player.isOpen())
        m_pane->offerControls(m_player.current().stage.allControls, m_parts.stage.left.isOpen());
}

void LessonActions::showActions() {
    const bool open = m_player.isOpen();
    for (const ActionId id : {ActionId::NextPage, ActionId::SetUpPage, ActionId::CloseLesson})
        m_parts.actions[id]->setEnabled(open);
    m_parts.actions[ActionId::PreviousPage]->setEnabled(open && m_player.page() > 0);
    const bool course = m_lab != nullptr && !m_course->lessons().empty();
    for (const ActionId id : {ActionId::Course, ActionId::ContinueLesson})
        m_parts.actions[id]->setEnabled(course);
    m_parts.actions[ActionId::OpenLesson]->setEnabled(m_lab != nullptr);
}

void LessonActions::showCourse() {
    CourseDialog dialog(*m_course, m_window);
    if (dialog.exec() == QDialog::Accepted && !dialog.chosen().isEmpty()) {
        const auto last = m_course->bookmark();
        openLesson(dialog.chosen(), last && last->lesson == dialog.chosen() ? static_cast<std::size_t>(last->page) : 0);
    }
}

void LessonActions::continueCourse() {
    const LessonCourse::Bookmark next = m_course->next();
    if (next.lesson != openName() && !next.lesson.isEmpty())
        openLesson(next.lesson, static_cast<std::size_t>(next.page));
}

/// Behind the last page comes the next lesson, and behind the last lesson the list of all.
void LessonActions::goOnAfter() {
    if (const auto next = m_course->after(m_player.lesson()))
        openLesson(QString::fromStdString(next->id));
    else if (m_player.place().number > 0)
        showCourse();
    else
        close();
}

void LessonActions::welcome() {
    if (m_lab == nullptr || !WelcomeCard::wanted())
        return;
    auto* card = new WelcomeCard(static_cast<int>(m_course->lessons().size()), m_window);
    connect(card, &WelcomeCard::lessonWished, this, [this] {
        if (!m_course->lessons().empty())
            openLesson(QString::fromStdString(m_course->lessons().front()->id));
    });
    connect(card, &WelcomeCard::playWished, m_window, [this] { m_window->setFocus(); });
    connect(card, &WelcomeCard::fileWished, &m_parts.files, &FileActions::open);
}

} // namespace flatline
