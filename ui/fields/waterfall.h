#pragma once

#include "ui/fields/neuron_report.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace flatline {

/// What a waterfall shows: how terms lead from one total to another, each a bar that begins where the one above ended.
struct Waterfall {
    std::vector<SumRow> rows;
    bool margin = false; ///< left of 0 is silent, and says so
};

/// The height it needs, in px.
[[nodiscard]] double waterfallHeight(const Waterfall& waterfall);
/// Where row's bar stands, for a picture in `box`; a term too small to see is a line.
[[nodiscard]] QRectF waterfallBar(const Waterfall& waterfall, const QRectF& box, std::size_t row);
void paintWaterfall(QPainter& painter, const Waterfall& waterfall, const QRectF& box, const Theme& theme);

} // namespace flatline
