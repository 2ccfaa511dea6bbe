#include "../core/fixtures.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

// What finding the cause of each death costs: the training's processor time with certificates, relative to that
// without, in pairs of runs one after the other. The median of the ratios is what counts: machines are noisy.

using namespace flatline;

namespace {

double secondsFor(const Settings& settings, const std::shared_ptr<const Dataset>& data, Watch watch,
                  std::int64_t steps) {
    Trainer trainer = Trainer::create(settings, data, {}, {watch}).value();
    const std::clock_t begun = std::clock();
    while (trainer.stepsDone() < steps && trainer.step()) {
    }
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

void measure(const char* name, const Settings& settings, std::int64_t steps) {
    constexpr int pairs = 11;
    const auto data = fixtures::dataset(settings);
    std::vector<double> ratios;
    std::vector<double> unwatched;
    double off = 1e9;
    for (int i = 0; i < pairs; ++i) {
        const double without = secondsFor(settings, data, Watch::Deaths, steps);
        const double with = secondsFor(settings, data, Watch::Certificates, steps);
        ratios.push_back(with / without);
        unwatched.push_back(with / secondsFor(settings, data, Watch::Interventions, steps));
        off = std::min(off, without);
    }
    std::sort(ratios.begin(), ratios.end());
    std::sort(unwatched.begin(), unwatched.end());
    std::printf("%-28s %7.0f k steps/s without; certificates %.2f (%.2f to %.2f) times that; all watching %.2f times\n",
                name, static_cast<double>(steps) / off / 1000.0, ratios[pairs / 2], ratios.front(), ratios.back(),
                unwatched[pairs / 2]);
}

} // namespace

int main() {
    Settings standard;
    measure("default experiment", standard, 100000);
    Settings seed3 = standard;
    seed3.seed = 3;
    measure("default, seed 3", seed3, 100000);
    measure("deadly (rate 0.8)", fixtures::harshSettings(1), 20000);
    Settings adam = standard;
    adam.training.optimizer = "adam";
    measure("adam 0.03", adam, 50000);
    Settings momentum = standard;
    momentum.training.momentum = 0.9;
    measure("momentum 0.9", momentum, 50000);
    Settings normalized = standard;
    normalized.network.batchNorm = "before-activation";
    measure("batch norm", normalized, 20000);
    Settings wide = standard;
    wide.network.hidden = {64, 64};
    measure("2-64-64-2", wide, 5000);
    Settings deep = adam;
    deep.network.hidden = {32, 32, 32};
    measure("2-32-32-32-2, adam 0.03", deep, 5000);
    deep.training.learningRate = 0.003;
    measure("2-32-32-32-2, adam 0.003", deep, 5000);
    return 0;
}
