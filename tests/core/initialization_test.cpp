#include "core/network/initialization.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class InitializationTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a variance is not the table's (times gain squared): within five standard errors of a large layer.
    void variancesAreTheTables() {
        const Layout layout({100, 200, 50});
        for (const InitializationRow& row : initializationTable()) {
            const auto parameters = initialParameters(layout, {row.id, 0.5, 0.25, ""}, 3);
            const Block& weights = layout.block(1, BlockKind::Weight);
            double mean = 0.0;
            double square = 0.0;
            double largest = 0.0;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                const auto w = static_cast<double>(parameters[weights.offset + i]);
                mean += w / static_cast<double>(weights.size());
                square += w * w / static_cast<double>(weights.size());
                largest = std::max(largest, std::abs(w));
            }
            const double variance = 0.25 * row.variance(100, 200);
            const double error = std::sqrt(2.0 / static_cast<double>(weights.size()));
            QVERIFY2(std::abs(square - variance) <= 5.0 * error * variance, row.id);
            QVERIFY2(std::abs(mean) <= 5.0 * std::sqrt(variance / static_cast<double>(weights.size())), row.id);
            if (!row.normal)
                QVERIFY2(largest <= std::sqrt(3.0 * variance) * 1.0001, row.id);
            QCOMPARE(parameters[layout.block(2, BlockKind::Bias).at(3, 0)], 0.25F);
        }
    }

    // Breaks where the width of one layer changes another's draws.
    void layersDrawForThemselves() {
        const Layout narrow({2, 8, 4, 2});
        const Layout wide({2, 8, 40, 2});
        const auto a = initialParameters(narrow, {}, 1);
        const auto b = initialParameters(wide, {}, 1);
        const Block& first = narrow.block(1, BlockKind::Weight);
        for (std::size_t i = 0; i < first.size(); ++i)
            QCOMPARE(a[first.offset + i], b[first.offset + i]);
    }

    // Breaks where the published share of networks that are born dead is missed: He normal, zero bias, one input, two
    // hidden layers of width 2: 5/32 (Lu et al. 2019). Dead as a layer on the points of a line through the origin.
    void bornDeadAsPublished() {
        Settings settings;
        settings.data = {"abs", 100, 0.0, 0.0, 0.0, {}, "", ""};
        settings.network.hidden = {2, 2};
        const auto data = fixtures::dataset(settings);
        constexpr int networks = 4000;
        int born = 0;
        for (int seed = 0; seed < networks; ++seed) {
            settings.seed = seed;
            Result<Trainer> trainer = Trainer::create(settings, data);
            QVERIFY(trainer.ok());
            born += trainer.value().observe().deadLayers > 0 ? 1 : 0;
        }
        const double expected = 5.0 / 32.0;
        QVERIFY2(std::abs(born / double{networks} - expected) < 4.0 * std::sqrt(expected * (1.0 - expected) / networks),
                 qPrintable(QString::number(born / double{networks})));
    }
};

QTEST_GUILESS_MAIN(InitializationTest)
#include "initialization_test.moc"
