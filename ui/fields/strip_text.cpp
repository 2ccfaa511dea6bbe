#include "ui/fields/strip_text.h"

#include "ui/fields/neuron_parameters.h"
#include "ui/fields/neuron_report.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("cells", text);
}

/// Bias, weight norm and the learnt slope.
QString weightText(const Snapshot& snapshot, NeuronId id) {
    const std::optional<NeuronParameters> own = neuronParameters(snapshot, id);
    if (!own)
        return {};
    QString text = say(QT_TRANSLATE_NOOP("cells", "bias %1, weight norm %2"))
                       .arg(numberText(own->bias), numberText(own->weightNorm));
    if (own->slope)
        text += say(QT_TRANSLATE_NOOP("cells", ", learnt slope %1")).arg(numberText(*own->slope));
    return text;
}

QString marginText(const Snapshot& snapshot, const NeuronDiagnosis& neuron) {
    if (!snapshot.spec || snapshot.spec->activation == nullptr || !snapshot.spec->activation->reluLike)
        return {};
    return say(neuron.margin <= 0.0F ? QT_TRANSLATE_NOOP("cells", "margin %1: so far below 0 is its largest z")
                                     : QT_TRANSLATE_NOOP("cells", "margin %1: its largest z"))
        .arg(numberText(static_cast<double>(neuron.margin)));
}

QString dormancyText(const NeuronDiagnosis& neuron) {
    return say(isDormant(neuron) ? QT_TRANSLATE_NOOP("cells", "dormancy score %1: dormant, next to silent in its layer")
                                 : QT_TRANSLATE_NOOP("cells", "dormancy score %1 (1: as loud as the average)"))
        .arg(numberText(static_cast<double>(neuron.dormancy)));
}

} // namespace

const NeuronDiagnosis& diagnosisOf(const Snapshot& snapshot, NeuronId id) {
    return snapshot.diagnosis->layers[static_cast<std::size_t>(id.layer - 1)]
        .neurons[static_cast<std::size_t>(id.neuron - 1)];
}

const NeuronLife& lifeOf(const Snapshot& snapshot, NeuronId id) {
    return snapshot.lives[static_cast<std::size_t>(id.layer - 1)][static_cast<std::size_t>(id.neuron - 1)];
}

QString stateText(const Snapshot& snapshot, NeuronId id) {
    const CellLook look = lookOf(snapshot, id);
    const NeuronLife& life = lifeOf(snapshot, id);
    if (look == CellLook::Dead && life.bornDead && life.diedAt <= 0)
        return say(QT_TRANSLATE_NOOP("cells", "born dead"));
    if (look == CellLook::Dead && life.diedAt >= 0)
        return say(QT_TRANSLATE_NOOP("cells", "dead since step %1")).arg(countText(qint64{life.diedAt}));
    if (look == CellLook::Revived && life.revivedAt >= 0)
        return say(QT_TRANSLATE_NOOP("cells", "revived at step %1")).arg(countText(qint64{life.revivedAt}));
    return say(cellStyle(look).word);
}

bool hasNeuron(const Snapshot& snapshot, NeuronId id) {
    if (snapshot.diagnosis == nullptr || id.layer < 1 || id.neuron < 1)
        return false;
    const auto layer = static_cast<std::size_t>(id.layer - 1);
    const auto neuron = static_cast<std::size_t>(id.neuron - 1);
    return layer < snapshot.diagnosis->layers.size() && layer < snapshot.lives.size() &&
           neuron < snapshot.diagnosis->layers[layer].neurons.size() && neuron < snapshot.lives[layer].size();
}

CellLook lookOf(const Snapshot& snapshot, NeuronId id) {
    return cellLook(diagnosisOf(snapshot, id), lifeOf(snapshot, id),
                    snapshot.spec.has_value() ? snapshot.spec->activation : nullptr);
}

LookCounts countLooks(const Snapshot& snapshot) {
    LookCounts counts{};
    const int layers = snapshot.diagnosis == nullptr ? 0 : static_cast<int>(snapshot.diagnosis->layers.size());
    for (NeuronId id{1, 1}; id.layer <= layers; ++id.layer)
        for (id.neuron = 1; hasNeuron(snapshot, id); ++id.neuron)
            ++counts[static_cast<std::size_t>(lookOf(snapshot, id))];
    return counts;
}

int countDormant(const Snapshot& snapshot) {
    int count = 0;
    if (snapshot.diagnosis != nullptr)
        for (const LayerDiagnosis& layer : snapshot.diagnosis->layers)
            count += static_cast<int>(std::ranges::count_if(layer.neurons, isDormant));
    return count;
}

QString neuronName(NeuronId id) {
    return QStringLiteral("L%1·%2").arg(id.layer).arg(id.neuron);
}

QString captionText(const Snapshot& snapshot, NeuronId id) {
    const CellStyle& style = cellStyle(lookOf(snapshot, id));
    return *style.caption != '\0' ? say(style.caption)
                                  : percentText(static_cast<double>(diagnosisOf(snapshot, id).activeFraction));
}

QString lookCountText(CellLook look, int count) {
    return say(cellStyle(look).count).arg(countText(qint64{count}));
}

QString dormantCountText(int count) {
    return say(QT_TRANSLATE_NOOP("cells", "%1 dormant")).arg(countText(qint64{count}));
}

QString nameAndState(const Snapshot& snapshot, NeuronId id) {
    return say(QT_TRANSLATE_NOOP("cells", "%1: %2")).arg(neuronName(id), stateText(snapshot, id));
}

QString selectionText(const Snapshot& snapshot, NeuronId id) {
    if (!hasNeuron(snapshot, id))
        return {};
    return say(QT_TRANSLATE_NOOP("cells", "Selected: %1, %2")).arg(neuronName(id), stateText(snapshot, id));
}

QString neuronTip(const Frame& frame, NeuronId id) {
    const Snapshot& snapshot = *frame.snapshot;
    if (!hasNeuron(snapshot, id))
        return {};
    const NeuronDiagnosis& neuron = diagnosisOf(snapshot, id);
    const NeuronLife& life = lifeOf(snapshot, id);
    QStringList lines{nameAndState(snapshot, id)};
    lines << verdictText(snapshot, id);
    lines << say(QT_TRANSLATE_NOOP("cells", "fires on %1 of the samples"))
                 .arg(percentText(static_cast<double>(neuron.activeFraction)));
    lines << marginText(snapshot, neuron) << dormancyText(neuron);
    if (life.deaths > 1)
        lines << say(QT_TRANSLATE_NOOP("cells", "died %1 times")).arg(countText(qint64{life.deaths}));
    lines << weightText(snapshot, id);
    for (const Fact& fact : outlookFacts(frame, id))
        lines << factText(fact);
    lines << say(QT_TRANSLATE_NOOP("cells", "Click: its certificate; double click: the inspector"));
    lines.removeAll(QString());
    return lines.join('\n');
}

QString stripSummary(const Snapshot& snapshot, NeuronId selected) {
    if (snapshot.diagnosis == nullptr)
        return say(QT_TRANSLATE_NOOP("cells", "No network yet."));
    const LookCounts counts = countLooks(snapshot);
    QStringList parts;
    for (const CellStyle& style : cellStyles())
        if (const int count = counts[static_cast<std::size_t>(style.look)]; count > 0)
            parts << lookCountText(style.look, count);
    if (parts.isEmpty())
        return say(QT_TRANSLATE_NOOP("cells", "No hidden neurons."));
    if (const int dormant = countDormant(snapshot); dormant > 0)
        parts << dormantCountText(dormant);
    QString text = parts.join(QStringLiteral(", ")) + '.';
    if (const QString selection = selectionText(snapshot, selected); !selection.isEmpty())
        text += ' ' + selection + '.';
    return text;
}

} // namespace flatline
