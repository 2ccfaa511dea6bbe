#include "ui/charts/axis_range.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

namespace {

/// The smallest of mantissa * 10^k that is not below value; a little tolerance, so that 0.3 is 0.3.
template <std::size_t Count>
double nextOf(const std::array<double, Count>& mantissas, double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double mantissa : mantissas) {
        if (mantissa * power >= value * (1.0 - 1e-9))
            return mantissa * power;
    }
    return 10.0 * power;
}

constexpr std::array<double, 3> decadeParts{1.0, 2.0, 5.0};

double logRoundDown(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    double best = power;
    for (const double part : decadeParts) {
        if (part * power <= value * (1.0 + 1e-9))
            best = part * power;
    }
    return best;
}

} // namespace

double roundUp(double value) {
    constexpr std::array<double, 16> mantissas{1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8,
                                               3.2, 3.6, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0};
    return value > 0.0 ? nextOf(mantissas, value) : 0.0;
}

AxisRange stickyRange(AxisRange current, double low, double high) {
    const double bottom = std::clamp(std::min(low, 0.0), -largestShown, 0.0);
    const double top = std::clamp(std::max(high, 0.0), 0.0, largestShown);
    const bool inside = bottom >= current.from && top <= current.to;
    if (current.span() > 0.0 && inside && top - bottom >= 0.5 * current.span())
        return current;
    AxisRange range{-roundUp(-bottom), roundUp(top)};
    if (range.span() <= 0.0)
        range.to = 1.0;
    return range;
}

AxisRange stickyLogRange(AxisRange current, double low, double high) {
    const double bottom = std::clamp(low, smallestLogShown, largestShown / 10.0);
    const double top = std::clamp(high, bottom, largestShown);
    const bool inside = current.from > 0.0 && bottom >= current.from && top <= current.to;
    AxisRange range{logRoundDown(bottom), nextOf(decadeParts, top)};
    range.to = std::max(range.to, range.from * 10.0);
    const auto decades = [](AxisRange of) { return std::log10(of.to / of.from); };
    return inside && decades(range) >= 0.6 * decades(current) ? current : range;
}

std::vector<double> linearTicks(AxisRange range, int most) {
    std::vector<double> ticks;
    if (!(range.span() > 0.0) || most < 2)
        return ticks;
    double step = nextOf(decadeParts, range.span() / most);
    const auto count = [range](double width) {
        return std::floor(range.to / width + 1e-9) - std::ceil(range.from / width - 1e-9) + 1;
    };
    while (count(step) > most)
        step = nextOf(decadeParts, step * 1.01);
    const double first = std::ceil(range.from / step - 1e-9);
    for (double index = first; index * step <= range.to + 1e-9 * step; index += 1.0)
        ticks.push_back(index * step);
    return ticks;
}

std::vector<double> logTicks(AxisRange range, int most) {
    std::vector<double> decades;
    const int last = static_cast<int>(std::floor(std::log10(range.to) + 1e-9));
    const int first = static_cast<int>(std::ceil(std::log10(range.from) - 1e-9));
    const int skip = std::max(1, (last - first + most) / most);
    for (int exponent = last; exponent >= first; exponent -= skip)
        decades.insert(decades.begin(), std::pow(10.0, exponent));
    if (decades.size() > 1)
        return decades;
    std::vector<double> ticks;
    for (double power = std::pow(10.0, std::floor(std::log10(range.from))); power <= range.to; power *= 10.0) {
        for (const double part : decadeParts) {
            if (part * power >= range.from * (1 - 1e-9) && part * power <= range.to * (1 + 1e-9))
                ticks.push_back(part * power);
        }
    }
    while (static_cast<int>(ticks.size()) > most)
        ticks.erase(ticks.begin() + 1);
    return ticks;
}

} // namespace flatline
