#include "core/analysis/hessian.h"
#include "core/analysis/sharpness.h"
#include "core/base/symmetric_eigen.h"
#include "core/landscape/plane.h"
#include "core/landscape/surface.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// The run as a landscape sees it.
PlaneContext contextOf(Recorder& recorder) {
    return planeContext(recorder.snapshot(false));
}

PlaneContext contextOf(const Trainer& trainer) {
    PlaneContext context;
    context.spec = trainer.network().spec();
    context.dataset = trainer.dataset();
    context.parameters = std::make_shared<const std::vector<float>>(trainer.parameters());
    context.seed = 7;
    return context;
}

Plane planeOf(const char* id, const PlaneContext& context) {
    return makePlane({id, 1, 1}, context).value();
}

void train(Recorder& recorder, int steps) {
    for (int i = 0; i < steps; ++i)
        QVERIFY(recorder.step());
}

std::shared_ptr<const Keyframe> keyframe(std::int64_t step, std::vector<float> parameters) {
    auto frame = std::make_shared<Keyframe>();
    frame->step = step;
    frame->parameters = std::move(parameters);
    return frame;
}

Eigen::VectorXd vectorOf(const std::vector<float>& values) {
    return Eigen::Map<const Eigen::VectorXf>(values.data(), static_cast<Eigen::Index>(values.size())).cast<double>();
}

double cosine(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    return a.dot(b) / (a.norm() * b.norm());
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
    return cosine(vectorOf(a), vectorOf(b));
}

bool finite(const Plane& plane) {
    return vectorOf(plane.first).allFinite() && vectorOf(plane.second).allFinite();
}

/// Where a place of the path lies along a direction that is at right angles to the other.
double coordinate(const Keyframe& frame, const PlaneContext& context, const std::vector<float>& direction) {
    const Eigen::VectorXd d = vectorOf(direction);
    return (vectorOf(frame.parameters) - vectorOf(*context.parameters)).dot(d) / d.squaredNorm();
}

double norm(const std::vector<float>& values, const Block& weights, int row) {
    double sum = 0.0;
    for (int column = 0; column < weights.columns; ++column)
        sum += std::pow(static_cast<double>(values[weights.at(row, column)]), 2);
    return std::sqrt(sum);
}

} // namespace

class PlaneTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where an id is listed twice, or a plane of a neuron that is not there is said to fit.
    void theTableIsWellFormed() {
        for (const PlaneRow& row : planeTable())
            QCOMPARE(findPlane(row.id), &row);
        QVERIFY(findPlane("no such plane") == nullptr);
        const NetworkSpec spec = fixtures::trainer({}).network().spec();
        QVERIFY(fits({"random", 9, 9}, spec));
        QVERIFY(fits({"neuron", 2, 8}, spec));
        for (const auto& [layer, neuron] : {std::pair{0, 1}, {1, 0}, {3, 1}, {2, 9}})
            QVERIFY(!fits({"neuron", layer, neuron}, spec));
    }

    // Breaks where the one word for a plane is not read back, or half a word is taken for one.
    void aPlaneHasOneWord() {
        for (const PlaneRow& row : planeTable())
            QCOMPARE(planeFromText(planeText({row.id, 1, 1})), (PlaneChoice{row.id, 1, 1}));
        QCOMPARE(planeText({"neuron", 2, 5}), std::string("neuron:2:5"));
        QCOMPARE(planeFromText("neuron:2:5"), (PlaneChoice{"neuron", 2, 5}));
        for (const char* wrong : {"", "neuron", "neuron:", "neuron:1", "neuron:1:", "neuron:0:1", "neuron:1:0", "PCA",
                                  "neuron:1:2:3", "neuron:1:x", "neuron:1:99999999999", "pca:1:1", "random:1"})
            QVERIFY2(!planeFromText(wrong), wrong);
    }

    // Breaks where a direction's filter has not the length of the neuron's own weights, or something moves unasked:
    // biases, learnt slopes, batch norm's figures.
    void randomDirectionsAreFilterNormalized() {
        Settings settings;
        settings.network.activation = "prelu";
        settings.network.batchNorm = "before-activation";
        const Trainer trainer = fixtures::trainer(settings);
        const Layout& layout = trainer.network().layout();
        const Plane plane = planeOf("random", contextOf(trainer));
        for (int layer = 1; layer <= layout.layers(); ++layer) {
            const Block& weights = layout.block(layer, BlockKind::Weight);
            for (int row = 0; row < weights.rows; ++row) {
                const double own = norm(trainer.parameters(), weights, row);
                QVERIFY(std::abs(norm(plane.first, weights, row) - own) < 1e-5 * own);
                QVERIFY(std::abs(norm(plane.second, weights, row) - own) < 1e-5 * own);
            }
        }
        const Plane biases = planeOf("random-biases", contextOf(trainer));
        for (const Block& block : layout.blocks())
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
                QVERIFY(block.kind == BlockKind::Weight || plane.first[i] == 0.0F);
                QCOMPARE(biases.first[i] != 0.0F, block.kind == BlockKind::Weight || block.kind == BlockKind::Bias);
            }
        QVERIFY(plane.first != plane.second);
        QCOMPARE(plane, planeOf("random", contextOf(trainer)));
        PlaneContext other = contextOf(trainer);
        other.seed = 8;
        QVERIFY(plane != planeOf("random", other));
    }

    // Breaks where the principal directions are not those of the path's matrix, by its singular value decomposition;
    // where the shares are not those of the variance; or where the path does not just fit.
    void principalDirectionsAreThoseOfThePath() {
        Settings settings;
        settings.network.activation = "prelu";
        settings.network.batchNorm = "after-activation";
        settings.training.learningRate = 0.3;
        Recorder recorder(fixtures::trainer(settings), {});
        train(recorder, 60);
        const PlaneContext context = contextOf(recorder);
        QVERIFY(context.path.size() > 20);
        const Plane plane = planeOf("pca", context);
        QVERIFY(plane.remark.empty());
        const Layout layout = layoutOf(context.spec);
        Eigen::MatrixXd rows(static_cast<Eigen::Index>(context.path.size()), static_cast<Eigen::Index>(layout.size()));
        for (std::size_t i = 0; i < context.path.size(); ++i)
            rows.row(static_cast<Eigen::Index>(i)) =
                (vectorOf(context.path[i]->parameters) - vectorOf(*context.parameters)).transpose();
        QCOMPARE(rows.row(rows.rows() - 1).norm(), 0.0); // the newest keyframe is of now
        for (const Block& block : layout.blocks())       // batch norm's memory is no direction
            if (!isLearnt(block.kind)) {
                rows.middleCols(static_cast<Eigen::Index>(block.offset), block.rows).setZero();
                for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                    QVERIFY(plane.first[i] == 0.0F && plane.second[i] == 0.0F);
            } else {
                QVERIFY(plane.first[block.offset] != 0.0F);
            }
        const Eigen::RowVectorXd mean = rows.colwise().mean();
        rows.rowwise() -= mean;
        // By parameters, where the plane's own way is by moments: their eigenvalues agree, but not one sum.
        const SymmetricEigen all = symmetricEigen(rows.transpose() * rows);
        const Eigen::VectorXd variances = all.values.reverse();
        const auto last = all.vectors.cols() - 1;
        QVERIFY(std::abs(std::abs(cosine(vectorOf(plane.first), all.vectors.col(last))) - 1.0) < 1e-9);
        QVERIFY(std::abs(std::abs(cosine(vectorOf(plane.second), all.vectors.col(last - 1))) - 1.0) < 1e-9);
        QVERIFY(std::abs((*plane.explained)[0] - variances[0] / variances.sum()) < 1e-8);
        QVERIFY(std::abs((*plane.explained)[1] - variances[1] / variances.sum()) < 1e-8);
        double farthestA = 0.0;
        double farthestB = 0.0;
        for (const auto& frame : context.path) {
            farthestA = std::max(farthestA, std::abs(coordinate(*frame, context, plane.first)));
            farthestB = std::max(farthestB, std::abs(coordinate(*frame, context, plane.second)));
        }
        // (Up to what the running figures add to the difference, which is at right angles to both.)
        QVERIFY2(std::abs(farthestA - 0.9) < 1e-5, qPrintable(QString::number(farthestA)));
        QVERIFY2(std::abs(farthestB - 0.9) < 1e-5, qPrintable(QString::number(farthestB)));
        QVERIFY(coordinate(*context.path.front(), context, plane.first) < 0.0); // it comes from the left
    }

    // Breaks where the picture flips while the run goes on.
    void principalDirectionsKeepTheirSign() {
        Recorder recorder(fixtures::trainer(fixtures::harshSettings(3)), {});
        train(recorder, 20);
        PlaneContext context = contextOf(recorder);
        Plane before = planeOf("pca", context);
        int flipped = 0;
        for (int i = 0; i < 40; ++i) {
            train(recorder, 5);
            context = contextOf(recorder);
            const Plane fresh = planeOf("pca", context);
            context.before = &before;
            const Plane now = planeOf("pca", context);
            QVERIFY(cosine(now.first, before.first) >= 0.0);
            QVERIFY(cosine(now.second, before.second) >= 0.0);
            flipped += fresh != now ? 1 : 0;
            before = now;
        }
        QVERIFY(flipped > 0); // else this run would show nothing
    }

    // Breaks where a path of one place, or of one line, divides by the nothing that it spans.
    void aPathThatSpansNoPlaneIsSaid() {
        const Trainer trainer = fixtures::trainer({});
        PlaneContext context = contextOf(trainer);
        const std::vector<float>& now = *context.parameters;
        for (const auto& path : {std::vector<std::shared_ptr<const Keyframe>>{},
                                 {keyframe(0, now)},
                                 {keyframe(0, now), keyframe(1, now), keyframe(2, now)}}) {
            context.path = path;
            const Plane plane = planeOf("pca", context);
            QVERIFY(finite(plane) && !plane.remark.empty() && !plane.explained);
            QCOMPARE(plane.first, planeOf("random-biases", context).first);
        }
        std::vector<float> direction(now.size(), 0.0F);
        direction[3] = 0.5F;
        direction[40] = -0.25F;
        const auto at = [&](float far) {
            std::vector<float> place = now;
            for (std::size_t i = 0; i < place.size(); ++i)
                place[i] += far * direction[i];
            return place;
        };
        for (const auto& path :
             {std::vector<std::shared_ptr<const Keyframe>>{keyframe(0, at(1.0F))},
              {keyframe(0, at(1.0F)), keyframe(1, at(1.0F)), keyframe(2, now)},
              {keyframe(0, at(1.0F)), keyframe(1, at(-2.0F)), keyframe(2, at(0.125F)), keyframe(3, now)}}) {
            context.path = path;
            const Plane plane = planeOf("pca", context);
            QVERIFY(finite(plane) && !plane.remark.empty());
            QVERIFY(std::abs(std::abs(cosine(plane.first, direction)) - 1.0) < 1e-6);
            QVERIFY(std::abs((*plane.explained)[0] - 1.0) < 1e-6 && (*plane.explained)[1] < 1e-6);
            QVERIFY(std::abs(cosine(plane.first, plane.second)) < 1e-6);
            QVERIFY(std::abs(vectorOf(plane.second).norm() / vectorOf(plane.first).norm() - 1.0) < 1e-6);
        }
    }

    // Breaks where a run that has got or lost its learnt slopes on the way loses its path: of the keyframes before, the
    // slopes count as not moved.
    void thePathOutlivesAnotherLayout() {
        Recorder recorder(fixtures::trainer({}), {});
        train(recorder, 30);
        QVERIFY(recorder.act(SettingChange{"network.activation", std::string("prelu")}).ok());
        train(recorder, 30);
        PlaneContext context = contextOf(recorder);
        QVERIFY(context.path.front()->parameters.size() < context.parameters->size());
        const Plane plane = planeOf("pca", context);
        QVERIFY(plane.remark.empty() && finite(plane));
        const Layout layout = layoutOf(context.spec);
        QVERIFY(plane.first[layout.block(1, BlockKind::Alpha).offset] != 0.0F);
        SurfaceRequest request = surfaceRequest(recorder.snapshot(false));
        request.plane = plane;
        request.side = 3;
        const Surface surface = computeSurface(request).value();
        QCOMPARE(surface.path.size(), context.path.size() + 1);
        QCOMPARE(surface.explained, plane.explained);
        double farthest = 0.0;
        for (const PathPoint& point : surface.path)
            farthest = std::max(farthest, std::abs(point.a));
        QVERIFY2(std::abs(farthest - 0.9) < 1e-5, qPrintable(QString::number(farthest)));
        QVERIFY(std::abs(surface.path.front().a) > 0.3);
    }

    // Breaks where the first direction is not the gradient, the second not the sharpest one beside it, or a length not
    // that of the weights; by what the loss does along them.
    void gradientAndSharpestAreWhatTheySay() {
        Settings settings;
        settings.network.activation = "tanh";
        Recorder recorder(fixtures::trainer(settings), {});
        train(recorder, 50);
        const PlaneContext context = contextOf(recorder);
        const Plane plane = planeOf("gradient-sharpest", context);
        QVERIFY(plane.remark.empty());
        const double length = vectorOf(*context.parameters).norm();
        const Eigen::VectorXd first = vectorOf(plane.first);
        const Eigen::VectorXd second = vectorOf(plane.second);
        QVERIFY(std::abs(first.norm() / length - 1.0) < 1e-6);
        QVERIFY(std::abs(second.norm() / length - 1.0) < 1e-6);
        QVERIFY(std::abs(cosine(first, second)) < 1e-5);
        TrainingHessian hessian(context.spec, context.dataset->train, *context.parameters);
        const std::vector<double> slope = hessian.slope()->gradient;
        const Eigen::VectorXd gradient =
            Eigen::Map<const Eigen::VectorXd>(slope.data(), static_cast<Eigen::Index>(slope.size()));
        QVERIFY(std::abs(cosine(first, gradient) - 1.0) < 1e-6); // uphill to the right
        const Sharpness sharpness = computeSharpness(context.spec, *context.dataset, *context.parameters).value();
        const Eigen::VectorXd sharpest = vectorOf(sharpness.direction);
        const double a = cosine(sharpest, first);
        const double b = cosine(sharpest, second);
        QVERIFY(std::abs(a * a + b * b - 1.0) < 1e-3); // it lies in the plane
        QVERIFY(std::abs(b) > 0.1);
    }

    // Breaks where the sign jumps with the gradient's: at the edge of stability it turns round at each step.
    void gradientAndSharpestKeepTheirSign() {
        Recorder recorder(fixtures::trainer({}), {});
        train(recorder, 10);
        Plane before = planeOf("gradient-sharpest", contextOf(recorder));
        for (std::vector<float>* direction : {&before.first, &before.second})
            for (float& x : *direction)
                x = -x;
        PlaneContext context = contextOf(recorder);
        context.before = &before;
        QCOMPARE(planeOf("gradient-sharpest", context), before);
    }

    // Breaks where no gradient, or no curvature, leaves no direction.
    void noGradientOrNoCurvatureIsSaid() {
        Settings settings;
        settings.network.output = "relu-normalized";
        const Trainer trainer = fixtures::trainer(settings);
        PlaneContext context = contextOf(trainer);
        context.parameters = std::make_shared<const std::vector<float>>(trainer.parameters().size(), 0.0F);
        const Plane none = planeOf("gradient-sharpest", context); // every probability is 0
        QVERIFY(finite(none) && !none.remark.empty());
        QVERIFY(std::abs(vectorOf(none.first).norm() - 1.0) < 1e-6); // there is no length of the weights
        QVERIFY(std::abs(vectorOf(none.second).norm() - 1.0) < 1e-6);
        QVERIFY(std::abs(cosine(none.first, none.second)) < 1e-6);

        context.spec.objective = findObjective("softmax"); // and two samples, one of each class, whose gradients cancel
        auto balanced = std::make_shared<Dataset>(*trainer.dataset());
        balanced->train.features = trainer.dataset()->train.features.topRows(2);
        balanced->train.targets.labels = {0, 1};
        context.dataset = balanced;
        const Plane flat = planeOf("gradient-sharpest", context);
        QVERIFY(finite(flat) && !flat.remark.empty() && flat.remark != none.remark);
        const Layout layout = layoutOf(context.spec);
        const Block& bias = layout.block(layout.layers(), BlockKind::Bias);
        std::vector<float> expected(layout.size(), 0.0F);
        expected[bias.at(0, 0)] = 1.0F;
        expected[bias.at(1, 0)] = -1.0F;
        QVERIFY(std::abs(cosine(flat.second, expected)) > 0.9);
    }

    // Breaks where parameters near the largest number give directions that are no numbers.
    void hugeParametersGiveFiniteDirections() {
        const Trainer trainer = fixtures::trainer({});
        PlaneContext context = contextOf(trainer);
        const std::size_t size = context.parameters->size();
        context.parameters = std::make_shared<const std::vector<float>>(size, 3e38F);
        context.path = {keyframe(0, std::vector<float>(size, -3e38F)), keyframe(1, std::vector<float>(size, 0.0F))};
        for (const PlaneRow& row : planeTable())
            QVERIFY2(finite(planeOf(row.id, context)), row.id);
    }

    // Breaks where a plane that takes its time cannot be called off.
    void cancels() {
        Recorder recorder(fixtures::trainer({}), {});
        train(recorder, 10);
        PlaneContext context = contextOf(recorder);
        const std::atomic<bool> cancelled{true};
        context.cancelled = &cancelled;
        QVERIFY(!makePlane({"gradient-sharpest", 1, 1}, context).has_value());
        QVERIFY(!makePlane({"pca", 1, 1}, context).has_value());
        QVERIFY(makePlane({"random", 1, 1}, context).has_value()); // there is nothing to wait for
    }
};

QTEST_GUILESS_MAIN(PlaneTest)
#include "plane_test.moc"
