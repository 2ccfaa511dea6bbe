#pragma once

#include "ui/fields/frame.h"

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace flatline {

/// Where the strip's cells stand. Layers side by side while they fit, else in lines; cells shrink before the strip
/// scrolls. 64 neurons a row, then wrap.
struct StripLayout {
    struct Layer {
        QRectF heading; ///< one line of text above the cells
        QPointF origin; ///< of the first cell
        int neurons = 0;
        int columns = 1;
    };
    std::vector<Layer> layers;
    double cell = 48.0;   ///< edge
    double gap = 3.0;     ///< between cells
    double caption = 0.0; ///< height of the line under each cell; 0: none
    double height = 0.0;  ///< of everything; more than the room there was: it scrolls

    [[nodiscard]] QRectF cellBox(NeuronId id) const; ///< layers and neurons from 1
    [[nodiscard]] NeuronId at(QPointF point) const;  ///< layer 0: no cell there
    /// The neuron a step to the right (1, 0), left (-1, 0), up (0, -1) or down (0, 1): along the layer and on into
    /// the next one; up and down a row, or a layer. Stays where there is nothing more.
    [[nodiscard]] NeuronId neighbour(NeuronId from, int right, int down) const;
};

/// Measures of the text in the strip, in px.
struct StripFont {
    double lineHeight = 16.0;
    double shortHeading = 26.0; ///< the least width of a layer: its heading "L10"
    double captionWidth = 28.0; ///< the least width of a cell with a caption
};

[[nodiscard]] StripLayout layOutStrip(const std::vector<int>& widths, QSizeF room, const StripFont& font);

} // namespace flatline
