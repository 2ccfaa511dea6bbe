#pragma once

#include "ui/predictions/guess.h"

#include <QTableWidget>

namespace flatline {

/// All guesses beside predictions and outcomes, the newest first.
class GuessTable : public QTableWidget {
    Q_OBJECT
public:
    explicit GuessTable(QWidget* parent = nullptr);

    /// `now`: the run's step, for what is still waiting.
    void showGuesses(const std::vector<Guess>& guesses, bool hidden, std::int64_t now);
};

} // namespace flatline
