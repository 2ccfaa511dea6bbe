#include "ui/fields/neuron_report.h"

#include "ui/fields/neuron_parameters.h"
#include "ui/fields/prediction.h"
#include "ui/fields/strip_text.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("report", text);
}

/// A sentence of its own, without a value.
Fact wakeFact(const NeuronOutlook& outlook) {
    Fact fact{coreText(wakeTable()[static_cast<std::size_t>(*outlook.wake)].sentence), {}, {}};
    if (outlook.wakesAt)
        fact.name +=
            QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("report", "That is at step %1.")).arg(countText(*outlook.wakesAt));
    return fact;
}

Fact kickFact(double chance, const ThermalKick& kick) {
    constexpr std::array struck{QT_TRANSLATE_NOOP("report", "weights and bias"), QT_TRANSLATE_NOOP("report", "bias"),
                                QT_TRANSLATE_NOOP("report", "weights")}; // in the order of KickedParameters
    Fact fact{say(QT_TRANSLATE_NOOP("report", "Kick of σ %1 on its %2"))
                  .arg(numberText(kick.strength), say(struck[static_cast<std::size_t>(kick.parameters)])),
              say(QT_TRANSLATE_NOOP("report", "wakes it with a chance of %1")).arg(percentText(chance)),
              say(QT_TRANSLATE_NOOP("report", "The kick that the controls are set to, aimed at this neuron alone."))};
    fact.ink = &Theme::revived;
    return fact;
}

Fact lethalFact(const std::optional<LethalRates>& lethal, double rate) {
    Fact fact{say(QT_TRANSLATE_NOOP("report", "Lethal learning rates")),
              say(QT_TRANSLATE_NOOP("report", "none: immune to the next step")),
              say(QT_TRANSLATE_NOOP("report", "With such a rate the next step would leave it negative on every sample "
                                              "(to first order; exact in the first layer)."))};
    if (!lethal)
        return fact;
    fact.value =
        std::isinf(lethal->high)
            ? say(QT_TRANSLATE_NOOP("report", "from %1 on; set is %2")).arg(numberText(lethal->low), numberText(rate))
            : say(QT_TRANSLATE_NOOP("report", "%1 to %2; set is %3"))
                  .arg(numberText(lethal->low), numberText(lethal->high), numberText(rate));
    if (rate >= lethal->low && rate <= lethal->high)
        fact.ink = &Theme::dead;
    return fact;
}

} // namespace

QString factText(const Fact& fact) {
    return fact.value.isEmpty() ? fact.name : fact.name + QStringLiteral(": ") + fact.value;
}

bool hasMargin(const Snapshot& snapshot) {
    return snapshot.spec && snapshot.spec->activation != nullptr && snapshot.spec->activation->reluLike;
}

ShownCertificate latestCertificate(const Snapshot& snapshot, NeuronId id) {
    if (!hasNeuron(snapshot, id))
        return {};
    const NeuronLife& life = lifeOf(snapshot, id);
    const bool dead = diagnosisOf(snapshot, id).state == NeuronState::Dead;
    if (!dead && life.revival)
        return {life.revival, true};
    return {life.death, false};
}

QString verdictLabel(const Certificate& certificate) {
    return coreText(verdictTable()[static_cast<std::size_t>(certificate.verdict)].label);
}

QString verdictSentence(const ShownCertificate& shown) {
    const VerdictRow& row = verdictTable()[static_cast<std::size_t>(shown.certificate->verdict)];
    return coreText(shown.revival ? row.revival : row.sentence);
}

QString verdictText(const Snapshot& snapshot, NeuronId id) {
    const ShownCertificate shown = latestCertificate(snapshot, id);
    if (!shown.certificate)
        return {};
    return say(shown.revival ? QT_TRANSLATE_NOOP("report", "came back at step %1: %2")
                             : QT_TRANSLATE_NOOP("report", "died at step %1: %2"))
        .arg(countText(shown.certificate->step), verdictLabel(*shown.certificate));
}

std::vector<SumRow> sumRows(const ShownCertificate& shown, bool margin) {
    const Certificate& certificate = *shown.certificate;
    std::vector<SumRow> rows;
    if (certificate.sample == 0)
        return rows; // born so: nothing led to it
    const auto step = [](std::int64_t number) {
        return say(QT_TRANSLATE_NOOP("report", "step %1")).arg(countText(number));
    };
    const char* before =
        margin ? QT_TRANSLATE_NOOP("report", "Margin before") : QT_TRANSLATE_NOOP("report", "z before");
    const char* after = margin ? QT_TRANSLATE_NOOP("report", "Margin after") : QT_TRANSLATE_NOOP("report", "z after");
    rows.push_back({say(before), step(certificate.since), 0.0, certificate.marginBefore, true});
    double sum = certificate.marginBefore;
    for (const CauseRow& cause : causeTable()) {
        const double part = certificate.contributions[cause.cause];
        if (part == 0.0)
            continue;
        rows.push_back({coreText(cause.label), {}, sum, sum + part, false});
        sum += part;
    }
    rows.push_back({say(after), step(certificate.step), 0.0, certificate.marginAfter, true});
    return rows;
}

std::vector<Fact> certificateFacts(const ShownCertificate& shown) {
    const Certificate& certificate = *shown.certificate;
    std::vector<Fact> facts{
        {say(QT_TRANSLATE_NOOP("report", "Step")), countText(certificate.step), {}},
        {say(QT_TRANSLATE_NOOP("report", "Epoch")), countText(certificate.epoch),
         say(QT_TRANSLATE_NOOP("report", "Passes over the training set that were complete."))},
        {say(QT_TRANSLATE_NOOP("report", "Batch")),
         certificate.batch > 0 ? countText(certificate.batch) : say(QT_TRANSLATE_NOOP("report", "none")),
         say(QT_TRANSLATE_NOOP("report", "The batch of that epoch that did it; none where an intervention did."))},
        {say(QT_TRANSLATE_NOOP("report", "Learning rate")), numberText(certificate.learningRate), {}},
    };
    if (certificate.worstStep > 0)
        facts.push_back({say(QT_TRANSLATE_NOOP("report", "Worst step %1")).arg(countText(certificate.worstStep)),
                         signedText(certificate.worstGradient),
                         say(QT_TRANSLATE_NOOP("report", "What the gradient of that one step did to z."))});
    return facts;
}

std::vector<Fact> conditionFacts(const Snapshot& snapshot, NeuronId id) {
    if (!hasNeuron(snapshot, id))
        return {};
    const NeuronDiagnosis& neuron = diagnosisOf(snapshot, id);
    std::vector<Fact> facts;
    if (hasMargin(snapshot))
        facts.push_back({say(QT_TRANSLATE_NOOP("report", "Margin")), numberText(static_cast<double>(neuron.margin)),
                         say(QT_TRANSLATE_NOOP("report", "The largest z over the samples; below 0 it is the distance "
                                                         "to life."))});
    facts.push_back({say(QT_TRANSLATE_NOOP("report", "Active")),
                     percentText(static_cast<double>(neuron.activeFraction)),
                     say(QT_TRANSLATE_NOOP("report", "The share of the samples with z > 0."))});
    facts.push_back({say(QT_TRANSLATE_NOOP("report", "Dormancy")), numberText(static_cast<double>(neuron.dormancy)),
                     say(QT_TRANSLATE_NOOP("report", "Its mean |f(z)| over the layer's mean of that (Sokar et al. "
                                                     "2023); at most %1 is dormant."))
                         .arg(numberText(static_cast<double>(dormantBelow)))});
    if (isDormant(neuron))
        facts.back().value += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("report", "dormant"));
    if (const std::optional<NeuronParameters> own = neuronParameters(snapshot, id)) {
        facts.push_back({say(QT_TRANSLATE_NOOP("report", "Bias")), numberText(own->bias), {}});
        facts.push_back({say(QT_TRANSLATE_NOOP("report", "Weight norm")), numberText(own->weightNorm), {}});
        if (own->slope)
            facts.push_back({say(QT_TRANSLATE_NOOP("report", "Slope α")), numberText(*own->slope),
                             say(QT_TRANSLATE_NOOP("report", "The slope below 0 that it has learnt."))});
    }
    return facts;
}

std::vector<Fact> outlookFacts(const Frame& frame, NeuronId id) {
    const Snapshot& snapshot = *frame.snapshot;
    const NeuronOutlook* outlook = outlookOf(frame, id);
    if (outlook == nullptr || !hasNeuron(snapshot, id))
        return {};
    const NeuronState state = diagnosisOf(snapshot, id).state;
    if ((state == NeuronState::Dead) != outlook->wake.has_value())
        return {}; // of some steps ago
    if (frame.predictionsHidden)
        return {{say(QT_TRANSLATE_NOOP("report", "Predictions are hidden.")), {}, {}, &Theme::muted}};
    std::vector<Fact> facts;
    if (outlook->wake)
        facts.push_back(wakeFact(*outlook));
    if (outlook->kickChance)
        facts.push_back(kickFact(*outlook->kickChance, frame.analysis->kick));
    const bool canDie = hasMargin(snapshot) && !snapshot.spec->activation->hasAlpha; // no leak below 0
    if (canDie && state != NeuronState::Dead)
        facts.push_back(lethalFact(outlook->lethal, snapshot.settings.training.learningRate));
    return facts;
}

} // namespace flatline
