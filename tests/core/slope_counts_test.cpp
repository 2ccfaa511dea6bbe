#include "core/diagnosis/death_watch.h"
#include "fixtures.h"

#include <QTest>

using namespace flatline;

class SlopeCountsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a look of the death watch is counted for another moment, for a layer that it did not reach, or
    // twice, or from f(z) where that does not tell (a slope at 0): then a neuron is taken for healthy that was ill.
    void areThoseOfAllSamples() {
        int known = 0;
        int unknown = 0;
        for (const auto& [activation, slopeAtZero] : {std::pair{"relu", 0.0}, {"relu", 0.5}, {"sigmoid", 0.0}}) {
            Settings settings = fixtures::harshSettings(3);
            settings.network.hidden = {6, 5, 6};
            settings.network.activation = activation;
            settings.network.slopeAtZero = slopeAtZero;
            settings.training.optimizer = "adam";
            settings.training.learningRate = 0.05;
            Trainer trainer = fixtures::trainer(settings);
            const Network<float>& network = trainer.network();
            Evaluator evaluator(network.spec(), trainer.dataset()->train);
            Census census;
            DeathWatch watch;
            SlopeCounts counts;
            std::vector<NeuronPlace> places;
            for (std::size_t k = 0; k < 3; ++k)
                for (std::size_t j = 0; j < 5; ++j)
                    places.push_back({k, j});
            (void)watch.look(network, trainer.parameters().data(), evaluator);
            counts.follow(places);
            for (std::size_t moment = 0; moment < 400 && trainer.step(); ++moment) {
                if (moment == 200)
                    counts.follow(places); // what was counted is forgotten
                counts.moveTo(moment);
                if (watch.suspicious(network, trainer.parameters().data(), evaluator, &counts))
                    (void)watch.look(network, trainer.parameters().data(), evaluator);
                const Tallies& tallies = census.take(network, trainer.parameters().data(), evaluator);
                for (std::size_t i = 0; i < places.size(); ++i) {
                    const auto count = counts.at(moment, i);
                    ++(count ? known : unknown);
                    if (count)
                        QCOMPARE(*count, evaluator.samples() - tallies[places[i].layer][places[i].neuron].zeroSlope);
                }
                QVERIFY(!counts.at(moment + 1, 0));
            }
            QVERIFY(!counts.at(100, 0));
        }
        QVERIFY(known > 100 && unknown > 100);
    }
};

QTEST_GUILESS_MAIN(SlopeCountsTest)
#include "slope_counts_test.moc"
