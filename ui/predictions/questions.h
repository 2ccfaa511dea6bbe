#pragma once

#include "ui/predictions/guess_book.h"

#include <QString>

namespace flatline {

/// A question to be guessed at before the run answers it, as it stands at a frame.
struct Question {
    QString title;     ///< "How many of the 7 dead will come back?"
    QString about;     ///< what will be done, or looked at
    QString predicted; ///< the prediction, rich text; empty: there is none
    QString help;      ///< how it was made
    QString problem;   ///< why it cannot be put to the test now; empty: it can
    NeuronId neuron;   ///< whom it is about; none for a kick
    bool operator==(const Question&) const = default;
};

/// Of the kick that the frame's analysis is of: the one that the controls are set to.
[[nodiscard]] Question kickQuestion(const Frame& frame);
/// Of the selected neuron, where bias decay will wake it, else of the first that it will wake.
[[nodiscard]] Question countdownQuestion(const Frame& frame, const GuessBook& book);
/// Of the selected neuron, where it is alive, else of the one that the smallest rate kills.
[[nodiscard]] Question rateQuestion(const Frame& frame, const GuessBook& book);

} // namespace flatline
