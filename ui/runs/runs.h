#pragma once

#include "core/settings/setting_table.h"
#include "core/training/snapshot.h"
#include "ui/charts/plot_content.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

class QPainter;
class QRectF;

namespace flatline {

/// The runs of a comparison, A first.
using Runs = std::vector<std::shared_ptr<const Snapshot>>;

inline constexpr std::size_t mostRuns = 4;
/// How a run is told from the others, never by colour alone: a letter, an ink, a shape.
struct RunSign {
    char letter;
    Ink ink;
    PlotCurve::End end; ///< the shape: disc, square, diamond, triangle
};
[[nodiscard]] const RunSign& runSign(std::size_t index);
[[nodiscard]] QString runLetter(std::size_t index);
/// The filled shape with the letter in it.
void paintRunSign(QPainter& painter, const QRectF& box, std::size_t index, const Theme& theme);

/// The keys in which the runs' settings of the moment differ, in the order of the table.
[[nodiscard]] std::vector<const SettingRow*> differingSettings(const Runs& runs);
/// Kicks, resets, warmings and edits that have acted: what was done that is no setting.
[[nodiscard]] int deedsOf(const Snapshot& run);
[[nodiscard]] bool deedsDiffer(const Runs& runs);
/// What each run is called: the value of the first setting in which they differ ("Leaky ReLU", "learning rate 0.03");
/// empty where none does.
[[nodiscard]] QStringList runNames(const Runs& runs);
/// "A · ReLU", or the letter alone.
[[nodiscard]] QString runTitle(std::size_t index, const QStringList& names);

} // namespace flatline
