#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace flatline;

class RandomTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the quantile is not the inverse of the normal distribution function. Figures: AS 241's own check
    // values and the usual tables.
    void quantileInvertsTheNormalDistribution() {
        for (double p : {1e-12, 1e-6, 0.001, 0.05, 0.3, 0.5, 0.6, 0.925, 0.99, 0.999999}) {
            const double back = 0.5 * std::erfc(-normalQuantile(p) / std::sqrt(2.0));
            QVERIFY2(std::abs(back - p) < 1e-13 + 1e-12 * p, qPrintable(QString::number(p)));
        }
        QVERIFY(std::abs(normalQuantile(0.25) + 0.6744897501960817) < 1e-14);
        QVERIFY(std::abs(normalQuantile(1e-20) + 9.262340089798408) < 1e-12);
    }

    // Breaks where draws are not standard normal: mean, variance, fourth moment within five standard errors.
    void normalMoments() {
        RandomStream stream(1, StreamId::Initialization);
        constexpr int n = 200000;
        double mean = 0.0;
        double square = 0.0;
        double fourth = 0.0;
        for (int i = 0; i < n; ++i) {
            const double x = stream.normal();
            mean += x / n;
            square += x * x / n;
            fourth += x * x * x * x / n;
        }
        QVERIFY(std::abs(mean) < 5.0 / std::sqrt(n));
        QVERIFY(std::abs(square - 1.0) < 5.0 * std::sqrt(2.0 / n));
        QVERIFY(std::abs(fourth - 3.0) < 5.0 * std::sqrt(96.0 / n));
    }

    // Breaks where below() is biased: each of 7 faces within five standard errors.
    void belowIsFair() {
        RandomStream stream(2, StreamId::Kicks);
        std::array<int, 7> counts{};
        constexpr int n = 70000;
        for (int i = 0; i < n; ++i)
            ++counts[stream.below(7)];
        for (const int count : counts)
            QVERIFY(std::abs(count - 10000) < 5.0 * std::sqrt(n * (1.0 / 7) * (6.0 / 7)));
    }

    // Breaks where one stream is another: seeds (both halves), ids and substreams must all matter.
    void streamsDiffer() {
        const auto first = [](std::uint64_t seed, StreamId id, std::uint32_t sub) {
            RandomStream stream(seed, id, sub);
            return std::pair(stream.bits(), stream.bits());
        };
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        for (const std::uint64_t seed : {0ULL, 1ULL, 1ULL << 32U, 1ULL << 40U})
            for (const StreamId id : {StreamId::Data, StreamId::Split, StreamId::Initialization, StreamId::Batches,
                                      StreamId::Kicks, StreamId::Directions})
                for (const std::uint32_t sub : {0U, 1U, 77U})
                    seen.insert(first(seed, id, sub));
        QCOMPARE(seen.size(), std::size_t(4 * 6 * 3));
        QCOMPARE(first(5, StreamId::Data, 3), first(5, StreamId::Data, 3));
    }

    // Breaks where the generator, its key or its counter is laid out anew: every saved experiment would become another.
    void wordsStayTheSame() { QCOMPARE(RandomStream(0, StreamId::Data).bits(), 768504805U); }

    // Breaks where many draws at once are others than as many single ones, wherever in the stream they begin: every
    // saved experiment would become another.
    void manyAtOnceAreTheSame() {
        for (const std::size_t before : {0U, 1U, 2U, 31U, 32U, 33U, 100U})
            for (const std::size_t count : {0U, 1U, 7U, 31U, 32U, 64U, 255U, 256U, 257U, 1000U}) {
                RandomStream single(9, StreamId::Data, 3);
                RandomStream many = single;
                const auto both = [&](auto draw) { QCOMPARE(draw(single), draw(many)); };
                for (std::size_t i = 0; i < before; ++i)
                    both([](RandomStream& stream) { return stream.bits(); });
                std::vector<std::uint32_t> words(count);
                many.fillBits(words);
                for (const std::uint32_t word : words)
                    QCOMPARE(word, single.bits());
                std::vector<double> values(count);
                many.fillUniform(values);
                for (const double value : values)
                    QCOMPARE(value, single.uniform());
                many.fillNormal(values);
                for (const double value : values)
                    QVERIFY(value == single.normal());
                both([](RandomStream& stream) { return stream.below(3000000000U); });
            }
    }

    // Breaks where an order is another than that of a plain Fisher-Yates with plain draws, or a bound's draws are
    // others: those of 100,000 bounds, and a count for which some are drawn again.
    void ordersStayTheSame() {
        const auto plainBelow = [](RandomStream& stream, std::uint32_t bound) {
            for (;;) {
                const std::uint64_t product = std::uint64_t{stream.bits()} * bound;
                if (static_cast<std::uint32_t>(product) >= (0U - bound) % bound)
                    return static_cast<std::uint32_t>(product >> 32U);
            }
        };
        for (const int count : {2, 3, 17, 250, 500, 1797, 100000}) {
            const auto substream = static_cast<std::uint32_t>(count);
            RandomStream stream(5, StreamId::Batches, substream);
            std::vector<int> expected(static_cast<std::size_t>(count));
            std::iota(expected.begin(), expected.end(), 0);
            for (std::size_t last = expected.size(); last > 1; --last)
                std::swap(expected[last - 1], expected[plainBelow(stream, static_cast<std::uint32_t>(last))]);
            QVERIFY(randomOrder(count, RandomStream(5, StreamId::Batches, substream)) == expected);
        }
        RandomStream one(6, StreamId::Kicks);
        RandomStream other = one;
        for (std::uint32_t i = 0; i < 100000; ++i)
            QCOMPARE(one.below(0xc0000001U - 7 * i), plainBelow(other, 0xc0000001U - 7 * i));
        QCOMPARE(randomOrder(8, RandomStream(1, StreamId::Batches)), (std::vector<int>{5, 3, 1, 0, 4, 7, 6, 2}));
    }

    void orderIsAPermutation() {
        std::vector<int> order = randomOrder(1000, RandomStream(3, StreamId::Batches, 4));
        QVERIFY(!std::is_sorted(order.begin(), order.end()));
        std::sort(order.begin(), order.end());
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(order[static_cast<std::size_t>(i)], i);
        QVERIFY(randomOrder(0, RandomStream(3, StreamId::Batches)).empty());
        QCOMPARE(randomOrder(1, RandomStream(3, StreamId::Batches)), std::vector<int>{0});
    }
};

QTEST_GUILESS_MAIN(RandomTest)
#include "random_test.moc"
