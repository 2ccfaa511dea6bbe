#pragma once

#include "ui/lessons/lesson_document.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QScrollArea;
class QToolButton;

namespace flatline {

class ActionButton;
class LessonPlayer;
class LessonText;
class PageBody;

/// The lesson beside the views: where one is, the page, and the way on. While it has the keyboard, 1 to 6 choose an
/// answer, Enter does what comes next, Page Up and Page Down turn the page, Escape closes the lesson.
class LessonPane : public QFrame {
    Q_OBJECT
public:
    explicit LessonPane(LessonPlayer& player, QWidget* parent = nullptr);

    /// Gives the keyboard to what comes next.
    void focusNext();
    /// Of the lesson that is opened next.
    void setFigures(const FigureText& figures);
    /// Whether all controls may be asked for on this page, and are shown now.
    void offerControls(bool offered, bool shown);
    static constexpr int usualWidth = 340;
    /// Without head and foot, and without the deed's button: others show what stands there, for a whole room. The
    /// width is in pixels either way.
    void setSlide(bool slide, int width);

signals:
    void announced(const QString& news); ///< for the status line and screen readers
    void closeWished();
    void courseWished(); ///< the list of all lessons
    void controlsWished(bool shown);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeHead();
    void makeFoot();
    void showPage();
    void showState();
    void revealOutcome();
    [[nodiscard]] bool hasKeyboard() const;
    void enter();
    void goOn();

    LessonPlayer& m_player;
    std::vector<QWidget*> m_edges; ///< head and foot
    bool m_slide = false;
    bool m_unread = false; ///< the page has been turned to and is read from its top: nothing has been chosen in it
    QLabel* m_title;
    QLabel* m_place;
    QProgressBar* m_progress;
    QScrollArea* m_area;
    PageBody* m_body;
    ActionButton* m_back;
    ActionButton* m_next;
    QToolButton* m_again;
    QToolButton* m_controls;
};

/// "Lesson 7 of 19 · page 2 of 4"
[[nodiscard]] QString lessonPlaceText(const LessonPlayer& player);

} // namespace flatline
