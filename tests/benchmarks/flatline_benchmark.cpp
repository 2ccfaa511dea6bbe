#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/histogram_counter.h"
#include "core/diagnosis/tally_counter.h"
#include "core/kernels/kernels.h"
#include "core/landscape/plane.h"
#include "core/landscape/surface.h"
#include "core/network/initialization.h"
#include "core/training/observer.h"
#include "core/training/trainer.h"
#include "workloads.h"

#include <benchmark/benchmark.h>
#include <string>

// The program's own code on the workloads, with the kernels that serve (FLATLINE_KERNELS names others). An iteration of
// training is an epoch: all of a step, with shuffle, gather, loss and optimizer; items are samples.

using namespace flatline;
using namespace flatline::benchmarks;

namespace {

void train(benchmark::State& state, const Settings& settings) {
    const auto data = datasetOf(settings);
    Trainer trainer = Trainer::create(settings, data, {}, {Watch::Interventions}).value();
    for (auto _ : state)
        for (const std::int64_t done = trainer.epochsDone(); trainer.epochsDone() == done;)
            if (!trainer.step()) {
                state.SkipWithError("the training diverged");
                return;
            }
    state.SetItemsProcessed(state.iterations() * data->train.samples());
}

struct Trained {
    NetworkSpec spec;
    std::shared_ptr<const Dataset> data;
    std::shared_ptr<const std::vector<float>> parameters;
};

/// Parameters of the middle of a run, not of its start.
Trained trained(const char* workload) {
    const Settings settings = settingsOf(workload);
    const auto data = datasetOf(settings);
    Trainer trainer = Trainer::create(settings, data, {}, {Watch::Interventions}).value();
    while (trainer.epochsDone() < 20)
        trainer.step();
    return {trainer.network().spec(), data, std::make_shared<const std::vector<float>>(trainer.parameters())};
}

void landscape(benchmark::State& state, const char* workload, int threads) {
    const Trained run = trained(workload);
    SurfaceRequest request;
    request.spec = run.spec;
    request.dataset = run.data;
    request.parameters = run.parameters;
    request.threads = threads;
    const Layout layout = layoutOf(run.spec);
    const InitializationSettings normal;
    request.plane.first = initialParameters(layout, normal, 0.0, 1);
    request.plane.second = initialParameters(layout, normal, 0.0, 2);
    for (auto _ : state)
        benchmark::DoNotOptimize(computeSurface(request));
}

constexpr float range = 3.0F;
constexpr int bins = 64;

/// Each neuron's state, and each layer's histograms.
void states(benchmark::State& state, const char* workload) {
    const Trained run = trained(workload);
    const Network<float> network(run.spec);
    Evaluator evaluator(run.spec, run.data->train);
    TallyCounter counter;
    HistogramCounter histograms;
    Tallies tallies;
    for (auto _ : state) {
        counter.begin(run.spec);
        histograms.begin(run.spec, range, bins);
        evaluator.forEachTile(network, run.parameters->data(), TileKeep::States,
                              [&](const TilePass& pass, const TileSamples&, int) {
                                  counter.add(pass);
                                  histograms.add(pass);
                              });
        counter.finish(tallies);
        std::vector<LayerDiagnosis> layers = diagnoseLayers(tallies, run.spec, evaluator.samples());
        histograms.finish(layers);
        benchmark::DoNotOptimize(layers.data());
    }
}

/// The same with losses and the gradient: what the window asks for.
void examine(benchmark::State& state, const char* workload) {
    const Trained run = trained(workload);
    const Network<float> network(run.spec);
    Observer observer(run.spec, *run.data);
    for (auto _ : state)
        benchmark::DoNotOptimize(observer.examine(network, *run.parameters, true, range, bins));
}

void addTraining(const std::string& group, const char* workload, const std::string& variant, const Settings& settings) {
    const std::string name = group + "/" + workload + (variant.empty() ? "" : "/" + variant);
    benchmark::RegisterBenchmark(name.c_str(), [settings](benchmark::State& state) { train(state, settings); });
}

/// SGD on ReLU is what the others are compared with.
void addVariants(const char* workload) {
    const Settings plain = settingsOf(workload);
    addTraining("train", workload, "", plain);
    Settings momentum = plain;
    momentum.training.momentum = 0.9;
    addTraining("optimizer", workload, "momentum", momentum);
    for (const char* optimizer : {"adam", "rmsprop"}) {
        Settings settings = plain;
        settings.training.optimizer = optimizer;
        addTraining("optimizer", workload, optimizer, settings);
    }
    for (const BatchNormRow& row : batchNormTable()) {
        Settings settings = plain;
        settings.network.batchNorm = row.id;
        if (row.kind != BatchNorm::None)
            addTraining("batch_norm", workload, row.id, settings);
    }
    for (const ActivationRow& row : activationTable()) {
        Settings settings = plain;
        settings.network.activation = row.id;
        if (row.id == std::string_view("identity"))
            settings.training.learningRate = 1e-6; // ten linear layers diverge sooner
        if (row.id != plain.network.activation)
            addTraining("activation", workload, row.id, settings);
    }
}

} // namespace

int main(int argc, char** argv) {
    benchmark::AddCustomContext("kernels", kernels::chosen().id);
    for (const char* workload : workloads)
        addVariants(workload);
    for (const auto& [name, workload] : {std::pair{std::string("L1a"), "W1"}, {"L1b", "W2"}}) {
        benchmark::RegisterBenchmark(("landscape/" + name).c_str(), landscape, workload, 1)
            ->Unit(benchmark::kMillisecond);
        for (const int threads : {1, 2})
            benchmark::RegisterBenchmark(("threads/" + name + "/" + std::to_string(threads)).c_str(), landscape,
                                         workload, threads)
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime();
    }
    benchmark::RegisterBenchmark("histograms/A1", states, "W2")->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("examine/A1", examine, "W2")->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
