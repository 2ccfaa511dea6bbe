#include "tests/core/fixtures.h"
#include "tests/core/samples.h"
#include "tests/core/test_size.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace flatline;

namespace {

/// A first-layer neuron's parameters, or the optimizer's memory of them: weights, then bias.
std::vector<double> ownOf(const Trainer& trainer, int neuron, const std::vector<float>& values) {
    const Layout& layout = trainer.network().layout();
    std::vector<double> own;
    for (int i = 0; i < layout.block(1, BlockKind::Weight).columns; ++i)
        own.push_back(static_cast<double>(values[layout.block(1, BlockKind::Weight).at(neuron, i)]));
    own.push_back(static_cast<double>(values[layout.block(1, BlockKind::Bias).at(neuron, 0)]));
    return own;
}

/// A neuron of the first layer at the step of its death.
struct Death {
    int neuron = 0;
    std::int64_t step = 0;
    std::vector<double> parameters;
    std::vector<double> first;
    std::vector<double> second;
};

/// Trains for so many steps, and tells of each first-layer death that was not followed by a revival what the neuron's
/// parameters were then and are at the end.
void forEachDeath(Settings settings, int steps,
                  const std::function<void(const Death&, const std::vector<double>& now)>& tell) {
    Trainer trainer = fixtures::trainer(settings);
    const auto width = static_cast<std::size_t>(settings.network.hidden[0]);
    std::vector<Death> deaths(width);
    for (int step = 1; step <= steps; ++step) {
        QVERIFY(trainer.step());
        for (std::size_t j = 0; j < width; ++j) {
            if (trainer.lives()[0][j].diedAt != step)
                continue;
            const int neuron = static_cast<int>(j);
            const OptimizerState state = trainer.keyframe().optimizer;
            deaths[j] = {neuron, step, ownOf(trainer, neuron, trainer.parameters()),
                         state.first.empty() ? std::vector<double>{} : ownOf(trainer, neuron, state.first),
                         state.second.empty() ? std::vector<double>{} : ownOf(trainer, neuron, state.second)};
        }
    }
    for (const Death& death : deaths)
        if (death.step > 0 && trainer.lives()[0][static_cast<std::size_t>(death.neuron)].revivedAt < death.step)
            tell(death, ownOf(trainer, death.neuron, trainer.parameters()));
}

double normalDistribution(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// A layer of equal neurons, dead on x = -1 and x = 2: w = 0.5, b = -1 - distance.
constexpr int equals = 40;
std::vector<float> equalNeurons(double distance) {
    std::vector<float> parameters(equals, 0.5F);
    parameters.insert(parameters.end(), equals, static_cast<float>(-1.0 - distance));
    parameters.insert(parameters.end(), equals + 1, 1.0F); // outgoing weights and the output's bias
    return parameters;
}

/// The share that a kick revives, over `kicks` draws.
double revivedShare(double distance, double strength, KickedParameters parameters, int kicks) {
    Settings settings;
    settings.network.hidden = {equals};
    settings.training.learningRate = 0.0;
    const auto data = fixtures::points({-1.0F, 2.0F});
    int revived = 0;
    for (std::int64_t seed = 0; seed < kicks / equals; ++seed) {
        settings.seed = seed;
        Result<Trainer> made = Trainer::create(settings, data, equalNeurons(distance));
        Trainer& trainer = made.value();
        if (!trainer.act(ThermalKick{strength, {Target::Kind::Dead}, parameters}).ok() ||
            trainer.marks().back().deadBefore != equals)
            throw std::runtime_error("the kick did not strike");
        revived += equals - trainer.marks().back().deadAfter;
    }
    return revived / static_cast<double>(kicks);
}

} // namespace

/// What the closed forms say of dead neurons, checked in the trainer itself.
class AfterDeathTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a dead first-layer neuron moves under plain SGD: not one bit of its parameters may change, and it
    // never comes back. All deaths of seeds 1 to 12, on circles at a harsh rate, in 600 steps.
    void plainDeathIsFinal() {
        int deaths = 0;
        for (std::int64_t seed = 1; seed <= 12; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.training.learningRate = 2.0;
            forEachDeath(settings, 600, [&](const Death& death, const std::vector<double>& now) {
                ++deaths;
                QCOMPARE(now, death.parameters);
            });
            Trainer trainer = fixtures::trainer(settings);
            for (int i = 0; i < 600; ++i)
                QVERIFY(trainer.step());
            for (const NeuronLife& life : trainer.lives()[0])
                QCOMPARE(life.revivedAt, -1);
        }
        QVERIFY2(deaths >= 20, qPrintable(QString::number(deaths)));
    }

    // Breaks where momentum does not carry a dead neuron on by lr v (beta + beta^2 + ...) = lr v beta / (1 - beta), v
    // its velocity at death. All deaths of seeds 1 to 12 that lie 400 steps back and were final.
    void momentumCoastsOn() {
        constexpr double beta = 0.9;
        constexpr double rate = 0.2;
        int deaths = 0;
        for (std::int64_t seed = 1; seed <= 12; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.training.learningRate = rate;
            settings.training.momentum = beta;
            forEachDeath(settings, 800, [&](const Death& death, const std::vector<double>& now) {
                if (death.step > 400)
                    return;
                ++deaths;
                for (std::size_t i = 0; i < now.size(); ++i) {
                    const double coast = -rate * death.first[i] * beta / (1.0 - beta);
                    QVERIFY(std::abs(now[i] - death.parameters[i] - coast) <
                            2e-6 * (std::abs(now[i]) + std::abs(coast) + 1e-3));
                }
            });
        }
        QVERIFY2(deaths >= 20, qPrintable(QString::number(deaths)));
    }

    // Breaks where Adam does not carry a dead neuron on as its means say: with m, v at death after t steps, the k-th
    // step later is lr 0.9^k m / (1 - 0.9^(t+k)) / (sqrt(0.999^k v / (1 - 0.999^(t+k))) + eps). As above.
    void adamCoastsOn() {
        constexpr double rate = 0.2;
        int deaths = 0;
        double furthest = 0.0;
        for (std::int64_t seed = 1; seed <= 12; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.training.optimizer = "adam";
            settings.training.learningRate = rate;
            forEachDeath(settings, 800, [&](const Death& death, const std::vector<double>& now) {
                if (death.step > 400)
                    return;
                ++deaths;
                for (std::size_t i = 0; i < now.size(); ++i) {
                    double coast = 0.0;
                    for (int k = 1; k <= 400; ++k) {
                        const auto t = static_cast<double>(death.step + k);
                        const double m = std::pow(0.9, k) * death.first[i] / (1.0 - std::pow(0.9, t));
                        const double v = std::pow(0.999, k) * death.second[i] / (1.0 - std::pow(0.999, t));
                        coast -= rate * m / (std::sqrt(v) + 1e-8);
                    }
                    furthest = std::max(furthest, std::abs(coast) / rate);
                    QVERIFY(std::abs(now[i] - death.parameters[i] - coast) <
                            1e-5 * (std::abs(now[i]) + std::abs(coast)));
                }
            });
        }
        QVERIFY2(deaths >= 20, qPrintable(QString::number(deaths)));
        QVERIFY2(furthest > 1.0, qPrintable(QString::number(furthest)));
    }

    // Breaks where decay on the bias alone does not revive at the predicted step: with m = max w x > 0 and b < 0,
    //   floor(ln(m / |b|) / ln(1 - lr lambda)) + 1
    // for many b, lr and lambda (not where the quotient is so near a whole number that rounding decides).
    void biasDecayRevivesAtThePredictedStep() {
        int checked = 0;
        for (const float b : {-0.75F, -1.1F, -2.0F, -3.7F, -25.0F})
            for (const double rate : {0.03, 0.4, 1.7})
                for (const double lambda : {0.01, 0.07, 0.3, 1.3}) {
                    const double shrink = 1.0 - rate * lambda;
                    if (shrink <= 0.0)
                        continue;
                    const double m = static_cast<double>(0.7F);
                    const double quotient = std::log(m / std::abs(static_cast<double>(b))) / std::log(shrink);
                    if (quotient > 4000.0 || std::abs(quotient - std::round(quotient)) < 0.02)
                        continue;
                    Settings settings;
                    settings.training = {"sgd", rate, 0.0, 1, false, 0.0, lambda};
                    Trainer trainer = fixtures::oneNeuron(settings, {-3.0F, 1.0F, 0.4F}, {0.7F, b, 0.0F, 0.0F});
                    QVERIFY(trainer.lives()[0][0].bornDead);
                    const auto predicted = static_cast<std::int64_t>(std::floor(quotient)) + 1;
                    for (std::int64_t step = 0; step < predicted + 2; ++step)
                        QVERIFY(trainer.step());
                    QVERIFY2(trainer.lives()[0][0].revivedAt == predicted,
                             qPrintable(QString("b %1, rate %2, lambda %3: %4, not %5")
                                            .arg(static_cast<double>(b))
                                            .arg(rate)
                                            .arg(lambda)
                                            .arg(trainer.lives()[0][0].revivedAt)
                                            .arg(predicted)));
                    ++checked;
                }
        QVERIFY2(checked >= 40, qPrintable(QString::number(checked)));
    }

    // Breaks where equal decay on weights and bias revives anybody: it only rescales z. Until both have faded to where
    // numbers lose their digits, and rounding is all that is left of z.
    void equalDecayNeverRevives() {
        for (const float b : {-0.75F, -1.1F, -25.0F})
            for (const double rate : {0.05, 0.4, 1.7}) {
                Settings settings;
                settings.training = {"sgd", rate, 0.0, 1, false, 0.3, 0.3};
                Trainer trainer = fixtures::oneNeuron(settings, {-3.0F, 1.0F, 0.4F}, {0.7F, b, 0.0F, 0.0F});
                int steps = 0;
                for (; steps < 9000 && std::abs(trainer.parameters()[1]) > 1e-36F; ++steps)
                    QVERIFY(trainer.step());
                QVERIFY(steps < 9000 && steps > 30);
                QCOMPARE(trainer.lives()[0][0].revivedAt, -1);
            }
    }

    // Breaks where decay does not drag a helpful positive bias down at its rate: margin = m + b (1 - lr lambda)^n, as
    // long as no gradient reaches the neuron (its outgoing weight is 0).
    void decayDragsAPositiveBiasDown() {
        Settings settings;
        settings.training = {"sgd", 0.5, 0.0, 1, false, 0.0, 0.02};
        Trainer trainer = fixtures::oneNeuron(settings, {-1.0F, 0.2F}, {0.5F, 0.9F, 0.0F, 0.0F});
        for (int n = 0; n <= 200; n += 20) {
            const auto margin = static_cast<double>(trainer.examine(6.0F).diagnosis.layers[0].neurons[0].margin);
            QVERIFY(std::abs(margin - (0.1 + 0.9 * std::pow(0.99, n))) < 1e-5);
            for (int i = 0; i < 20; ++i)
                QVERIFY(trainer.step());
        }
    }

    // Breaks where the share that a kick revives is not the closed form: to the bias alone 1 - Phi(m / sigma), m the
    // distance to life; to the weight alone, with x = -1 and 2, 1 - Phi((-b/2 - w) / sigma) + Phi((b - w) / sigma).
    // 40,000 draws each (seeds 0 to 999), four standard errors.
    void kicksReviveTheirShare() {
        const int kicks = fixtures::size(40000, 8000, 400000);
        const auto check = [&](double share, double expected) {
            const double room = 4.0 * std::sqrt(expected * (1.0 - expected) / kicks);
            QVERIFY2(std::abs(share - expected) < room,
                     qPrintable(QString("%1, not %2 +- %3").arg(share).arg(expected).arg(room)));
        };
        for (const auto& [m, sigma] : {std::pair{0.25, 0.5}, {1.0, 0.5}, {0.5, 2.0}, {3.0, 1.5}}) {
            check(revivedShare(m, sigma, KickedParameters::Bias, kicks), 1.0 - normalDistribution(m / sigma));
            const double b = -1.0 - m;
            check(revivedShare(m, sigma, KickedParameters::Weights, kicks),
                  1.0 - normalDistribution((-b / 2.0 - 0.5) / sigma) + normalDistribution((b - 0.5) / sigma));
        }
    }
};

QTEST_GUILESS_MAIN(AfterDeathTest)
#include "after_death_test.moc"
