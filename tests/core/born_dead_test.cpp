#include "core/base/random.h"
#include "core/network/initialization.h"
#include "tests/core/fixtures.h"
#include "tests/core/test_size.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// How many networks of seeds 0, 1, ... are born dead: with a hidden layer that is dead as a whole.
int bornDead(const std::vector<int>& hidden, const char* initialization, int networks) {
    Settings settings;
    settings.data = {"abs", 100, 0.0, 0.0, 0.0, {}, "", ""}; // one input, either sign
    settings.network.hidden = hidden;
    settings.initialization.weights = initialization;
    const auto data = fixtures::dataset(settings);
    int born = 0;
    for (int seed = 0; seed < networks; ++seed) {
        settings.seed = seed;
        Result<Trainer> trainer = Trainer::create(settings, data);
        if (!trainer)
            throw std::runtime_error(trainer.error().english());
        born += trainer.value().observe().deadLayers > 0 ? 1 : 0;
    }
    return born;
}

/// `count` points of three features, each normal.
std::shared_ptr<const Dataset> symmetricPoints(int count, std::uint32_t trial) {
    auto data = std::make_shared<Dataset>();
    data->name = "symmetric points";
    data->task = Task::Regression;
    data->featureNames = {"x1", "x2", "x3"};
    RandomStream stream(61, StreamId::Data, trial);
    data->train.features.resize(count, 3);
    for (float& x : data->train.features.reshaped())
        x = static_cast<float>(stream.normal());
    data->train.targets.values = Batch<float>::Zero(count, 1);
    data->train.sources.resize(static_cast<std::size_t>(count));
    return data;
}

/// Four standard errors of a share p of n, and what `about` leaves open of p.
void isShare(int hits, int n, double p, double about = 0.0) {
    const double share = hits / static_cast<double>(n);
    const double room = 4.0 * std::sqrt(p * (1.0 - p) / n) + about;
    const QString figures = QString("%1 for %2 +- %3").arg(share).arg(p).arg(room);
    qInfo("%s", qPrintable(figures));
    QVERIFY2(std::abs(share - p) < room, qPrintable(figures));
}

} // namespace

class BornDeadTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the published shares of networks that are born dead are missed (Lu, Shin, Su and Karniadakis 2019):
    // He normal, zero bias, one input. With two hidden layers of width N: after the first one, with probability 2^(1-N)
    // all slopes have one sign, one half of the line is silent, and the second layer dies with 2^-N; else with 4^-N:
    //   N = 2: 1/2 1/4 + 1/2 1/16 = 5/32,   N = 3: 1/4 1/8 + 3/4 1/64 = 0.04297
    // With nine hidden layers of width 3 it is 0.58, two digits as published (0.578 by simulation). 4000 seeds each.
    void sharesAsPublished() {
        const int networks = fixtures::size(4000, 1000, 100000);
        isShare(bornDead({2, 2}, "he-normal", networks), networks, 5.0 / 32.0);
        isShare(bornDead({3, 3}, "he-normal", networks), networks, 0.04297);
        isShare(bornDead(std::vector<int>(9, 3), "he-normal", networks), networks, 0.58, 0.005);
    }

    // Breaks where a constant factor or a symmetric distribution of another shape changes the share: only signs count.
    void onlySignsCount() {
        const int networks = fixtures::size(4000, 1000, 100000);
        for (const char* other : {"xavier-uniform", "lecun-normal", "uniform"})
            isShare(bornDead({2, 2}, other, networks), networks, 5.0 / 32.0);
    }

    // Breaks where `asymmetric` does not prevent what it is for: of nine hidden layers of width 2, He normal leaves 12
    // % alive at birth, asymmetric most. 2000 seeds each.
    void asymmetricNetworksAreSeldomBornDead() {
        const int networks = fixtures::size(2000, 500, 20000);
        const int he = bornDead(std::vector<int>(9, 2), "he-normal", networks);
        const double asymmetric = bornDead(std::vector<int>(9, 2), "asymmetric", networks);
        isShare(he, networks, 0.88, 0.005);
        qInfo("asymmetric: %g", asymmetric / networks);
        QVERIFY(asymmetric * 3 < he);
    }

    // Breaks where the share of single zero-bias neurons that are dead on N symmetric random points is not 2^-N: 20,000
    // seeds for each N, points and weights drawn anew.
    void aSingleNeuronIsDeadOnNPointsWithTwoToTheMinusN() {
        const int trials = fixtures::size(20000, 2000, 200000);
        for (const int points : {1, 2, 3, 4, 6}) {
            int dead = 0;
            for (int trial = 0; trial < trials; ++trial) {
                Settings settings;
                settings.seed = trial;
                settings.network.hidden = {1};
                Result<Trainer> trainer =
                    Trainer::create(settings, symmetricPoints(points, static_cast<std::uint32_t>(trial)));
                QVERIFY(trainer.ok());
                dead += trainer.value().lives()[0][0].bornDead ? 1 : 0;
            }
            isShare(dead, trials, std::pow(2.0, -points));
        }
    }
};

QTEST_GUILESS_MAIN(BornDeadTest)
#include "born_dead_test.moc"
