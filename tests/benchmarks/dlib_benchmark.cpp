#include "core/base/random.h"
#include "workloads.h"

#include <benchmark/benchmark.h>
#include <dlib/dnn.h>
#include <span>
#include <string>

// dlib's networks on the workloads: a step without its trainer's threads and bookkeeping, batches gathered straight
// into tensors. One thread.

using namespace flatline;
using namespace flatline::benchmarks;

namespace {

using Input = dlib::input<dlib::matrix<float>>;
template <long Units, class Below>
using Hidden = dlib::relu<dlib::fc<static_cast<unsigned long>(Units), Below>>;
template <class Below>
using Narrow = Hidden<2, Below>;

using W1 = dlib::loss_mean_squared<dlib::fc<1, Hidden<8, Hidden<8, Input>>>>;
using W2 = dlib::loss_multiclass_log<dlib::fc<2, Hidden<32, Hidden<32, Hidden<32, Input>>>>>;
using W3 = dlib::loss_multiclass_log<dlib::fc<10, Hidden<256, Hidden<256, Input>>>>;
using W4 = dlib::loss_mean_squared<dlib::fc<1, dlib::repeat<9, Narrow, Narrow<Input>>>>;

/// A number of samples as dlib wants it.
template <class Label>
struct Samples {
    Samples(long count, long features)
        : labels(static_cast<std::size_t>(count)) {
        inputs.set_size(count, 1, features, 1);
    }
    dlib::resizable_tensor inputs;
    std::vector<Label> labels;
};

template <class Label>
void gather(const Split& split, std::span<const int> chosen, Samples<Label>& to) {
    float* out = to.inputs.host_write_only();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        for (Eigen::Index j = 0; j < split.features.cols(); ++j)
            *out++ = split.features(chosen[i], j);
        if constexpr (std::is_same_v<Label, float>)
            to.labels[i] = split.targets.values(chosen[i], 0);
        else
            to.labels[i] = static_cast<Label>(split.targets.labels[static_cast<std::size_t>(chosen[i])]);
    }
}

template <class Net>
void train(benchmark::State& state, const char* workload) {
    using Label = typename Net::training_label_type;
    const Settings settings = settingsOf(workload);
    const auto data = datasetOf(settings);
    const int samples = data->train.samples();
    const int batch = settings.training.batchSize;
    Net net;
    const std::vector<dlib::matrix<float>> example(1, dlib::zeros_matrix<float>(data->features(), 1));
    dlib::resizable_tensor ignored;
    net.to_tensor(example.begin(), example.end(), ignored); // it wants to see how a sample becomes a tensor
    std::vector<dlib::sgd> solvers(Net::num_computational_layers, dlib::sgd(0.0F, 0.0F));
    Samples<Label> whole(batch, data->features());
    Samples<Label> rest(std::max(1, samples % batch), data->features());
    std::uint32_t epoch = 0;
    for (auto _ : state) {
        const std::vector<int> order = randomOrder(samples, RandomStream(7, StreamId::Batches, epoch++));
        for (int first = 0; first < samples; first += batch) {
            const int count = std::min(batch, samples - first);
            Samples<Label>& chosen = count == batch ? whole : rest;
            gather(data->train,
                   std::span(order).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), chosen);
            benchmark::DoNotOptimize(net.compute_parameter_gradients(chosen.inputs, chosen.labels.begin()));
            net.update_parameters(solvers, settings.training.learningRate);
        }
    }
    state.SetItemsProcessed(state.iterations() * samples);
}

} // namespace

int main(int argc, char** argv) {
    benchmark::RegisterBenchmark("train/W1", train<W1>, "W1");
    benchmark::RegisterBenchmark("train/W2", train<W2>, "W2");
    benchmark::RegisterBenchmark("train/W3", train<W3>, "W3");
    benchmark::RegisterBenchmark("train/W4", train<W4>, "W4");
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
