#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace flatline {

/// One card of the inspector: a title, a muted note beside it, and below it what it is about.
class InspectorCard : public QFrame {
    Q_OBJECT
public:
    explicit InspectorCard(QWidget* parent);

    void setTitle(const QString& title);
    void setNote(const QString& note); ///< gives way where there is no room
    void addHeadWidget(QWidget* widget);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    QLabel* m_title;
    QLabel* m_note;
    QHBoxLayout* m_head;
    QVBoxLayout* m_body;
};

} // namespace flatline
