#include "workloads.h"

#include "core/data/dataset_loader.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace flatline::benchmarks {
namespace {

Result<std::string> loadText(const std::string& name, bool builtIn) {
    const std::string path = builtIn ? FLATLINE_SOURCE_DIR "/resources/datasets/" + name : name;
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorKind::File, path, {"cannot be read", {}}};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

struct Row {
    const char* name;
    const char* source;
    int samples;
    std::vector<int> hidden;
    const char* output;
    int batch;
};

const std::array rows{
    Row{"W0", "circles", 500, {7, 7}, "linear", 11}, // of no shape that is compiled in
    Row{"W1", "circles", 500, {8, 8}, "linear", 10},
    Row{"W2", "circles", 1000, {32, 32, 32}, "softmax", 32},
    Row{"W3", "digits", 1797, {256, 256}, "softmax", 64},
    Row{"W4", "abs", 3000, std::vector<int>(10, 2), "linear", 128},
};

} // namespace

Settings settingsOf(std::string_view workload) {
    for (const Row& row : rows) {
        if (workload != row.name)
            continue;
        Settings settings;
        settings.name = row.name;
        settings.data.source = row.source;
        settings.data.samples = row.samples;
        settings.data.testFraction = 0.0;
        settings.network.hidden = row.hidden;
        settings.network.output = row.output;
        settings.training.batchSize = row.batch;
        settings.training.learningRate = 0.001;
        return settings;
    }
    std::fprintf(stderr, "there is no workload %s\n", std::string(workload).c_str());
    std::exit(1);
}

std::shared_ptr<const Dataset> datasetOf(const Settings& settings) {
    Result<Dataset> made = makeDataset(settings, loadText);
    if (!made) {
        std::fprintf(stderr, "%s\n", made.error().english().c_str());
        std::exit(1);
    }
    return std::make_shared<const Dataset>(std::move(made).value());
}

} // namespace flatline::benchmarks
