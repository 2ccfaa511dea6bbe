#include "neuron_run.h"
#include "ui/fields/neuron_report.h"
#include "ui/fields/strip_text.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

const Fact* factNamed(const std::vector<Fact>& facts, const QString& name) {
    for (const Fact& fact : facts)
        if (fact.name.startsWith(name))
            return &fact;
    return nullptr;
}

} // namespace

class NeuronReportTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a dead neuron shows an old revival, or a living one its old death.
    void theLatestCertificateIsShown() {
        const auto run = test::neuronRun();
        QVERIFY(!latestCertificate(*run, {1, 1}).revival);
        QCOMPARE(latestCertificate(*run, {1, 1}).certificate->verdict, Verdict::Overshoot);
        QVERIFY(latestCertificate(*run, {1, 2}).revival);
        QVERIFY(latestCertificate(*run, {1, 3}).certificate == nullptr);
        QVERIFY(latestCertificate(*run, {9, 9}).certificate == nullptr);
        run->lives[0][0].revival = test::revivalCertificate(); // it came back once, and died again
        QVERIFY(!latestCertificate(*run, {1, 1}).revival);
    }

    // Breaks where the rows do not lead exactly from the margin before to the margin after, or 0 is made a row.
    void theRowsAddUp() {
        const ShownCertificate shown{test::deathCertificate(), false};
        const std::vector<SumRow> rows = sumRows(shown, true);
        QCOMPARE(rows.size(), std::size_t{5}); // before, three causes, after
        QVERIFY(rows.front().total && rows.back().total);
        QCOMPARE(rows.front().value(), 1.10);
        QCOMPARE(rows.back().value(), shown.certificate->marginAfter);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            QVERIFY(rows[i].total || rows[i].from == rows[i - 1].to);
            QVERIFY(!rows[i].label.isEmpty());
        }
        QVERIFY(std::abs(rows[3].to - rows[4].to) < 1e-12);
        QCOMPARE(rows[3].label, coreText(causeTable()[static_cast<std::size_t>(Cause::BiasDecay)].label));
        QVERIFY(sumRows({test::birthCertificate(), false}, true).empty()); // nothing led to it
    }

    // Breaks where a death is explained with the sentence for a revival, or the verdict is not named.
    void verdictsHaveTheirSentences() {
        for (const VerdictRow& row : verdictTable()) {
            Certificate certificate;
            certificate.verdict = row.verdict;
            const auto shared = std::make_shared<const Certificate>(certificate);
            QCOMPARE(verdictSentence({shared, false}), coreText(row.sentence));
            QCOMPARE(verdictSentence({shared, true}), coreText(row.revival));
            QCOMPARE(verdictLabel(certificate), coreText(row.label));
        }
        const auto run = test::neuronRun();
        QCOMPARE(verdictText(*run, {1, 1}), QStringLiteral("died at step 203: Overshoot"));
        QCOMPARE(verdictText(*run, {1, 2}), QStringLiteral("came back at step 600: Kick"));
        QCOMPARE(verdictText(*run, {1, 3}), QString());
    }

    // Breaks where step, batch, rate or the worst step are missing or mixed up.
    void factsOfTheCertificate() {
        const std::vector<Fact> facts = certificateFacts({test::deathCertificate(), false});
        QCOMPARE(factNamed(facts, "Step")->value, QStringLiteral("203"));
        QCOMPARE(factNamed(facts, "Epoch")->value, QStringLiteral("8"));
        QCOMPARE(factNamed(facts, "Batch")->value, QStringLiteral("3"));
        QCOMPARE(factNamed(facts, "Learning rate")->value, QStringLiteral("3"));
        QCOMPARE(factNamed(facts, "Worst step 203")->value, QStringLiteral("−2.28"));
        const std::vector<Fact> kicked = certificateFacts({test::revivalCertificate(), true});
        QCOMPARE(factNamed(kicked, "Batch")->value, QStringLiteral("none"));
        QVERIFY(factNamed(kicked, "Worst step") == nullptr);
    }

    // Breaks where the outlook of a dead neuron speaks of lethal rates, that of a living one of waking, or one is made
    // of an analysis of another moment.
    void theOutlookFitsTheState() {
        const Frame frame = test::neuronFrame();
        const std::vector<Fact> dead = outlookFacts(frame, {1, 1});
        QCOMPARE(dead.size(), std::size_t{2});
        QCOMPARE(dead[0].name, coreText(wakeTable()[0].sentence));
        QVERIFY(dead[1].name.contains("σ 0.5") && dead[1].value.contains("45 %"));
        const std::vector<Fact> living = outlookFacts(frame, {2, 3});
        QCOMPARE(living.size(), std::size_t{1});
        QCOMPARE(living[0].value, QStringLiteral("1.58 to 30; set is 0.3"));
        QVERIFY(living[0].ink == &Theme::text);
        Frame stale = frame;
        const auto later = std::make_shared<Snapshot>(*frame.snapshot);
        auto diagnosis = std::make_shared<Diagnosis>(*later->diagnosis);
        diagnosis->layers[0].neurons[0].state = NeuronState::Alive; // since the analysis
        later->diagnosis = diagnosis;
        stale.snapshot = later;
        QVERIFY(outlookFacts(stale, {1, 1}).empty());
        stale.analysis = nullptr;
        QVERIFY(outlookFacts(stale, {1, 2}).empty());
    }

    // Breaks where what is to be guessed can be read.
    void predictionsCanBeHidden() {
        Frame frame = test::neuronFrame();
        frame.predictionsHidden = true;
        for (const NeuronId id : {NeuronId{1, 1}, NeuronId{2, 3}}) {
            const std::vector<Fact> facts = outlookFacts(frame, id);
            QCOMPARE(facts.size(), std::size_t{1});
            QVERIFY(facts[0].name.contains("hidden") && facts[0].value.isEmpty());
        }
    }

    // Breaks where a rate that kills in the next step is not marked, or a neuron that none kills is not called immune.
    void lethalRatesWarn() {
        Frame frame = test::neuronFrame();
        auto run = std::make_shared<Snapshot>(*frame.snapshot);
        run->settings.training.learningRate = 2.0;
        frame.snapshot = run;
        QVERIFY(outlookFacts(frame, {1, 3})[0].ink == &Theme::dead);
        auto immune = test::neuronAnalysis(*run);
        immune->outlook[0][2].lethal.reset();
        frame.analysis = immune;
        QVERIFY(outlookFacts(frame, {1, 3})[0].value.contains("immune"));
    }

    // Breaks where the step at which bias decay wakes a neuron is not told.
    void theStepOfWakingIsTold() {
        Frame frame = test::neuronFrame();
        auto analysis = std::make_shared<Analysis>(*frame.analysis);
        analysis->outlook[0][0].wake = WakeChance::ByBiasDecay;
        analysis->outlook[0][0].wakesAt = 1234;
        frame.analysis = analysis;
        QVERIFY2(outlookFacts(frame, {1, 1})[0].name.contains(countText(1234)),
                 qPrintable(outlookFacts(frame, {1, 1})[0].name));
    }

    // Breaks where the tooltip leaves out the cause of death, the dormancy, the learnt slope or the prospects.
    void theTooltipTellsAll() {
        const QString dead = neuronTip(test::neuronFrame(), {1, 1});
        for (const char* part : {"L1·1: dead since step 203", "died at step 203: Overshoot", "margin −0.2",
                                 "dormancy score 0", "45 %", "bias "})
            QVERIFY2(dead.contains(part), qPrintable(dead));
        Frame frame = test::neuronFrame();
        frame.snapshot = test::neuronRun("prelu");
        const QString learnt = neuronTip(frame, {1, 3});
        // Parameters count up by 0.1: 8 weights, 4 biases, then the slopes.
        QVERIFY2(learnt.contains("learnt slope 1.4"), qPrintable(learnt));
    }

    // Breaks where the figures of a dormant neuron do not say so, or the score of a dead one does.
    void dormancyIsSaid() {
        auto run = test::neuronRun();
        auto diagnosis = std::make_shared<Diagnosis>(*run->diagnosis);
        diagnosis->layers[0].neurons[2].dormancy = 0.02F;
        run->diagnosis = diagnosis;
        QVERIFY(factNamed(conditionFacts(*run, {1, 3}), "Dormancy")->value.contains("dormant"));
        QCOMPARE(factNamed(conditionFacts(*run, {1, 1}), "Dormancy")->value, QStringLiteral("0"));
        QCOMPARE(factNamed(conditionFacts(*run, {1, 2}), "Margin")->value, QStringLiteral("0.8"));
        QVERIFY(factNamed(conditionFacts(*test::neuronRun("tanh"), {1, 2}), "Margin") == nullptr);
    }
};

QTEST_MAIN(NeuronReportTest)
#include "neuron_report_test.moc"
