#include "ui/predictions/prediction_window.h"

#include "ui/predictions/prediction_card.h"
#include "ui/theme/tab_order.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace flatline {

// A tool window: its parent's shortcuts go on working while it has the focus.
PredictionWindow::PredictionWindow(GuessBook& book, QWidget* lab)
    : QDialog(lab, Qt::Tool)
    , m_card(new PredictionCard(book, this)) {
    setWindowTitle(tr("Predict, then act"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    orderTabsAsRead(this);
    connect(m_card, &PredictionCard::kickWished, this, &PredictionWindow::kickWished);
    setMinimumWidth(520);
    resize(600, 520);
}

void PredictionWindow::showFrame(const Frame& frame, const QString& kickProblem) {
    m_card->showFrame(frame, kickProblem);
}

void PredictionWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        QDialog::keyPressEvent(event);
    else // Space, the arrow: what no control here wanted
        QCoreApplication::sendEvent(parentWidget(), event);
}

} // namespace flatline
