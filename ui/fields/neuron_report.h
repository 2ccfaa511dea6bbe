#pragma once

#include "ui/fields/frame.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

/// What the lab knows of a neuron's death and its prospects, in words and rows ready to be shown.
namespace flatline {

/// A certificate and which kind it is.
struct ShownCertificate {
    std::shared_ptr<const Certificate> certificate; ///< null: none
    bool revival = false;
    bool operator==(const ShownCertificate&) const = default;
};
/// Of a dead neuron its death, else its latest revival, else its latest death.
[[nodiscard]] ShownCertificate latestCertificate(const Snapshot& snapshot, NeuronId id);

[[nodiscard]] QString verdictLabel(const Certificate& certificate); ///< "Overshoot"
[[nodiscard]] QString verdictSentence(const ShownCertificate& shown);
/// "died at step 203: Overshoot" of the latest one; empty where there is none.
[[nodiscard]] QString verdictText(const Snapshot& snapshot, NeuronId id);

/// A line of the sum that leads from the margin before to the margin after.
struct SumRow {
    QString label;
    QString note;      ///< beside the label, muted
    double from = 0.0; ///< a term's bar; a total's begins at 0
    double to = 0.0;
    bool total = false; ///< before or after
    [[nodiscard]] double value() const { return to - from; }
};
/// Before, each contribution that is not exactly 0, after. `hasMargin`: whether z = 0 means anything to the neuron.
[[nodiscard]] std::vector<SumRow> sumRows(const ShownCertificate& shown, bool hasMargin);

/// A figure with its name.
struct Fact {
    QString name;
    QString value; ///< empty: the name is a whole sentence
    QString help;
    QColor Theme::*ink = &Theme::text;
    bool operator==(const Fact&) const = default;
};
[[nodiscard]] QString factText(const Fact& fact); ///< "Margin: −0.2"
/// Step, epoch, batch, learning rate, and what the worst step did.
[[nodiscard]] std::vector<Fact> certificateFacts(const ShownCertificate& shown);
/// Margin, active share, dormancy, parameters, as they are now.
[[nodiscard]] std::vector<Fact> conditionFacts(const Snapshot& snapshot, NeuronId id);
/// What may become of it: whether it can wake, the chance of the kick that is set, lethal learning rates. Nothing as
/// long as the frame's analysis does not know of the neuron as it is; a sentence that says so where predictions are
/// hidden.
[[nodiscard]] std::vector<Fact> outlookFacts(const Frame& frame, NeuronId id);

/// The layer's activation has a margin: ReLU and its kin.
[[nodiscard]] bool hasMargin(const Snapshot& snapshot);

} // namespace flatline
