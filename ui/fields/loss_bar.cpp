#include "ui/fields/loss_bar.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double tickLength = 4.0;
constexpr double labelGap = 13.0; // between two figures that stand above each other

QImage colours(Qt::Orientation orientation) {
    constexpr int steps = 256;
    const bool upright = orientation == Qt::Vertical;
    QImage image(upright ? 1 : steps, upright ? steps : 1, QImage::Format_RGB32);
    for (int k = 0; k < steps; ++k)
        image.setPixel(upright ? 0 : k, upright ? k : 0,
                       viridis(upright ? 1.0 - k / (steps - 1.0) : k / (steps - 1.0)));
    return image;
}

/// The bar's two directions, so that both ways to draw it are one.
struct BarPlan {
    QRectF bar;
    bool upright = true;

    [[nodiscard]] double length() const { return upright ? bar.height() : bar.width(); }
    [[nodiscard]] QPointF at(double share, double beside) const {
        return upright ? QPointF(bar.right() + beside, bar.bottom() - share * bar.height())
                       : QPointF(bar.left() + share * bar.width(), bar.bottom() + beside);
    }
};

} // namespace

std::optional<double> chanceLevel(const LossScale& scale, int classes) {
    if (classes < 2)
        return std::nullopt;
    const double level = std::log10(std::log(classes));
    return level > scale.low && level < scale.high ? std::optional(level) : std::nullopt;
}

bool anyFinite(const Surface& surface) {
    return std::ranges::any_of(surface.loss, [](double loss) { return std::isfinite(loss); });
}

void paintLossBar(QPainter& painter, const QRectF& bar, Qt::Orientation orientation, const LossScale& scale,
                  int classes, const Theme& theme) {
    const BarPlan plan{bar, orientation == Qt::Vertical};
    painter.drawImage(bar, colours(orientation));
    const QFontMetricsF metrics(painter.font());
    const auto share = [&](double level) { return (level - scale.low) / (scale.high - scale.low); };
    const auto label = [&](double level, const QString& text) {
        const QPointF at = plan.at(share(level), plan.upright ? 7.0 : 5.0);
        if (plan.upright) {
            painter.drawText(QRectF(at.x(), at.y() - 10.0, lossBarLabels, 20.0), Qt::AlignLeft | Qt::AlignVCenter,
                             text);
            return;
        }
        const double half = metrics.horizontalAdvance(text) / 2.0;
        const double middle = std::clamp(at.x(), bar.left() + half, std::max(bar.left() + half, bar.right() - half));
        painter.drawText(QRectF(middle - half - 2.0, at.y(), 2.0 * half + 4.0, 20.0), Qt::AlignHCenter | Qt::AlignTop,
                         text);
    };
    const std::optional<double> chance = chanceLevel(scale, classes);
    const double gap = plan.upright ? labelGap : 34.0;
    for (const double loss : lossTicks(scale, static_cast<int>(plan.length() / (plan.upright ? 30.0 : 56.0)))) {
        const double level = std::log10(loss);
        if (chance.has_value() && std::abs(share(level) - share(*chance)) * plan.length() < gap)
            continue;
        painter.setPen(QPen(theme.line, 1.0));
        painter.drawLine(plan.at(share(level), 0.0), plan.at(share(level), tickLength));
        painter.setPen(theme.muted);
        label(level, numberText(loss));
    }
    if (!chance.has_value())
        return;
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(plan.at(share(*chance), -(plan.upright ? bar.width() : bar.height()) - 2.0),
                     plan.at(share(*chance), tickLength));
    const QFont plain = painter.font();
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    label(*chance, QStringLiteral("ln %1").arg(classes));
    painter.setFont(plain);
}

} // namespace flatline
