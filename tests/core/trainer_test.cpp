#include "core/base/flushed_subnormals.h"
#include "core/export/csv_files.h"
#include "core/network/initialization.h"
#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

#include <cmath>

using namespace flatline;
using fixtures::sameBits;

namespace {

void steps(Trainer& trainer, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(trainer.step());
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the update is not PyTorch's SGD with momentum and coupled decay; by hand for w x + b, squared loss:
    // g_w = 2 (w x + b - y) x + lw w, g_b = 2 (w x + b - y) + lb b, v = mu v + g, p -= lr v.
    void momentumAndDecayAsWrittenDown() {
        Settings settings;
        settings.network.hidden = {};
        settings.training = {"sgd", 0.1, 0.9, 1, false, 0.01, 0.05};
        Result<Trainer> made = Trainer::create(settings, fixtures::points({2.0F}, {1.0F}), {0.5F, -0.25F});
        QVERIFY(made.ok());
        double w = 0.5;
        double b = -0.25;
        double vw = 0.0;
        double vb = 0.0;
        for (int i = 0; i < 20; ++i) {
            const double error = 2.0 * (w * 2.0 + b - 1.0);
            vw = 0.9 * vw + error * 2.0 + 0.01 * w;
            vb = 0.9 * vb + error + 0.05 * b;
            w -= 0.1 * vw;
            b -= 0.1 * vb;
            QVERIFY(made.value().step());
            QVERIFY(std::abs(static_cast<double>(made.value().parameters()[0]) - w) < 1e-4);
            QVERIFY(std::abs(static_cast<double>(made.value().parameters()[1]) - b) < 1e-4);
        }
    }

    // Breaks where a gradient that has faded into the subnormal numbers is reckoned with, which takes many times as
    // long and moves nothing, or where those numbers are 0 to the diagnosis, too.
    void subnormalNumbersAreNothingToAStep() {
        if (!FlushedSubnormals::works())
            QSKIP("this machine does not flush subnormal numbers");
        Settings settings;
        settings.network.hidden = {};
        settings.training = {"sgd", 0.1, 0.0, 1, false, 0.0, 0.0};
        Result<Trainer> made = Trainer::create(settings, fixtures::points({1e-15F}, {0.0F}), {1e-25F, 0.0F});
        QVERIFY(made.ok());
        QVERIFY(made.value().step()); // the output is 1e-40
        QVERIFY(sameBits(made.value().parameters(), {1e-25F, 0.0F}));
        volatile float small = 1e-20F;
        QVERIFY(small * small > 0.0F);
    }

    // Breaks where a step that the engine takes along with the gradient brings back what an optimizer remembered
    // before.
    void plainDescentForgetsMomentum() {
        Settings settings;
        settings.training = {"sgd", 0.05, 0.9, 1000, false, 0.01, 0.02}; // one batch
        Trainer changed = fixtures::trainer(settings);
        steps(changed, 5);
        QVERIFY(!changed.keyframe().optimizer.empty());
        QVERIFY(changed.act(SettingChange{"training.momentum", 0.0}).ok());
        settings.training.momentum = 0.0;
        Trainer plain = fixtures::trainer(settings, changed.parameters());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(changed.step() && plain.step());
            QVERIFY(sameBits(changed.parameters(), plain.parameters()));
            QVERIFY(changed.keyframe().optimizer.empty());
        }
    }

    // Breaks where the gradient of a step that was taken along, which nobody wrote down, is not told as it was, or told
    // under another step's warmth: it makes that step, to the bit. The rate is a power of two: fused or not, it is the
    // same.
    void lastStepTellsItsGradient() {
        for (const std::vector<int>& hidden : {std::vector{8, 8}, std::vector{256, 256}}) {
            Settings settings;
            settings.network.hidden = hidden;
            settings.training.learningRate = 0.125;
            settings.training.batchSize = 64;
            settings.interventions = {{3, BiasWarming{0.5, 40}}}; // a shift that changes from step to step
            for (const Watch watch : {Watch::Interventions, Watch::Certificates}) {
                Trainer trainer =
                    Trainer::create(settings, fixtures::dataset(settings), {}, TrainerOptions{watch}).value();
                for (int i = 0; i < 8; ++i) {
                    QVERIFY(trainer.step());
                    const StepTrace made = trainer.lastStep();
                    const std::vector<float> after = trainer.parameters();
                    for (const Block& block : trainer.network().layout().blocks())
                        for (std::size_t at = block.offset; at < block.offset + block.size(); ++at)
                            QVERIFY(after[at] == std::fma(-0.125F, made.gradient[at], made.before[at]));
                }
            }
        }
    }

    // Breaks where batches are not consecutive slices, the ragged last one is left out, or an epoch is miscounted.
    void batchesAsTheContractSays() {
        Settings settings;
        settings.data.samples = 25;
        settings.data.testFraction = 0.0;
        settings.training.shuffle = false;
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 2);
        QCOMPARE(trainer.epochsDone(), 0);
        steps(trainer, 1);
        QCOMPARE(trainer.epochsDone(), 1);
        steps(trainer, 3);
        QCOMPARE(trainer.epochsDone(), 2);
        settings.training.batchSize = 1000;
        Trainer whole = fixtures::trainer(settings);
        steps(whole, 4);
        QCOMPARE(whole.epochsDone(), 4);
    }

    // Breaks where anything but settings and data decides the bits.
    void sameSeedSameBits() {
        const Settings settings = fixtures::harshSettings(3);
        Trainer first = fixtures::trainer(settings);
        Trainer second = fixtures::trainer(settings);
        for (int i = 0; i < 300; ++i) {
            QVERIFY(first.step());
            QVERIFY(second.step());
            (void)second.observe(); // looking changes nothing
            if (i % 7 == 0)
                (void)second.examine(3.0F);
        }
        QVERIFY(sameBits(first.parameters(), second.parameters()));
        Settings other = settings;
        other.seed = 4;
        Trainer third = fixtures::trainer(other);
        steps(third, 300);
        QVERIFY(!sameBits(first.parameters(), third.parameters()));
    }

    // Breaks where another activation changes the data, the starting weights or the batches: A and B must differ in one
    // thing only.
    void anotherActivationKeepsTheDraws() {
        Settings settings = fixtures::harshSettings(5);
        Trainer relu = fixtures::trainer(settings);
        settings.network.activation = "tanh";
        Trainer tanh = fixtures::trainer(settings);
        QVERIFY(sameBits(relu.parameters(), tanh.parameters()));
        QVERIFY(relu.dataset()->train.features == tanh.dataset()->train.features);
    }

    // Breaks where a keyframe forgets something: momentum, the place in the epoch, kicks drawn, settings changed.
    void restoringAKeyframeRepeatsTheRun() {
        Settings settings = fixtures::harshSettings(2);
        settings.training.momentum = 0.5;
        settings.interventions = {{30, SettingChange{"training.learning_rate", 0.1}},
                                  {50, ThermalKick{0.7, {Target::Kind::All}, KickedParameters::Both}},
                                  {80, ThermalKick{0.7, {Target::Kind::Layer, 1}, KickedParameters::Bias}}};
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 57);
        const Keyframe keyframe = trainer.keyframe();
        steps(trainer, 100);
        const std::vector<float> parameters = trainer.parameters();
        const std::size_t events = trainer.events().size();
        const auto lives = trainer.lives();
        trainer.restore(keyframe);
        QCOMPARE(trainer.stepsDone(), 57);
        steps(trainer, 100);
        QVERIFY(sameBits(parameters, trainer.parameters()));
        QCOMPARE(trainer.events().size(), events);
        QCOMPARE(trainer.lives(), lives);
    }

    // Breaks where a run with changes made by hand cannot be repeated from its experiment.
    void whatWasDoneByHandIsPartOfTheExperiment() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(2));
        steps(trainer, 40);
        QVERIFY(trainer.act(SettingChange{"training.learning_rate", 0.2}).ok());
        QVERIFY(trainer.act(ThermalKick{1.0, {Target::Kind::All}, KickedParameters::Both}).ok());
        steps(trainer, 25);
        QVERIFY(trainer.act(SettingChange{"network.activation", std::string("elu")}).ok());
        steps(trainer, 25);
        QCOMPARE(trainer.experiment().training.learningRate, 0.8);
        QCOMPARE(trainer.settings().training.learningRate, 0.2);
        Trainer again = fixtures::trainer(trainer.experiment());
        steps(again, 90);
        QVERIFY(sameBits(trainer.parameters(), again.parameters()));
    }

    // Breaks where a live change touches the weights, or a change that would need a restart is let through.
    void liveChangesKeepTheWeights() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(2));
        steps(trainer, 10);
        const std::vector<float> before = trainer.parameters();
        QVERIFY(trainer.act(SettingChange{"network.activation", std::string("leaky-relu")}).ok());
        QVERIFY(trainer.act(SettingChange{"training.batch_size", std::int64_t{3}}).ok());
        QVERIFY(sameBits(before, trainer.parameters()));
        for (const char* path : {"seed", "network.hidden", "data.noise", "network.output", "no.such"})
            QVERIFY(!trainer.act(SettingChange{path, std::int64_t{1}}).ok());
        QVERIFY(!trainer.act(SettingChange{"training.learning_rate", 1e9}).ok());
        QVERIFY(!trainer.act(ThermalKick{0.5, {Target::Kind::Layer, 3}, KickedParameters::Both}).ok());
        QVERIFY(!trainer.act(ThermalKick{0.5, {Target::Kind::Neuron, 1, 7}, KickedParameters::Both}).ok());
        QCOMPARE(trainer.marks().size(), std::size_t{2});
    }

    // Breaks where reset is not the same initialization, forgets a control that was turned, or keeps a kick.
    void resetGoesBackToTheSameInitialization() {
        Settings settings = fixtures::harshSettings(2);
        settings.interventions = {{5, SettingChange{"training.learning_rate", 3.0}}};
        Trainer trainer = fixtures::trainer(settings);
        const std::vector<float> start = trainer.parameters();
        steps(trainer, 20);
        QVERIFY(trainer.act(SettingChange{"training.momentum", 0.4}).ok());
        QVERIFY(trainer.act(ThermalKick{}).ok());
        steps(trainer, 20);
        trainer.reset();
        QVERIFY(sameBits(start, trainer.parameters()));
        QCOMPARE(trainer.stepsDone(), 0);
        QCOMPARE(trainer.settings().training.momentum, 0.4);
        QCOMPARE(trainer.settings().training.learningRate, 0.8);
        QCOMPARE(trainer.experiment().interventions, settings.interventions);
        QCOMPARE(trainer.marks().size(), std::size_t{0});
        steps(trainer, 10);
        QCOMPARE(trainer.settings().training.learningRate, 3.0);
    }

    // Breaks where a divergence goes unlabelled, loses the last finite state, or names no step and layer.
    void divergenceKeepsTheLastFiniteState() {
        Settings settings;
        settings.data.source = "plane";
        settings.network.hidden = {8};
        settings.network.activation = "identity";
        settings.training.learningRate = 50.0;
        Trainer trainer = fixtures::trainer(settings);
        int done = 0;
        while (done < 10000 && trainer.step())
            ++done;
        QVERIFY(trainer.divergence().has_value());
        QCOMPARE(trainer.stepsDone(), done);
        for (const float p : trainer.parameters())
            QVERIFY(std::isfinite(p));
        const std::string text = trainer.divergence()->english();
        QVERIFY2(text.find("step " + std::to_string(done + 1)) != std::string::npos, text.c_str());
        QVERIFY2(text.find("layer") != std::string::npos, text.c_str());
        QCOMPARE(trainer.events()[trainer.events().size() - 1].kind, EventKind::Diverged);
        QVERIFY(!trainer.step());
    }

    // Breaks where the update's size is not that of the step that follows, or looking at it changes the run.
    void theUpdateIsThatOfTheNextStep() {
        for (const char* optimizer : {"sgd", "adam"}) {
            Settings settings = fixtures::harshSettings(3);
            settings.training.optimizer = optimizer;
            settings.training.learningRate = 0.05;
            Trainer trainer = fixtures::trainer(settings);
            Trainer unseen = fixtures::trainer(settings);
            steps(trainer, 20);
            steps(unseen, 20);
            for (int i = 0; i < 5; ++i) {
                const std::optional<double> ratio = trainer.observe().updateRatio;
                QVERIFY(ratio.has_value());
                const std::vector<float> before = trainer.parameters();
                steps(trainer, 1);
                steps(unseen, 1);
                double moved = 0.0;
                double whole = 0.0;
                for (std::size_t p = 0; p < before.size(); ++p) {
                    const double move = static_cast<double>(trainer.parameters()[p]) - static_cast<double>(before[p]);
                    moved += move * move;
                    whole += static_cast<double>(before[p]) * static_cast<double>(before[p]);
                }
                QVERIFY(std::abs(*ratio / std::sqrt(moved / whole) - 1.0) < 1e-3);
            }
            QVERIFY(trainer.parameters() == unseen.parameters());
        }
        Settings zeros = fixtures::harshSettings(3);
        zeros.initialization.weights = "zeros";
        QVERIFY(!fixtures::trainer(zeros).observe().updateRatio); // relative to nothing
    }

    // Breaks where an output that does not fit the data is accepted.
    void outputsMustFitTheData() {
        Settings settings;
        settings.data.source = "plane";
        settings.network.output = "softmax";
        Result<Trainer> made = Trainer::create(settings, fixtures::dataset(settings));
        QVERIFY(!made.ok());
        QCOMPARE(made.error().where, std::string("network.output"));
        settings.data.source = "iris";
        settings.network.output = "sigmoid";
        QVERIFY(!Trainer::create(settings, fixtures::dataset(settings)).ok());
        settings.data.source = "circles";
        settings.network.output = "linear"; // squared loss on -1 and +1
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 2000);
        const Observation row = trainer.observe();
        QVERIFY(row.trainAccuracy.value() > 0.9);
        QVERIFY(row.trainLoss < 0.4);
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "trainer_test.moc"
