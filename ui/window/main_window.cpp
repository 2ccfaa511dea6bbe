#include "ui/window/main_window.h"

#include "ui/compare/comparison_view.h"
#include "ui/compare/lockstep_label.h"
#include "ui/controls/control_panel.h"
#include "ui/presenter/presenter.h"
#include "ui/timeline/timeline_card.h"
#include "ui/window/banner.h"
#include "ui/window/class_actions.h"
#include "ui/window/comparison_actions.h"
#include "ui/window/deed_actions.h"
#include "ui/window/drop_target.h"
#include "ui/window/file_actions.h"
#include "ui/window/guide.h"
#include "ui/window/help_pages.h"
#include "ui/window/inspector_actions.h"
#include "ui/window/left_side.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/menus.h"
#include "ui/window/notice_bar.h"
#include "ui/window/picture_actions.h"
#include "ui/window/prediction_actions.h"
#include "ui/window/run_actions.h"
#include "ui/window/sheet_actions.h"
#include "ui/window/speed.h"
#include "ui/window/status_strip.h"
#include "ui/window/status_text.h"
#include "ui/window/time_actions.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"
#include "ui/window/vitals_bar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSettings>

#include <utility>

namespace flatline {

namespace {

constexpr int lowHeight = 760;     ///< below that the strip shows only cells
constexpr quint64 controlTick = 4; ///< controls and figures change as fast as one can read

QFrame* panel(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", "panel");
    return frame;
}

QFrame* rule(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", "rule");
    return frame;
}

} // namespace

MainWindow::MainWindow(Services services, Lab* lab, QWidget* parent)
    : QMainWindow(parent)
    , m_services(std::move(services))
    , m_lab(lab) {
    if (m_lab != nullptr)
        m_frame = m_lab->frame();
    build();
    connectActions();
    connectWishes();
    if (m_lab != nullptr)
        restore();
    layOut();
    setFocusPolicy(Qt::ClickFocus); // a click beside the controls gives Space and the arrows back to the run
    setFocus();
    if (m_lab != nullptr) {
        connect(m_lab, &Lab::frameReady, this, &MainWindow::showFrame);
        m_lab->post(SpeedCommand{speedAt(defaultSpeedPosition)});
        showFrame(m_lab->frame(), 0);
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::build() {
    setWindowTitle(tr("Flatline"));
    setMinimumSize(900, 600);
    resize(1280, 800);
    m_actions = new Actions(this);
    m_files = new FileActions(
        m_services, [this] { return m_frame; }, this);
    m_pictures = new PictureActions(
        m_services, *m_files, [this] { return m_frame; }, this);
    // Everything is made where it stays: another parent means that all below it is styled anew.
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = panel(content);
    auto* topLine = new QHBoxLayout(top);
    topLine->setContentsMargins(12, 6, 8, 6);
    topLine->setSpacing(4);
    topLine->addWidget(m_transport = new TransportBar(*m_actions, top));
    topLine->addStretch();
    topLine->addWidget(m_vitals = new VitalsBar(top));
    topLine->addWidget(m_lockstep = new LockstepLabel(top));
    column->addWidget(top);
    column->addWidget(rule(content));
    column->addWidget(m_banner = new Banner(content));
    column->addWidget(m_notice = new NoticeBar(content));
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    column->addLayout(middle, 1);
    const auto columns = [this](const QString& path) { return m_files->columns(path); };
    middle->addWidget(m_left = new LeftSide(columns, content));
    m_controls = &m_left->controls();
    auto* run = new QVBoxLayout;
    run->setSpacing(0);
    middle->addLayout(run, 1);
    run->addWidget(m_views = new ViewGrid(content), 1);
    run->addWidget(m_comparison = new ComparisonView(content), 1);
    m_comparison->hide();
    auto* time = new QHBoxLayout;
    time->setContentsMargins(8, 0, 8, 8); // as the views' own
    time->addWidget(m_timeline = new TimelineCard(content));
    run->addLayout(time);
    m_run = new RunActions(m_lab, {*m_actions, *m_controls, *m_transport}, this);
    m_comparisons = new ComparisonActions(m_services, m_lab, {*m_actions, *m_files, *m_controls, *m_comparison}, this);
    m_inspection = new InspectorActions(m_lab, *m_pictures, this);
    column->addWidget(rule(content));
    auto* bottom = panel(content);
    auto* bottomLine = new QHBoxLayout(bottom);
    bottomLine->setContentsMargins(0, 0, 0, 0);
    bottomLine->addWidget(m_status = new StatusStrip(bottom));
    column->addWidget(bottom);
    setCentralWidget(content);
    m_predictions = new PredictionActions(*m_controls, this);
    m_deeds = new DeedActions(*m_actions, *m_controls, this);
    m_lessons = new LessonActions(
        m_services, m_lab,
        {*m_actions, *m_files, *m_predictions, {*m_left, *m_views, *m_transport, *m_vitals, *m_timeline, *content}},
        this);
    m_presenter =
        new Presenter(m_lab, {*m_actions, m_lessons->player(), *m_left, *m_views, *content, *m_timeline, *time}, this);
    new SheetActions(m_services, m_lab != nullptr, {*m_actions, *m_files, *m_lessons, *m_notice}, this);
    m_class = new ClassActions(m_services, m_lab, {*m_actions, *m_files, *m_views, *m_left, m_lessons->player()}, this);
}

void MainWindow::connectActions() {
    m_menus = new Menus(*m_actions, m_services, *m_files, *m_views, m_lessons->menu(), this);
    m_guide = new Guide(this, [this](QWidget* control) { reach(control); });
    connect(m_menus, &Menus::reduceMotionToggled, m_views, &ViewGrid::setReduceMotion);
    connect(m_menus, &Menus::reduceMotionToggled, m_comparison, &ComparisonView::setReduceMotion);
    const auto on = [this](ActionId id, auto call) { connect((*m_actions)[id], &QAction::triggered, this, call); };
    on(ActionId::Open, [this] { m_files->open(); });
    on(ActionId::OpenCsv, [this] { m_files->openCsv(); });
    on(ActionId::Save, [this] { m_files->save(); });
    on(ActionId::StartAfresh, [this] { startAfresh(); });
    on(ActionId::CopyView, [this] { m_pictures->copy(m_pictures->current()); });
    on(ActionId::SaveView, [this] { m_pictures->save(m_pictures->current()); });
    on(ActionId::SavePicture, [this] { m_pictures->saveWindow(); });
    on(ActionId::SaveAllCsv, [this] { m_files->saveAllCsv(); });
    on(ActionId::Quit, [this] { close(); });
    on(ActionId::Clone, [this] { m_comparisons->clone(); });
    on(ActionId::CompareRuns, [this] { compare(!m_comparing); });
    on(ActionId::NextRun, [this] { m_comparisons->chooseNext(); });
    on(ActionId::DropTwin, [this] { m_comparisons->drop(); });
    on(ActionId::Rescue, [this] { m_comparisons->openRescue(); });
    on(ActionId::Predict, [this] { m_predictions->open(); });
    on(ActionId::Inspect, [this] { m_inspection->open(); });
    on(ActionId::ReduceViews, [this] { m_comparing ? compare(false) : m_views->stepBack(); });
    on(ActionId::NextView, [this] { m_views->moveFocus(1); });
    on(ActionId::PreviousView, [this] { m_views->moveFocus(-1); });
    on(ActionId::Controls, [this] { m_left->setOpen(!m_left->isOpen()); });
    on(ActionId::FullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    on(ActionId::Help, [this] { m_guide->help(); });
    on(ActionId::WhatsThis, [this] { m_guide->whatsThis(); });
    on(ActionId::Palette, [this] { m_guide->openPalette(); });
    on(ActionId::Shortcuts, [this] { m_guide->showKeys(); });
    on(ActionId::About, [this] { showAbout(this); });
}

void MainWindow::connectWishes() {
    connect(m_run, &RunActions::announced, m_status, &StatusStrip::announce);
    connect(m_controls, &ControlPanel::kickWished, m_deeds, &DeedActions::kick);
    connect(m_deeds, &DeedActions::kickAhead, m_predictions, &PredictionActions::noteKick);
    connect(m_deeds, &DeedActions::actionWished, m_run, &RunActions::act);
    connect(m_deeds, &DeedActions::problemFound, m_status, &StatusStrip::announce);
    connect(m_controls, &ControlPanel::csvWished, m_files, &FileActions::openCsv);
    connect(m_files, &FileActions::wished, m_run, &RunActions::change);
    connect(m_files, &FileActions::done, m_status, &StatusStrip::announce);
    connect(m_files, &FileActions::experimentOpened, m_run, &RunActions::start);
    connect(m_transport, &TransportBar::problemFound, m_status, &StatusStrip::announce);
    connect(m_transport, &TransportBar::drawerWished, m_left, &LeftSide::setOpen);
    connect(m_comparisons, &ComparisonActions::announced, m_status, &StatusStrip::announce);
    connect(m_views, &ViewGrid::expandedChanged, this, [this] { compare(false); }); // a view was asked for
    connect(m_comparisons, &ComparisonActions::comparisonWished, this, &MainWindow::compare);
    connect(m_comparisons, &ComparisonActions::cureWished, m_run,
            [this](const CureRow* cure, const CureDoses& doses) { m_run->perform(*cure, doses); });
    connect(m_views, &ViewGrid::pictureWished, m_pictures, &PictureActions::save);
    connect(m_views, &ViewGrid::copyWished, m_pictures, &PictureActions::copy);
    connect(m_class, &ClassActions::announced, m_status, &StatusStrip::announce);
    connect(m_pictures, &PictureActions::done, m_status, &StatusStrip::announce);
    connect(new DropTarget(*m_files, this), &DropTarget::refused, m_status, &StatusStrip::announce);
    connect(m_predictions, &PredictionActions::kickWished, m_deeds, &DeedActions::kick);
    connect(m_predictions, &PredictionActions::actionWished, m_run, &RunActions::act);
    connect(m_predictions, &PredictionActions::stepWished, m_run, [this] { m_run->post(StepCommand{}); });
    connect(m_views, &ViewGrid::inspectWished, m_inspection, &InspectorActions::open);
    connect(m_inspection, &InspectorActions::commandWished, m_run, &RunActions::post);
    connect(m_inspection, &InspectorActions::runToggled, m_run, &RunActions::toggle);
    connect(m_inspection, &InspectorActions::problemFound, m_status, &StatusStrip::announce);
    auto* time = new TimeActions(*m_actions, *m_timeline, *m_views, m_lab, this);
    connect(time, &TimeActions::commandWished, m_run, &RunActions::post);
    connect(time, &TimeActions::nothingFound, m_status, &StatusStrip::announce);
    connect(m_lessons, &LessonActions::commandWished, m_run, &RunActions::post);
    connect(m_presenter, &Presenter::commandWished, m_run, &RunActions::post);
    connect(m_lessons, &LessonActions::announced, m_status, &StatusStrip::announce);
    connect(m_left, &LeftSide::changed, this, &MainWindow::layOut);
    if (m_lab != nullptr) {
        connect(m_views, &ViewGrid::neuronClicked, m_lab, &Lab::select);
        connect(m_comparison, &ComparisonView::neuronClicked, m_lab, &Lab::select);
        connect(m_views, &ViewGrid::landscapeWished, m_lab, &Lab::showLandscape);
        connect(m_views, &ViewGrid::shownChanged, this, &MainWindow::watchPictures);
        connect(m_controls, &ControlPanel::kickChanged, m_lab, &Lab::askKick);
        connect(m_predictions, &PredictionActions::predictionsHidden, m_lab, &Lab::hidePredictions);
    }
}

void MainWindow::startAfresh() {
    emit m_files->experimentOpened(Settings());
}

void MainWindow::announce(const QString& text) {
    m_status->announce(text);
}

double MainWindow::speed() const {
    return m_transport->speed();
}

/// A control of the panel, which may be folded away.
void MainWindow::reach(QWidget* control) {
    if (m_controls->isAncestorOf(control) && !m_controls->isVisible())
        m_left->setOpen(true);
    control->setFocus(Qt::ShortcutFocusReason);
}

// Where the runs stand takes the place of the figures, too.
void MainWindow::compare(bool on) {
    const bool comparing = on && m_frame.twins.size() > 1;
    (*m_actions)[ActionId::CompareRuns]->setChecked(comparing);
    if (comparing == m_comparing)
        return;
    m_comparing = comparing;
    layOut();
    watchPictures();
    showPictures();
    setFocus();
}

/// What is not in sight is not computed.
void MainWindow::watchPictures() {
    if (m_lab == nullptr)
        return;
    m_lab->watchLandscape(!m_comparing && m_views->shows("landscape"));
    m_lab->watchPath(!m_comparing && m_views->shows("stability"));
}

/// Only what is in sight costs anything.
void MainWindow::showPictures() {
    if (m_comparing)
        m_comparison->showFrame(m_frame, m_tick);
    else
        m_views->showFrame(m_frame, m_tick);
}

void MainWindow::showFrame(const Frame& frame, quint64 tick) {
    const bool newState = !m_frame.snapshot || m_frame.snapshot->state != frame.snapshot->state ||
                          m_frame.snapshot->run != frame.snapshot->run;
    m_run->showFrame(frame);
    m_frame = frame;
    m_tick = tick;
    if (m_comparing && frame.twins.size() < 2)
        compare(false);
    showPictures();
    const bool pausedNow = frame.snapshot->state != RunState::Running;
    if (!newState && !pausedNow && tick < m_controlsDue)
        return;
    m_controlsDue = tick + controlTick;
    const Snapshot& snapshot = *frame.snapshot;
    m_inspection->showFrame(frame);
    m_controls->showFrame(frame);
    m_predictions->showFrame(frame);
    m_deeds->showFrame(frame);
    m_comparisons->showFrame(frame);
    m_vitals->showSnapshot(snapshot);
    m_lockstep->showRuns(frame.twins);
    m_transport->showSnapshot(snapshot);
    m_status->showSnapshot(snapshot);
    m_timeline->showFrame(frame);
    m_banner->showAlarm(alarmText(snapshot));
    const bool running = m_lab != nullptr ? m_lab->running() : snapshot.state == RunState::Running;
    m_transport->showRunning(running);
    m_actions->showRunning(running);
    m_actions->showSnapshot(snapshot);
    m_menus->showTitle(snapshot);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    // Only what no focused control wanted arrives here: Space presses a focused button, arrows move a slider.
    if (!m_actions->triggerSpareKey(*event))
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    layOut();
}

void MainWindow::layOut() {
    m_transport->setNarrow(width() < LeftSide::narrowWidth);
    m_vitals->fitInto(width() - m_transport->minimumSizeHint().width() - 26);
    m_left->fit(width(), m_comparing);
    m_transport->offerDrawer(m_left->isDrawer());
    m_transport->showDrawer(m_left->isOpen());
    (*m_actions)[ActionId::Controls]->setEnabled(m_left->isDrawer());
    m_views->setLow(height() < lowHeight);
    m_timeline->setThin(height() < lowHeight || m_comparing);
    m_comparison->setLow(height() < lowHeight);
    m_views->setVisible(!m_comparing);
    m_comparison->setVisible(m_comparing);
    m_vitals->setVisible(!m_comparing);
    m_lockstep->setVisible(m_comparing);
}

void MainWindow::restore() {
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_left->restore();
    if (const std::optional<qint64> cap = TimelineCard::rememberedCap())
        m_lab->post(HistoryCapCommand{static_cast<std::size_t>(*cap)});
    m_menus->restore();
    m_predictions->restore();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    emit closing();
    if (m_lab != nullptr) { // stills, made for a picture, neither follow what the user left nor change it
        QSettings settings;
        settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
        m_left->save();
        m_predictions->save();
        m_lab->post(PauseCommand{});
    }
    QMainWindow::closeEvent(event);
}

} // namespace flatline
