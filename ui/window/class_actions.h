#pragma once

#include "ui/views/view.h"
#include "ui/window/notice_bar.h"
#include "ui/window/services.h"

#include <QObject>

#include <memory>
#include <optional>

namespace flatline {

class Actions;
class FileActions;
class Lab;
class LessonPlayer;
class LeftSide;
class MainWindow;
class RunReplay;
class ViewGrid;

/// What takes a moment out of the lab for others: the command line that repeats it, and the file for a class, which is
/// opened here as well: with its views, its controls, and its run at its step. UI thread.
class ClassActions : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        const Actions& actions;
        FileActions& files;
        ViewGrid& views;
        LeftSide& left;
        LessonPlayer& player;
    };
    /// lab may be null: then there is nothing to take.
    ClassActions(const Services& services, Lab* lab, const Parts& parts, MainWindow* window);
    ~ClassActions() override;

    /// The command line to the clipboard. What was done by hand needs an experiment file first: asks whether to save.
    void copyCommand();
    /// The same without questions: false where a file is needed.
    bool copyCommandOf(const Snapshot& snapshot);

    /// Asks which controls stay, and where to.
    void save();
    /// The moment as it is seen now, with these controls.
    [[nodiscard]] SessionState moment(const std::optional<QStringList>& controls) const;
    /// False after an error has been shown.
    bool saveTo(const QString& path, const std::optional<QStringList>& controls);
    /// Views and controls are those of a class.
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// What of the views and controls is the class's now, into a session that is kept.
    void addTo(SessionState& session) const;
    /// A session was brought back in which a class was open: its views and controls once more.
    void reopen(const SessionState& session);
    /// "All controls and views", for a notice that says why most controls are gone.
    [[nodiscard]] NoticeBar::Answer wayBack();
    /// A moment that a file holds. An error names what the window does not have; then nothing has changed.
    void open(const SessionState& moment);

signals:
    void announced(const QString& news);
    void arrived(); ///< a class file's moment is reached

private:
    [[nodiscard]] Result<void> check(const SessionState& moment) const;
    void layOut(const SessionState& moment);
    void arrive(const SessionState& moment);
    void leave();

    const Services& m_services;
    Lab* m_lab;
    Parts m_parts;
    MainWindow* m_window;
    std::unique_ptr<RunReplay> m_replay;   ///< null without a lab
    std::optional<QStringList> m_controls; ///< of the class that is open
    bool m_open = false;                   ///< views and controls are those of a class
};

} // namespace flatline
