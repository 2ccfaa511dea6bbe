#pragma once

#include "core/data/dataset_loader.h"
#include "core/training/recorder.h"
#include "ui/views/view.h"

#include <stdexcept>

/// Real runs of generated data, for the tests of views that show what only a real network has.
namespace flatline::test {

inline std::shared_ptr<Snapshot> realRun(const Settings& settings, int steps) {
    auto made = makeDataset(settings, [](const std::string& name, bool) -> Result<std::string> {
        return Error{ErrorKind::File, name, {"no files in this test", {}}};
    });
    if (!made)
        throw std::runtime_error(made.error().english());
    auto trainer = Trainer::create(settings, std::make_shared<const Dataset>(std::move(made).value()));
    if (!trainer)
        throw std::runtime_error(trainer.error().english());
    Recorder recorder(std::move(trainer).value());
    for (int step = 0; step < steps && recorder.step(); ++step) {
    }
    recorder.finish();
    auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(true));
    snapshot->version = 1;
    snapshot->run = 1;
    snapshot->state = RunState::Paused;
    return snapshot;
}

/// Circles, 120 of them.
inline Settings circles(const char* activation, std::vector<int> hidden) {
    Settings settings;
    settings.data.samples = 120;
    settings.network.activation = activation;
    settings.network.hidden = std::move(hidden);
    return settings;
}

} // namespace flatline::test
