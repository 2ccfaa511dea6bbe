#pragma once

#include <QFrame>

#include <vector>

class QLabel;

namespace flatline {

class ActionButton;
class ChoiceList;
class LessonPlayer;
class LessonText;

/// What a page of the lesson says and asks, from the top down: its text, the question with its answers, the button that
/// locks the prediction in, the deed's button, and what came of it. As high as it needs to be.
class PageBody : public QFrame {
    Q_OBJECT
public:
    explicit PageBody(LessonPlayer& player, QWidget* parent = nullptr);

    void showPage();  ///< another page
    void showState(); ///< of the same one
    /// What Enter would press now; null where there is nothing.
    [[nodiscard]] QWidget* next() const;
    /// Where what came begins; null before it has come.
    [[nodiscard]] QWidget* outcome() const;
    [[nodiscard]] QString outcomeText() const; ///< "As you predicted."
    /// For the {held ID} and the like of the texts.
    [[nodiscard]] std::vector<LessonText*> texts() const { return {m_text, m_question, m_reveal}; }

private:
    void showDeed();
    void showOutcome();
    [[nodiscard]] QString waitText() const;

    LessonPlayer& m_player;
    QLabel* m_title;
    LessonText* m_text;
    QFrame* m_rule;
    LessonText* m_question;
    ChoiceList* m_choices;
    ActionButton* m_lock;
    ActionButton* m_deed;
    QLabel* m_wait;     ///< what the page waits for
    QLabel* m_outcome;  ///< whether it came as predicted
    QLabel* m_revealed; ///< the reveal's title
    LessonText* m_reveal;
};

} // namespace flatline
