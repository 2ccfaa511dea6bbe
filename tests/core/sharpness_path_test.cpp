#include "core/analysis/sharpness.h"
#include "core/analysis/sharpness_path.h"
#include "tests/core/fixtures.h"

#include <QTest>

using namespace flatline;

namespace {

Settings small() {
    Settings settings = fixtures::harshSettings(3);
    settings.data.samples = 80;
    settings.network.hidden = {4};
    settings.training.learningRate = 0.1;
    return settings;
}

void run(Recorder& recorder, int steps) {
    for (int i = 0; i < steps; ++i)
        QVERIFY(recorder.step());
}

std::vector<SharpnessPoint> whole(SharpnessPath& path) {
    while (path.computeNext(nullptr)) {
    }
    return path.curve()->points;
}

} // namespace

class SharpnessPathTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a keyframe is looked at with the network or the rate of another moment: warming, a changed
    // activation and a changed rate among them.
    void eachKeyframeIsSeenAsItWas() {
        Recorder recorder(fixtures::trainer(small()), {});
        std::vector<double> expected;
        const auto look = [&] {
            const Trainer& trainer = recorder.trainer();
            expected.push_back(
                computeSharpness(trainer.network().spec(), *trainer.dataset(), trainer.parameters())->value);
        };
        look();
        for (int i = 0; i < 12; ++i) {
            run(recorder, 1);
            look(); // before what is done by hand at that step: so does the keyframe
            if (i == 3)
                QVERIFY(recorder.act(BiasWarming{1.0, 6}).ok());
            if (i == 5)
                QVERIFY(recorder.act(SettingChange{"network.activation", std::string("tanh")}).ok());
            if (i == 8)
                QVERIFY(recorder.act(SettingChange{"training.learning_rate", 0.02}).ok());
        }
        const Snapshot snapshot = recorder.snapshot(false);
        QCOMPARE(snapshot.path.size(), std::size_t{13});
        SharpnessPath path;
        path.follow(snapshot);
        const auto points = whole(path);
        QCOMPARE(points.size(), std::size_t{13});
        for (std::size_t i = 0; i < points.size(); ++i) {
            QCOMPARE(points[i].step, static_cast<std::int64_t>(i));
            QCOMPARE(*points[i].value, expected[i]);
            QCOMPARE(points[i].learningRate, i <= 9 ? 0.1 : 0.02);
        }
    }

    // Breaks where the curve depends on when somebody looked.
    void itIsAFunctionOfTheRunAlone() {
        Recorder recorder(fixtures::trainer(small()), {.maximumKeyframes = 16});
        SharpnessPath often;
        for (int i = 0; i < 6; ++i) {
            run(recorder, 17);
            often.follow(recorder.snapshot(false));
            for (int k = 0; k < 3; ++k)
                (void)often.computeNext(nullptr);
        }
        SharpnessPath once;
        once.follow(recorder.snapshot(false));
        QVERIFY(whole(often) == whole(once));
        QVERIFY(once.curve()->points.size() <= 16);
        QCOMPARE(once.curve()->missing, std::size_t{0});
    }

    // Breaks where the curve grows from one end instead of becoming finer.
    void theNewestComesFirstThenTheWidestGap() {
        Recorder recorder(fixtures::trainer(small()), {});
        run(recorder, 16);
        SharpnessPath path;
        path.follow(recorder.snapshot(false));
        std::vector<std::int64_t> order;
        std::vector<std::int64_t> known;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(path.computeNext(nullptr));
            const auto curve = path.curve();
            for (const SharpnessPoint& point : curve->points)
                if (std::ranges::count(known, point.step) == 0)
                    order.push_back(point.step);
            known = order;
        }
        QCOMPARE(order[0], 16);
        QCOMPARE(order[1], 0);
        QCOMPARE(order[2], 8);
        QVERIFY((order[3] == 4 && order[4] == 12) || (order[3] == 12 && order[4] == 4));
        QCOMPARE(path.curve()->missing, std::size_t{12});
    }

    // Breaks where a run that was gone back in keeps what is no longer its past.
    void anotherPastIsLookedAtAnew() {
        Recorder recorder(fixtures::trainer(small()), {});
        run(recorder, 6);
        Snapshot snapshot = recorder.snapshot(false);
        SharpnessPath path;
        path.follow(snapshot);
        (void)whole(path);
        auto other = std::make_shared<Keyframe>(*snapshot.path[4]);
        for (float& parameter : other->parameters)
            parameter *= 1.5F;
        snapshot.path = {snapshot.path.begin(), snapshot.path.begin() + 4};
        snapshot.path.push_back(other);
        path.follow(snapshot);
        QCOMPARE(path.curve()->missing, std::size_t{1});
        const auto points = whole(path);
        QCOMPARE(*points.back().value, computeSharpness(*snapshot.spec, *snapshot.dataset, other->parameters)->value);
    }

    void aCancelledLookIsNotRemembered() {
        Recorder recorder(fixtures::trainer(small()), {});
        run(recorder, 3);
        SharpnessPath path;
        path.follow(recorder.snapshot(false));
        const std::atomic<bool> cancelled{true};
        QVERIFY(!path.computeNext(&cancelled));
        QCOMPARE(path.curve()->missing, std::size_t{4});
    }
};

QTEST_GUILESS_MAIN(SharpnessPathTest)
#include "sharpness_path_test.moc"
