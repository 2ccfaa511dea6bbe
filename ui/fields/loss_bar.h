#pragma once

#include "ui/fields/loss_scale.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <optional>

class QPainter;

namespace flatline {

inline constexpr double lossBarWidth = 10.0;
inline constexpr double lossBarLabels = 44.0; ///< room for "0.0002" and "ln 10" beside it, after a gap of 7

/// log10 ln C, where chance among that many classes lies inside the scale; `classes` below 2: there is none.
[[nodiscard]] std::optional<double> chanceLevel(const LossScale& scale, int classes);

/// The colours' scale with its ticks and the chance level, upright with the figures at its right, or lying with the
/// figures below. The font is the painter's.
void paintLossBar(QPainter& painter, const QRectF& bar, Qt::Orientation orientation, const LossScale& scale,
                  int classes, const Theme& theme);

/// Whether a colour is used at all.
[[nodiscard]] bool anyFinite(const Surface& surface);

} // namespace flatline
