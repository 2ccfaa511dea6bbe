#pragma once

#include "ui/lessons/lesson_player.h"
#include "ui/window/lesson_stage.h"
#include "ui/window/session.h"

#include <QObject>

#include <memory>

class QMenu;

namespace flatline {

class Actions;
class FileActions;
class LessonCourse;
class LessonPane;
class MainWindow;
class PredictionActions;
class RunBefore;
struct Services;

/// Lessons in the main window: their menu, opening and closing them, the pane and what its pages show, and how far one
/// has come. UI thread.
class LessonActions : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        const Actions& actions;
        FileActions& files;
        PredictionActions& predictions;
        LessonStage::Parts stage;
    };
    /// lab may be null: then no lesson can be taken.
    LessonActions(const Services& services, Lab* lab, const Parts& parts, MainWindow* window);
    ~LessonActions() override;

    [[nodiscard]] QMenu* menu() const;
    [[nodiscard]] LessonPlayer& player() { return m_player; }
    [[nodiscard]] const LessonCourse& course() const { return *m_course; }

    /// A lesson of the course by its id, or a file. False after an error has been shown; then all is as it was.
    bool openLesson(const QString& pathOrId, std::size_t page = 0);
    /// The same with the run taken as it is: a session was brought back. An error is said in the status line alone.
    /// `before`: the run that it had taken the place of.
    void reopen(const QString& pathOrId, std::size_t page, const std::optional<KeptRun>& before = {});
    void close();
    /// What is open, as openLesson takes it; empty: nothing.
    [[nodiscard]] QString openName() const;
    [[nodiscard]] std::size_t openPage() const { return m_player.isOpen() ? m_player.page() : 0; }
    /// The run that the open lesson took the place of.
    [[nodiscard]] std::optional<KeptRun> runBefore() const;
    /// What the user has chosen in the views' heads, without what a lesson has.
    [[nodiscard]] QMap<QString, QString> ownChoices() const { return m_stage->ownChoices(); }
    /// Greets at the very first start; else nothing.
    void welcome();

signals:
    void commandWished(const flatline::Command& command);
    void announced(const QString& news);

private:
    [[nodiscard]] LessonHands hands();
    [[nodiscard]] Result<std::shared_ptr<const Lesson>> read(const QString& pathOrId) const;
    void begin(std::shared_ptr<const Lesson> lesson, std::size_t page, LessonPlayer::Opening how);
    void connectPlayer();
    void connectActions();
    void showCourse();
    void continueCourse();
    void goOnAfter();
    void showPage();
    void showControls();
    void showActions();

    const Services& m_services;
    Lab* m_lab;
    Parts m_parts;
    MainWindow* m_window;
    LessonCourse* m_course;
    LessonPlayer m_player;
    std::unique_ptr<LessonStage> m_stage; ///< null without a lab
    RunBefore* m_before = nullptr;        ///< the same
    LessonPane* m_pane = nullptr;
    QMenu* m_menu = nullptr;
};

} // namespace flatline
