#include "ui/views/dead_count_strip.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

/// Neighbouring points with the same count are one rectangle: in long quiet stretches there is next to nothing to do.
void DeadStrip::paintRow(QPainter& painter, std::size_t layer) const {
    const Theme& theme = themeOf(this);
    const QRectF place = row(layer);
    painter.fillRect(place, theme.sunken);
    const Curve& counts = curve(layer);
    const double neurons = std::max(1, snapshot().now.layers[layer].neurons);
    const QBrush hatch = hatchBrush(theme.surface, devicePixelRatioF());
    for (std::size_t from = 0; from < counts.size();) {
        std::size_t to = from + 1;
        while (to < counts.size() && counts[to].value == counts[from].value)
            ++to;
        const double right = placeX(to < counts.size() ? counts[to].step : counts.back().step + 1.0);
        const double left = placeX(counts[from].step);
        const double share = std::clamp(counts[from].value / neurons, 0.0, 1.0);
        QColor color = theme.dead;
        color.setAlphaF(static_cast<float>(share));
        const QRectF run(left, place.top(), std::max(1.0, std::min(right, place.right()) - left), place.height());
        painter.fillRect(run, color);
        if (share >= 1.0)
            painter.fillRect(run, hatch);
        from = to;
    }
}

LayerStrip::EndLabel DeadStrip::endLabel(const Observation::Layer& now) const {
    const Theme& theme = themeOf(this);
    return {tr("%1 of %2").arg(countText(now.dead), countText(now.neurons)), now.dead > 0 ? theme.dead : theme.muted};
}

QString DeadStrip::wordsFor(double value, const Observation::Layer& now) const {
    return tr("%1 of %2 dead").arg(countText(std::llround(value)), countText(now.neurons));
}

} // namespace flatline
