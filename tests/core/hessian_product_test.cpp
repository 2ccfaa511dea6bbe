#include "core/analysis/hessian.h"
#include "core/base/random.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace flatline;

namespace {

constexpr int samples = 9;

struct Case {
    NetworkSpec spec;
    Layout layout;
    Split split;
    std::vector<float> parameters;
};

NetworkSpec specFor(const char* activation, const char* objective, BatchNorm norm, std::vector<int> hidden) {
    NetworkSpec spec;
    spec.inputs = 3;
    spec.hidden = std::move(hidden);
    spec.outputs = std::string_view(objective) == "sigmoid" ? 1 : 2;
    spec.activation = findActivation(activation);
    spec.activationParameters = activationParameters(*spec.activation, std::nullopt, 0.0);
    spec.objective = findObjective(objective);
    spec.batchNorm = norm;
    spec.biasShift = 0.125;
    return spec;
}

Split makeSplit(const NetworkSpec& spec, int count, RandomStream& stream) {
    Split split;
    split.features.resize(count, spec.inputs);
    for (float& x : split.features.reshaped())
        x = static_cast<float>(stream.normal());
    split.targets.values.resize(count, spec.outputs);
    for (float& y : split.targets.values.reshaped())
        y = static_cast<float>(stream.normal());
    for (int i = 0; i < count; ++i)
        split.targets.labels.push_back(i % 2);
    return split;
}

/// Batch norm's variances are positive, its scales near 1.
std::vector<float> makeParameters(const Layout& layout, RandomStream& stream) {
    std::vector<float> parameters(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = 0; i < block.size(); ++i) {
            const double draw = 0.7 * stream.normal();
            const bool positive = block.kind == BlockKind::RunningVariance;
            const bool nearOne = block.kind == BlockKind::Gamma;
            parameters[block.offset + i] =
                static_cast<float>(positive ? 0.3 + draw * draw : (nearOne ? 1.0 : 0.0) + draw);
        }
    return parameters;
}

/// How far the nearest value is from a place where the loss has no second derivative.
double distanceToKinks(const Case& c) {
    const Network<double> network(c.spec);
    const std::vector<double> parameters(c.parameters.begin(), c.parameters.end());
    Pass<double> pass;
    network.forward(parameters.data(), c.split.features.cast<double>(), pass);
    double nearest = pass.outputs.cwiseAbs().minCoeff();
    for (const auto& z : pass.preActivations)
        nearest = std::min(nearest, z.cwiseAbs().minCoeff());
    return nearest;
}

Case makeCase(const NetworkSpec& spec) {
    for (std::uint64_t seed = 1;; ++seed) {
        RandomStream stream(seed, StreamId::Data);
        Case c{spec, layoutOf(spec), makeSplit(spec, samples, stream), {}};
        c.parameters = makeParameters(c.layout, stream);
        if (distanceToKinks(c) > 2e-3)
            return c;
    }
}

/// By the formulas that training itself uses.
std::vector<double> gradientOf(const Case& c, const std::vector<double>& parameters) {
    const Network<double> network(c.spec);
    const Batch<double> features = c.split.features.cast<double>();
    Pass<double> pass;
    network.forward(parameters.data(), features, pass);
    const Targets<double> targets{c.split.targets.labels, c.split.targets.values.cast<double>()};
    (void)c.spec.objective->twice.loss(pass.outputs, targets, 1.0 / samples, &pass.outputGradient);
    std::vector<double> gradient(parameters.size(), 0.0);
    network.backward(parameters.data(), features, pass, gradient.data());
    return gradient;
}

/// Normal draws where the loss is differentiated, 0 elsewhere; unit length.
std::vector<double> makeDirection(const Layout& layout, std::uint64_t seed) {
    RandomStream stream(seed, StreamId::Directions);
    std::vector<double> direction(layout.size(), 0.0);
    double squares = 0.0;
    for (const Block& block : layout.blocks())
        if (isDifferentiated(block.kind))
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
                direction[i] = stream.normal();
                squares += direction[i] * direction[i];
            }
    for (double& x : direction)
        x /= std::sqrt(squares);
    return direction;
}

std::vector<double> product(TrainingHessian& hessian, const std::vector<double>& direction) {
    std::vector<double> result(direction.size(), 7.0);
    [[maybe_unused]] const bool done = hessian.multiply(direction.data(), result.data());
    return result;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

} // namespace

class HessianProductTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a product is not the gradient's change along the direction: for every activation, output, place of
    // batch norm and depth, with a learnt slope's mixed derivatives and warming's shift, by central differences of the
    // gradient that training uses; and where the slope's own gradient is another one.
    void productIsTheChangeOfTheGradient_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("objective");
        QTest::addColumn<int>("norm");
        for (const ActivationRow& activation : activationTable())
            for (const ObjectiveRow& objective : objectiveTable())
                for (const BatchNormRow& norm : batchNormTable())
                    QTest::addRow("%s, %s, %s", activation.id, objective.id, norm.id)
                        << activation.id << objective.id << static_cast<int>(norm.kind);
    }
    void productIsTheChangeOfTheGradient() {
        QFETCH(QString, activation);
        QFETCH(QString, objective);
        QFETCH(int, norm);
        for (const std::vector<int>& hidden : {std::vector<int>{}, {5}, {4, 6, 3}}) {
            const Case c =
                makeCase(specFor(qPrintable(activation), qPrintable(objective), static_cast<BatchNorm>(norm), hidden));
            const std::vector<double> direction = makeDirection(c.layout, 3);
            TrainingHessian hessian(c.spec, c.split, c.parameters);
            const std::vector<double> found = product(hessian, direction);
            constexpr double h = 1e-5;
            std::vector<double> up(c.parameters.begin(), c.parameters.end());
            std::vector<double> down = up;
            const std::vector<double> slope = gradientOf(c, up);
            for (std::size_t i = 0; i < up.size(); ++i) {
                up[i] += h * direction[i];
                down[i] -= h * direction[i];
            }
            const std::vector<double> above = gradientOf(c, up);
            const std::vector<double> below = gradientOf(c, down);
            const std::vector<double> gradient = hessian.slope()->gradient;
            for (const Block& block : c.layout.blocks())
                for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
                    const bool moves = isDifferentiated(block.kind);
                    const double expected = moves ? (above[i] - below[i]) / (2.0 * h) : 0.0;
                    QVERIFY2(std::abs(found[i] - expected) < 2e-7 * (1.0 + std::abs(expected)),
                             qPrintable(QString("parameter %1: %2 against %3").arg(i).arg(found[i]).arg(expected)));
                    QVERIFY(std::abs(gradient[i] - (moves ? slope[i] : 0.0)) < 1e-12 * (1.0 + std::abs(slope[i])));
                }
        }
    }

    // Breaks where the products are not those of one symmetric matrix: u'Hv = v'Hu to rounding, for all pairs of parts.
    void productsAreSymmetric() {
        for (const ActivationRow& activation : activationTable())
            for (const BatchNormRow& norm : batchNormTable()) {
                const Case c = makeCase(specFor(activation.id, "softmax", norm.kind, {4, 6, 3}));
                TrainingHessian hessian(c.spec, c.split, c.parameters);
                const std::vector<double> u = makeDirection(c.layout, 1);
                const std::vector<double> v = makeDirection(c.layout, 2);
                const double one = dot(u, product(hessian, v));
                const double other = dot(v, product(hessian, u));
                QVERIFY2(std::abs(one - other) < 1e-14 * (1.0 + std::abs(one)),
                         qPrintable(QString("%1: %2 and %3").arg(activation.id).arg(one).arg(other)));
            }
    }

    // Breaks where what is constant is read in a direction: batch norm's figures are no part of this matrix.
    void whatIsConstantIsNotRead() {
        const Case c = makeCase(specFor("tanh", "linear", BatchNorm::AfterActivation, {4, 3}));
        TrainingHessian hessian(c.spec, c.split, c.parameters);
        const std::vector<double> direction = makeDirection(c.layout, 3);
        std::vector<double> more = direction;
        for (const Block& block : c.layout.blocks())
            if (!isDifferentiated(block.kind))
                std::fill_n(more.begin() + static_cast<std::ptrdiff_t>(block.offset), block.size(), 1.0);
        QVERIFY(more != direction);
        QCOMPARE(product(hessian, more), product(hessian, direction));
    }

    // Breaks where a large data set, cut into pieces, gives other products than its parts do: H is the mean of theirs.
    void piecesAddUp() {
        const NetworkSpec spec = specFor("tanh", "softmax", BatchNorm::None, {512});
        const auto rows = samplesPerPass(spec);
        const int count = static_cast<int>(2 * rows + 40);
        RandomStream stream(5, StreamId::Data);
        const Split whole = makeSplit(spec, count, stream);
        const Layout layout = layoutOf(spec);
        const std::vector<float> parameters = makeParameters(layout, stream);
        const std::vector<double> direction = makeDirection(layout, 3);
        TrainingHessian hessian(spec, whole, parameters);
        const std::vector<double> found = product(hessian, direction);
        const double loss = hessian.slope()->loss;
        std::vector<double> expected(direction.size(), 0.0);
        double expectedLoss = 0.0;
        for (int first = 0; first < count; first += 700) { // all within one piece
            const int part = std::min(700, count - first);
            QVERIFY(part < rows);
            Split split{whole.features.middleRows(first, part), {}, {}};
            split.targets.labels.assign(whole.targets.labels.begin() + first,
                                        whole.targets.labels.begin() + first + part);
            TrainingHessian own(spec, split, parameters);
            const double share = static_cast<double>(part) / count;
            const std::vector<double> partial = product(own, direction);
            for (std::size_t i = 0; i < expected.size(); ++i)
                expected[i] += share * partial[i];
            expectedLoss += share * own.slope()->loss;
        }
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(found[i] - expected[i]) < 1e-13);
        QVERIFY(std::abs(loss - expectedLoss) < 1e-12 * loss);
        QCOMPARE(product(hessian, direction), found); // after slope() has been through the pieces, too
    }

    // Breaks where a cancelled product claims to be one.
    void cancels() {
        const Case c = makeCase(specFor("tanh", "linear", BatchNorm::None, {4}));
        TrainingHessian hessian(c.spec, c.split, c.parameters);
        const std::atomic<bool> cancelled{true};
        std::vector<double> direction = makeDirection(c.layout, 1);
        std::vector<double> result(direction.size());
        QVERIFY(!hessian.multiply(direction.data(), result.data(), &cancelled));
        QVERIFY(!hessian.slope(&cancelled).has_value());
    }
};

QTEST_GUILESS_MAIN(HessianProductTest)
#include "hessian_product_test.moc"
