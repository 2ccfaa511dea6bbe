#include "ui/solid/solid_callouts.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

constexpr double padding = 10.0;
constexpr double targetRadius = 18.0;

QFont titleFont() {
    QFont font = fontFor(TextRole::Body);
    font.setWeight(QFont::DemiBold);
    return font;
}

QSizeF boxSize(const Callout& words) {
    const QFontMetricsF title(titleFont());
    const QFontMetricsF text(fontFor(TextRole::Body));
    return {std::ceil(std::max(title.horizontalAdvance(words.title), text.horizontalAdvance(words.text))) +
                2.0 * padding,
            std::ceil(title.height() + text.height()) + 10.0};
}

/// Clockwise from straight up, the nearest to it first.
constexpr std::array angles{0.0, 35.0, -35.0, 65.0, -65.0, 90.0, -90.0, 130.0, -130.0, 180.0};
constexpr std::array distances{64.0, 96.0, 136.0, 190.0};

std::optional<QRectF> freeBox(const QSizeF& size, QPointF target, const QRectF& plot,
                              const std::vector<QRectF>& taken) {
    for (const double distance : distances)
        for (const double angle : angles) {
            const double turn = angle * std::numbers::pi / 180.0;
            QRectF box(QPointF(), size);
            box.moveCenter(target + QPointF(std::sin(turn) * (distance + size.width() / 3.0),
                                            -std::cos(turn) * (distance + size.height() / 3.0)));
            const auto meets = [&](const QRectF& other) { return other.intersects(box); };
            if (plot.contains(box) && std::ranges::none_of(taken, meets))
                return box;
        }
    return std::nullopt;
}

} // namespace

std::vector<PlacedCallout> placeCallouts(std::vector<PlacedCallout> callouts, const QRectF& plot,
                                         std::vector<QRectF> taken) {
    for (const PlacedCallout& callout : callouts)
        taken.emplace_back(callout.target - QPointF(targetRadius, targetRadius),
                           QSizeF(2.0 * targetRadius, 2.0 * targetRadius));
    std::vector<PlacedCallout> placed;
    for (PlacedCallout& callout : callouts)
        if (const auto box = freeBox(boxSize(callout.words), callout.target, plot, taken)) {
            callout.box = *box;
            taken.push_back(box->adjusted(-6.0, -6.0, 6.0, 6.0));
            placed.push_back(std::move(callout));
        }
    return placed;
}

void paintCallouts(QPainter& painter, const std::vector<PlacedCallout>& callouts, const Theme& theme) {
    for (const PlacedCallout& callout : callouts) {
        const QRectF& box = callout.box;
        const QPointF edge(std::clamp(callout.target.x(), box.left() + 4.0, box.right() - 4.0),
                           std::clamp(callout.target.y(), box.top() + 4.0, box.bottom() - 4.0));
        painter.setPen(QPen(theme.surface, 3.0));
        painter.drawLine(edge, callout.target);
        painter.setPen(QPen(theme.*callout.ink, 1.2));
        painter.drawLine(edge, callout.target);
    }
    for (const PlacedCallout& callout : callouts) {
        const QRectF& box = callout.box;
        painter.setPen(QPen(theme.*callout.ink, 1.2));
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(box, 4.0, 4.0);
        const QRectF words = box.adjusted(padding, 5.0, -padding, -5.0);
        painter.setPen(theme.text);
        painter.setFont(titleFont());
        painter.drawText(words, Qt::AlignLeft | Qt::AlignTop, callout.words.title);
        painter.setPen(theme.muted);
        painter.setFont(fontFor(TextRole::Body));
        painter.drawText(words, Qt::AlignLeft | Qt::AlignBottom, callout.words.text);
    }
}

} // namespace flatline
