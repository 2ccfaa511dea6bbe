#pragma once

#include "ui/fields/frame.h"

#include <QDialog>

namespace flatline {

class GuessBook;
class PredictionCard;

/// The card of predictions in a small window that stays in front of the lab while it trains. The lab's keys act there,
/// too; Esc closes it.
class PredictionWindow : public QDialog {
    Q_OBJECT
public:
    PredictionWindow(GuessBook& book, QWidget* lab);

    /// See PredictionCard.
    void showFrame(const Frame& frame, const QString& kickProblem);

signals:
    void kickWished();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    PredictionCard* m_card;
};

} // namespace flatline
