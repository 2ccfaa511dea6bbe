#pragma once

#include "core/data/dataset_loader.h"
#include "core/training/recorder.h"
#include "core/training/trainer.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>

/// What several tests of core share. Free of Qt, so that the sanitizers' tests can use it too.
namespace flatline::fixtures {

inline Result<std::string> readText(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorKind::File, path, {"cannot be read", {}}};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

inline Result<std::string> loadText(const std::string& name, bool builtIn) {
    return readText(builtIn ? std::string(FLATLINE_SOURCE_DIR "/resources/datasets/") + name : name);
}

inline std::shared_ptr<const Dataset> dataset(const Settings& settings) {
    Result<Dataset> made = makeDataset(settings, loadText);
    if (!made)
        throw std::runtime_error(made.error().english());
    return std::make_shared<const Dataset>(std::move(made).value());
}

inline Trainer trainer(const Settings& settings, std::vector<float> start = {}) {
    Result<Trainer> made = Trainer::create(settings, dataset(settings), std::move(start));
    if (!made)
        throw std::runtime_error(made.error().english());
    return std::move(made).value();
}

/// Circles at a rate that kills: deaths and revivals within a few hundred steps.
inline Settings harshSettings(std::int64_t seed) {
    Settings settings;
    settings.seed = seed;
    settings.data.samples = 200;
    settings.network.hidden = {6, 6};
    settings.training.learningRate = 0.8;
    return settings;
}

} // namespace flatline::fixtures
