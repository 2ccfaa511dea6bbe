#include "core/network/folded.h"
#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

using namespace flatline;

namespace {

void steps(Trainer& trainer, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(trainer.step());
}

const Event& lastEvent(const Trainer& trainer) {
    return trainer.events()[trainer.events().size() - 1];
}

} // namespace

class EditParametersTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where an edit sets another parameter than it names, or one that it leaves out.
    void setsWhatItNames() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(4));
        steps(trainer, 20);
        const std::vector<float> before = trainer.parameters();
        const Layout layout = trainer.network().layout();
        EditParameters edit{2, 3, -1.25, {}};
        edit.weights.resize(6);
        edit.weights[4] = 0.1;
        QVERIFY(trainer.act(edit).ok());
        std::vector<float> expected = before;
        expected[layout.block(2, BlockKind::Bias).at(2, 0)] = -1.25F;
        expected[layout.block(2, BlockKind::Weight).at(2, 4)] = 0.1F;
        QVERIFY(fixtures::sameBits(trainer.parameters(), expected));
        QVERIFY(trainer.act(EditParameters{1, 1, {}, {0.5, std::nullopt}}).ok());
        expected[layout.block(1, BlockKind::Weight).at(0, 0)] = 0.5F;
        QVERIFY(fixtures::sameBits(trainer.parameters(), expected));
        QCOMPARE(trainer.stepsDone(), 20);
    }

    // Breaks where an edit makes no event, or one that does not say what became what.
    void isAnEvent() {
        Trainer trainer = fixtures::oneNeuron({}, {1.0F, -1.0F}, {1.0F, 0.0F, 1.0F, 0.0F});
        QVERIFY(trainer.act(EditParameters{1, 1, 0.25, {-0.5}}).ok());
        const Event& event = lastEvent(trainer);
        QVERIFY(event.kind == EventKind::Edit);
        QCOMPARE(eventKindId(event.kind), "edit");
        QCOMPARE(event.layer, 1);
        QCOMPARE(event.neuron, 1);
        QCOMPARE(event.detail, std::string("target=neuron:1:1 neurons=1 bias=0.25 weight1=-0.5"));
        QVERIFY(std::holds_alternative<EditParameters>(trainer.marks().back().action));
    }

    // Breaks where whom an edit kills or wakes is not dated at once, or the certificate blames something else, or its
    // figures are not those of z = w x + b on the margin's sample.
    void killsAndWakesByHand() {
        Trainer trainer = fixtures::oneNeuron({}, {2.0F, -1.0F}, {1.0F, 0.5F, 1.0F, 0.0F});
        QVERIFY(trainer.act(EditParameters{1, 1, -3.0, {}}).ok());
        const NeuronLife dead = trainer.lives()[0][0];
        QCOMPARE(dead.diedAt, 0);
        QCOMPARE(dead.cause, std::string("edit"));
        QVERIFY(dead.death != nullptr);
        QCOMPARE(dead.death->marginBefore, 2.5);
        QCOMPARE(dead.death->marginAfter, -1.0);
        QCOMPARE(dead.death->contributions[Cause::Edit], -3.5);
        QVERIFY(trainer.act(EditParameters{1, 1, {}, {-4.0}}).ok()); // now the other sample fires
        const NeuronLife back = trainer.lives()[0][0];
        QCOMPARE(back.revivedAt, 0);
        QVERIFY(back.revival != nullptr && back.revival->verdict == Verdict::Edit);
        QCOMPARE(back.revival->marginAfter, 1.0);
    }

    // Breaks where what the optimizer remembers carries an edited parameter off, or more is forgotten than was edited:
    // with a gradient of 0 a parameter moves by its velocity alone, and one that was put somewhere has none.
    void theOptimizerForgetsWhatWasEdited() {
        for (const char* optimizer : {"sgd", "adam"}) {
            Settings settings = fixtures::harshSettings(4);
            settings.training.optimizer = optimizer;
            settings.training.learningRate = 0.05;
            settings.training.momentum = 0.9;
            Trainer trainer = fixtures::trainer(settings);
            steps(trainer, 20);
            const Layout layout = trainer.network().layout();
            const std::size_t bias = layout.block(1, BlockKind::Bias).at(1, 0);
            const std::size_t weight = layout.block(1, BlockKind::Weight).at(1, 0);
            const std::size_t other = layout.block(1, BlockKind::Weight).at(1, 1);
            const Keyframe before = trainer.keyframe();
            QVERIFY(before.optimizer.first[bias] != 0.0F && before.optimizer.first[weight] != 0.0F);
            // Far below every sample: dead, so that no gradient comes.
            QVERIFY(trainer.act(EditParameters{1, 2, -50.0, {0.0, std::nullopt}}).ok());
            const Keyframe after = trainer.keyframe();
            for (std::size_t i = 0; i < after.optimizer.first.size(); ++i) {
                const bool edited = i == bias || i == weight;
                QCOMPARE(after.optimizer.first[i], edited ? 0.0F : before.optimizer.first[i]);
                if (!after.optimizer.second.empty())
                    QCOMPARE(after.optimizer.second[i], edited ? 0.0F : before.optimizer.second[i]);
            }
            const float coasting = trainer.parameters()[other];
            steps(trainer, 10);
            QCOMPARE(trainer.parameters()[bias], -50.0F);
            QCOMPARE(trainer.parameters()[weight], 0.0F);
            QVERIFY(trainer.parameters()[other] != coasting);
        }
    }

    // Breaks where setting batch norm's shift moves z by anything else than the difference, on any sample, or moves
    // more than it: that is what dragging an edge relies on.
    void betaShiftsZAndNothingElse() {
        for (const char* place : {"before-activation", "after-activation"}) {
            Settings settings = fixtures::harshSettings(4);
            settings.network.batchNorm = place;
            Trainer trainer = fixtures::trainer(settings);
            steps(trainer, 30);
            std::vector<float> expected = trainer.parameters();
            const std::size_t beta = trainer.network().layout().block(1, BlockKind::Beta).at(1, 0);
            const NormScale before = normScale(trainer.network().layout(), expected.data(), 0, 1);
            const double wanted = static_cast<double>(expected[beta]) - 0.75;
            QVERIFY(trainer.act(EditParameters{1, 2, {}, {}, wanted}).ok());
            expected[beta] = static_cast<float>(wanted);
            QVERIFY(fixtures::sameBits(trainer.parameters(), expected));
            const NormScale after = normScale(trainer.network().layout(), trainer.parameters().data(), 0, 1);
            QCOMPARE(after.scale, before.scale);
            QVERIFY(std::abs(after.shift - before.shift + 0.75) < 1e-6);
            QVERIFY(QByteArray::fromStdString(lastEvent(trainer).detail).contains(" beta="));
        }
    }

    // Breaks where an experiment that was saved does not repeat its edits to the bit, or a reset keeps them.
    void isRepeatedToTheBit() {
        for (const char* optimizer : {"sgd", "adam"}) {
            Settings settings = fixtures::harshSettings(4);
            settings.training.optimizer = optimizer;
            settings.training.learningRate = 0.05;
            settings.training.momentum = 0.5;
            Trainer trainer = fixtures::trainer(settings);
            const std::vector<float> start = trainer.parameters();
            steps(trainer, 17);
            EditParameters edit{1, 2, static_cast<double>(0.1F), {static_cast<double>(-1.0F / 3.0F), 1e-3}};
            QVERIFY(trainer.act(edit).ok());
            steps(trainer, 20);
            QVERIFY(trainer.act(EditParameters{2, 5, -2.0, {}}).ok());
            steps(trainer, 20);
            Trainer again = fixtures::trainer(trainer.experiment());
            steps(again, 57);
            QVERIFY(fixtures::sameBits(trainer.parameters(), again.parameters()));
            QCOMPARE(again.lives(), trainer.lives());
            trainer.reset();
            QVERIFY(fixtures::sameBits(trainer.parameters(), start));
            QVERIFY(trainer.experiment().interventions.empty());
        }
    }

    // Breaks where an edit with too many or too few weights is made or loaded: it would write into another block.
    void refusesAWrongNumberOfWeights() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(4));
        const std::vector<float> before = trainer.parameters();
        for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{60}}) {
            EditParameters edit{1, 2, {}, std::vector<std::optional<double>>(count, 0.5)};
            const Result<void> acted = trainer.act(edit);
            QVERIFY(!acted.ok());
            QCOMPARE(acted.error().where, std::string("weights"));
            Settings settings = fixtures::harshSettings(4);
            settings.interventions = {{5, ThermalKick{}}, {3, edit}};
            const Result<Trainer> made = Trainer::create(settings, fixtures::dataset(settings));
            QVERIFY(!made.ok());
            QCOMPARE(made.error().where, std::string("interventions[1].weights"));
        }
        QVERIFY(!trainer.act(EditParameters{1, 7, 1.0, {}}).ok());
        QVERIFY(fixtures::sameBits(trainer.parameters(), before));
        QVERIFY(trainer.experiment().interventions.empty());
    }
};

QTEST_GUILESS_MAIN(EditParametersTest)
#include "edit_parameters_test.moc"
