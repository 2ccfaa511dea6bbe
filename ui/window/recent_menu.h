#pragma once

#include <QMenu>

namespace flatline {

class FileActions;

/// The files opened or saved last, newest first. One that is no longer there is grey and says so.
class RecentMenu : public QMenu {
    Q_OBJECT
public:
    RecentMenu(FileActions& files, QWidget* parent);

    /// Looks again at what is there. It does so by itself before it opens.
    void refresh();

private:
    FileActions& m_files;
};

} // namespace flatline
