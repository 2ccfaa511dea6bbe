#include "core/base/random.h"
#include "core/network/initialization.h"
#include "core/network/network.h"
#include "core/training/optimizer.h"
#include "eigen_network.h"
#include "workloads.h"

#include <benchmark/benchmark.h>
#include <numeric>
#include <string>

// The same work with Eigen, compiled for AVX2 and FMA: what there is to beat. Each workload in every layout, the
// fastest counts; and "repository", the plain formulation that the tests compare the kernels with.

using namespace flatline;
using namespace flatline::benchmarks;

namespace {

struct Problem {
    explicit Problem(const char* workload)
        : settings(settingsOf(workload))
        , data(datasetOf(settings))
        , spec(makeNetworkSpec(settings, *data).value())
        , layout(layoutOf(spec))
        , start(initialParameters(layout, settings.initialization, 0.0, settings.seed)) {}

    Settings settings;
    std::shared_ptr<const Dataset> data;
    NetworkSpec spec;
    Layout layout;
    std::vector<float> start;

    [[nodiscard]] int samples() const { return data->train.samples(); }
};

std::vector<int> orderOf(const Problem& problem, std::uint32_t epoch) {
    return randomOrder(problem.samples(),
                       RandomStream(static_cast<std::uint64_t>(problem.settings.seed), StreamId::Batches, epoch));
}

template <class Style>
class EigenTraining {
public:
    explicit EigenTraining(const Problem& problem)
        : m_problem(problem)
        , m_network(problem.layout, problem.start)
        , m_features(problem.data->train.features.transpose())
        , m_whole(m_network.passFor(problem.settings.training.batchSize))
        , m_rest(m_network.passFor(problem.samples() % problem.settings.training.batchSize)) {}

    double epoch() {
        const std::vector<int> order = orderOf(m_problem, m_epoch++);
        const auto batch = static_cast<std::size_t>(m_problem.settings.training.batchSize);
        const auto rate = static_cast<float>(m_problem.settings.training.learningRate);
        double loss = 0.0;
        for (std::size_t first = 0; first < order.size(); first += batch) {
            const auto chosen = std::span(order).subspan(first, std::min(batch, order.size() - first));
            auto& pass = chosen.size() == batch ? m_whole : m_rest;
            gather<Style>(m_features, m_problem.data->train, chosen, pass);
            m_network.forward(pass);
            loss += m_network.template loss<true>(pass);
            m_network.backwardAndStep(pass, rate);
        }
        return loss;
    }

    [[nodiscard]] std::vector<float> parameters() const { return m_network.parameters(m_problem.layout); }

private:
    const Problem& m_problem;
    EigenNetwork<Style> m_network;
    typename Style::Values m_features;
    typename EigenNetwork<Style>::Pass m_whole;
    typename EigenNetwork<Style>::Pass m_rest;
    std::uint32_t m_epoch = 0;
};

/// As the program did it before it had kernels.
class RepositoryTraining {
public:
    explicit RepositoryTraining(const Problem& problem)
        : m_problem(problem)
        , m_network(problem.spec)
        , m_parameters(problem.start)
        , m_next(m_parameters.size())
        , m_gradient(m_parameters.size()) {}

    double epoch() {
        const TrainingSettings& training = m_problem.settings.training;
        const OptimizerRow& optimizer = *findOptimizer(training.optimizer);
        const std::vector<int> order = orderOf(m_problem, m_epoch++);
        const auto batch = static_cast<std::size_t>(training.batchSize);
        double loss = 0.0;
        for (std::size_t first = 0; first < order.size(); first += batch) {
            take(std::span(order).subspan(first, std::min(batch, order.size() - first)));
            m_network.forward(m_parameters.data(), m_features, m_pass, PassMode::Training);
            const float scale = 1.0F / static_cast<float>(m_features.rows());
            loss += m_problem.spec.objective->single.loss(m_pass.outputs, m_targets, scale, &m_pass.outputGradient).sum;
            std::fill(m_gradient.begin(), m_gradient.end(), 0.0F);
            m_network.backward(m_parameters.data(), m_features, m_pass, m_gradient.data());
            optimizer.update(training, m_network.layout(), m_parameters, m_gradient, m_state, m_next);
            m_parameters.swap(m_next);
        }
        return loss;
    }

    [[nodiscard]] const std::vector<float>& parameters() const { return m_parameters; }

private:
    void take(std::span<const int> chosen) {
        const Split& split = m_problem.data->train;
        const auto gather = [&](const Batch<float>& from, Batch<float>& to) {
            to.resize(from.size() > 0 ? static_cast<Eigen::Index>(chosen.size()) : 0, from.cols());
            for (Eigen::Index j = 0; j < to.cols(); ++j)
                for (Eigen::Index i = 0; i < to.rows(); ++i)
                    to(i, j) = from(chosen[static_cast<std::size_t>(i)], j);
        };
        gather(split.features, m_features);
        gather(split.targets.values, m_targets.values);
        m_targets.labels.resize(split.targets.labels.empty() ? 0 : chosen.size());
        for (std::size_t i = 0; i < m_targets.labels.size(); ++i)
            m_targets.labels[i] = split.targets.labels[static_cast<std::size_t>(chosen[i])];
    }

    const Problem& m_problem;
    Network<float> m_network;
    std::vector<float> m_parameters;
    std::vector<float> m_next;
    std::vector<float> m_gradient;
    std::uint32_t m_epoch = 0;
    OptimizerState m_state;
    Batch<float> m_features;
    Targets<float> m_targets;
    Pass<float> m_pass;
};

/// A reference that computes something else is none.
bool agree(const std::vector<float>& a, const std::vector<float>& b) {
    double difference = 0.0;
    double size = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference += std::pow(static_cast<double>(a[i] - b[i]), 2);
        size += std::pow(static_cast<double>(a[i]), 2);
    }
    return std::sqrt(difference / size) < 1e-4;
}

template <class Training>
void train(benchmark::State& state, const char* workload) {
    const Problem problem(workload);
    {
        Training training(problem);
        RepositoryTraining reference(problem);
        const double loss = training.epoch();
        const double wanted = reference.epoch();
        if (!agree(training.parameters(), reference.parameters()) || std::abs(loss - wanted) > 1e-3 * wanted)
            state.SkipWithError("computes something else than the program");
    }
    Training training(problem);
    for (auto _ : state)
        benchmark::DoNotOptimize(training.epoch());
    state.SetItemsProcessed(state.iterations() * problem.samples());
}

constexpr int side = 51;

/// The loss at each point, in tiles of so many samples.
template <class Style>
void landscape(benchmark::State& state, const char* workload, int tile) {
    const Problem problem(workload);
    const Split& split = problem.data->train;
    const typename Style::Values features = split.features.transpose();
    EigenNetwork<Style> network(problem.layout, problem.start);
    std::vector<typename EigenNetwork<Style>::Pass> tiles;
    std::vector<int> all(static_cast<std::size_t>(problem.samples()));
    std::iota(all.begin(), all.end(), 0);
    for (int first = 0; first < problem.samples(); first += tile) {
        const int count = std::min(tile, problem.samples() - first);
        tiles.push_back(network.passFor(count));
        gather<Style>(features, split, std::span(all).subspan(static_cast<std::size_t>(first), count), tiles.back());
    }
    const std::vector<float> a = initialParameters(problem.layout, problem.settings.initialization, 0.0, 1);
    const std::vector<float> b = initialParameters(problem.layout, problem.settings.initialization, 0.0, 2);
    std::vector<float> point(a.size());
    std::vector<double> losses(side * side);
    for (auto _ : state)
        for (int i = 0; i < side * side; ++i) {
            const float x = static_cast<float>(i % side - side / 2) / (side / 2);
            const float y = static_cast<float>(i / side - side / 2) / (side / 2);
            for (std::size_t p = 0; p < point.size(); ++p)
                point[p] = problem.start[p] + (x * a[p] + y * b[p]);
            network.setParameters(problem.layout, point);
            double loss = 0.0;
            for (auto& pass : tiles) {
                network.forward(pass);
                loss += network.template loss<false>(pass);
            }
            losses[static_cast<std::size_t>(i)] = loss / problem.samples();
            benchmark::DoNotOptimize(losses.data());
        }
}

template <int ValueOrder, int WeightOrder, bool Lazy>
void add(const std::string& style) {
    using Style = EigenStyle<ValueOrder, WeightOrder, Lazy>;
    for (const char* workload : workloads)
        benchmark::RegisterBenchmark(("train/" + std::string(workload) + "/" + style).c_str(),
                                     train<EigenTraining<Style>>, workload);
    for (const auto& [name, workload] : {std::pair{"L1a", "W1"}, {"L1b", "W2"}})
        for (const int tile : {64, 1000})
            benchmark::RegisterBenchmark(
                ("landscape/" + std::string(name) + "/" + style + "/tiles of " + std::to_string(tile)).c_str(),
                landscape<Style>, workload, tile)
                ->Unit(benchmark::kMillisecond);
}

} // namespace

int main(int argc, char** argv) {
    using Eigen::ColMajor;
    using Eigen::RowMajor;
    add<ColMajor, ColMajor, false>("neurons inside, W by columns");
    add<ColMajor, RowMajor, false>("neurons inside, W by rows");
    add<RowMajor, ColMajor, false>("samples inside, W by columns");
    add<RowMajor, RowMajor, false>("samples inside, W by rows");
    add<RowMajor, ColMajor, true>("samples inside, W by columns, lazy");
    for (const char* workload : workloads)
        benchmark::RegisterBenchmark(("train/" + std::string(workload) + "/repository").c_str(),
                                     train<RepositoryTraining>, workload);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
