#include "core/network/objective.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

Batch<double> someOutputs(int rows, int columns) {
    Batch<double> outputs(rows, columns);
    for (int i = 0; i < rows; ++i)
        for (int k = 0; k < columns; ++k)
            outputs(i, k) = 2.0 * std::sin(1.7 * i + 2.9 * k + 0.3);
    return outputs;
}

Targets<double> someTargets(int rows, int columns) {
    Targets<double> targets;
    targets.values.resize(rows, columns);
    for (int i = 0; i < rows; ++i) {
        targets.labels.push_back(i % std::max(2, columns));
        for (int k = 0; k < columns; ++k)
            targets.values(i, k) = std::cos(0.9 * i - k);
    }
    return targets;
}

} // namespace

class ObjectiveTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a loss's gradient is not its derivative.
    void gradientIsTheSlope_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("outputs");
        QTest::newRow("softmax, 2 classes") << "softmax" << 2;
        QTest::newRow("softmax, 10 classes") << "softmax" << 10;
        QTest::newRow("sigmoid") << "sigmoid" << 1;
        QTest::newRow("linear, 1 output") << "linear" << 1;
        QTest::newRow("linear, 3 outputs") << "linear" << 3;
    }
    void gradientIsTheSlope() {
        QFETCH(QString, id);
        QFETCH(int, outputs);
        const auto& row = *findObjective(id.toStdString());
        const Batch<double> z = someOutputs(7, outputs);
        const Targets<double> targets = someTargets(7, outputs);
        constexpr double scale = 0.25;
        Batch<double> gradient;
        (void)row.twice.loss(z, targets, scale, &gradient);
        constexpr double h = 1e-6;
        for (int i = 0; i < z.rows(); ++i)
            for (int k = 0; k < outputs; ++k) {
                Batch<double> up = z;
                Batch<double> down = z;
                up(i, k) += h;
                down(i, k) -= h;
                const double difference = scale *
                                          (row.twice.loss(up, targets, scale, nullptr).sum -
                                           row.twice.loss(down, targets, scale, nullptr).sum) /
                                          (2.0 * h);
                QVERIFY(std::abs(gradient(i, k) - difference) < 1e-8);
            }
    }

    // Breaks where large logits overflow, or a small loss is lost in the rounding of 1 + e.
    void softmaxIsStable() {
        const auto& row = *findObjective("softmax");
        Batch<float> z(3, 2);
        z << 1000.0F, -1000.0F, -1000.0F, 1000.0F, 20.0F, 0.0F;
        Targets<float> targets;
        targets.labels = {0, 0, 0};
        Batch<float> gradient;
        const LossSum loss = row.single.loss(z, targets, 1.0F, &gradient);
        const double tiny = std::log1p(std::exp(-20.0));
        QVERIFY(std::abs(loss.sum - (2000.0 + tiny)) < 1e-4);
        QCOMPARE(loss.correct, 2);
        QVERIFY(gradient.allFinite());
        QCOMPARE(gradient(1, 0), -1.0F);
        Batch<float> one = z.row(2);
        Targets<float> label;
        label.labels = {0};
        QVERIFY(std::abs(row.single.loss(one, label, 1.0F, nullptr).sum / tiny - 1.0) < 1e-5);
    }

    // Breaks where a non-finite output gives a finite loss: divergence would go unseen.
    void nonFiniteOutputsAreNotHidden() {
        for (const ObjectiveRow& row : objectiveTable()) {
            const bool single = std::string_view(row.id) == "sigmoid";
            Batch<float> z = Batch<float>::Zero(2, single ? 1 : 2);
            z(1, 0) = std::numeric_limits<float>::quiet_NaN();
            Targets<float> targets;
            targets.labels = {0, 1};
            targets.values = Batch<float>::Zero(2, z.cols());
            QVERIFY2(!std::isfinite(row.single.loss(z, targets, 1.0F, nullptr).sum), row.id);
        }
    }

    // Breaks where relu-normalized is not -ln of p_y = relu(z_y) / sum of relu(z): by hand for z = (3, 1, -2) and y =
    // 0, p = 3/4, gradient 1/4 - 1/3, 1/4 and 0.
    void reluNormalizedByHand() {
        const auto& row = *findObjective("relu-normalized");
        Batch<double> z(1, 3);
        z << 3.0, 1.0, -2.0;
        Targets<double> targets;
        targets.labels = {0};
        Batch<double> gradient;
        const LossSum loss = row.twice.loss(z, targets, 2.0, &gradient);
        QCOMPARE(loss.sum, -std::log(0.75));
        QCOMPARE(loss.infinite, 0);
        QCOMPARE(loss.correct, 1);
        QCOMPARE(gradient(0, 0), 2.0 * (0.25 - 1.0 / 3.0));
        QCOMPARE(gradient(0, 1), 0.5);
        QCOMPARE(gradient(0, 2), 0.0);
    }

    // Breaks where a sample whose own probability is 0 is not counted as infinite, sends a gradient, or hides the
    // others' losses; where the mean is then not infinite, or a NaN passes for an infinite loss.
    void zeroProbabilitiesAreInfiniteAndSilent() {
        const auto& row = *findObjective("relu-normalized");
        Batch<float> z(4, 2);
        z << 1.0F, 1.0F, 0.0F, 5.0F, -1.0F, -1.0F, -0.0F, 2.0F;
        Targets<float> targets;
        targets.labels = {0, 0, 1, 0};
        Batch<float> gradient;
        LossSum loss = row.single.loss(z, targets, 1.0F, &gradient);
        QCOMPARE(loss.infinite, 3);
        QCOMPARE(loss.sum, std::log(2.0));
        QVERIFY((gradient.bottomRows(3).array() == 0.0F).all());
        QVERIFY(gradient(0, 0) == -0.5F && gradient(0, 1) == 0.5F);
        QVERIFY(std::isinf(loss.mean(4)));
        loss += LossSum{1.0, 2, 1};
        QCOMPARE(loss.infinite, 4);
        loss.sum = std::nan("");
        QVERIFY(std::isnan(loss.mean(4)));
        Batch<float> p;
        row.predict(z, p);
        QVERIFY(p(0, 0) == 0.5F && p(1, 1) == 1.0F && p(2, 0) == 0.0F && p(2, 1) == 0.0F);
    }

    // Breaks where the mean squared error gets a half, or is not a mean over the outputs.
    void linearIsTheMeanOverOutputsWithoutAHalf() {
        Batch<float> z(1, 2);
        z << 3.0F, 1.0F;
        Targets<float> targets;
        targets.values = Batch<float>::Zero(1, 2);
        QCOMPARE(findObjective("linear")->single.loss(z, targets, 1.0F, nullptr).sum, 5.0);
    }

    // Breaks where probabilities do not sum to 1 or the class of a single output is wrong.
    void predictions() {
        Batch<float> z(2, 3);
        z << 1.0F, 2.0F, 3.0F, 500.0F, 0.0F, -500.0F;
        Batch<float> p;
        findObjective("softmax")->predict(z, p);
        QVERIFY(std::abs(p.row(0).sum() - 1.0F) < 1e-6F);
        QVERIFY(std::abs(p(0, 2) - 0.66524096F) < 1e-6F);
        QCOMPARE(p(1, 0), 1.0F);
        Batch<float> s(2, 1);
        s << 0.0F, 2.0F;
        findObjective("sigmoid")->predict(s, p);
        QCOMPARE(p(0, 1), 0.5F);
        QVERIFY(std::abs(p(1, 1) - 0.8807971F) < 1e-6F);
        QCOMPARE(predictedClass(s, 0, 2), 0);
        QCOMPARE(predictedClass(s, 1, 2), 1);
        QCOMPARE(predictedClass(z, 0, 3), 2);
        QCOMPARE(predictedClass(s, 1, 1), 0); // one class: there is no other
    }
};

QTEST_GUILESS_MAIN(ObjectiveTest)
#include "objective_test.moc"
