#pragma once

#include "core/training/snapshot.h"
#include "ui/window/action_table.h"

#include <QAction>
#include <QObject>

#include <map>

class QKeyEvent;
class QMenu;
class QWidget;

namespace flatline {

/// The table's rows as QActions of a window.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget* window);

    [[nodiscard]] QAction* operator[](ActionId id) const { return m_actions.at(id); }
    void fill(QMenu* menu, const char* menuId) const;
    /// Triggers the action whose spare key this is; false where there is none.
    bool triggerSpareKey(const QKeyEvent& event) const;
    /// Run becomes Pause while the run goes on.
    void showRunning(bool running);
    /// What can be undone and redone, by name; whether there is a past to go to or to come back from; what stops a run.
    void showSnapshot(const Snapshot& snapshot);

private:
    std::map<ActionId, QAction*> m_actions;
};

/// All keys of the program, for the page in the help menu: key and what it does, as HTML rows of one table.
[[nodiscard]] QString shortcutsPage();
/// "Right" -> "→": a key as it is printed on the keys in the status line.
[[nodiscard]] QString keyCap(const QString& key);

} // namespace flatline
