#pragma once

#include "ui/predictions/questions.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"

class QHBoxLayout;
class QLabel;

namespace flatline {

/// One question: what it is about, a field for the class's guess, the prediction, and the button that puts it to the
/// test.
class QuestionPanel : public QWidget {
    Q_OBJECT
public:
    /// `guessName`: of the field; `decoration`: what stands in front of the number.
    QuestionPanel(const NumberBox::Range& range, const QString& guessName, const QString& decoration,
                  ActionButton* button, QWidget* parent = nullptr);

    void showQuestion(const Question& question, bool hidden);
    /// Between the prediction and the button.
    void addChart(QWidget* chart);
    [[nodiscard]] NumberBox* box() const { return m_box; }
    [[nodiscard]] ActionButton* button() const { return m_button; }
    [[nodiscard]] const Question& question() const { return m_question; }
    /// Why the button cannot be pressed, besides what the question says; empty: it can.
    void setProblem(const QString& problem);

private:
    void showState();

    Question m_question;
    QString m_problem;
    bool m_hidden = false;
    QString m_buttonHelp;
    QLabel* m_title;
    QLabel* m_about;
    NumberBox* m_box;
    QLabel* m_predicted;
    QLabel* m_wrong; ///< what is wrong with what was typed
    ActionButton* m_button;
    QHBoxLayout* m_line;
};

} // namespace flatline
