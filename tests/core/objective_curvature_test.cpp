#include "core/network/objective_curvature.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

constexpr double scale = 0.25;

Batch<double> waves(int rows, int columns, double size, double phase) {
    Batch<double> values(rows, columns);
    for (int i = 0; i < rows; ++i)
        for (int k = 0; k < columns; ++k)
            values(i, k) = size * std::sin(1.7 * i + 2.9 * k + phase);
    return values;
}

Targets<double> targetsFor(const Batch<double>& outputs) {
    Targets<double> targets;
    targets.values = waves(static_cast<int>(outputs.rows()), static_cast<int>(outputs.cols()), 1.0, 0.9);
    for (Eigen::Index i = 0; i < outputs.rows(); ++i)
        targets.labels.push_back(static_cast<int>(i % std::max<Eigen::Index>(2, outputs.cols())));
    if (outputs.cols() == 1)
        return targets;
    for (Eigen::Index i = 0; i < outputs.rows(); ++i) // so that relu-normalized has samples of finite loss, too
        if (Eigen::Index best = 0; i % 3 != 0) {
            outputs.row(i).maxCoeff(&best);
            targets.labels[static_cast<std::size_t>(i)] = static_cast<int>(best);
        }
    return targets;
}

Batch<double> gradientAt(const ObjectiveRow& row, const Batch<double>& outputs, const Targets<double>& targets) {
    Batch<double> gradient;
    (void)row.twice.loss(outputs, targets, scale, &gradient);
    return gradient;
}

} // namespace

class ObjectiveCurvatureTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where an objective has no curvature, or one that is not the change of its gradient.
    void curvatureIsTheChangeOfTheGradient_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("columns");
        for (const ObjectiveRow& row : objectiveTable())
            for (const int columns : {1, 2, 5})
                if ((std::string_view(row.id) == "sigmoid") == (columns == 1) || std::string_view(row.id) == "linear")
                    QTest::addRow("%s, %d", row.id, columns) << row.id << columns;
    }
    void curvatureIsTheChangeOfTheGradient() {
        QFETCH(QString, id);
        QFETCH(int, columns);
        const ObjectiveRow& row = *findObjective(id.toStdString());
        const Batch<double> outputs = waves(12, columns, 2.0, 0.3);
        const Targets<double> targets = targetsFor(outputs);
        const Batch<double> tangent = waves(12, columns, 1.0, 2.1);
        Batch<double> product;
        outputCurvature(row)(outputs, targets, scale, tangent, product);
        constexpr double h = 1e-5;
        const Batch<double> difference =
            (gradientAt(row, outputs + h * tangent, targets) - gradientAt(row, outputs - h * tangent, targets)) /
            (2.0 * h);
        QCOMPARE(product.rows(), Eigen::Index{12});
        QVERIFY(difference.norm() > 0.0);
        for (Eigen::Index i = 0; i < product.size(); ++i)
            QVERIFY2(std::abs(product(i) - difference(i)) < 1e-7 * (1.0 + std::abs(difference(i))),
                     qPrintable(QString("%1: %2 against %3").arg(i).arg(product(i)).arg(difference(i))));
    }

    // Breaks where 1 - p cancels: a sample that is all but certain still has its tiny curvature, p (1 - p) = e^-40.
    void certaintyKeepsItsTinyCurvature() {
        Batch<double> outputs(1, 2);
        outputs << 0.0, 40.0;
        Batch<double> tangent(1, 2);
        tangent << 0.0, 1.0;
        Batch<double> product;
        outputCurvature (*findObjective("softmax"))(outputs, {{1}, {}}, 1.0, tangent, product);
        const double expected = std::exp(-40.0);
        QVERIFY(std::abs(product(0, 1) - expected) < 1e-12 * expected);
        QVERIFY(std::abs(product(0, 0) + expected) < 1e-12 * expected);
        outputCurvature (*findObjective("sigmoid"))(outputs.rightCols(1), {{1}, {}}, 1.0, tangent.rightCols(1),
                                                    product);
        QVERIFY(std::abs(product(0, 0) - expected) < 1e-12 * expected);
    }
};

QTEST_GUILESS_MAIN(ObjectiveCurvatureTest)
#include "objective_curvature_test.moc"
