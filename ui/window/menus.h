#pragma once

#include "ui/window/actions.h"
#include "ui/window/services.h"

#include <QObject>

#include <vector>

class QAction;
class QActionGroup;
class QLabel;
class QMainWindow;
class QMenu;

namespace flatline {

class FileActions;
class ViewGrid;

/// The menu bar: the action table's rows, and what the tables of views, exports and experiments add.
class Menus : public QObject {
    Q_OBJECT
public:
    /// `lessons`: the menu of lessons.
    Menus(const Actions& actions, const Services& services, FileActions& files, ViewGrid& views, QMenu* lessons,
          QMainWindow* window);

    /// Appearance, motion and the views as the user left them.
    void restore();
    /// The experiment's name and network, in the window's title and at the right of the menu bar.
    void showTitle(const Snapshot& snapshot);

signals:
    void reduceMotionToggled(bool reduce); ///< also by restore()

private:
    void addBuiltIn(QMenu* file, QAction* before);
    void addExports(QMenu* file, QAction* before);
    void addSessions(QMenu* file, QAction* before);
    void addAppearance(QMenu* view);
    void addViews(QMenu* view, QAction* before);
    void addCounts(QMenu* view, QAction* before);
    void addMotion(QMenu* view);

    const Services& m_services;
    FileActions& m_files;
    ViewGrid& m_views;
    QMainWindow* m_window;
    QLabel* m_title;
    QActionGroup* m_appearance = nullptr;
    QAction* m_motion = nullptr;
    Settings m_titleOf;
    bool m_titled = false;
};

} // namespace flatline
