#include "core/base/random.h"
#include "core/network/initialization.h"
#include "core/network/network.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Case {
    NetworkSpec spec;
    Batch<double> features;
    Targets<double> targets;
    std::vector<double> parameters;
};

Case makeCase(const char* activation, const char* objective, std::vector<int> hidden) {
    Case c;
    c.spec.inputs = 3;
    c.spec.hidden = std::move(hidden);
    c.spec.outputs = std::string_view(objective) == "sigmoid" ? 1 : 2;
    c.spec.activation = findActivation(activation);
    c.spec.activationParameters = activationParameters(*c.spec.activation, std::nullopt, 0.0);
    c.spec.objective = findObjective(objective);
    RandomStream stream(11, StreamId::Data);
    c.features.resize(9, 3);
    for (double& x : c.features.reshaped())
        x = stream.normal();
    c.targets.values.resize(9, 2);
    for (double& y : c.targets.values.reshaped())
        y = stream.normal();
    for (int i = 0; i < 9; ++i)
        c.targets.labels.push_back(i % 2);
    c.targets.values.conservativeResize(9, c.spec.outputs);
    c.parameters.resize(Network<double>(c.spec).layout().size());
    for (double& p : c.parameters)
        p = 0.7 * stream.normal();
    return c;
}

double lossOf(const Case& c, const Network<double>& network, const std::vector<double>& parameters) {
    Pass<double> pass;
    network.forward(parameters.data(), c.features, pass);
    return c.spec.objective->twice.loss(pass.outputs, c.targets, 1.0, nullptr).sum / 9.0;
}

std::vector<double> gradientOf(const Case& c, const Network<double>& network, Pass<double>& pass) {
    std::vector<double> gradient(c.parameters.size(), 0.0);
    network.forward(c.parameters.data(), c.features, pass);
    (void)c.spec.objective->twice.loss(pass.outputs, c.targets, 1.0 / 9.0, &pass.outputGradient);
    network.backward(c.parameters.data(), c.features, pass, gradient.data());
    return gradient;
}

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where backward is not the derivative of forward, for any activation, output and depth.
    void gradientIsTheSlope_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("objective");
        QTest::addColumn<QList<int>>("hidden");
        for (const ActivationRow& activation : activationTable())
            for (const ObjectiveRow& objective : objectiveTable())
                for (const QList<int>& hidden : {QList<int>{}, QList<int>{5}, QList<int>{4, 6, 3}})
                    QTest::addRow("%s, %s, %d hidden", activation.id, objective.id, static_cast<int>(hidden.size()))
                        << activation.id << objective.id << hidden;
    }
    void gradientIsTheSlope() {
        QFETCH(QString, activation);
        QFETCH(QString, objective);
        QFETCH(QList<int>, hidden);
        const Case c = makeCase(qPrintable(activation), qPrintable(objective), {hidden.begin(), hidden.end()});
        const Network<double> network(c.spec);
        Pass<double> pass;
        const std::vector<double> gradient = gradientOf(c, network, pass);
        for (const auto& z : pass.preActivations) // the kink would spoil the difference
            QVERIFY(z.cwiseAbs().minCoeff() > 1e-4);
        constexpr double h = 1e-6;
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            std::vector<double> up = c.parameters;
            std::vector<double> down = c.parameters;
            up[i] += h;
            down[i] -= h;
            const double difference = (lossOf(c, network, up) - lossOf(c, network, down)) / (2.0 * h);
            QVERIFY2(std::abs(gradient[i] - difference) < 2e-8 + 1e-6 * std::abs(difference),
                     qPrintable(QString("parameter %1: %2 against %3").arg(i).arg(gradient[i]).arg(difference)));
        }
    }

    // Breaks where backward overwrites instead of adding: a gradient gathered piece by piece would lose its beginning.
    void backwardAdds() {
        const Case c = makeCase("tanh", "linear", {4});
        const Network<double> network(c.spec);
        Pass<double> pass;
        const std::vector<double> once = gradientOf(c, network, pass);
        std::vector<double> twice = once;
        network.backward(c.parameters.data(), c.features, pass, twice.data());
        for (std::size_t i = 0; i < once.size(); ++i)
            QCOMPARE(twice[i], once[i] + once[i]);
    }

    // Breaks where the layout's blocks overlap, leave holes, or a weight's row is not the unit.
    void layoutNamesEveryParameterOnce() {
        const Layout layout({3, 4, 2});
        QCOMPARE(layout.size(), std::size_t(3 * 4 + 4 + 4 * 2 + 2));
        std::size_t next = 0;
        for (const Block& block : layout.blocks()) {
            QCOMPARE(block.offset, next);
            next += block.size();
        }
        QCOMPARE(next, layout.size());
        QCOMPARE(layout.block(2, BlockKind::Weight).at(1, 3), std::size_t(16 + 7));
        QCOMPARE(layout.block(2, BlockKind::Bias).rows, 2);
    }

    // Breaks where an active chain of ReLUs changes the gradient: its factor is exactly 1.
    void anActiveReluPassesTheGradientUnscathed() {
        NetworkSpec spec{1, {1, 1, 1}, 1, findActivation("relu"), {}, findObjective("linear")};
        const Network<float> network(spec);
        const std::vector<float> parameters{1, 0, 1, 0, 1, 0, 1, 0};
        Batch<float> x(1, 1);
        x << 0.7351F;
        Pass<float> pass;
        network.forward(parameters.data(), x, pass);
        pass.outputGradient = Batch<float>::Constant(1, 1, 0.123456F);
        std::vector<float> gradient(8, 0.0F);
        network.backward(parameters.data(), x, pass, gradient.data());
        for (std::size_t i = 1; i < 8; i += 2)
            QCOMPARE(gradient[i], 0.123456F);
    }
};

QTEST_GUILESS_MAIN(NetworkTest)
#include "network_test.moc"
