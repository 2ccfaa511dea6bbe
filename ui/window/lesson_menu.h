#pragma once

#include <QMenu>

namespace flatline {

class Actions;
class LessonCourse;

/// The menu of lessons: the action table's rows, then the course by its chapters, with ticks for what is finished.
class LessonMenu : public QMenu {
    Q_OBJECT
public:
    LessonMenu(const Actions& actions, const LessonCourse& course, QWidget* parent);

signals:
    void lessonChosen(const QString& id);

private:
    void refresh();

    const LessonCourse& m_course;
    QList<QAction*> m_lessons; ///< one each of the course's
};

} // namespace flatline
