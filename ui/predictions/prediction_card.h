#pragma once

#include "ui/predictions/question_panel.h"

#include <QFrame>

class QPushButton;

namespace flatline {

class GuessTable;
class SpreadChart;

/// 'Predict, then act': how many a kick wakes, when bias decay wakes a neuron, which learning rate kills one. For each
/// the class's guess, the lab's prediction, which can be kept back, and the button that puts both to the test; below
/// them what was guessed, predicted and came so far. Takes frames and wishes; what it does goes through the book.
class PredictionCard : public QFrame {
    Q_OBJECT
public:
    /// The book must outlive it.
    explicit PredictionCard(GuessBook& book, QWidget* parent = nullptr);

    /// `kickProblem`: why a kick would do nothing now; empty: it would do something.
    void showFrame(const Frame& frame, const QString& kickProblem);

signals:
    void kickWished();

private:
    void makeQuestions();
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeFoot();
    void showBook();
    void showQuestions();
    void writeCountdown();
    void tryRate();
    void copyCsv();

    GuessBook& m_book;
    Frame m_frame;
    QString m_kickProblem;
    QPushButton* m_eye = nullptr;
    QuestionPanel* m_kick = nullptr;
    QuestionPanel* m_countdown = nullptr;
    QuestionPanel* m_rate = nullptr;
    SpreadChart* m_chart = nullptr;
    GuessTable* m_table = nullptr;
    QLabel* m_score = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_clear = nullptr;
};

} // namespace flatline
