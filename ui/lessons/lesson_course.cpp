#include "ui/lessons/lesson_course.h"

#include "ui/lessons/local_numbers.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace flatline {

namespace {

constexpr auto finishedKey = "lessons/finished";
constexpr auto lessonKey = "lessons/last";
constexpr auto pageKey = "lessons/last_page";

QString idOf(const Lesson& lesson) {
    return QString::fromStdString(lesson.id);
}

} // namespace

LessonCourse::LessonCourse(const Services& services, QObject* parent)
    : QObject(parent) {
    if (!services.lessonIds || !services.openLesson)
        return;
    for (const QString& id : services.lessonIds())
        if (auto lesson = services.openLesson(id))
            m_lessons.push_back(std::make_shared<const Lesson>(withLocalNumbers(std::move(lesson).value())));
    const QStringList finished = QSettings().value(QLatin1String(finishedKey)).toStringList();
    m_finished = QSet<QString>(finished.begin(), finished.end());
}

std::shared_ptr<const Lesson> LessonCourse::find(const QString& id) const {
    for (const auto& lesson : m_lessons)
        if (idOf(*lesson) == id)
            return lesson;
    return nullptr;
}

LessonPlace LessonCourse::placeOf(const Lesson& lesson) const {
    for (std::size_t i = 0; i < m_lessons.size(); ++i)
        if (m_lessons[i]->file == lesson.file)
            return {static_cast<int>(i) + 1, static_cast<int>(m_lessons.size())};
    return {};
}

std::shared_ptr<const Lesson> LessonCourse::after(const Lesson& lesson) const {
    const auto place = static_cast<std::size_t>(placeOf(lesson).number);
    return place > 0 && place < m_lessons.size() ? m_lessons[place] : nullptr;
}

bool LessonCourse::isFinished(const Lesson& lesson) const {
    return placeOf(lesson).number > 0 && m_finished.contains(idOf(lesson));
}

int LessonCourse::finishedCount() const {
    return static_cast<int>(
        std::count_if(m_lessons.begin(), m_lessons.end(), [this](const auto& lesson) { return isFinished(*lesson); }));
}

void LessonCourse::markFinished(const Lesson& lesson) {
    if (placeOf(lesson).number == 0 || isFinished(lesson))
        return;
    m_finished.insert(idOf(lesson));
    QSettings().setValue(QLatin1String(finishedKey), QStringList(m_finished.begin(), m_finished.end()));
    emit changed();
}

std::optional<LessonCourse::Bookmark> LessonCourse::bookmark() const {
    const QSettings settings;
    const QString lesson = settings.value(QLatin1String(lessonKey)).toString();
    if (lesson.isEmpty())
        return std::nullopt;
    return Bookmark{lesson, settings.value(QLatin1String(pageKey)).toInt()};
}

void LessonCourse::setBookmark(const Bookmark& bookmark) {
    QSettings settings;
    settings.setValue(QLatin1String(lessonKey), bookmark.lesson);
    settings.setValue(QLatin1String(pageKey), bookmark.page);
    emit changed();
}

QString LessonCourse::nameOf(const Lesson& lesson) const {
    return placeOf(lesson).number > 0 ? idOf(lesson) : QString::fromStdString(lesson.file);
}

LessonCourse::Bookmark LessonCourse::next() const {
    const auto last = bookmark();
    const auto lesson = last ? find(last->lesson) : nullptr;
    if (last && (lesson == nullptr || !isFinished(*lesson)))
        return *last;
    for (const auto& one : m_lessons)
        if (!isFinished(*one))
            return {idOf(*one), 0};
    return m_lessons.empty() ? Bookmark{} : Bookmark{idOf(*m_lessons.front()), 0};
}

} // namespace flatline
