#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/rise_bound.h"
#include "core/diagnosis/shift_bound.h"
#include "tests/core/bound_case.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;
using bounds::Case;
using bounds::drawCase;

namespace {

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

    // Breaks where an instruction set adds up something else, or reads what lies behind a row.
    void rowsByEveryKernel() {
        RandomStream stream(31, StreamId::Data, 9);
        const auto draw = [&](int count) {
            std::vector<float> values(static_cast<std::size_t>(count));
            for (float& x : values)
                x = static_cast<float>(stream.normal());
            return values;
        };
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int inputs : {1, 2, 7, 8, 9, 16, 33}) {
                constexpr int rows = 3;
                const std::vector<float> before = draw(rows * inputs);
                std::vector<float> now = draw(rows * inputs);
                std::copy_n(before.begin() + inputs, inputs, now.begin() + inputs); // the second row stays
                const int room = kernels::padded(inputs);
                const std::vector<float> lowest = draw(room), highest = draw(room);
                std::vector<float> down = draw(room), up = draw(room);
                std::ranges::for_each(down, [](float& x) { x = -std::abs(x); });
                std::ranges::for_each(up, [](float& x) { x = std::abs(x); });
                for (const bool shifted : {false, true}) {
                    kernels::RowMove moves[rows];
                    kernels->moves({before.data(), now.data(), rows, inputs, lowest.data(), highest.data(),
                                    shifted ? down.data() : nullptr, shifted ? up.data() : nullptr},
                                   moves);
                    for (int row = 0; row < rows; ++row) {
                        double rise = 0.0, fall = 0.0, change = 0.0, size = 0.0;
                        for (int i = 0; i < inputs; ++i) {
                            const auto at = static_cast<std::size_t>(row * inputs + i);
                            const auto k = static_cast<std::size_t>(i);
                            const double old = static_cast<double>(before[at]), w = static_cast<double>(now[at]);
                            const double low = (w - old) * static_cast<double>(lowest[k]);
                            const double high = (w - old) * static_cast<double>(highest[k]);
                            rise += std::max({0.0, low, high});
                            fall += std::min({0.0, low, high});
                            change += (w - old) * (w - old);
                            size += old * old;
                            if (!shifted)
                                continue;
                            rise += std::max(w * static_cast<double>(down[k]), w * static_cast<double>(up[k]));
                            fall += std::min(w * static_cast<double>(down[k]), w * static_cast<double>(up[k]));
                        }
                        const auto close = [&](float value, double expected) {
                            return std::abs(static_cast<double>(value) - expected) <= 1e-5 * (1.0 + std::abs(expected));
                        };
                        QVERIFY2(close(moves[row].rise, rise) && close(moves[row].fall, fall), kernels->id);
                        QVERIFY2(close(moves[row].change, change) && close(moves[row].size, size), kernels->id);
                        QCOMPARE(moves[row].changed, row != 1);
                    }
                }
            }
    }

    // Breaks where a number that is not finite is passed over, or one behind the last counts.
    void highestByEveryKernel() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int count : {1, 3, 8, 13, 24}) {
                std::vector<float> values(32, 5.0F);
                for (int i = 0; i < count; ++i)
                    values[static_cast<std::size_t>(i)] = -1.0F - static_cast<float>((i * 7) % 11);
                QCOMPARE(kernels->tallies.highest(values.data(), count), -1.0F);
                for (const float odd : {NAN, INFINITY, -INFINITY}) {
                    std::vector<float> spoilt = values;
                    spoilt[static_cast<std::size_t>(count - 1)] = odd;
                    QVERIFY2(std::isnan(kernels->tallies.highest(spoilt.data(), count)), kernels->id);
                }
            }
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
