#include "core/analysis/lanczos.h"
#include "core/base/random.h"

#include <QTest>

#include <cmath>

using namespace flatline;
using Eigen::VectorXd;

namespace {

VectorXd draws(Eigen::Index size) {
    VectorXd v(size);
    RandomStream stream(1, StreamId::Directions);
    for (double& x : v)
        x = stream.normal();
    return v;
}

/// A diagonal matrix: its eigenvalues are what stands in it.
SymmetricProduct diagonal(const VectorXd& values) {
    return [values](const VectorXd& v, VectorXd& product) {
        product = values.cwiseProduct(v);
        return true;
    };
}

} // namespace

class LanczosTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the largest is not found among few and many, or the largest in size is taken for it.
    void findsTheLargest_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<double>("lowest");
        for (const int size : {1, 2, 5, 60, 3000})
            for (const double lowest : {0.0, -1.0, -50.0})
                QTest::addRow("%d from %g", size, lowest) << size << lowest;
    }
    void findsTheLargest() {
        QFETCH(int, size);
        QFETCH(double, lowest);
        VectorXd values = VectorXd::LinSpaced(size, lowest, 1.0);
        values[size / 2] = 3.0;
        const Eigenpair pair = largestEigenpair(diagonal(values), draws(size), {300, 1e-6}).value();
        QVERIFY(pair.converged);
        QVERIFY2(std::abs(pair.value - 3.0) < 3e-6, qPrintable(QString::number(pair.value, 'g', 12)));
        QVERIFY(std::abs(pair.vector.norm() - 1.0) < 1e-12);
        QVERIFY(std::abs(std::abs(pair.vector[size / 2]) - 1.0) < 1e-4);
        QVERIFY(pair.iterations <= size);
    }

    // Breaks where a basis that is condensed for want of memory loses what it had found.
    void aSmallBasisFindsItToo() {
        VectorXd values = VectorXd::LinSpaced(1000, -1.0, 1.0);
        values[77] = 1.2;
        LanczosOptions options{400, 1e-6};
        const Eigenpair large = largestEigenpair(diagonal(values), draws(1000), options).value();
        options.mostNumbers = 8 * 1000;
        const Eigenpair small = largestEigenpair(diagonal(values), draws(1000), options).value();
        QVERIFY(large.converged && small.converged);
        QVERIFY(small.iterations > large.iterations && small.iterations < 4 * large.iterations);
        QVERIFY(std::abs(small.value - 1.2) < 2e-6);
        options.mostNumbers = 0; // four vectors, whatever they cost
        const Eigenpair least = largestEigenpair(diagonal(values), draws(1000), options).value();
        QVERIFY(least.converged && std::abs(least.value - 1.2) < 2e-6);
    }

    // Breaks where a matrix that ends early (low rank, all zero) divides by the nothing that is left.
    void endsWithTheMatrix() {
        VectorXd values = VectorXd::Zero(500);
        values[3] = 2.0;
        values[400] = -7.0;
        const Eigenpair low = largestEigenpair(diagonal(values), draws(500)).value();
        QVERIFY(low.converged && low.iterations <= 4 && std::abs(low.value - 2.0) < 1e-12);
        const Eigenpair zero = largestEigenpair(diagonal(VectorXd::Zero(500)), draws(500)).value();
        QVERIFY(zero.converged);
        QCOMPARE(zero.value, 0.0);
        QVERIFY(zero.vector.allFinite() && std::abs(zero.vector.norm() - 1.0) < 1e-12);
        QVERIFY(largestEigenpair(diagonal(VectorXd::Constant(50, -4.0)), draws(50)).value().value == -4.0);
    }

    // Breaks where the limit is not kept, or what was found by then is called converged.
    void stopsAtTheLimit() {
        const VectorXd values = VectorXd::LinSpaced(3000, 0.0, 1.0);
        const Eigenpair pair = largestEigenpair(diagonal(values), draws(3000), {10, 1e-8}).value();
        QCOMPARE(pair.iterations, 10);
        QVERIFY(!pair.converged);
        QVERIFY(pair.value > 0.9 && pair.value <= 1.0);
    }

    // Breaks where a product that gives up is asked again.
    void givesUpWithTheProduct() {
        int asked = 0;
        const SymmetricProduct product = [&asked](const VectorXd& v, VectorXd& image) {
            image = VectorXd::LinSpaced(v.size(), 0.0, 1.0).cwiseProduct(v);
            return ++asked < 3;
        };
        QVERIFY(!largestEigenpair(product, draws(100)).has_value());
        QCOMPARE(asked, 3);
    }
};

QTEST_GUILESS_MAIN(LanczosTest)
#include "lanczos_test.moc"
