#include "core/network/initialization.h"
#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

using Steps = std::vector<std::int64_t>;

/// Nothing moves by itself.
Settings still() {
    Settings settings;
    settings.training.learningRate = 0.0;
    return settings;
}

void steps(Trainer& trainer, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(trainer.step());
}

/// The values of the blocks that both layouts have, in the order of the plain one.
std::vector<float> common(const Trainer& trainer) {
    const NetworkSpec& spec = trainer.network().spec();
    std::vector<int> widths{spec.inputs};
    widths.insert(widths.end(), spec.hidden.begin(), spec.hidden.end());
    widths.push_back(spec.outputs);
    const Layout plain(widths);
    return relaid(trainer.network().layout(), trainer.parameters(), plain, std::vector<float>(plain.size(), NAN));
}

} // namespace

class TrainerActionsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where warming's shift after n of its steps is not gamma (1 - n / steps), two of them do not add up, or
    // something is left after them.
    void warmingFollowsItsSchedule() {
        Settings settings = still();
        settings.interventions = {{3, BiasWarming{2.0, 8}}, {5, BiasWarming{-0.5, 4}}};
        Trainer trainer = fixtures::oneNeuron(settings, {1.0F, -1.0F}, {1.0F, 0.0F, 1.0F, 0.0F});
        const std::vector<float> start = trainer.parameters();
        const double loss = trainer.observe().trainLoss;
        const auto part = [](double gamma, int begin, int length, int step) {
            const int done = step - begin;
            return done < 0 || done >= length ? 0.0 : gamma * (1.0 - done / static_cast<double>(length));
        };
        for (int step = 1; step <= 20; ++step) {
            steps(trainer, 1);
            const double first = step > 3 ? part(2.0, 3, 8, step) : 0.0; // it acts before the update of step 4
            const double second = step > 5 ? part(-0.5, 5, 4, step) : 0.0;
            QCOMPARE(trainer.network().spec().biasShift.all, first + second);
            QVERIFY(trainer.network().spec().biasShift.own.empty());
            const Observation row = trainer.observe();
            QCOMPARE(row.warming, first + second);
            QCOMPARE(row.trainLoss != loss, first + second != 0.0);
        }
        QVERIFY(trainer.network().spec().biasShift.none());
        QVERIFY(fixtures::sameBits(start, trainer.parameters()));
    }

    // Breaks where warming does not wake who lies less than gamma below 0, at once, or whom it woke does not go when
    // what is left of gamma no longer carries it: at the first n with m + b + gamma (1 - n / steps) <= 0, m the largest
    // w x. With a negative gamma the other way round.
    void warmingRevivesAndKills() {
        constexpr int length = 50;
        for (const float bias : {-0.78F, -1.14F, -1.62F}) {
            Trainer trainer = fixtures::oneNeuron(still(), {0.5F, -2.0F}, {1.0F, bias, 1.0F, 0.0F});
            QVERIFY(trainer.lives()[0][0].bornDead);
            steps(trainer, 4);
            QVERIFY(trainer.act(BiasWarming{1.5, length}).ok());
            QCOMPARE(fixtures::stepsOf(trainer, EventKind::Revived, 1, 1), Steps{4});
            steps(trainer, length + 10);
            const double reach = 0.5 + static_cast<double>(bias) + 1.5;
            const auto last = static_cast<std::int64_t>(std::ceil(reach / 1.5 * length));
            QCOMPARE(fixtures::stepsOf(trainer, EventKind::Died, 1, 1), (Steps{0, 4 + last}));
        }
        Trainer trainer = fixtures::oneNeuron(still(), {0.5F, -2.0F}, {1.0F, 0.1F, 1.0F, 0.0F});
        QVERIFY(trainer.act(BiasWarming{-1.0, 10}).ok());
        QCOMPARE(fixtures::stepsOf(trainer, EventKind::Died, 1, 1), Steps{0});
        steps(trainer, 20);
        QCOMPARE(fixtures::stepsOf(trainer, EventKind::Revived, 1, 1), Steps{5}); // 0.6 - 1 + 5 / 10 > 0
        QVERIFY(!trainer.lives()[0][0].bornDead);
    }

    // Breaks where warming, through training, is forgotten by the gradient: a woken neuron must learn.
    void awokenNeuronsLearn() {
        Settings settings;
        settings.training.learningRate = 0.05;
        settings.network.hidden = {1};
        Result<Trainer> made =
            Trainer::create(settings, fixtures::points({0.5F, 2.0F}, {1.0F, 4.0F}), {0.3F, -1.0F, 1.0F, 0.0F});
        Trainer& trainer = made.value();
        steps(trainer, 20);
        QCOMPARE(trainer.parameters()[0], 0.3F);
        QVERIFY(trainer.act(BiasWarming{1.0, 400}).ok());
        steps(trainer, 500);
        QVERIFY(!fixtures::isDead(trainer, 0, 0));
        QVERIFY(trainer.observe().trainLoss < 0.1);
    }

    // Breaks where a reset in the trainer is not fresh, not silent, or touches others: its incoming parameters are new,
    // its outgoing weights 0, the loss that of the network without it, all others the same bits.
    void resetNeuronsStartAnew() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(4));
        steps(trainer, 50);
        const Layout layout = trainer.network().layout();
        const std::vector<float> before = trainer.parameters();
        QVERIFY(trainer.act(ResetNeurons{{Target::Kind::Neuron, 1, 3}}).ok());
        for (const Block& block : layout.blocks())
            for (int row = 0; row < block.rows; ++row)
                for (int column = 0; column < block.columns; ++column) {
                    const std::size_t i = block.at(row, column);
                    const bool weight = block.kind == BlockKind::Weight;
                    if (block.layer == 1 && row == 2 && weight)
                        QVERIFY(trainer.parameters()[i] != before[i] && trainer.parameters()[i] != 0.0F);
                    else if ((block.layer == 1 && row == 2) || (block.layer == 2 && weight && column == 2))
                        QCOMPARE(trainer.parameters()[i], 0.0F); // its bias as initialization.bias has it, and outgoing
                    else
                        QCOMPARE(trainer.parameters()[i], before[i]);
                }
        const double loss = trainer.observe().trainLoss;
        QVERIFY(trainer.act(ResetNeurons{{Target::Kind::Neuron, 1, 3}}).ok()); // drawn anew, and still silent
        QVERIFY(!fixtures::sameBits(before, trainer.parameters()));
        QCOMPARE(trainer.observe().trainLoss, loss);
    }

    // Breaks where a second reset draws what the first one drew, or a run with resets does not repeat itself.
    void everyResetDrawsItsOwn() {
        const auto run = [] {
            Trainer trainer = fixtures::trainer(fixtures::harshSettings(4));
            std::vector<std::vector<float>> seen;
            for (int i = 0; i < 3; ++i) {
                [[maybe_unused]] const auto done = trainer.act(ResetNeurons{{Target::Kind::All}});
                seen.push_back(trainer.parameters());
            }
            return seen;
        };
        const auto first = run();
        QVERIFY(first == run());
        QVERIFY(first[0] != first[1] && first[1] != first[2] && first[0] != first[2]);
        const Trainer untouched = fixtures::trainer(fixtures::harshSettings(4));
        QVERIFY(first[0] != untouched.parameters());
    }

    // Breaks where the dead that are reset stay dead although they were drawn into life, or the living are reset, too.
    void resettingTheDeadRevivesMost() {
        int dead = 0;
        int revived = 0;
        for (std::int64_t seed = 1; seed <= 10; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.training.learningRate = 2.0;
            Trainer trainer = fixtures::trainer(settings);
            steps(trainer, 200);
            const int before = trainer.observe().dead();
            QVERIFY(trainer.act(ResetNeurons{}).ok());
            QVERIFY(trainer.marks().back().deadBefore == before);
            QVERIFY(trainer.marks().back().deadAfter <= before);
            dead += before;
            revived += before - trainer.observe().dead();
        }
        QVERIFY2(dead >= 20, "hardly anybody died: the run proves nothing");
        QVERIFY2(revived * 2 > dead, qPrintable(QString("%1 of %2").arg(revived).arg(dead)));
    }

    // Breaks where going to learnt slopes and back touches weights and biases, forgets the optimizer's memory of them,
    // or cannot be repeated from the experiment that was saved.
    void learntSlopesComeAndGo_data() {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<QString>("batchNorm");
        for (const char* optimizer : {"sgd", "adam", "rmsprop"})
            for (const char* norm : {"none", "before-activation", "after-activation"})
                QTest::addRow("%s, %s", optimizer, norm) << optimizer << norm;
    }
    void learntSlopesComeAndGo() {
        QFETCH(QString, optimizer);
        QFETCH(QString, batchNorm);
        Settings settings = fixtures::harshSettings(6);
        settings.training.optimizer = optimizer.toStdString();
        settings.training.learningRate = optimizer == "sgd" ? 0.1 : 0.01;
        settings.training.momentum = 0.7;
        settings.network.batchNorm = batchNorm.toStdString();
        Trainer trainer = fixtures::trainer(settings);
        const auto change = [&](const char* activation) {
            const std::vector<float> before = common(trainer);
            const float memory =
                trainer.keyframe().optimizer.first.empty() ? 0.0F : trainer.keyframe().optimizer.first[0];
            QVERIFY(trainer.act(SettingChange{"network.activation", std::string(activation)}).ok());
            QVERIFY(fixtures::sameBits(before, common(trainer)));
            const OptimizerState& state = trainer.keyframe().optimizer;
            QCOMPARE(state.first.empty() ? 0.0F : state.first[0], memory);
            for (const std::vector<float>* values : {&state.first, &state.second})
                QVERIFY(values->empty() || values->size() == trainer.parameters().size());
        };
        steps(trainer, 20);
        change("prelu");
        const Block slopes = trainer.network().layout().block(2, BlockKind::Alpha);
        QCOMPARE(trainer.parameters()[slopes.offset], 0.25F);
        steps(trainer, 30);
        QVERIFY(trainer.parameters()[slopes.offset] != 0.25F);
        change("relu");
        steps(trainer, 30);
        change("prelu"); // the slopes start again
        QCOMPARE(trainer.parameters()[slopes.offset], 0.25F);
        steps(trainer, 10);
        Trainer again = fixtures::trainer(trainer.experiment());
        steps(again, 90);
        QVERIFY(fixtures::sameBits(trainer.parameters(), again.parameters()));
        QCOMPARE(again.lives(), trainer.lives());
    }

    // Breaks where a new alpha does not reach the slopes that were learnt, or moves anything else.
    void aNewAlphaStartsTheSlopesAgain() {
        Settings settings = fixtures::harshSettings(6);
        settings.network.activation = "prelu";
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 30);
        const std::vector<float> before = common(trainer);
        QVERIFY(trainer.act(SettingChange{"network.alpha", 0.125}).ok());
        QVERIFY(fixtures::sameBits(before, common(trainer)));
        const Layout& layout = trainer.network().layout();
        for (const int layer : {1, 2})
            for (int j = 0; j < 6; ++j)
                QCOMPARE(trainer.parameters()[layout.block(layer, BlockKind::Alpha).at(j, 0)], 0.125F);
        trainer.reset();
        QCOMPARE(trainer.parameters()[layout.block(1, BlockKind::Alpha).offset], 0.125F);
    }

    // Breaks where relu-normalized's infinite losses pass for a divergence, are not counted, or softmax, same seeds,
    // has one too.
    void infiniteLossesAreCountedNotDiverged() {
        int infinite = 0;
        for (std::int64_t seed = 1; seed <= 5; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.training.learningRate = 0.1;
            settings.network.output = "relu-normalized";
            Trainer disaster = fixtures::trainer(settings);
            settings.network.output = "softmax";
            Trainer twin = fixtures::trainer(settings);
            for (int step = 0; step < 100; ++step) {
                const Observation row = disaster.observe();
                QCOMPARE(std::isinf(row.trainLoss), row.infiniteLossSamples > 0);
                QVERIFY(row.finite());
                infinite += row.infiniteLossSamples > 0 ? 1 : 0;
                const Observation calm = twin.observe();
                QVERIFY(std::isfinite(calm.trainLoss) && calm.gradientNorm > 0.0 && calm.infiniteLossSamples == 0);
                QVERIFY(disaster.step() && twin.step());
            }
        }
        QVERIFY2(infinite > 250, qPrintable(QString::number(infinite)));
    }
};

QTEST_GUILESS_MAIN(TrainerActionsTest)
#include "trainer_actions_test.moc"
