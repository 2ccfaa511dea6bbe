#include "core/base/random.h"
#include "core/kernels/kernels.h"

#include <QTest>

#include <numeric>
#include <vector>

using namespace flatline;

namespace {

using Words = std::vector<std::uint32_t>;

Words philox(const kernels::Kernels& own, const kernels::PhiloxPlace& place, int blocks) {
    Words words(static_cast<std::size_t>(blocks * kernels::wordsPerBlock));
    own.draws.philox(place, blocks, words.data());
    return words;
}

} // namespace

/// The generator's kernels, on every instruction set.
class DrawsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a round, a key or the order of the words is not Philox4x32-10: the published known answers
    // (Random123, kat_vectors).
    void knownAnswers() {
        constexpr std::uint32_t all = 0xffffffffU;
        const std::vector<std::pair<kernels::PhiloxPlace, Words>> known{
            {{{0, 0}, {0, 0, 0, 0}}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
            {{{all, all}, {all, all, all, all}}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
            {{{0xa4093822, 0x299f31d0}, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
             {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
        };
        for (const kernels::Kernels* own : kernels::available())
            for (const auto& [place, answer] : known) {
                Words words = philox(*own, place, kernels::drawnBlocks);
                words.resize(kernels::wordsPerBlock);
                QVERIFY2(words == answer, own->id);
            }
    }

    // Breaks where a block's words depend on its place among those made together, or the counter does not carry over
    // from its first word to the second.
    void blocksStandOnTheirOwn() {
        for (const kernels::Kernels* own : kernels::available())
            for (const std::uint32_t first : {0U, 5U, 0xfffffff0U, 0xffffffffU}) {
                const kernels::PhiloxPlace start{{7, 9}, {first, 3, 77, 4}};
                const Words together = philox(*own, start, 4 * kernels::drawnBlocks);
                for (std::uint32_t block = 0; block < 4 * kernels::drawnBlocks; ++block) {
                    kernels::PhiloxPlace place = start;
                    place.counter[0] = first + block;
                    place.counter[1] += place.counter[0] < first ? 1 : 0;
                    const Words alone = philox(*own, place, kernels::drawnBlocks);
                    for (std::size_t i = 0; i < kernels::wordsPerBlock; ++i)
                        QVERIFY2(alone[i] == together[block * kernels::wordsPerBlock + i], own->id);
                }
            }
    }

    // Breaks where an instruction set rounds in a way of its own: uniforms and quantiles are the same bits as those of
    // plain C++, the largest uniform stays below 1, the smallest above 0.
    void sameBitsEverywhere() {
        constexpr int count = 4096;
        Words words = philox(kernels::chosen(), {{1, 2}, {3, 4, 5, 6}}, 2 * count / kernels::wordsPerBlock);
        std::fill_n(words.begin(), 8, 0xffffffffU);
        std::fill_n(words.begin() + 8, 8, 0U);
        std::vector<double> expected(count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t whole = static_cast<std::uint64_t>(words[2 * i] >> 5U) << 26U | words[2 * i + 1] >> 6U;
            const double value = (static_cast<double>(whole) + 0.5) / 9007199254740992.0;
            expected[i] = value < 1.0 ? value : 1.0 - 1.0 / 9007199254740992.0;
        }
        for (const kernels::Kernels* own : kernels::available()) {
            std::vector<double> p(count);
            own->draws.uniforms(words.data(), count, p.data());
            QVERIFY2(p == expected, own->id);
            QVERIFY2(p[0] < 1.0 && p[4] > 0.0, own->id);
            std::vector<double> normals(count);
            own->draws.centralQuantiles(p.data(), count, normals.data());
            for (std::size_t i = 0; i < count; ++i)
                if (std::abs(p[i] - 0.5) <= kernels::CentralQuantile::reach)
                    QVERIFY2(normals[i] == normalQuantile(p[i]), own->id);
        }
    }

    // Breaks where numbers change places that Fisher-Yates leaves alone, a word is passed over that should not be, or
    // one is not that should: the order is that of the definition, one word after the other.
    void shufflesAsDefined() {
        for (const int size : {1, 2, 3, 9, 17, 128, 129, 130, 500, 1797}) {
            Words words = philox(kernels::chosen(), {{5, 6}, {0, 0, 0, static_cast<std::uint32_t>(size)}}, 512);
            for (const std::size_t at : {0U, 3U, 100U, 131U, 400U})
                words[at] = at % 2 == 0 ? 0U : 1U; // low halves that are to be passed over, or nearly
            for (const int count : {0, 1, 7, 8, 127, 129, 300, 2048}) {
                std::vector<int> expected(static_cast<std::size_t>(size));
                std::iota(expected.begin(), expected.end(), 0);
                const std::vector<int> sorted = expected;
                int left = size;
                for (int i = 0; i < count && left > 1; ++i) {
                    const std::uint64_t bound = static_cast<std::uint64_t>(left);
                    const std::uint64_t product = words[static_cast<std::size_t>(i)] * bound;
                    if ((product & 0xffffffffU) < (1ULL << 32U) % bound)
                        continue;
                    --left;
                    std::swap(expected[static_cast<std::size_t>(left)], expected[product >> 32U]);
                }
                for (const kernels::Kernels* own : kernels::available()) {
                    std::vector<int> order = sorted;
                    QCOMPARE(own->draws.shuffle(words.data(), count, size, order.data()), left);
                    QVERIFY2(order == expected, own->id);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(DrawsTest)
#include "draws_test.moc"
