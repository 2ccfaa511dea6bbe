#include "core/settings/setting_table.h"
#include "core/training/kick.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

const Layout layout({2, 3, 4, 2});

RandomStream stream(std::uint32_t kick = 0) {
    return {5, StreamId::Kicks, kick};
}

/// Which blocks and rows moved.
std::vector<float> moved(const ThermalKick& kick, const NeuronMask& dead) {
    std::vector<float> parameters(layout.size(), 0.0F);
    (void)applyKick(kick, dead, layout, stream(), parameters);
    return parameters;
}

const NeuronMask nobody{{0, 0, 0}, {0, 0, 0, 0}};
const NeuronMask some{{0, 1, 0}, {1, 0, 0, 1}};

int count(const std::vector<float>& values) {
    return static_cast<int>(values.size() - static_cast<std::size_t>(std::count(values.begin(), values.end(), 0.0F)));
}

} // namespace

class KickTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a kick strikes others than its target, or other parameters than it should.
    void strikesItsTargetOnly() {
        QCOMPARE(count(moved({1.0, {Target::Kind::Dead}, KickedParameters::Both}, nobody)), 0);
        QCOMPARE(count(moved({1.0, {Target::Kind::Dead}, KickedParameters::Both}, some)), 3 + 4 + 4);
        QCOMPARE(count(moved({1.0, {Target::Kind::Dead}, KickedParameters::Bias}, some)), 3);
        QCOMPARE(count(moved({1.0, {Target::Kind::Layer, 2}, KickedParameters::Weights}, nobody)), 12);
        QCOMPARE(count(moved({1.0, {Target::Kind::Neuron, 1, 3}, KickedParameters::Both}, nobody)), 3);
        QCOMPARE(count(moved({1.0, {Target::Kind::All}, KickedParameters::Both}, nobody)),
                 static_cast<int>(layout.size()));
        const auto one = moved({1.0, {Target::Kind::Neuron, 1, 3}, KickedParameters::Bias}, nobody);
        QVERIFY(one[layout.block(1, BlockKind::Bias).at(2, 0)] != 0.0F);
    }

    // Breaks where who else is dead changes the draw of a neuron: twins could not be compared.
    void drawsAreTheNeuronsOwn() {
        const auto dead = moved({1.0, {Target::Kind::Dead}, KickedParameters::Both}, some);
        const auto all = moved({1.0, {Target::Kind::All}, KickedParameters::Both}, nobody);
        for (std::size_t i = 0; i < dead.size(); ++i)
            QVERIFY(dead[i] == 0.0F || dead[i] == all[i]);
    }

    // Breaks where the strength is not the standard deviation: the second moment over many kicks.
    void strengthIsTheDeviation() {
        double square = 0.0;
        int draws = 0;
        for (std::uint32_t kick = 0; kick < 1000; ++kick) {
            std::vector<float> parameters(layout.size(), 0.0F);
            (void)applyKick({0.5, {Target::Kind::All}, KickedParameters::Both}, nobody, layout, stream(kick),
                            parameters);
            for (const float p : parameters) {
                square += static_cast<double>(p) * static_cast<double>(p);
                ++draws;
            }
        }
        QVERIFY(std::abs(square / draws / 0.25 - 1.0) < 5.0 * std::sqrt(2.0 / draws));
    }

    // Breaks where the revived share after a kick to the bias is not 1 - Phi(m / sigma), m the distance to life.
    void theRevivedShareIsTheClosedForm() {
        constexpr double m = 0.6;
        constexpr double sigma = 0.5;
        const Layout one({1, 1, 1});
        int revived = 0;
        constexpr int kicks = 20000;
        for (std::uint32_t kick = 0; kick < kicks; ++kick) {
            std::vector<float> parameters{0.0F, static_cast<float>(-m), 1.0F, 0.0F};
            (void)applyKick({sigma, {Target::Kind::Dead}, KickedParameters::Bias}, {{1}}, one, stream(kick),
                            parameters);
            revived += parameters[1] > 0.0F ? 1 : 0;
        }
        const double expected = 0.5 * std::erfc(m / sigma / std::sqrt(2.0));
        QVERIFY(std::abs(revived / double{kicks} - expected) < 4.0 * std::sqrt(expected * (1.0 - expected) / kicks));
    }

    // Breaks where a target that the network does not have is let through.
    void targetsAreChecked() {
        const auto allowed = [](const Target& target, const std::vector<int>& hidden) {
            Settings settings;
            settings.network.hidden = hidden;
            return validateAction(ThermalKick{0.5, target}, settings, {}).ok() &&
                   validateAction(ResetNeurons{target}, settings, {}).ok();
        };
        QVERIFY(allowed({Target::Kind::Layer, 2}, {3, 4}));
        QVERIFY(allowed({Target::Kind::Neuron, 2, 4}, {3, 4}));
        QVERIFY(!allowed({Target::Kind::Neuron, 2, 5}, {3, 4}));
        QVERIFY(!allowed({Target::Kind::Layer, 0}, {3, 4}));
        QVERIFY(!allowed({Target::Kind::Layer, 1}, {}));
    }
};

QTEST_GUILESS_MAIN(KickTest)
#include "kick_test.moc"
