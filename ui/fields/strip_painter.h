#pragma once

#include "ui/fields/field_image.h"
#include "ui/fields/strip_layout.h"
#include "ui/fields/strip_text.h"

#include <QFont>
#include <QRectF>

#include <functional>

class QPainter;

namespace flatline {

/// What the strip's cells are drawn from.
struct StripScene {
    const Snapshot& snapshot; ///< with a diagnosis
    const StripLayout& layout;
    FieldImages& images;
    NeuronId selected;
    std::function<const QColor*(NeuronId)> flash; ///< null: the cell's frame does not light up
};

[[nodiscard]] StripFont stripFont();
/// The cells of the part of the layout that lies in `visible`; the painter stands at the layout's origin.
void paintCells(QPainter& painter, const StripScene& scene, const QRectF& visible, const Theme& theme);
/// "2 alive, 7 revived, …", each with its glyph, then the selected neuron.
void paintLegend(QPainter& painter, const QRectF& line, const Snapshot& snapshot, NeuronId selected,
                 const Theme& theme);

} // namespace flatline
