#pragma once

#include "core/lessons/lesson.h"

#include <QAbstractButton>

namespace flatline {

/// A lesson in the list of all: its number or a tick, its title, how long it takes, and below, what one knows
/// afterwards.
class LessonRow : public QAbstractButton {
    Q_OBJECT
public:
    LessonRow(const Lesson& lesson, int number, bool finished, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_id;
    QString m_goal;
    QString m_time;
    int m_number;
    bool m_finished;
};

} // namespace flatline
