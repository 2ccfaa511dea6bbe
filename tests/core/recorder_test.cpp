#include "tests/core/fixtures.h"

#include <QTest>

using namespace flatline;

class RecorderTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where rows do not stand at multiples of `every`, or the first or last step has none.
    void rowsStandWhereTheyWereAskedFor() {
        Recorder recorder(fixtures::trainer({}), {.every = 10});
        for (int i = 0; i < 37; ++i)
            QVERIFY(recorder.step());
        recorder.finish();
        std::vector<std::int64_t> steps;
        for (const auto& row : recorder.rows())
            steps.push_back(row->step);
        QCOMPARE(steps, (std::vector<std::int64_t>{0, 10, 20, 30, 37}));
        recorder.finish();
        QCOMPARE(recorder.rows().size(), std::size_t{5});
    }

    // Breaks where an action by hand leaves no second look at its step, or that look gets into the trace's steps twice
    // unmarked.
    void anActionIsLookedAtTwice() {
        Recorder recorder(fixtures::trainer({}), {});
        for (int i = 0; i < 5; ++i)
            QVERIFY(recorder.step());
        QVERIFY(recorder.act(ThermalKick{3.0, {Target::Kind::All}, KickedParameters::Both}).ok());
        const auto& rows = recorder.rows();
        QCOMPARE(rows[rows.size() - 2]->step, 5);
        QCOMPARE(rows.back()->step, 5);
        QVERIFY(rows.back()->afterIntervention && !rows[rows.size() - 2]->afterIntervention);
        QVERIFY(rows.back()->trainLoss != rows[rows.size() - 2]->trainLoss);
    }

    // Breaks where a control that is turned before the first step leaves a mark, an intervention or a stale row 0.
    void aSettingChangedAtTheStartIsTheExperiments() {
        Recorder recorder(fixtures::trainer({}), {});
        const double before = recorder.last().trainLoss;
        QVERIFY(recorder.act(SettingChange{"network.activation", std::string("tanh")}).ok());
        QCOMPARE(recorder.rows().size(), std::size_t{1});
        QVERIFY(recorder.last().trainLoss != before);
        QCOMPARE(recorder.trainer().experiment().network.activation, std::string("tanh"));
        QVERIFY(recorder.trainer().experiment().interventions.empty());
        QVERIFY(recorder.trainer().marks().empty());
        QVERIFY(recorder.act(ThermalKick{}).ok());
        QVERIFY(recorder.act(SettingChange{"network.activation", std::string("elu")}).ok());
        QCOMPARE(recorder.trainer().experiment().interventions.size(), std::size_t{2});
    }

    // Breaks where keyframes outgrow their memory, forget the start, or are no longer multiples of one stride.
    void keyframesThinOut() {
        Recorder recorder(fixtures::trainer({}), {.maximumKeyframes = 16});
        for (int i = 0; i < 1000; ++i)
            QVERIFY(recorder.step());
        const auto& keyframes = recorder.keyframes();
        QVERIFY(keyframes.size() <= 16 && keyframes.size() >= 8);
        QCOMPARE(keyframes.front()->step, 0);
        const std::int64_t stride = keyframes[1]->step;
        for (std::size_t i = 0; i < keyframes.size(); ++i)
            QCOMPARE(keyframes[i]->step, static_cast<std::int64_t>(i) * stride);
    }

    // Breaks where a snapshot is not of the moment it is taken, or its parts disagree.
    void snapshotsAreConsistent() {
        Recorder recorder(fixtures::trainer(fixtures::harshSettings(1)), {});
        for (int i = 0; i < 300; ++i)
            QVERIFY(recorder.step());
        const Snapshot snapshot = recorder.snapshot(true);
        QCOMPARE(snapshot.now.step, 300);
        QCOMPARE(snapshot.diagnosis->step, 300);
        QCOMPARE(snapshot.fields->step, 300);
        QCOMPARE(snapshot.now.dead(), snapshot.diagnosis->dead());
        QCOMPARE(*snapshot.parameters, recorder.trainer().parameters());
        QCOMPARE(snapshot.curves->trainLoss.back().step, 300.0);
        int dead = 0;
        for (const auto& layer : snapshot.lives)
            for (const NeuronLife& life : layer)
                dead += life.diedAt >= 0 && life.revivedAt < life.diedAt ? 1 : 0;
        QCOMPARE(dead, snapshot.now.dead());
        for (const LayerDiagnosis& layer : snapshot.diagnosis->layers) {
            const Histogram& z = layer.preActivations;
            std::int64_t counted = z.below + z.above + z.zeros + z.nonFinite;
            for (const std::int64_t bin : z.bins)
                counted += bin;
            QCOMPARE(counted, std::int64_t{600});
        }
    }

    // Breaks where fields are not what the network gives at their place.
    void fieldsAreTheNetworkOverThePlane() {
        Recorder recorder(fixtures::trainer({}), {});
        const Snapshot snapshot = recorder.snapshot(true);
        const Fields& fields = *snapshot.fields;
        Batch<float> corner(1, 2);
        corner << fields.xMaximum, fields.yMinimum;
        Pass<float> pass;
        recorder.trainer().network().forward(snapshot.parameters->data(), corner, pass);
        const auto index = static_cast<std::size_t>(fields.columns - 1);
        for (std::size_t j = 0; j < 8; ++j)
            QVERIFY(std::abs(fields.activations[0][j][index] - pass.activations[0](0, static_cast<int>(j))) < 1e-5F);
        Settings iris;
        iris.data.source = "iris";
        QVERIFY(Recorder(fixtures::trainer(iris), {}).snapshot(true).fields == nullptr);
    }

    // Breaks where a reset leaves rows, keyframes or marks of the old run behind.
    void resetBeginsAnew() {
        Recorder recorder(fixtures::trainer({}), {});
        for (int i = 0; i < 50; ++i)
            QVERIFY(recorder.step());
        recorder.reset();
        QCOMPARE(recorder.rows().size(), std::size_t{1});
        QCOMPARE(recorder.keyframes().size(), std::size_t{1});
        QCOMPARE(recorder.last().step, 0);
    }
};

QTEST_GUILESS_MAIN(RecorderTest)
#include "recorder_test.moc"
