#include "core/base/random.h"
#include "core/verify/activation_reading.h"
#include "core/verify/quantity.h"

#include <bit>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The place of the last bit of a float of that size.
float ulpOf(float x) {
    const float size = std::max(std::abs(x), std::numeric_limits<float>::min());
    return std::nextafter(size, std::numeric_limits<float>::infinity()) - size;
}

/// f(x) against x + (alpha - 1) min(0, x), each operation rounded to float32, over floats of every sign and size:
/// random bits, so that each power of two is as likely as another. `unit(x, f)`: in what the difference is counted.
double residualError(MeasuredRun& run, float (*unit)(float x, float value)) {
    constexpr int floats = 10000;
    constexpr float largest = 1e30F; // beyond, the difference itself would overflow
    const NetworkSpec& spec = run.trainer().network().spec();
    const auto alpha = static_cast<float>(spec.activationParameters.alpha);
    RandomStream stream(static_cast<std::uint64_t>(run.trainer().settings().seed), StreamId::Chances);
    double worst = 0.0;
    for (int i = 0; i < floats; ++i) {
        const auto x = std::bit_cast<float>(stream.bits());
        if (!(std::abs(x) < largest) || std::abs(x) < 1.0F / largest)
            continue;
        const float sum = x + (alpha - 1.0F) * std::min(0.0F, x);
        const float value = activationValue(spec, x);
        worst = std::fmax(worst, static_cast<double>(std::abs(value - sum) / unit(x, value)));
    }
    return worst;
}

/// Where the slope changes its sign between -2 and 0, by bisection down to neighbouring floats.
double flatSpot(MeasuredRun& run, int) {
    const NetworkSpec& spec = run.trainer().network().spec();
    float below = -2.0F;
    float above = 0.0F;
    if (!(activationSlope(spec, below) < 0.0F) || !(activationSlope(spec, above) > 0.0F))
        return none;
    for (;;) {
        const float middle = below + 0.5F * (above - below);
        if (middle == below || middle == above)
            return static_cast<double>(middle);
        (activationSlope(spec, middle) < 0.0F ? below : above) = middle;
    }
}

/// Going down from -1.
double slopeGone(MeasuredRun& run, int) {
    constexpr int perUnit = 100;
    constexpr int lowest = 1000;
    const NetworkSpec& spec = run.trainer().network().spec();
    for (int i = perUnit; i <= lowest * perUnit; ++i) {
        const double x = -static_cast<double>(i) / perUnit;
        if (activationSlope(spec, static_cast<float>(x)) == 0.0F)
            return x;
    }
    return none;
}

} // namespace

// The run's activation function as a curve: the same for all steps.
std::vector<QuantityRow> curveQuantities() {
    return {
        {"residual_error",
         FLATLINE_TEXT(
             "the largest difference between the activation and x + (α − 1) · min(0, x), computed in float32, over "
             "10,000 random floats from 1e-30 to 1e30; counted in last places of x"),
         [](MeasuredRun& run, int) { return residualError(run, [](float x, float) { return ulpOf(x); }); }},
        {"residual_value_error", FLATLINE_TEXT("the same, counted in last places of the activation's value"),
         [](MeasuredRun& run, int) { return residualError(run, [](float, float value) { return ulpOf(value); }); }},
        {"flat_spot", FLATLINE_TEXT("the x between −2 and 0 at which the activation's slope changes its sign"),
         flatSpot},
        {"slope_gone",
         FLATLINE_TEXT("the first x, going down from −1 by hundredths to −1000, at which the slope is exactly 0"),
         slopeGone},
    };
}

} // namespace flatline
