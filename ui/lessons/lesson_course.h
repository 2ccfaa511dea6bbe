#pragma once

#include "core/lessons/lesson.h"
#include "ui/lessons/lesson_player.h"
#include "ui/window/services.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace flatline {

/// The lessons that come with the program, in their order, and how far the user has come (QSettings). UI thread.
class LessonCourse : public QObject {
    Q_OBJECT
public:
    explicit LessonCourse(const Services& services, QObject* parent = nullptr);

    /// Those that can be read.
    [[nodiscard]] const std::vector<std::shared_ptr<const Lesson>>& lessons() const { return m_lessons; }
    /// A built-in one's id; null where there is none.
    [[nodiscard]] std::shared_ptr<const Lesson> find(const QString& id) const;
    [[nodiscard]] LessonPlace placeOf(const Lesson& lesson) const; ///< number 0 for one that is not of the course
    /// The one behind it; null behind the last and for one that is not of the course.
    [[nodiscard]] std::shared_ptr<const Lesson> after(const Lesson& lesson) const;

    [[nodiscard]] bool isFinished(const Lesson& lesson) const;
    [[nodiscard]] int finishedCount() const;
    void markFinished(const Lesson& lesson);

    /// The lesson and page that were open last; what names the lesson is an id or a file.
    struct Bookmark {
        QString lesson;
        int page = 0;
        bool operator==(const Bookmark&) const = default;
    };
    [[nodiscard]] std::optional<Bookmark> bookmark() const;
    void setBookmark(const Bookmark& bookmark);
    /// The name of a lesson in a bookmark.
    [[nodiscard]] QString nameOf(const Lesson& lesson) const;
    /// Where to go on: the bookmark's lesson if it is of the course, or the first that is not finished.
    [[nodiscard]] Bookmark next() const;

signals:
    void changed(); ///< progress

private:
    std::vector<std::shared_ptr<const Lesson>> m_lessons;
    QSet<QString> m_finished; ///< ids
};

} // namespace flatline
