#include "ui/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

namespace {

// viridis by Stéfan van der Walt and Nathaniel Smith (public domain, CC0), every nineteenth; straight lines
// between these are within two in 255 of the full table.
constexpr std::array<QRgb, 20> anchors{0x440154, 0x481567, 0x482677, 0x453781, 0x404788, 0x39568C, 0x33638D,
                                       0x2D708E, 0x287D8E, 0x238A8D, 0x1F968B, 0x20A387, 0x29AF7F, 0x3CBB75,
                                       0x55C667, 0x73D055, 0x95D840, 0xB8DE29, 0xDCE319, 0xFDE725};

int between(int from, int to, double part) {
    return static_cast<int>(std::lround(from + (to - from) * part));
}

} // namespace

QRgb viridis(double t) {
    const double place = std::clamp(std::isnan(t) ? 0.0 : t, 0.0, 1.0) * (anchors.size() - 1);
    const auto index = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
    const double part = place - static_cast<double>(index);
    const QRgb a = anchors[index];
    const QRgb b = anchors[index + 1];
    return qRgb(between(qRed(a), qRed(b), part), between(qGreen(a), qGreen(b), part),
                between(qBlue(a), qBlue(b), part));
}

} // namespace flatline
