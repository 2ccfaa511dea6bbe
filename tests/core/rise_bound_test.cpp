#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/rise_bound.h"
#include "core/diagnosis/shift_bound.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

struct Case {
    NetworkSpec spec;
    Split split;
    std::vector<float> parameters;
};

Case drawCase(BatchNorm norm, const char* activation, RandomStream& stream) {
    Case c;
    c.spec.inputs = 2;
    c.spec.hidden = {6, 5, 7};
    c.spec.outputs = 1;
    c.spec.activation = findActivation(activation);
    c.spec.activationParameters = activationParameters(*c.spec.activation, std::nullopt, 0.0);
    c.spec.objective = findObjective("linear");
    c.spec.batchNorm = norm;
    const Layout layout = layoutOf(c.spec);
    c.parameters.resize(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            c.parameters[i] = static_cast<float>(block.kind == BlockKind::RunningVariance ? stream.uniform(0.3, 3.0)
                                                                                          : stream.normal());
    c.split.features.resize(40, 2);
    for (float& x : c.split.features.reshaped())
        x = static_cast<float>(stream.normal());
    c.split.targets.values = Batch<float>::Zero(40, 1);
    return c;
}

/// What a look at all samples finds: z of all hidden neurons, [layer] neuron after neuron, and what a bound begins
/// with.
struct Look {
    std::vector<std::vector<float>> z;
    std::vector<float> norms;
    std::vector<InputRanges> ranges;
    std::vector<RiseBound::Dead> dead;
};

Look lookAt(Evaluator& evaluator, const Network<float>& network, const std::vector<float>& parameters) {
    const std::vector<int>& hidden = network.spec().hidden;
    Look look;
    look.z.resize(hidden.size());
    look.norms.assign(hidden.size(), 0.0F);
    look.ranges.resize(hidden.size());
    for (std::size_t k = 0; k < hidden.size(); ++k) {
        look.ranges[k] = emptyRanges(k == 0 ? network.spec().inputs : hidden[k - 1]);
        look.z[k].resize(static_cast<std::size_t>(hidden[k] * evaluator.samples()));
    }
    const auto add = [&](const TilePass& pass, const TileSamples& tile, int first) {
        for (std::size_t k = 0; k < hidden.size(); ++k) {
            look.norms[k] = std::max(look.norms[k], pass.greatestInputNorm(tile, k));
            pass.widenInputRanges(tile, k, look.ranges[k].data());
            for (int j = 0; j < hidden[k]; ++j)
                std::copy_n(pass.preActivations(k) + j * pass.stride(), tile.samples,
                            look.z[k].data() + j * evaluator.samples() + first);
        }
    };
    evaluator.forEachTile(network, parameters.data(), TileKeep::States, add);
    for (std::size_t k = 0; k < hidden.size(); ++k)
        for (int j = 0; j < hidden[k]; ++j) {
            const float* z = look.z[k].data() + j * evaluator.samples();
            const float highest = *std::max_element(z, z + evaluator.samples());
            if (highest < 0.0F && std::string_view(network.spec().activation->id) == "relu")
                look.dead.push_back({{k, static_cast<std::size_t>(j)}, highest});
        }
    return look;
}

double furthestUp(const Look& before, const Look& after, std::size_t layer, std::size_t neuron, std::size_t samples) {
    double most = -INFINITY;
    for (std::size_t s = neuron * samples; s < (neuron + 1) * samples; ++s)
        most = std::max(most, static_cast<double>(after.z[layer][s]) - static_cast<double>(before.z[layer][s]));
    return most;
}

void move(std::vector<float>& parameters, double size, RandomStream& stream) {
    for (float& x : parameters)
        x *= static_cast<float>(std::exp(size * stream.normal()));
}

} // namespace

class RiseBoundTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where some sample's z rises further than the bound says: a revival would be missed. Moves of all sizes, of
    // all parameters or of a single one, slopes below 0, batch norm, warming; a third of the neurons is dead.
    void noSampleRisesFurther() {
        RandomStream stream(31, StreamId::Data, 5);
        int dead = 0;
        for (const char* activation : {"relu", "leaky-relu", "prelu"})
            for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
                for (int number = 0; number < 150; ++number) {
                    Case c = drawCase(norm, activation, stream);
                    c.spec.activationParameters.alpha = number % 4 == 0 ? -1.5 : 0.2;
                    if (std::string_view(activation) == "relu")
                        c.spec.activationParameters.alpha = 0.0;
                    Network<float> network(c.spec);
                    const Layout& layout = network.layout();
                    for (const Block& block : layout.blocks())
                        for (std::size_t i = 0; block.kind == BlockKind::Bias && i < block.size(); i += 3)
                            c.parameters[block.offset + i] -= 4.0F;
                    Evaluator evaluator(c.spec, c.split);
                    const Look before = lookAt(evaluator, network, c.parameters);
                    dead += static_cast<int>(before.dead.size());
                    RiseBound bound;
                    bound.start(network, c.parameters.data(), before.ranges, before.dead);
                    std::vector<float> moved = c.parameters;
                    const double size = std::pow(10.0, stream.uniform(-9.0, 0.0));
                    if (number % 2 == 0)
                        move(moved, size, stream);
                    else
                        moved[stream.bits() % moved.size()] *= static_cast<float>(std::exp(size * stream.normal()));
                    for (const Block& block : layout.blocks()) // slopes stay
                        if (block.kind == BlockKind::Alpha)
                            std::copy_n(c.parameters.begin() + static_cast<std::ptrdiff_t>(block.offset), block.size(),
                                        moved.begin() + static_cast<std::ptrdiff_t>(block.offset));
                    if (number % 3 == 0)
                        network.setBiasShift(size);
                    const Look after = lookAt(evaluator, network, moved);
                    bound.compare(network, moved.data());
                    for (std::size_t k = 0; k < before.z.size(); ++k)
                        for (std::size_t j = 0; j < static_cast<std::size_t>(c.spec.hidden[k]); ++j)
                            QVERIFY(furthestUp(before, after, k, j, 40) <= bound.of(k, j));
                }
        QVERIFY(dead > 300);
    }

    // Breaks where what a dead neuron does reaches the layers above: those of a network that learns would be looked at
    // after every step.
    void theDeadHandOnNothing() {
        RandomStream stream(31, StreamId::Data, 6);
        Case c = drawCase(BatchNorm::None, "relu", stream);
        const Network<float> network(c.spec);
        const std::size_t bias = network.layout().block(1, BlockKind::Bias).offset + 2;
        c.parameters[bias] = -20.0F;
        Evaluator evaluator(c.spec, c.split);
        const Look before = lookAt(evaluator, network, c.parameters);
        RiseBound bound;
        bound.start(network, c.parameters.data(), before.ranges, before.dead);
        std::vector<float> moved = c.parameters;
        moved[bias] = -19.0F;
        bound.compare(network, moved.data());
        QVERIFY(bound.of(0, 2) >= 1.0);
        for (std::size_t j = 0; j < 5; ++j)
            QCOMPARE(bound.of(1, j), 0.0);
        moved[bias] = 20.0F;
        bound.compare(network, moved.data());
        QVERIFY(bound.of(1, 0) > 0.0);
    }

    // Breaks where the bound says no more than norms do, which are cheaper.
    void tighterThanNorms() {
        RandomStream stream(31, StreamId::Data, 7);
        std::vector<double> ratios;
        for (int number = 0; number < 100; ++number) {
            const Case c = drawCase(BatchNorm::None, "relu", stream);
            const Network<float> network(c.spec);
            Evaluator evaluator(c.spec, c.split);
            const Look before = lookAt(evaluator, network, c.parameters);
            RiseBound bound;
            ShiftBound norms;
            bound.start(network, c.parameters.data(), before.ranges, before.dead);
            norms.start(network, c.parameters.data(), before.norms, 1.0);
            std::vector<float> moved = c.parameters;
            move(moved, 0.01, stream);
            bound.compare(network, moved.data());
            norms.compare(network, moved.data());
            for (std::size_t j = 0; j < 7; ++j)
                ratios.push_back(bound.of(2, j) / norms.of(2, j));
        }
        std::ranges::sort(ratios);
        qInfo("median %.2f of the bound by norms", ratios[ratios.size() / 2]);
        QVERIFY(ratios[ratios.size() / 2] < 0.6);
    }

    // Breaks where numbers that are not finite pass for small ones.
    void infiniteInputsLeaveNothingKnown() {
        RandomStream stream(31, StreamId::Data, 8);
        const Case c = drawCase(BatchNorm::None, "relu", stream);
        const Network<float> network(c.spec);
        Evaluator evaluator(c.spec, c.split);
        Look before = lookAt(evaluator, network, c.parameters);
        before.ranges[1][0].highest[3] = INFINITY;
        RiseBound bound;
        bound.start(network, c.parameters.data(), before.ranges, before.dead);
        std::vector<float> moved = c.parameters;
        move(moved, 0.01, stream);
        bound.compare(network, moved.data());
        for (const std::size_t k : {std::size_t{1}, std::size_t{2}})
            QVERIFY(!(bound.of(k, 0) < 1e30));
    }
};

QTEST_APPLESS_MAIN(RiseBoundTest)
#include "rise_bound_test.moc"
