#include "ui/fields/loss_scale.h"

#include "ui/fields/stretch.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double smallestLoss = 1e-8;
constexpr std::size_t colourSteps = 1024;

double roundStep(double span) {
    return span > 1.0 ? 0.25 : span > 0.3 ? 0.1 : 0.025;
}

QRgb hatchColour(int x, int y, int pitch) {
    // Lines at 45 degrees, as everywhere where there is no gradient to follow.
    return (x + y) % pitch < std::max(1, pitch / 6) ? qRgb(0x3A, 0x42, 0x4C) : qRgb(0x9A, 0xA3, 0xAE);
}

using Palette = std::array<QRgb, colourSteps>;
Palette makePalette() {
    Palette palette{};
    for (std::size_t k = 0; k < colourSteps; ++k)
        palette[k] = viridis(static_cast<double>(k) / (colourSteps - 1));
    return palette;
}

QRgb colourAt(const Palette& palette, float position) {
    const float clamped = std::clamp(position, 0.0F, 1.0F);
    return palette[static_cast<std::size_t>(clamped * (colourSteps - 1) + 0.5F)];
}

/// Bilinear between the corners, as far as they are numbers; NaN where the nearest one is not.
float carefulValue(const std::array<float, 4>& corners, float x, float y) {
    const std::size_t nearest = (x >= 0.5F ? 1U : 0U) + (y >= 0.5F ? 2U : 0U);
    if (std::isnan(corners[nearest]))
        return corners[nearest];
    const std::array<float, 4> weights{(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y};
    float sum = 0.0F;
    float total = 0.0F;
    for (std::size_t k = 0; k < 4; ++k)
        if (!std::isnan(corners[k])) {
            sum += weights[k] * corners[k];
            total += weights[k];
        }
    return sum / total;
}

} // namespace

double logLoss(double loss) {
    return std::isfinite(loss) ? std::log10(std::max(loss, smallestLoss)) : std::numeric_limits<double>::quiet_NaN();
}

double LossScale::position(double loss) const {
    const double value = logLoss(loss);
    return std::isnan(value) ? value : std::clamp((value - low) / (high - low), 0.0, 1.0);
}

LossScale scaleFor(const Surface& surface) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double loss : surface.loss)
        if (std::isfinite(loss)) {
            low = std::min(low, logLoss(loss));
            high = std::max(high, logLoss(loss));
        }
    if (low > high)
        return {};
    const double step = roundStep(high - low);
    LossScale scale{std::floor(low / step) * step, std::ceil(high / step) * step};
    if (scale.high - scale.low < 2.0 * step) // flat, or nearly: the colour of the middle, not a loud end
        scale = {scale.low - step, scale.low + 2.0 * step};
    return scale;
}

LossScale steadyScale(const LossScale& before, const LossScale& wanted) {
    constexpr double keepShare = 0.65;
    const LossScale both{std::min(before.low, wanted.low), std::max(before.high, wanted.high)};
    return wanted.high - wanted.low < keepShare * (both.high - both.low) ? wanted : both;
}

std::vector<double> lossTicks(const LossScale& scale, int count) {
    const auto wanted = static_cast<std::size_t>(std::max(2, count));
    const int first = static_cast<int>(std::floor(scale.low));
    const int last = static_cast<int>(std::ceil(scale.high));
    const auto inside = [&scale](double loss) {
        return std::log10(loss) > scale.low - 1e-9 && std::log10(loss) < scale.high + 1e-9;
    };
    std::vector<double> ticks;
    for (const std::vector<double>& digits : {std::vector{1.0, 2.0, 5.0}, std::vector{1.0}}) {
        ticks.clear();
        for (int decade = first; decade <= last; ++decade)
            for (const double digit : digits)
                if (inside(digit * std::pow(10.0, decade)))
                    ticks.push_back(digit * std::pow(10.0, decade));
        if (ticks.size() <= wanted)
            break;
    }
    while (ticks.size() > wanted) // very many decades: every second one, and so on
        for (std::size_t k = 0; k < ticks.size(); ++k)
            ticks.erase(ticks.begin() + static_cast<std::ptrdiff_t>(k));
    if (ticks.size() < 2) { // within one decade: even steps of the loss itself
        ticks.clear();
        const double low = std::pow(10.0, scale.low);
        const double rough = (std::pow(10.0, scale.high) - low) / static_cast<double>(wanted);
        const double unit = std::pow(10.0, std::floor(std::log10(rough)));
        const double step = unit * (rough / unit > 5.0 ? 10.0 : rough / unit > 2.0 ? 5.0 : 2.0);
        for (double loss = std::ceil(low / step) * step; inside(loss); loss += step)
            ticks.push_back(loss);
    }
    return ticks;
}

QImage lossImage(const Surface& surface, const LossScale& scale, QSize pixels, int pitch) {
    QImage image(pixels, QImage::Format_RGB32);
    if (surface.side < 2 || pixels.isEmpty())
        return image;
    const auto side = static_cast<std::size_t>(surface.side);
    std::vector<float> positions(surface.loss.size());
    const double factor = 1.0 / (scale.high - scale.low);
    for (std::size_t k = 0; k < positions.size(); ++k)
        positions[k] = static_cast<float>((logLoss(surface.loss[k]) - scale.low) * factor);
    const Palette palette = makePalette();
    const Stretch columns(pixels.width(), surface.side);
    const Stretch rows(pixels.height(), surface.side);
    std::vector<float> mixed(side);
    std::vector<float> values(static_cast<std::size_t>(pixels.width()));
    for (int y = 0; y < pixels.height(); ++y) {
        const auto [row, up] = rows.at(pixels.height() - 1 - y);
        const float* lower = positions.data() + static_cast<std::size_t>(row) * side;
        const float* upper = lower + side;
        for (std::size_t k = 0; k < side; ++k)
            mixed[k] = lower[k] + up * (upper[k] - lower[k]);
        columns.draw(mixed, values);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            float value = values[static_cast<std::size_t>(x)];
            if (std::isnan(value)) {
                const auto [column, right] = columns.at(x);
                value = carefulValue({lower[column], lower[column + 1], upper[column], upper[column + 1]}, right, up);
            }
            line[x] = std::isnan(value) ? hatchColour(x, y, pitch) : colourAt(palette, value);
        }
    }
    return image;
}

QImage notFiniteImage(QSize pixels, int pitch) {
    QImage image(pixels, QImage::Format_RGB32);
    for (int y = 0; y < pixels.height(); ++y)
        for (int x = 0; x < pixels.width(); ++x)
            image.setPixel(x, y, hatchColour(x, y, pitch));
    return image;
}

} // namespace flatline
