#pragma once

#include "ui/lessons/lesson_player.h"
#include "ui/sheets/recorded_picture.h"
#include "ui/window/lab.h"
#include "ui/window/services.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace flatline {

class ViewGrid;

/// A figure of the lab for a lesson.
struct LessonFigure {
    std::shared_ptr<const RecordedPicture> picture;
    QString caption;       ///< what was done, in words
    std::int64_t seed = 0; ///< of the run
    std::int64_t step = 0; ///< at which it stands
};

/// Draws a lesson's figure in a lab of its own, without a window in sight: takes the last page that waits for something
/// to where it is revealed, and draws its views. UI thread; takes as long as the training does.
class LessonStill : public QObject {
    Q_OBJECT
public:
    LessonStill(const Services& services, std::shared_ptr<const Lesson> lesson, QObject* parent = nullptr);
    ~LessonStill() override;

    /// done() comes later, always.
    void start();
    /// The page that it shows; nothing for a lesson without an experiment.
    [[nodiscard]] static std::optional<std::size_t> pageOf(const Lesson& lesson);

signals:
    void done(const std::optional<flatline::LessonFigure>& figure); ///< nothing where it could not be drawn

private:
    [[nodiscard]] LessonHands hands(const Services& services);
    void showViews();
    void act();
    void look();
    [[nodiscard]] bool ready() const;
    void finish(bool drawn);
    [[nodiscard]] LessonFigure draw();

    std::shared_ptr<const Lesson> m_lesson;
    std::size_t m_page = 0;
    Lab m_lab;
    LessonHands m_hands;
    LessonPlayer m_player;
    DeedRunner m_runner;
    std::unique_ptr<ViewGrid> m_views;
    QTimer m_timer;
    QElapsedTimer m_since; ///< the start, then the end of the deeds
    bool m_acted = false;  ///< the deeds are done
    bool m_finished = false;
};

} // namespace flatline
