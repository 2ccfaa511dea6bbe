#include "core/training/batch_engine.h"
#include "tests/core/random_networks.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;
using namespace flatline::fixtures;

namespace {

/// w . dw of a neuron in the first layer, and |w| |dw|.
struct Radial {
    double along = 0.0;
    double size = 0.0;
};

template <class Scalar>
Radial radialPart(const Block& weights, int neuron, const std::vector<float>& parameters,
                  const std::vector<Scalar>& gradient) {
    double along = 0.0, length = 0.0, change = 0.0;
    for (int i = 0; i < weights.columns; ++i) {
        const std::size_t place = weights.offset + static_cast<std::size_t>(neuron * weights.columns + i);
        const double w = static_cast<double>(parameters[place]);
        const double dw = static_cast<double>(gradient[place]);
        along += w * dw;
        length += w * w;
        change += dw * dw;
    }
    return {along, std::sqrt(length * change)};
}

} // namespace

/// What kernels know of batch norm beyond the plain sums.
class BatchNormKernelsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where rounding is left in a gradient along the weights, whose length batch norm takes away; far from the
    // origin it is larger than what is truly there. Each number of inputs that fills registers, or does not.
    void noRoundingAlongTheWeights() {
        RandomStream stream(21, StreamId::Data);
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int inputs : {1, 3, 4, 7, 8, 9, 16, 21})
                for (const int units : {1, 8, 19}) {
                    const NetworkSpec spec = specOf({inputs, {units}, 2}, *findActivation("tanh"),
                                                    *findObjective("softmax"), BatchNorm::BeforeActivation);
                    const Layout layout = layoutOf(spec);
                    const Block& weights = layout.block(1, BlockKind::Weight);
                    Split split = randomSplit(spec, 40, stream);
                    split.features.array() += 100.0F;
                    const std::vector<float> parameters = randomParameters(layout, stream);
                    const std::vector<int> chosen = drawBatch(32, 40, stream);
                    BatchEngine engine(split, *kernels);
                    QVERIFY(engine.prepare(spec, 32));
                    std::vector<float> gradient(parameters.size(), 0.0F);
                    QVERIFY(engine.run(Network<float>(spec), parameters.data(), chosen, gradient));
                    const auto exact = reference<double>(spec, split, chosen, parameters);
                    for (int j = 0; j < units; ++j) {
                        const Radial own = radialPart(weights, j, parameters, gradient);
                        const Radial right = radialPart(weights, j, parameters, exact.gradient);
                        QVERIFY2(std::abs(own.along - right.along) <= 2e-7 * own.size + 0.1 * std::abs(right.along),
                                 qPrintable(QString("%1, %2 inputs, neuron %3 of %4: %5, not %6, of %7")
                                                .arg(kernels->id)
                                                .arg(inputs)
                                                .arg(j)
                                                .arg(units)
                                                .arg(own.along)
                                                .arg(right.along)
                                                .arg(own.size)));
                    }
                }
    }

    // Breaks where batch norm or learnt slopes go through wide registers and do not leave the bits of AVX2: a run would
    // depend on the machine. Widths that fill those registers, and some that do not.
    void registersKeepTheBits() {
        const kernels::Kernels* wide = kernels::find("avx512");
        const kernels::Kernels* narrow = kernels::find("avx2");
        if (wide == nullptr || narrow == nullptr)
            QSKIP("this machine has no AVX-512");
        RandomStream stream(23, StreamId::Data);
        for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
            for (const char* activation : {"relu", "prelu", "elu"})
                for (const int units : {16, 24, 32, 45, 80}) {
                    const NetworkSpec spec =
                        specOf({3, {units, units}, 2}, *findActivation(activation), *findObjective("softmax"), norm);
                    const Split split = randomSplit(spec, 40, stream);
                    const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
                    const std::vector<int> chosen = drawBatch(23, 40, stream);
                    std::vector<float> gradients[2];
                    for (const kernels::Kernels* kernels : {wide, narrow}) {
                        std::vector<float>& gradient = gradients[kernels == wide ? 0 : 1];
                        gradient.assign(parameters.size(), 0.0F);
                        BatchEngine engine(split, *kernels);
                        QVERIFY(engine.prepare(spec, 23));
                        QVERIFY(engine.run(Network<float>(spec), parameters.data(), chosen, gradient));
                    }
                    QVERIFY2(gradients[0] == gradients[1], activation);
                }
    }

    // Breaks where the part along weights that are all 0 is divided by their length: NaN, and training would end.
    void weightsOfZeroHaveAGradient() {
        RandomStream stream(22, StreamId::Data);
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int inputs : {1, 8, 21}) {
                const NetworkSpec spec = specOf({inputs, {8}, 2}, *findActivation("tanh"), *findObjective("softmax"),
                                                BatchNorm::BeforeActivation);
                const Layout layout = layoutOf(spec);
                const Split split = randomSplit(spec, 40, stream);
                std::vector<float> parameters = randomParameters(layout, stream);
                const Block& weights = layout.block(1, BlockKind::Weight);
                std::fill_n(parameters.begin() + static_cast<std::ptrdiff_t>(weights.offset), 3 * inputs, 0.0F);
                BatchEngine engine(split, *kernels);
                QVERIFY(engine.prepare(spec, 32));
                std::vector<float> gradient(parameters.size(), 0.0F);
                QVERIFY(engine.run(Network<float>(spec), parameters.data(), drawBatch(32, 40, stream), gradient));
                const bool finite = std::ranges::all_of(gradient, [](float g) { return std::isfinite(g); });
                QVERIFY2(finite, kernels->id);
            }
    }
};

QTEST_APPLESS_MAIN(BatchNormKernelsTest)
#include "batch_norm_kernels_test.moc"
