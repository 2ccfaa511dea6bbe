// The workers under load from several threads at once. Free of Qt, so that ThreadSanitizer sees every access and
// needs no suppressions; ends with 0 where all that was asked for came about within its deadline.

#include "core/analysis/analysis_worker.h"
#include "core/inspection/inspection_worker.h"
#include "core/landscape/landscape_worker.h"
#include "core/training/worker.h"
#include "tests/core/fixtures.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

using namespace flatline;

namespace {

bool within(std::chrono::seconds deadline, const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (std::chrono::steady_clock::now() < end) {
        if (condition())
            return true;
        std::this_thread::yield();
    }
    return false;
}

Result<std::vector<float>> noParameters(const std::string& file, const Layout&) {
    return Error{ErrorKind::File, file, {"cannot be read", {}}};
}

} // namespace

int main() {
    TrainingWorker training([](const Settings& settings) { return makeDataset(settings, fixtures::loadText); },
                            noParameters);
    LandscapeWorker landscape;
    AnalysisWorker analysis;
    InspectionWorker inspection;
    training.post(StartExperiment{fixtures::harshSettings(1)});
    training.post(RunCommand{});
    std::atomic<bool> done{false};
    std::vector<std::thread> threads;
    threads.emplace_back([&] { // a window: pulls, reads everything, hands snapshots on
        while (!done) {
            const auto snapshot = training.latest();
            double sum = snapshot->now.trainLoss;
            for (std::size_t i = 0; i < snapshot->events.size(); ++i)
                sum += static_cast<double>(snapshot->events[i].step);
            for (const auto& keyframe : snapshot->path)
                sum += static_cast<double>(keyframe->parameters.front());
            landscape.show(snapshot, {{"random", 1, 1}, 1.0 + 0.0 * sum, 11});
            if (const auto surface = landscape.latest())
                sum += surface->centre;
            analysis.show(snapshot, {0.5 + 0.0 * sum, {}, KickedParameters::Both});
            if (const auto found = analysis.latest())
                sum += static_cast<double>(found->outlook.size());
            inspection.show(snapshot, {0, 0}, BeatsOf::Latest);
            if (const auto found = inspection.latest())
                sum += static_cast<double>(found->step);
            for (const auto& twin : snapshot->twins)
                sum += twin->now.trainLoss;
        }
    });
    for (int who = 0; who < 2; ++who)
        threads.emplace_back([&, who] { // hands on the controls
            for (int i = 0; i < 40; ++i) {
                training.post(ActCommand{ThermalKick{0.3, {Target::Kind::All}, KickedParameters::Both}});
                training.post(ActCommand{SettingChange{"training.learning_rate", who == 0 ? 0.3 : 0.9}});
                training.post(i % 8 == 7 ? Command{PauseCommand{}} : Command{RunCommand{}});
                std::this_thread::yield();
            }
        });
    threads[1].join();
    threads[2].join();
    training.post(RunCommand{});
    const bool trained = within(std::chrono::seconds(60), [&] {
        return training.latest()->now.step > 200 && training.latest()->experiment.interventions.size() == 160;
    });
    const bool drawn = within(std::chrono::seconds(60), [&] { return landscape.latest() != nullptr; });
    const bool analysed = within(std::chrono::seconds(60), [&] { return analysis.latest() != nullptr; });
    // Back through time, a twin, on from there, and undone.
    training.post(PauseCommand{});
    for (int i = 0; i < 20; ++i)
        training.post(TravelCommand{7 * i});
    training.post(CloneCommand{});
    training.post(StepBackCommand{});
    training.post(ResumeHereCommand{});
    training.post(UndoCommand{});
    training.post(RunCommand{});
    const bool travelled = within(std::chrono::seconds(60), [&] { return !training.latest()->twins.empty(); });
    const bool inspected = within(std::chrono::seconds(60), [&] { return inspection.latest() != nullptr; });
    training.post(StartExperiment{fixtures::harshSettings(2)});
    const bool restarted = within(std::chrono::seconds(60), [&] {
        return training.latest()->experiment.seed == 2 && training.latest()->twins.empty();
    });
    done = true;
    threads[0].join();
    std::printf("trained %d, drawn %d, analysed %d, travelled %d, inspected %d, restarted %d\n", trained ? 1 : 0,
                drawn ? 1 : 0, analysed ? 1 : 0, travelled ? 1 : 0, inspected ? 1 : 0, restarted ? 1 : 0);
    return trained && drawn && analysed && travelled && inspected && restarted ? 0 : 1;
}
