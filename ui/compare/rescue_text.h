#pragma once

#include "core/comparison/rescue.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace flatline {

/// The leaderboard's columns of figures, in order.
enum class RescueColumn { Cure, Recovered, DiedAnew, DeadAtEnd, TrainLoss, TestLoss, Accuracy };
inline constexpr int rescueColumns = 7;
struct RescueColumnRow {
    const char* title; ///< translatable, context "rescue"
    const char* help;  ///< translatable
    bool moreIsBetter; ///< sorted downwards at the first click
};
[[nodiscard]] const RescueColumnRow& rescueColumn(RescueColumn column);

/// One row of the leaderboard as it is shown.
struct RescueLine {
    const CureRow* cure = nullptr;
    QStringList cells;                         ///< a column each
    std::vector<std::optional<double>> values; ///< what is sorted by; nothing sorts last
    double lossShare = 0.0;                    ///< of the largest finite loss: the bar's length
    int diverged = 0;                          ///< of its seeds; the figures are the others'
    QString note;                              ///< why there are no figures; empty where there are
    [[nodiscard]] bool tried() const { return note.isEmpty(); }
};
[[nodiscard]] std::vector<RescueLine> rescueLines(const RescueReport& report);
/// By that column; equal ones by training loss, then as the table of cures has them. A cure that diverged on any seed
/// comes after those that did not, whichever way: its figures are those of the seeds it did not fail.
void sortLines(std::vector<RescueLine>& lines, RescueColumn column, bool downwards);

/// What was found, and what it does not prove.
[[nodiscard]] QString rescueVerdict(const RescueReport& report);
/// "Step 240: 13 of 16 dead."
[[nodiscard]] QString rescueHeading(const RescueReport& report);

} // namespace flatline
