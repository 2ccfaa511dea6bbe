#include "../core/fixtures.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

// What finding the cause of each death costs: the training's processor time with certificates, relative to that
// without, in pairs of runs one after the other. The median of the ratios is what counts: machines are noisy. An
// argument measures only the rows whose names it is a part of.

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

struct Row {
    const char* name;
    Settings settings;
    std::int64_t steps;
};

void measure(const Row& row) {
    constexpr int pairs = 11;
    const auto& [name, settings, steps] = row;
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

std::vector<Row> smallRows() {
    const Settings standard;
    Settings seed3 = standard;
    seed3.seed = 3;
    Settings adam = standard;
    adam.training.optimizer = "adam";
    Settings momentum = standard;
    momentum.training.momentum = 0.9;
    Settings normalized = standard;
    normalized.network.batchNorm = "before-activation";
    return {{"default experiment", standard, 100000},
            {"default, seed 3", seed3, 100000},
            {"deadly (rate 0.8)", fixtures::harshSettings(1), 20000},
            {"adam 0.03", adam, 50000},
            {"momentum 0.9", momentum, 50000},
            {"batch norm", normalized, 20000}};
}

std::vector<Row> largeRows() {
    Settings wide;
    wide.network.hidden = {64, 64};
    Settings deep;
    deep.training.optimizer = "adam";
    deep.network.hidden = {32, 32, 32};
    Settings slow = deep;
    slow.training.learningRate = 0.003;
    Settings digits;
    digits.data.source = "digits";
    digits.network.hidden = {256, 256};
    digits.training.batchSize = 64;
    Settings digitsAdam = digits;
    digitsAdam.training.optimizer = "adam";
    digitsAdam.training.learningRate = 0.001;
    return {{"2-64-64-2", wide, 5000},
            {"2-32-32-32-2, adam 0.03", deep, 5000},
            {"2-32-32-32-2, adam 0.003", slow, 5000},
            {"64-256-256-10 digits", digits, 600},
            {"64-256-256-10 digits, adam", digitsAdam, 600}};
}

} // namespace

int main(int argc, char** argv) {
    const std::string wanted = argc > 1 ? argv[1] : "";
    for (const std::vector<Row>& rows : {smallRows(), largeRows()})
        for (const Row& row : rows)
            if (std::string(row.name).find(wanted) != std::string::npos)
                measure(row);
    return 0;
}
