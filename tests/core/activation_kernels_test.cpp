#include "core/kernels/kernels.h"
#include "core/network/activation.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

using namespace flatline;
using kernels::ActivationKernel;
using kernels::Kernels;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

struct Both {
    std::vector<float> value;
    std::vector<float> slope;
};

Both apply(const ActivationKernel& kernel, const std::vector<float>& z, ActivationParameters p) {
    Both result{std::vector<float>(z.size()), std::vector<float>(z.size())};
    kernel.valueAndSlope(z.data(), result.value.data(), result.slope.data(), z.size(),
                         {static_cast<float>(p.alpha), static_cast<float>(p.slopeAtZero)});
    return result;
}

Both reference(const ActivationRow& row, const std::vector<float>& z, ActivationParameters p) {
    Both result{std::vector<float>(z.size()), std::vector<float>(z.size())};
    row.single.value(z.data(), result.value.data(), z.size(), p);
    row.single.derivative(z.data(), result.slope.data(), z.size(), p);
    return result;
}

ActivationParameters defaultsOf(const ActivationRow& row) {
    ActivationParameters p = activationParameters(row, std::nullopt, 0.5);
    p.alpha = static_cast<double>(static_cast<float>(p.alpha)); // what the kernels are given
    return p;
}

/// Floats of every size from the smallest to 130, both signs, and all around where slopes vanish.
std::vector<float> manyInputs() {
    std::vector<float> z;
    const auto add = [&](float x) {
        z.push_back(x);
        z.push_back(-x);
    };
    for (std::uint32_t bits = 0; bits < std::bit_cast<std::uint32_t>(130.0F); bits += 9973)
        add(std::bit_cast<float>(bits));
    for (const float edge : {51.986F, 103.972F})
        for (float x = edge - 0.02F; x < edge + 0.02F; x = std::nextafter(x, infinity))
            add(x);
    for (float x = 14.0F; x < 14.6F; x += 1e-5F)
        add(x);
    return z;
}

double unitInLastPlace(double x) {
    return std::ldexp(1.0, std::max(std::ilogb(x == 0.0 ? 1e-50 : x), -126) - 23);
}

/// In units in the last place, measured over many inputs and rounded up. Slopes that cross 0 have an absolute error
/// there.
struct Bound {
    double value;
    double slope;
    double slopeNearCrossing = 0.0;
};
const std::map<std::string_view, Bound> bounds{
    {"identity", {0.0, 0.0}},   {"relu", {0.0, 0.0}},       {"leaky-relu", {0.5, 0.0}}, {"prelu", {0.5, 0.0}},
    {"elu", {1.1, 1.1}},        {"tanh", {2.6, 4.5}},       {"sigmoid", {2.6, 4.5}},    {"softplus", {2.6, 2.6}},
    {"silu", {3.2, 8.0, 6e-8}}, {"gelu", {0.6, 0.9, 3e-8}},
};

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

void addRows() {
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("index");
    for (std::size_t k = 0; k < kernels::available().size(); ++k)
        for (std::size_t i = 0; i < activationTable().size(); ++i)
            QTest::addRow("%s, %s", kernels::available()[k]->id, activationTable()[i].id)
                << static_cast<int>(k) << static_cast<int>(i);
}

const ActivationRow& rowOf(int index) {
    return activationTable()[static_cast<std::size_t>(index)];
}
const ActivationKernel* kernelOf(int set, int index) {
    return kernels::find(kernels::available()[static_cast<std::size_t>(set)]->activations, rowOf(index).id);
}

} // namespace

class ActivationKernelsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where an activation has no kernel and would be trained slowly without anybody noticing.
    void everyActivationHasOne() {
        for (const Kernels* set : kernels::available()) {
            for (const ActivationRow& row : activationTable()) {
                const ActivationKernel* kernel = kernels::find(set->activations, row.id);
                QVERIFY2(kernel != nullptr, row.id);
                QCOMPARE(kernel->id, row.id);
                QCOMPARE(kernel->isRelu, std::string_view(row.id) == "relu");
            }
            QVERIFY(kernels::find(set->activations, "no such thing") == nullptr);
        }
    }

    // Breaks where a polynomial, its range or a formula is wrong: against the double functions, from the smallest
    // numbers to far beyond where everything saturates.
    void errorsAreSmall_data() { addRows(); }
    void errorsAreSmall() {
        QFETCH(int, set);
        QFETCH(int, index);
        const ActivationRow& row = rowOf(index);
        const Bound bound = bounds.at(row.id);
        const std::vector<float> z = manyInputs();
        const std::vector<double> wide(z.begin(), z.end());
        std::vector<double> value(z.size());
        std::vector<double> slope(z.size());
        row.twice.value(wide.data(), value.data(), z.size(), defaultsOf(row));
        row.twice.derivative(wide.data(), slope.data(), z.size(), defaultsOf(row));
        const Both ours = apply(*kernelOf(set, index), z, defaultsOf(row));
        for (std::size_t i = 0; i < z.size(); ++i) {
            // e^-|z| is a denormal number before it is multiplied by up to 4 or z
            const double denormal = (4.0 + std::abs(wide[i])) * 1.5e-45;
            const double valueError = std::abs(static_cast<double>(ours.value[i]) - value[i]);
            const double slopeError = std::abs(static_cast<double>(ours.slope[i]) - slope[i]);
            const bool crosses = wide[i] > -3.0 && wide[i] < 0.0;
            const double slopeBound =
                std::max(bound.slope * unitInLastPlace(slope[i]), crosses ? bound.slopeNearCrossing : 0.0);
            if (valueError <= bound.value * unitInLastPlace(value[i]) + denormal && slopeError <= slopeBound + denormal)
                continue;
            QFAIL(qPrintable(QString("at %1: f %2, not %3; f' %4, not %5")
                                 .arg(wide[i])
                                 .arg(ours.value[i])
                                 .arg(value[i])
                                 .arg(ours.slope[i])
                                 .arg(slope[i])));
        }
    }

    // Breaks where a neuron is dead by the kernels and alive by the reference, or the other way round.
    void slopesVanishForTheSameInputs_data() { addRows(); }
    void slopesVanishForTheSameInputs() {
        QFETCH(int, set);
        QFETCH(int, index);
        const std::vector<float> z = manyInputs();
        const Both ours = apply(*kernelOf(set, index), z, defaultsOf(rowOf(index)));
        const Both theirs = reference(rowOf(index), z, defaultsOf(rowOf(index)));
        for (std::size_t i = 0; i < z.size(); ++i)
            if ((ours.slope[i] == 0.0F) != (theirs.slope[i] == 0.0F))
                QFAIL(qPrintable(QString("f'(%1): %2 against %3").arg(z[i]).arg(ours.slope[i]).arg(theirs.slope[i])));
    }

    // Breaks where NaN or infinity becomes a number that the reference does not make of it, a kink lies elsewhere, or
    // -0 is not what the reference makes of it.
    void edgesAreTheReferences_data() { addRows(); }
    void edgesAreTheReferences() {
        QFETCH(int, set);
        QFETCH(int, index);
        const std::vector<float> z{notANumber, -notANumber, infinity, -infinity, 0.0F, -0.0F,
                                   1e-45F,     -1e-45F,     3e38F,    -3e38F,    1.0F};
        for (const double alpha : {0.25, 1.0, 0.0})
            for (const double slopeAtZero : {0.0, 0.5, 1.0}) {
                const Both ours = apply(*kernelOf(set, index), z, {alpha, slopeAtZero});
                const Both theirs = reference(rowOf(index), z, {alpha, slopeAtZero});
                for (std::size_t i = 0; i < z.size(); ++i) {
                    QCOMPARE(std::isnan(ours.value[i]), std::isnan(theirs.value[i]));
                    QCOMPARE(std::isnan(ours.slope[i]), std::isnan(theirs.slope[i]));
                    if (!std::isnan(ours.value[i]))
                        QVERIFY(std::abs(ours.value[i] - theirs.value[i]) <= 3e-7F || ours.value[i] == theirs.value[i]);
                    if (!std::isnan(ours.slope[i]))
                        QVERIFY(std::abs(ours.slope[i] - theirs.slope[i]) <= 3e-7F);
                    if (z[i] == 0.0F && theirs.value[i] == 0.0F && alpha > 0.0)
                        QCOMPARE(std::signbit(ours.value[i]), std::signbit(theirs.value[i]));
                }
            }
    }

    // Breaks where a result depends on where its input stands, on what else is asked for, or on working in place; or
    // where memory beyond `count` is touched.
    void placeDoesNotMatter_data() { addRows(); }
    void placeDoesNotMatter() {
        QFETCH(int, set);
        QFETCH(int, index);
        const ActivationKernel& kernel = *kernelOf(set, index);
        const ActivationParameters p = defaultsOf(rowOf(index));
        const kernels::ActivationFigures figures{static_cast<float>(p.alpha), static_cast<float>(p.slopeAtZero)};
        std::vector<float> z;
        for (int i = 0; i < 60; ++i)
            z.push_back(4.0F * std::sin(1.3F * static_cast<float>(i * i)));
        const Both whole = apply(kernel, z, p);
        for (std::size_t from = 0; from < 9; ++from)
            for (std::size_t count = 0; count <= 40; ++count) {
                const auto expect = [&](const std::vector<float>& all) {
                    std::vector<float> part(51, 7.5F);
                    std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(from), count, part.begin());
                    return part;
                };
                std::vector<float> h(51, 7.5F);
                std::vector<float> slope(51, 7.5F);
                kernel.valueAndSlope(z.data() + from, h.data(), slope.data(), count, figures);
                QVERIFY(sameBits(h, expect(whole.value)) && sameBits(slope, expect(whole.slope)));
                std::fill(h.begin(), h.end(), 7.5F);
                kernel.value(z.data() + from, h.data(), count, figures);
                QVERIFY(sameBits(h, expect(whole.value)));
                std::fill(h.begin(), h.end(), 7.5F);
                kernel.slope(z.data() + from, h.data(), count, figures);
                QVERIFY(sameBits(h, expect(whole.slope)));
                h = expect(z);
                kernel.valueAndSlope(h.data(), h.data(), slope.data(), count, figures);
                QVERIFY(sameBits(h, expect(whole.value)) && sameBits(slope, expect(whole.slope)));
                h = expect(z);
                kernel.valueAndSlope(h.data(), slope.data(), h.data(), count, figures);
                QVERIFY(sameBits(slope, expect(whole.value)) && sameBits(h, expect(whole.slope)));
            }
    }

    // Breaks where machines without AVX2 do not agree with each other to the bit, or those with AVX-512 with AVX2.
    void setsAgree_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("without fused operations") << "sse2"
                                                  << "portable";
        QTest::newRow("with them") << "avx512"
                                   << "avx2";
    }
    void setsAgree() {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        const Kernels* set = kernels::find(one.toStdString());
        const Kernels* otherSet = kernels::find(other.toStdString());
        if (set == nullptr || otherSet == nullptr)
            QSKIP("this machine has not both of them");
        const std::vector<float> z = manyInputs();
        for (const ActivationRow& row : activationTable())
            for (const auto count : {z.size(), std::size_t{5}, std::size_t{24}}) {
                const std::vector<float> some(z.end() - static_cast<std::ptrdiff_t>(count), z.end());
                const Both own = apply(*kernels::find(set->activations, row.id), some, defaultsOf(row));
                const Both others = apply(*kernels::find(otherSet->activations, row.id), some, defaultsOf(row));
                QVERIFY2(sameBits(own.value, others.value) && sameBits(own.slope, others.slope), row.id);
            }
    }
};

QTEST_GUILESS_MAIN(ActivationKernelsTest)
#include "activation_kernels_test.moc"
