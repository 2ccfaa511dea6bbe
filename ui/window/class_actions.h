#pragma once

#include "ui/views/view.h"
#include "ui/window/services.h"

#include <QObject>

namespace flatline {

class Actions;
class FileActions;

/// What takes a moment out of the lab for others: the command line that repeats it.
class ClassActions : public QObject {
    Q_OBJECT
public:
    /// `frame`: the run of the moment.
    ClassActions(const Services& services, const Actions& actions, FileActions& files, std::function<Frame()> frame,
                 QWidget* window);

    /// The command line to the clipboard. What was done by hand needs an experiment file first: asks whether to save.
    void copyCommand();
    /// The same without questions: false where a file is needed.
    bool copyCommandOf(const Snapshot& snapshot);

signals:
    void announced(const QString& news);

private:
    const Services& m_services;
    FileActions& m_files;
    std::function<Frame()> m_frame;
    QWidget* m_window;
};

} // namespace flatline
