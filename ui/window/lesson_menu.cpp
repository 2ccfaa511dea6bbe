#include "ui/window/lesson_menu.h"

#include "ui/lessons/lesson_course.h"
#include "ui/window/actions.h"

namespace flatline {

LessonMenu::LessonMenu(const Actions& actions, const LessonCourse& course, QWidget* parent)
    : QMenu(tr("&Lessons"), parent)
    , m_course(course) {
    setToolTipsVisible(true);
    actions.fill(this, "lessons");
    addSeparator();
    QMenu* chapter = nullptr;
    QString name;
    for (const auto& lesson : m_course.lessons()) {
        const QString next = QString::fromStdString(lesson->chapter);
        if (chapter == nullptr || next != name)
            chapter = addMenu(next);
        name = next;
        chapter->setToolTipsVisible(true);
        QAction* action = chapter->addAction(
            tr("%1  %2", "number and title of a lesson")
                .arg(m_course.placeOf(*lesson).number)
                .arg(QString::fromStdString(lesson->title).replace(QLatin1Char('&'), QLatin1String("&&"))));
        action->setCheckable(true);
        action->setToolTip(QString::fromStdString(lesson->goal));
        action->setStatusTip(action->toolTip());
        m_lessons << action;
        connect(action, &QAction::triggered, this, [this, id = QString::fromStdString(lesson->id)] {
            refresh(); // the click has turned the tick
            emit lessonChosen(id);
        });
    }
    connect(&m_course, &LessonCourse::changed, this, &LessonMenu::refresh);
    refresh();
}

void LessonMenu::refresh() {
    for (qsizetype i = 0; i < m_lessons.size(); ++i)
        m_lessons[i]->setChecked(m_course.isFinished(*m_course.lessons()[static_cast<std::size_t>(i)]));
}

} // namespace flatline
