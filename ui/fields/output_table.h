#pragma once

#include "core/training/snapshot.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>
#include <QStringList>

#include <vector>

class QPainter;

namespace flatline {

/// A figure in the table, with a bar behind it.
struct OutputCell {
    QString text;
    double bar = 0.0;    ///< 0 to 1 of the cell's width
    bool silent = false; ///< no gradient: hatched
};

/// What one objective makes of the outputs: some columns, and what stands below them.
struct OutputGroup {
    QString title;
    bool inUse = false;
    QStringList columns;
    std::vector<std::vector<OutputCell>> cells; ///< a row an output: a cell a column
    QString loss;                               ///< empty: the group has none
    bool infinite = false;
    QString gradient;
    bool silent = false; ///< no gradient at all
};

/// One training sample's outputs, and what the loss makes of them.
struct OutputTable {
    QStringList names;     ///< a row an output or class
    std::vector<char> own; ///< which of them is the sample's class
    std::vector<OutputGroup> groups;
    QString note; ///< what does not go without saying of this output
};

/// `sample`: of the training set, from 0, one that is there. The snapshot has a network and parameters.
[[nodiscard]] OutputTable outputTable(const Snapshot& snapshot, int sample);

/// In a small box rows are left out: those of the least outputs, never the sample's own.
/// In a large one everything is drawn larger, up to 1.6 times.
void paintOutputTable(QPainter& painter, const QRectF& box, const OutputTable& table, const Theme& theme);
/// The widths of all groups' columns, one after the other, in so many pixels: alike, up to a most, where each has room
/// for its figures; else those get what they need, as far as there is any.
[[nodiscard]] std::vector<double> columnWidths(const OutputTable& table, double room);
/// How high it becomes in that room.
[[nodiscard]] double drawnTableHeight(const QSizeF& room, const OutputTable& table);
/// Of so many rows those that are shown where there is room for `room`, by rising number.
[[nodiscard]] std::vector<std::size_t> rowsShown(const OutputTable& table, std::size_t room);

} // namespace flatline
