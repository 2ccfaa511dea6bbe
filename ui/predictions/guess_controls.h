#pragma once

#include "ui/predictions/guess_book.h"

#include <QWidget>

class QToolButton;

namespace flatline {

class NumberBox;

/// The field for what the class expects of the next kick, and the eye that keeps predictions back.
class GuessControls : public QWidget {
    Q_OBJECT
public:
    /// The book must outlive it.
    explicit GuessControls(GuessBook& book, QWidget* parent = nullptr);

    [[nodiscard]] NumberBox* box() const { return m_box; }
    /// No more can come back than the network has neurons.
    void setMost(int neurons);

private:
    void showBook();

    GuessBook& m_book;
    NumberBox* m_box;
    QToolButton* m_eye;
    int m_most = 0;
};

} // namespace flatline
