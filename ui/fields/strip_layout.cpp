#include "ui/fields/strip_layout.h"

#include "ui/theme/theme.h"

#include <algorithm>

namespace flatline {
namespace {

constexpr int mostColumns = 64;
constexpr int largestCell = 96;
constexpr double captionOff = 2.0; // below the selection ring
constexpr int smallestCell = 10;   // frame and fill can still be told apart

StripLayout withCells(const std::vector<int>& widths, QSizeF room, const StripFont& font, int cell) {
    StripLayout layout;
    layout.cell = cell;
    layout.gap = cell >= 28 ? 3.0 : 2.0;
    layout.caption = cell >= font.captionWidth ? font.lineHeight + captionOff : 0.0;
    const double pitch = layout.cell + layout.gap;
    const double between = cell >= 28 ? 20.0 : 12.0;
    const int fitting = std::max(1, static_cast<int>((room.width() + layout.gap) / pitch));
    double left = 0.0;
    double top = 0.0;
    double lineHeight = 0.0;
    for (const int neurons : widths) {
        StripLayout::Layer layer;
        layer.neurons = neurons;
        layer.columns = std::max(1, std::min({neurons, mostColumns, fitting}));
        const int rows = (neurons + layer.columns - 1) / layer.columns;
        const double width = std::max(layer.columns * pitch - layout.gap, font.shortHeading);
        const double height = font.lineHeight + 2.0 + rows * (pitch + layout.caption) - layout.gap;
        if (left > 0.0 && left + width > room.width()) {
            left = 0.0;
            top += lineHeight + 6.0;
            lineHeight = 0.0;
        }
        layer.heading = {left, top, width, font.lineHeight};
        layer.origin = {left, top + font.lineHeight + 2.0};
        layout.layers.push_back(layer);
        left += width + between;
        lineHeight = std::max(lineHeight, height);
    }
    layout.height = top + lineHeight;
    return layout;
}

} // namespace

StripLayout layOutStrip(const std::vector<int>& widths, QSizeF room, const StripFont& font) {
    int widest = 1;
    for (const int neurons : widths)
        widest = std::max(widest, std::min(neurons, mostColumns));
    for (int cell = scaled(largestCell); cell > smallestCell; --cell) {
        StripLayout layout = withCells(widths, room, font, cell);
        // A layer that would wrap only for want of width gets smaller cells instead.
        const bool wide = widest * (layout.cell + layout.gap) - layout.gap <= room.width();
        if (wide && layout.height <= room.height())
            return layout;
    }
    return withCells(widths, room, font, smallestCell);
}

QRectF StripLayout::cellBox(NeuronId id) const {
    const Layer& layer = layers[static_cast<std::size_t>(id.layer - 1)];
    const int column = (id.neuron - 1) % layer.columns;
    const int row = (id.neuron - 1) / layer.columns;
    return {layer.origin.x() + column * (cell + gap), layer.origin.y() + row * (cell + gap + caption), cell, cell};
}

NeuronId StripLayout::at(QPointF point) const {
    for (std::size_t k = 0; k < layers.size(); ++k) {
        const Layer& layer = layers[k];
        const QPointF inside = point - layer.origin;
        if (inside.x() < 0.0 || inside.y() < 0.0)
            continue;
        const int column = static_cast<int>(inside.x() / (cell + gap));
        const int row = static_cast<int>(inside.y() / (cell + gap + caption));
        const int neuron = row * layer.columns + column;
        if (column < layer.columns && neuron < layer.neurons)
            return {static_cast<int>(k) + 1, neuron + 1};
    }
    return {};
}

NeuronId StripLayout::neighbour(NeuronId from, int right, int down) const {
    const auto layerOf = [this](int layer) -> const Layer& { return layers[static_cast<std::size_t>(layer - 1)]; };
    const int count = static_cast<int>(layers.size());
    NeuronId to = from;
    to.neuron += right + down * layerOf(from.layer).columns;
    if (to.neuron >= 1 && to.neuron <= layerOf(to.layer).neurons)
        return to;
    to.layer += right + down;
    if (to.layer < 1 || to.layer > count)
        return from;
    if (down != 0)
        to.neuron = std::min(from.neuron, layerOf(to.layer).neurons);
    else
        to.neuron = right > 0 ? 1 : layerOf(to.layer).neurons;
    return to;
}

} // namespace flatline
