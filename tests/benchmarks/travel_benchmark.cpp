#include "../core/fixtures.h"
#include "core/session/session.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

// What it takes, in processor time, to show a moment of the past of a large network's long run: 64-256-256-10 on digits
// with Adam, 100,000 steps unless the command line says how many. A picture's time is 33 ms. While a hand drags, the
// newest moment that is kept is shown at once (Session::glance), with all that views ask for; where it rests, the exact
// one follows (Session::approach, in pieces between which the next wish is heard).

using namespace flatline;

namespace {

double milliseconds() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void report(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-28s median %6.1f ms, 95 %% %6.1f ms, worst %6.1f ms\n", what, times[times.size() / 2],
                times[times.size() * 95 / 100], times.back());
}

} // namespace

int main(int argc, char** argv) {
    const std::int64_t steps = argc > 1 ? std::atoll(argv[1]) : 100'000;
    Settings settings;
    settings.data.source = "digits";
    settings.network.hidden = {256, 256};
    settings.training.optimizer = "adam";
    settings.training.learningRate = 0.001;
    Session session(fixtures::trainer(settings));
    double from = milliseconds();
    while (session.shown().stepsDone() < steps && session.step()) {
    }
    std::printf("%lld steps, %.0f us each\n", static_cast<long long>(session.shown().stepsDone()),
                1000.0 * (milliseconds() - from) / static_cast<double>(steps));
    std::vector<double> drag;
    std::vector<double> pieces;
    std::vector<double> rest;
    std::vector<double> back;
    for (int i = 0; i < 60; ++i) { // over the timeline, ten of 600 pixels at a time
        const std::int64_t step = steps * (10 * i + 3) / 600;
        from = milliseconds();
        const bool far = session.glance(step);
        if (!far)
            session.travel(step);
        (void)session.snapshot(true);
        drag.push_back(milliseconds() - from);
        if (i % 6 != 0)
            continue;
        from = milliseconds();
        for (bool there = !far; !there;) {
            const double piece = milliseconds();
            there = session.approach(step);
            pieces.push_back(milliseconds() - piece);
        }
        rest.push_back(milliseconds() - from);
        for (int k = 0; k < 5; ++k) {
            from = milliseconds();
            session.stepBack();
            (void)session.snapshot(true);
            back.push_back(milliseconds() - from);
        }
    }
    report("shown while dragging", drag);
    report("exact at rest, in all", rest);
    if (!pieces.empty())
        report("one piece of that", pieces);
    report("one step back, shown", back);
    return 0;
}
