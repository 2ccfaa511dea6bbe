#include "ui/window/menus.h"

#include "ui/theme/theme.h"
#include "ui/window/file_actions.h"
#include "ui/window/recent_menu.h"
#include "ui/window/session.h"
#include "ui/window/status_text.h"
#include "ui/window/view_grid.h"

#include <QActionGroup>
#include <QApplication>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QSettings>

#include <array>

namespace flatline {

namespace {
constexpr auto appearanceKey = "view/appearance";
constexpr auto motionKey = "view/reduce_motion";
} // namespace

Menus::Menus(const Actions& actions, const Services& services, FileActions& files, ViewGrid& views, QMenu* lessons,
             QMainWindow* window)
    : QObject(window)
    , m_services(services)
    , m_files(files)
    , m_views(views)
    , m_window(window)
    , m_title(new QLabel(window)) {
    QMenuBar* bar = window->menuBar();
    QMenu* file = bar->addMenu(tr("&File"));
    actions.fill(file, "file");
    file->insertMenu(actions[ActionId::OpenCsv], new RecentMenu(files, file));
    addBuiltIn(file, actions[ActionId::OpenCsv]);
    addExports(file, actions[ActionId::SaveAllCsv]);
    addSessions(file, actions[ActionId::Quit]);
    actions.fill(bar->addMenu(tr("&Edit")), "edit");
    actions.fill(bar->addMenu(tr("&Run")), "run");
    actions.fill(bar->addMenu(tr("&Compare")), "compare");
    QMenu* view = bar->addMenu(tr("&View"));
    actions.fill(view, "view");
    addViews(view, actions[ActionId::ReduceViews]);
    addCounts(view, actions[ActionId::NextView]);
    addAppearance(view);
    addMotion(view);
    bar->addMenu(lessons);
    actions.fill(bar->addMenu(tr("&Help")), "help");
    for (QMenu* menu : bar->findChildren<QMenu*>())
        menu->setToolTipsVisible(true);
    m_title->setContentsMargins(0, 3, 12, 0); // the bar puts its corner at the top, not on the line of its words
    bar->setCornerWidget(m_title);
}

void Menus::addBuiltIn(QMenu* file, QAction* before) {
    if (!m_services.builtInExperiments)
        return;
    auto* menu = new QMenu(tr("Open &built-in"), file);
    file->insertMenu(before, menu);
    for (const BuiltInExperiment& experiment : m_services.builtInExperiments()) {
        QAction* action = menu->addAction(experiment.name);
        action->setToolTip(experiment.description);
        action->setStatusTip(experiment.description);
        connect(action, &QAction::triggered, this, [this, id = experiment.id] { m_files.openPath(id); });
    }
}

void Menus::addExports(QMenu* file, QAction* before) {
    auto* menu = new QMenu(tr("Sav&e CSV"), file);
    file->insertMenu(before, menu);
    for (const ExportKind& kind : m_services.exportKinds)
        connect(menu->addAction(kind.label + QStringLiteral("…")), &QAction::triggered, this,
                [this, kind] { m_files.saveCsv(kind); });
}

void Menus::addViews(QMenu* view, QAction* before) {
    auto* group = new QActionGroup(this);
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    int row = 0;
    for (const ViewRow* kind : ViewGrid::rows()) {
        auto* action = new QAction(QCoreApplication::translate("views", kind->title), this);
        action->setCheckable(true);
        if (row < 9) // as many keys as there are
            action->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(row + 1)));
        action->setToolTip(QCoreApplication::translate("views", kind->help));
        group->addAction(action);
        view->insertAction(before, action);
        connect(action, &QAction::triggered, this, [this, row](bool alone) { m_views.expand(alone ? row : -1); });
        connect(&m_views, &ViewGrid::expandedChanged, action,
                [action, row](int expanded) { action->setChecked(expanded == row); });
        ++row;
    }
}

void Menus::addCounts(QMenu* view, QAction* before) {
    auto* menu = new QMenu(tr("N&umber of views"), view);
    view->insertMenu(before, menu);
    auto* group = new QActionGroup(this);
    for (int count = 1; count <= ViewArrangement::most; ++count) {
        QAction* action = menu->addAction(tr("&%1", "number of views").arg(count));
        action->setCheckable(true);
        action->setChecked(count == m_views.arrangement().count());
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(count)));
        action->setToolTip(tr("How many views stand above the network. Which ones: click a view's title."));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, count] { m_views.setCount(count); });
        connect(&m_views, &ViewGrid::shownChanged, action,
                [this, action, count] { action->setChecked(m_views.arrangement().count() == count); });
    }
}

void Menus::addSessions(QMenu* file, QAction* before) {
    auto* action = new QAction(tr("Restore the &last session at start"), file);
    action->setCheckable(true);
    action->setChecked(sessionsWanted());
    action->setToolTip(
        tr("Keeps the run every 30 seconds, and opens the lab with it the next time, also after a crash."));
    // Before the separator that stands above Quit.
    const QList<QAction*> all = file->actions();
    file->insertAction(all.at(all.indexOf(before) - 1), action);
    connect(action, &QAction::toggled, this, &setSessionsWanted);
}

void Menus::addAppearance(QMenu* view) {
    struct Row {
        Appearance appearance;
        const char* name;
    };
    static constexpr std::array rows{Row{Appearance::System, QT_TR_NOOP("As the &system")},
                                     Row{Appearance::Light, QT_TR_NOOP("&Light")},
                                     Row{Appearance::Dark, QT_TR_NOOP("&Dark")}};
    view->addSeparator();
    QMenu* menu = view->addMenu(tr("A&ppearance"));
    m_appearance = new QActionGroup(this);
    for (const Row& row : rows) {
        QAction* action = menu->addAction(tr(row.name));
        action->setCheckable(true);
        action->setChecked(row.appearance == Appearance::System);
        m_appearance->addAction(action);
        connect(action, &QAction::triggered, this, [appearance = row.appearance] {
            QSettings().setValue(QLatin1String(appearanceKey), static_cast<int>(appearance));
            applyTheme(*qApp, appearance);
        });
    }
}

void Menus::addMotion(QMenu* view) {
    m_motion = view->addAction(tr("&Reduce motion"));
    m_motion->setToolTip(tr("No flash when a neuron dies or is kicked."));
    m_motion->setCheckable(true);
    connect(m_motion, &QAction::toggled, this, [this](bool reduce) {
        QSettings().setValue(QLatin1String(motionKey), reduce);
        emit reduceMotionToggled(reduce);
    });
}

void Menus::restore() {
    m_views.restore();
    const QSettings settings;
    m_motion->setChecked(settings.value(QLatin1String(motionKey), false).toBool());
    const int saved = settings.value(QLatin1String(appearanceKey), 0).toInt();
    if (saved > 0 && saved < m_appearance->actions().size())
        m_appearance->actions().at(saved)->trigger();
}

void Menus::showTitle(const Snapshot& snapshot) {
    if (m_titled && snapshot.settings == m_titleOf)
        return;
    m_titled = true;
    m_titleOf = snapshot.settings;
    const QString name = QString::fromStdString(snapshot.settings.name);
    m_window->setWindowTitle(tr("%1 – Flatline").arg(name));
    m_title->setText(
        QStringLiteral("<b>%1</b> · %2").arg(name.toHtmlEscaped(), experimentTitle(snapshot).toHtmlEscaped()));
    m_title->adjustSize();
    m_window->menuBar()->setCornerWidget(m_title); // the bar measures its corner only when it is given one
}

} // namespace flatline
