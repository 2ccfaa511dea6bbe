#include "ui/views/gradient_strip.h"

#include "ui/charts/zero_stretches.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {
constexpr double faintest = 0.08; ///< of the smallest norm: it is not nothing
} // namespace

void GradientStrip::snapshotChanged() {
    if (const auto reach = positiveReach(snapshot().curves->gradients))
        m_norms = stickyLogRange(m_norms, reach->from, reach->to);
}

double GradientStrip::strength(double norm) const {
    if (!(norm > 0.0) || !(m_norms.from > 0.0))
        return 0.0;
    const double place = std::log(norm / m_norms.from) / std::log(m_norms.to / m_norms.from);
    return faintest + (1.0 - faintest) * std::clamp(place, 0.0, 1.0);
}

/// A row of one picture, a pixel a column: far cheaper than a rectangle a point.
void GradientStrip::paintRow(QPainter& painter, std::size_t layer) const {
    const Theme& theme = themeOf(this);
    const QRectF place = row(layer);
    painter.fillRect(place, theme.surface);
    const Curve& norms = curve(layer);
    if (norms.empty())
        return;
    const int wide =
        std::clamp(static_cast<int>(placeX(norms.back().step) - place.left()), 1, static_cast<int>(place.width()));
    QImage line(wide, 1, QImage::Format_ARGB32);
    std::size_t point = 0;
    for (int x = 0; x < wide; ++x) {
        const double step = stepAt(place.left() + x + 0.5);
        while (point + 1 < norms.size() && norms[point + 1].step <= step)
            ++point;
        QColor ink = theme.text;
        ink.setAlphaF(static_cast<float>(strength(norms[point].value)));
        line.setPixelColor(x, 0, ink);
    }
    painter.drawImage(QRectF(place.left(), place.top(), wide, place.height()), line);
    const QBrush hatch = hatchBrush(theme.dead, devicePixelRatioF());
    for (const AxisRange& silence : zeroStretches(norms)) {
        const double left = placeX(silence.from);
        const double right = std::min(placeX(silence.to), place.right());
        painter.fillRect(QRectF(left, place.top(), std::max(1.0, right - left), place.height()), hatch);
    }
}

LayerStrip::EndLabel GradientStrip::endLabel(const Observation::Layer& now) const {
    const Theme& theme = themeOf(this);
    return now.gradientNorm == 0.0 ? EndLabel{tr("none"), theme.dead}
                                   : EndLabel{numberText(now.gradientNorm), theme.text};
}

QString GradientStrip::wordsFor(double value, const Observation::Layer& /*now*/) const {
    return value == 0.0 ? tr("no gradient") : tr("gradient %1").arg(numberText(value));
}

} // namespace flatline
