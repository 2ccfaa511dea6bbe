#include "core/base/random.h"
#include "core/diagnosis/census.h"
#include "core/postmortem/health_census.h"
#include "core/postmortem/moment_sieve.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

/// A ReLU network that wanders.
struct Run {
    NetworkSpec spec;
    Split split;
    std::vector<std::vector<float>> moments;
    BiasShift none;
};

Run drawRun(RandomStream& stream, double pace, double frozen) {
    Run run;
    run.spec.inputs = 3;
    run.spec.hidden = {7, 6, 5};
    run.spec.outputs = 1;
    run.spec.activation = findActivation("relu");
    run.spec.objective = findObjective("linear");
    const Layout layout = layoutOf(run.spec);
    std::vector<float> now(layout.size());
    for (float& value : now)
        value = static_cast<float>(stream.normal());
    for (const Block& block : layout.blocks())
        if (block.kind == BlockKind::Bias)
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                now[i] = static_cast<float>(stream.uniform(-2.0, 0.5)); // many are ill
    for (int moment = 0; moment < 90; ++moment) {
        run.moments.push_back(now);
        if (stream.uniform() < frozen)
            continue;
        for (float& value : now)
            value += static_cast<float>(pace * stream.normal());
    }
    run.split.features.resize(130, 3);
    for (float& x : run.split.features.reshaped())
        x = static_cast<float>(stream.normal());
    run.split.features.row(0) *= 8.0F; // one that stands apart
    run.split.targets.values = Batch<float>::Zero(130, 1);
    return run;
}

/// On how many samples each neuron has a slope.
std::vector<std::vector<std::int64_t>> slopesOf(Evaluator& evaluator, const Network<float>& network,
                                                const std::vector<float>& parameters) {
    Census census;
    std::vector<std::vector<std::int64_t>> counts;
    for (const auto& layer : census.take(network, parameters.data(), evaluator)) {
        counts.emplace_back();
        for (const NeuronTally& tally : layer)
            counts.back().push_back(evaluator.samples() - tally.zeroSlope);
    }
    return counts;
}

constexpr std::int64_t needed = 13;

} // namespace

class MomentSieveTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the bound is too narrow, a sample is sorted out wrongly or a side is not looked at. All moments, and
    // some of them alone; neurons that stand still for a while; a search after one in which moments went together well.
    void findsWhatLooksAtAllSamplesFind() {
        RandomStream stream(47, StreamId::Data, 1);
        int ill = 0;
        int healthy = 0;
        for (const double pace : {0.0005, 0.004, 0.03, 0.2})
            for (int repeat = 0; repeat < 6; ++repeat) {
                const Run run = drawRun(stream, pace, repeat % 2 == 0 ? 0.0 : 0.8);
                const Network<float> network(run.spec);
                Evaluator evaluator(run.spec, run.split);
                MomentSieve sieve(run.split);
                std::vector<std::vector<std::vector<std::int64_t>>> counts;
                for (const std::vector<float>& moment : run.moments)
                    counts.push_back(slopesOf(evaluator, network, moment));
                const Moments moments = [&](std::size_t number) {
                    return NetworkMoment{run.moments[number], run.none};
                };
                for (const std::size_t every : {1, 1, 5}) {
                    std::vector<std::size_t> numbers;
                    for (std::size_t number = 1; number < run.moments.size(); number += every)
                        numbers.push_back(number);
                    std::vector<Sought> sought;
                    for (std::size_t k = 0; k < run.spec.hidden.size(); ++k)
                        for (int j = 0; j < run.spec.hidden[k]; ++j)
                            sought.push_back({{k, static_cast<std::size_t>(j)}});
                    std::size_t known = 40; // from elsewhere
                    while (known > 0 && counts[known][0][0] < needed)
                        --known;
                    sought.front().found = known;
                    sieve.search(network, moments, numbers, needed, sought);
                    for (const Sought& one : sought) {
                        std::size_t last = &one == &sought.front() ? known : 0;
                        for (const std::size_t number : numbers)
                            if (counts[number][one.place.layer][one.place.neuron] >= needed)
                                last = std::max(last, number);
                        QCOMPARE(one.found, last);
                        ++(last == 0 ? ill : healthy);
                    }
                }
            }
        QVERIFY(ill > 50 && healthy > 50);
    }

    // Breaks where rounding or a layer's share is forgotten: then a sample that matters is sorted out.
    void noSampleMovesBeyondTheBound() {
        RandomStream stream(47, StreamId::Data, 2);
        double closest = 0.0;
        for (const double pace : {0.0, 1e-7, 0.001, 0.05})
            for (int repeat = 0; repeat < 5; ++repeat) {
                const Run run = drawRun(stream, pace, 0.0);
                const Network<float> network(run.spec);
                std::vector<NeuronPlace> places;
                for (std::size_t k = 0; k < run.spec.hidden.size(); ++k)
                    for (int j = 0; j < run.spec.hidden[k]; ++j)
                        places.push_back({k, static_cast<std::size_t>(j)});
                const std::size_t middle = 20;
                MomentBound bound;
                bound.begin(
                    network,
                    [&](std::size_t number) {
                        return NetworkMoment{run.moments[number], run.none};
                    },
                    middle, {14, 17, 21, 26}, places);
                std::vector<int> all(130);
                for (int s = 0; s < 130; ++s)
                    all[static_cast<std::size_t>(s)] = s;
                PickedSamples picked;
                picked.pick(run.split, all);
                for (const NeuronPlace place : places) {
                    MomentBound::Reach reach;
                    bound.of(place, reach);
                    QCOMPARE(reach.moves, pace > 0.0);
                    picked.runBefore(place.layer, network, run.moments[middle].data());
                    std::vector<double> allowed(130, reach.rest);
                    std::vector<float> norms(130);
                    for (std::size_t k = 0; k <= place.layer; ++k) {
                        picked.inputNorms(k, norms.data());
                        for (std::size_t s = 0; s < 130; ++s)
                            allowed[s] += reach.factors[k] * static_cast<double>(norms[s]);
                    }
                    const float* values = picked.preActivations(place);
                    const std::vector<float> then(values, values + 130);
                    for (const std::size_t number : {14, 17, 21, 26}) {
                        picked.runBefore(place.layer, network, run.moments[number].data());
                        const float* now = picked.preActivations(place);
                        for (std::size_t s = 0; s < 130; ++s) {
                            const double moved = std::abs(static_cast<double>(now[s]) - static_cast<double>(then[s]));
                            QVERIFY(moved <= allowed[s]);
                            if (allowed[s] > 0.0)
                                closest = std::max(closest, moved / allowed[s]);
                        }
                    }
                }
            }
        QVERIFY(closest > 0.5); // or it would be of no use
    }

    // Breaks where counting ends too early, or a neuron's row is another's: a neuron's file would begin anew.
    void censusEndsWhenItIsSure() {
        RandomStream stream(47, StreamId::Data, 3);
        for (int repeat = 0; repeat < 10; ++repeat) {
            const Run run = drawRun(stream, 0.1, 0.0);
            const Network<float> network(run.spec);
            Evaluator evaluator(run.spec, run.split, 16, kernels::chosen());
            HealthCensus census;
            QVERIFY(HealthCensus::serves(run.spec));
            for (const std::size_t number : {0, 50})
                for (const std::int64_t enough : {1, 13, 60, 130}) {
                    const auto counts = slopesOf(evaluator, network, run.moments[number]);
                    const auto& found = census.take(network, run.moments[number].data(), evaluator, enough);
                    for (std::size_t k = 0; k < counts.size(); ++k)
                        for (std::size_t j = 0; j < counts[k].size(); ++j)
                            QCOMPARE(found[k][j] != 0, counts[k][j] >= enough);
                }
        }
    }
};

QTEST_GUILESS_MAIN(MomentSieveTest)
#include "moment_sieve_test.moc"
