#include "core/base/random.h"
#include "core/kernels/kernels.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace flatline;

namespace {

constexpr float poison = std::numeric_limits<float>::quiet_NaN();

/// Rows of random samples, with what nobody may count beyond them.
std::vector<float> drawRows(int rows, int samples, std::ptrdiff_t stride, std::uint32_t number) {
    RandomStream stream(3, StreamId::Data, number);
    std::vector<float> values(static_cast<std::size_t>(rows * stride), poison);
    for (int j = 0; j < rows; ++j)
        for (int s = 0; s < samples; ++s)
            values[static_cast<std::size_t>(j * stride + s)] = static_cast<float>(stream.normal());
    return values;
}

bool near(float value, double expected, int samples) {
    return std::abs(static_cast<double>(value) - expected) <= 1e-6 * (4.0 + samples);
}

} // namespace

class DotsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a sum is wrong, misses a sample, counts padding, or replaces what was there, at any width and count.
    void sumsOverSamples() {
        std::uint32_t number = 0;
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int rows : {1, 2, 3, 4, 5, 8, 11})
                for (const int columns : {1, 2, 3, 4, 5, 7, 16})
                    for (const int samples : {1, 4, 7, 8, 9, 16, 23, 24, 31, 48, 100}) {
                        const std::ptrdiff_t stride = kernels::rowStride(samples);
                        const std::vector<float> g = drawRows(rows, samples, stride, number++);
                        const std::vector<float> h = drawRows(columns, samples, stride, number++);
                        const std::ptrdiff_t apart = columns + 2;
                        std::vector<float> d(static_cast<std::size_t>(rows * apart), 0.5F);
                        std::vector<float> sums(static_cast<std::size_t>(rows), -0.25F);
                        kernels->dots.add(
                            {g.data(), stride, h.data(), stride, d.data(), apart, sums.data(), rows, columns, samples});
                        for (int j = 0; j < rows; ++j) {
                            double sum = -0.25;
                            for (int s = 0; s < samples; ++s)
                                sum += static_cast<double>(g[static_cast<std::size_t>(j * stride + s)]);
                            QVERIFY(near(sums[static_cast<std::size_t>(j)], sum, samples));
                            for (int i = 0; i < apart; ++i) {
                                double expected = 0.5;
                                for (int s = 0; s < samples && i < columns; ++s)
                                    expected += static_cast<double>(g[static_cast<std::size_t>(j * stride + s)]) *
                                                static_cast<double>(h[static_cast<std::size_t>(i * stride + s)]);
                                QVERIFY(near(d[static_cast<std::size_t>(j * apart + i)], expected, samples));
                            }
                        }
                    }
    }

    // A run must not depend on whether the machine has AVX-512.
    void wideRegistersGiveTheSameBits() {
        const kernels::Kernels* wide = kernels::find("avx512");
        if (wide == nullptr)
            QSKIP("this machine has no AVX-512: its sums are not tested here");
        for (const int rows : {1, 2, 3, 4, 7})
            for (const int columns : {1, 2, 3, 4, 5, 9})
                for (const int samples : {7, 8, 15, 16, 24, 31, 32, 41, 128}) {
                    const std::ptrdiff_t stride = kernels::rowStride(samples);
                    const std::vector<float> g = drawRows(rows, samples, stride, 700);
                    const std::vector<float> h = drawRows(columns, samples, stride, 701);
                    const auto sumsOf = [&](const kernels::Kernels& kernels) {
                        std::vector<float> sums(static_cast<std::size_t>(rows * (columns + 1)), 0.5F);
                        float* alone = sums.data() + rows * columns;
                        kernels.dots.add(
                            {g.data(), stride, h.data(), stride, sums.data(), columns, alone, rows, columns, samples});
                        return sums;
                    };
                    QCOMPARE(sumsOf(*wide), sumsOf(*kernels::find("avx2")));
                }
    }

    // Breaks where the gradient of a learnt slope is not the sum of g min(z, 0), or hides a NaN.
    void learntSlopes() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int samples : {1, 8, 13, 48}) {
                const std::ptrdiff_t stride = kernels::rowStride(samples);
                const std::vector<float> z = drawRows(1, samples, stride, 900);
                const std::vector<float> slope = drawRows(1, samples, stride, 901);
                std::vector<float> g = drawRows(1, samples, stride, 902);
                double expected = 0.0;
                std::vector<float> product;
                for (std::size_t s = 0; s < static_cast<std::size_t>(samples); ++s) {
                    expected += static_cast<double>(g[s]) * static_cast<double>(std::min(z[s], 0.0F));
                    product.push_back(g[s] * slope[s]);
                }
                QVERIFY(
                    near(kernels->dots.learntSlope({g.data(), z.data(), slope.data(), samples}), expected, samples));
                QVERIFY(std::equal(product.begin(), product.end(), g.begin()));
                std::vector<float> broken = z;
                broken[0] = poison;
                QVERIFY(std::isnan(kernels->dots.learntSlope({g.data(), broken.data(), slope.data(), samples})));
            }
    }
};

QTEST_GUILESS_MAIN(DotsTest)
#include "dots_test.moc"
