#pragma once

#include "ui/lessons/awaiting.h"
#include "ui/lessons/deed_runner.h"
#include "ui/lessons/lesson_hands.h"
#include "ui/views/view.h"

#include <QObject>

#include <memory>

namespace flatline {

/// Where a lesson stands in the course.
struct LessonPlace {
    int number = 0; ///< from 1; 0: a file of the user's own
    int count = 0;  ///< of the course's lessons
    bool operator==(const LessonPlace&) const = default;
};

/// The lesson that is being taken: its page, what was predicted, and whether what the page waits for has come. It sets
/// the run up for each page and does the deeds; it knows no widgets. UI thread only.
///
/// A page with a question begins with the prediction; it is locked in before the deed is offered. A page is done when
/// there is nothing left to predict or to wait for; then it is shown with its reveal. A page that was done stays so
/// when one turns back to it.
class LessonPlayer : public QObject {
    Q_OBJECT
public:
    enum class Stage {
        Reading,    ///< there is nothing to do but to read: the page is done
        Predicting, ///< the question is open
        Acting,     ///< what the page waits for has not come yet
        Revealed    ///< the page is done
    };
    enum class Opening {
        SetUp,  ///< the run is made what the page needs
        AsItIs, ///< the run is taken for what the page needs: a session was brought back
    };
    explicit LessonPlayer(LessonHands hands, QObject* parent = nullptr);

    /// Opens it at that page; a page that there is not is the first.
    void open(std::shared_ptr<const Lesson> lesson, const LessonPlace& place = {}, std::size_t page = 0,
              Opening how = Opening::SetUp);
    void close();
    /// Each frame of the lab.
    void showFrame(const Frame& frame);

    [[nodiscard]] bool isOpen() const { return m_lesson != nullptr; }
    /// All below only while one is open.
    [[nodiscard]] const Lesson& lesson() const { return *m_lesson; }
    [[nodiscard]] std::shared_ptr<const Lesson> sharedLesson() const { return m_lesson; }
    [[nodiscard]] const LessonPlace& place() const { return m_place; }
    [[nodiscard]] std::size_t page() const { return m_at; }
    [[nodiscard]] std::size_t pages() const { return m_lesson->pages.size(); }
    [[nodiscard]] bool lastPage() const { return m_at + 1 == pages(); }
    [[nodiscard]] const LessonPage& current() const { return m_lesson->pages[m_at]; }
    [[nodiscard]] Stage stage() const;
    [[nodiscard]] std::optional<std::size_t> choice() const { return m_taken[m_at].choice; }
    [[nodiscard]] bool lockedIn() const { return m_taken[m_at].locked; }
    [[nodiscard]] bool right() const; ///< the choice is the right one
    /// The run is being made what the page needs.
    [[nodiscard]] bool settingUp() const { return m_settingUp; }
    /// The deeds are under way.
    [[nodiscard]] bool acting() const { return m_runner.busy() && !m_settingUp; }
    /// The deeds are under way, and somebody has paused the run.
    [[nodiscard]] bool pausedInDeed() const { return acting() && m_runner.paused(); }
    [[nodiscard]] bool hasDeed() const { return current().action && !current().action->deeds.empty(); }
    /// Whether act() would do something now.
    [[nodiscard]] bool canAct() const;
    /// What the deed's button says now; it wants no prediction to be locked in for that.
    [[nodiscard]] QString deedLabel() const;

    void choose(std::size_t choice); ///< until it is locked in
    void lockIn();                   ///< needs a choice
    void act();                      ///< the deeds, or on with them where somebody has paused the run
    void next();                     ///< on the last page: lessonEnded
    void back();
    void turnTo(std::size_t page);
    /// The page from its beginning: run, prediction and deed.
    void setUpAgain();

signals:
    void opened();
    void closed();
    void pageTurned();  ///< another page, or the same from its beginning
    void arrived();     ///< the run is what the page needs
    void changed();     ///< of what is asked above something may be different now
    void pageDone();    ///< what it waited for has come
    void finished();    ///< the last page is done, for the first time
    void lessonEnded(); ///< next() on the last page
    void problemFound(const QString& text);

private:
    struct Taken { ///< of a page
        std::optional<std::size_t> choice;
        bool locked = false;
        bool done = false;
    };
    struct Shown {
        Stage stage = Stage::Reading;
        bool settingUp = false;
        bool acting = false;
        bool paused = false;
        bool operator==(const Shown&) const = default;
    };

    void setUp();
    [[nodiscard]] Result<std::vector<LessonTask>> wayTo(std::size_t page) const;
    [[nodiscard]] bool runFits() const;
    void arrive();
    void tasksDone();
    void giveUp(const QString& why);
    void judge();
    void finishPage();
    void announce();

    LessonHands m_hands;
    DeedRunner m_runner;
    std::shared_ptr<const Lesson> m_lesson;
    LessonPlace m_place;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<Taken> m_taken; ///< one a page
    std::size_t m_at = 0;
    bool m_settingUp = false;
    bool m_arrived = false; ///< the run is what the page needs, or was when it began
    bool m_deedsDone = false;
    bool m_finished = false;
    std::optional<std::size_t> m_runAt; ///< the page whose state the run has, with its deeds if that page is done
    std::uint64_t m_run = 0;            ///< that run
    std::int64_t m_step = 0;            ///< at which the page found it
    std::size_t m_interventions = 0;    ///< and how many it had had
    Awaiting m_awaiting;
    Shown m_shown;
};

} // namespace flatline
