#include "core/base/random.h"
#include "core/kernels/kernels.h"

#include <QTest>

#include <algorithm>
#include <cstring>
#include <vector>

using namespace flatline;
using kernels::Finish;
using kernels::Product;

namespace {

struct Shape {
    int m, n, k;
    bool exact;
    Finish finish;
    bool laneInit;
};

/// A product's factors, random, and what it writes, with a margin that must stay.
class Task {
public:
    explicit Task(const Shape& shape)
        : m_shape(shape)
        , m_stride(shape.exact ? shape.m : kernels::padded(shape.m) + kernels::padding) {
        RandomStream stream(11, StreamId::Data, static_cast<std::uint32_t>(shape.m * 7 + shape.n * 31 + shape.k));
        const auto draw = [&](int count) {
            std::vector<float> values(static_cast<std::size_t>(count));
            for (float& x : values)
                x = static_cast<float>(stream.normal());
            return values;
        };
        m_a = draw(kernels::padded(shape.m) * shape.k);
        m_b = draw(shape.n * shape.k);
        m_init = draw(kernels::padded(std::max(shape.m, shape.n)));
        m_factor = draw(m_stride * shape.n + margin);
    }

    struct Result {
        std::vector<float> c;
        std::vector<float> lowest;
    };
    [[nodiscard]] Result run(const kernels::Kernels& kernels) const {
        Result result{std::vector<float>(static_cast<std::size_t>(m_stride * m_shape.n + margin), untouched),
                      std::vector<float>(kernels::padding, 0.0F)};
        Product p;
        p.a = m_a.data();
        p.aStride = kernels::padded(m_shape.m);
        p.b = m_b.data();
        p.bRow = 1;
        p.bColumn = m_shape.k;
        p.c = result.c.data();
        p.cStride = m_stride;
        p.m = m_shape.m;
        p.n = m_shape.n;
        p.k = m_shape.k;
        p.exact = m_shape.exact;
        p.laneInit = m_shape.laneInit ? m_init.data() : nullptr;
        p.columnInit = m_init.data();
        p.shift = 0.25F;
        p.finish = m_shape.finish;
        p.factor = m_factor.data();
        p.lowest = m_shape.finish == Finish::Relu ? result.lowest.data() : nullptr;
        kernels.product(p);
        return result;
    }

    /// In double; 0 where nothing is written.
    [[nodiscard]] std::vector<double> expected() const {
        std::vector<double> c(static_cast<std::size_t>(m_stride * m_shape.n + margin), 0.0);
        for (int n = 0; n < m_shape.n; ++n)
            for (int m = 0; m < m_shape.m; ++m) {
                double sum = m_shape.laneInit ? at(m_init, m) : at(m_init, n) + 0.25;
                for (int k = 0; k < m_shape.k; ++k)
                    sum += at(m_a, m + k * kernels::padded(m_shape.m)) * at(m_b, k + n * m_shape.k);
                const double factor = at(m_factor, m + n * m_stride);
                c[static_cast<std::size_t>(m + n * m_stride)] = m_shape.finish == Finish::Relu ? std::max(0.0, sum)
                                                                : m_shape.finish == Finish::WhereOn
                                                                    ? (factor > 0.0 ? sum : 0.0)
                                                                : m_shape.finish == Finish::Multiply ? sum * factor
                                                                                                     : sum;
            }
        return c;
    }

    /// Whether nothing is written beyond each column's padding, nor, of an exact C, beyond its end.
    [[nodiscard]] bool keepsOff(const std::vector<float>& c) const {
        const auto isUntouched = [](float x) { return x == untouched; };
        for (int n = 0; n < m_shape.n; ++n) {
            const auto column = c.begin() + static_cast<std::ptrdiff_t>(place(0, n));
            if (!std::all_of(column + std::min(kernels::padded(m_shape.m), m_stride), column + m_stride, isUntouched))
                return false;
        }
        return std::all_of(c.begin() + static_cast<std::ptrdiff_t>(place(0, m_shape.n)), c.end(), isUntouched);
    }

    /// Where that entry of C is.
    [[nodiscard]] std::size_t place(int m, int n) const { return static_cast<std::size_t>(m + n * m_stride); }
    static constexpr int margin = 16;
    static constexpr float untouched = -77.0F;

private:
    static double at(const std::vector<float>& values, int i) {
        return static_cast<double>(values[static_cast<std::size_t>(i)]);
    }

    Shape m_shape;
    int m_stride;
    std::vector<float> m_a, m_b, m_init, m_factor;
};

std::vector<Shape> shapes() {
    std::vector<Shape> all;
    for (const int m : {1, 5, 8, 9, 16, 17, 24, 31, 32, 40, 48, 64, 72, 96, 104, 136})
        for (const int n : {1, 2, 3, 4, 6, 7, 11, 12, 13, 25})
            for (const int k : {1, 2, 3, 33})
                for (const Finish finish : {Finish::None, Finish::Relu, Finish::WhereOn, Finish::Multiply})
                    all.push_back({m, n, k, (m + n + k) % 2 == 0, finish, (n + k) % 3 != 0});
    return all;
}

QString nameOf(const Shape& shape) {
    return QStringLiteral("%1 x %2 x %3").arg(shape.m).arg(shape.n).arg(shape.k);
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

} // namespace

class ProductsTest : public QObject {
    Q_OBJECT

private slots:
    // What every layer is made of: a wrong sum, or one written where it does not belong, would train another network.
    void likeTheSumInDouble_data() {
        QTest::addColumn<int>("set");
        for (std::size_t i = 0; i < kernels::available().size(); ++i)
            QTest::addRow("%s", kernels::available()[i]->id) << static_cast<int>(i);
    }
    void likeTheSumInDouble() {
        QFETCH(int, set);
        const kernels::Kernels& kernels = *kernels::available()[static_cast<std::size_t>(set)];
        for (const Shape& shape : shapes()) {
            const Task task(shape);
            const auto [c, lowest] = task.run(kernels);
            const std::vector<double> expected = task.expected();
            double worst = 0.0;
            for (int n = 0; n < shape.n; ++n)
                for (int m = 0; m < shape.m; ++m)
                    worst = std::max(worst,
                                     std::abs(static_cast<double>(c[task.place(m, n)]) - expected[task.place(m, n)]));
            QVERIFY2(worst < 1e-4, qPrintable(nameOf(shape)));
            QVERIFY2(task.keepsOff(c), qPrintable(nameOf(shape)));
        }
    }

    // A run must not depend on whether the machine has AVX-512.
    void wideRegistersGiveTheSameBits() {
        const kernels::Kernels* wide = kernels::find("avx512");
        if (wide == nullptr)
            QSKIP("this machine has no AVX-512: its products are not tested here");
        const kernels::Kernels& narrow = *kernels::find("avx2");
        for (const Shape& shape : shapes()) {
            const Task task(shape);
            const auto [c, lowest] = task.run(*wide);
            const auto [expected, expectedLowest] = task.run(narrow);
            const QString name = nameOf(shape);
            for (int n = 0; n < shape.n; ++n)
                QVERIFY2(std::memcmp(&c[task.place(0, n)], &expected[task.place(0, n)],
                                     static_cast<std::size_t>(shape.m) * sizeof(float)) == 0,
                         qPrintable(name));
            QVERIFY2(sameBits({*std::ranges::min_element(lowest)}, {*std::ranges::min_element(expectedLowest)}),
                     qPrintable(name));
        }
    }
};

QTEST_APPLESS_MAIN(ProductsTest)
#include "products_test.moc"
