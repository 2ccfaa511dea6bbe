#include "core/verify/learnt_slopes.h"
#include "core/verify/quantity.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace flatline {
namespace {

double moved(MeasuredRun& run, int) {
    const NetworkSpec& spec = run.trainer().network().spec();
    const auto start = static_cast<float>(spec.activationParameters.alpha);
    double count = spec.activation->learntSlope ? 0.0 : std::numeric_limits<double>::quiet_NaN();
    for (const std::vector<float>& layer : learntSlopes(run.trainer()))
        count += static_cast<double>(std::ranges::count_if(layer, [start](float slope) { return slope != start; }));
    return count;
}

double mean(MeasuredRun& run, int) {
    double sum = 0.0;
    std::size_t count = 0;
    for (const std::vector<float>& layer : learntSlopes(run.trainer())) {
        sum = std::accumulate(layer.begin(), layer.end(), sum);
        count += layer.size();
    }
    return sum / static_cast<double>(count); // not a number where there is none
}

} // namespace

// PReLU's slopes, one a hidden neuron.
std::vector<QuantityRow> slopeQuantities() {
    return {
        {"slopes_moved", FLATLINE_TEXT("learnt slopes that are not, to the bit, what they were at the start"), moved},
        {"mean_slope", FLATLINE_TEXT("the mean of all learnt slopes"), mean},
    };
}

} // namespace flatline
