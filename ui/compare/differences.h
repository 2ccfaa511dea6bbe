#pragma once

#include "core/comparison/paired_seeds.h"
#include "ui/runs/runs.h"

#include <QByteArray>

namespace flatline {

/// A line of the difference table.
struct DifferenceRow {
    enum class Tone { Plain, Better, Worse };
    QString id; ///< as the CSV has it; empty: a heading
    QString name;
    QString help;
    QStringList values; ///< a run each
    QStringList cells;  ///< the same for a file
    QString difference; ///< B minus A; empty where there is none to tell, or there are more than two runs
    QString differenceCell;
    Tone tone = Tone::Plain; ///< of the difference: whether B fares better
};

/// What the runs' settings, deeds, neurons and losses differ in, under headings. Two runs or more.
[[nodiscard]] std::vector<DifferenceRow> differenceRows(const Runs& runs);
/// What two experiments came to over many seeds: a row a figure, with the 95 % interval.
[[nodiscard]] std::vector<DifferenceRow> seedRows(const PairReport& report);
/// figure,a,b,…,difference
[[nodiscard]] QByteArray differenceCsv(const Runs& runs);

} // namespace flatline
