#pragma once

#include <QDialog>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace flatline {

class ActionButton;
class LessonCourse;
class LessonRow;

/// All lessons by chapters: what one knows afterwards, how long it takes, and which are finished. Arrows go through
/// them, Enter opens one.
class CourseDialog : public QDialog {
    Q_OBJECT
public:
    explicit CourseDialog(const LessonCourse& course, QWidget* parent = nullptr);

    [[nodiscard]] QString chosen() const { return m_chosen; } ///< a lesson's id; empty: none

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addLessons(QWidget* page, QVBoxLayout* column);
    void choose(const QString& id);
    void move(int by);

    const LessonCourse& m_course;
    QScrollArea* m_area;
    std::vector<LessonRow*> m_rows;
    QString m_chosen;
};

} // namespace flatline
