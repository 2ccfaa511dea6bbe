#include "ui/lessons/course_dialog.h"

#include "ui/lessons/lesson_course.h"
#include "ui/lessons/lesson_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace flatline {

CourseDialog::CourseDialog(const LessonCourse& course, QWidget* parent)
    : QDialog(parent)
    , m_course(course)
    , m_area(new QScrollArea(this)) {
    setWindowTitle(tr("Lessons"));
    resize(620, 640);
    auto* page = new QFrame(m_area->viewport());
    page->setProperty("role", "plain");
    auto* lessons = new QVBoxLayout(page);
    lessons->setContentsMargins(16, 12, 16, 16);
    lessons->setSpacing(2);
    addLessons(page, lessons);
    lessons->addStretch();
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(page);

    auto* foot = new QWidget(this);
    auto* progress =
        new QLabel(tr("%1 of %2 finished").arg(m_course.finishedCount()).arg(m_course.lessons().size()), foot);
    progress->setProperty("role", "muted");
    auto* close = new ActionButton(ActionButton::Look::Plain, {}, tr("Close"), foot);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    const LessonCourse::Bookmark next = m_course.next();
    auto* go = new ActionButton(ActionButton::Look::Primary, QStringLiteral("play"),
                                m_course.finishedCount() == 0 && next.page == 0 ? tr("Begin") : tr("Continue"), foot);
    go->setEnabled(m_course.find(next.lesson) != nullptr);
    connect(go, &QPushButton::clicked, this, [this, next] { choose(next.lesson); });
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(16, 10, 16, 12);
    line->addWidget(progress, 1);
    line->addWidget(close);
    line->addWidget(go);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_area, 1);
    auto* edge = new QFrame(this);
    edge->setProperty("role", "rule");
    column->addWidget(edge);
    column->addWidget(foot);
    for (LessonRow* row : m_rows)
        if (row->id() == next.lesson)
            row->setFocus();
}

void CourseDialog::addLessons(QWidget* page, QVBoxLayout* column) {
    QString chapter;
    for (const auto& lesson : m_course.lessons()) {
        const QString next = QString::fromStdString(lesson->chapter);
        if (next != chapter) {
            auto* heading = new QLabel(next, page);
            heading->setFont(fontFor(TextRole::ViewTitle));
            heading->setContentsMargins(8, chapter.isEmpty() ? 0 : 14, 0, 4);
            column->addWidget(heading);
            chapter = next;
        }
        auto* row = new LessonRow(*lesson, m_course.placeOf(*lesson).number, m_course.isFinished(*lesson), page);
        connect(row, &LessonRow::clicked, this, [this, row] { choose(row->id()); });
        column->addWidget(row);
        m_rows.push_back(row);
    }
}

void CourseDialog::choose(const QString& id) {
    m_chosen = id;
    accept();
}

void CourseDialog::move(int by) {
    const auto here = std::find(m_rows.begin(), m_rows.end(), focusWidget());
    const auto at = here == m_rows.end() ? std::ptrdiff_t{0} : here - m_rows.begin() + by;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(m_rows.size()))
        return;
    LessonRow* row = m_rows[static_cast<std::size_t>(at)];
    row->setFocus(Qt::TabFocusReason);
    m_area->ensureWidgetVisible(row, 0, 40);
}

void CourseDialog::keyPressEvent(QKeyEvent* event) {
    auto* button = qobject_cast<QAbstractButton*>(focusWidget());
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)
        move(event->key() == Qt::Key_Down ? 1 : -1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && button != nullptr)
        button->click();
    else
        QDialog::keyPressEvent(event);
}

} // namespace flatline
