#include "ui/window/recent_menu.h"

#include "ui/window/file_actions.h"
#include "ui/window/recent_files.h"

#include <QDir>
#include <QFileInfo>

namespace flatline {

RecentMenu::RecentMenu(FileActions& files, QWidget* parent)
    : QMenu(tr("Open &recent"), parent)
    , m_files(files) {
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::refresh);
    connect(&files, &FileActions::recentChanged, this, &RecentMenu::refresh);
    refresh();
}

void RecentMenu::refresh() {
    clear();
    int number = 0;
    for (const QString& path : recentFiles()) {
        const QFileInfo file(path);
        const bool there = file.isFile();
        const QString name = file.fileName().replace(QLatin1Char('&'), QStringLiteral("&&"));
        const QString key = ++number <= 9 ? QStringLiteral("&%1  ").arg(number) : QString();
        QAction* action = addAction(key + (there ? name : tr("%1 (no longer there)").arg(name)));
        action->setEnabled(there);
        action->setToolTip(QDir::toNativeSeparators(path));
        connect(action, &QAction::triggered, this, [this, path] { m_files.openPath(path); });
    }
    if (number == 0)
        addAction(tr("Nothing yet"))->setEnabled(false);
    addSeparator();
    QAction* forget = addAction(tr("&Clear this list"));
    forget->setToolTip(tr("Forget these names. The files stay."));
    forget->setEnabled(number > 0);
    connect(forget, &QAction::triggered, this, [this] {
        forgetRecentFiles();
        refresh();
    });
}

} // namespace flatline
