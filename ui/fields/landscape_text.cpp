#include "ui/fields/landscape_text.h"

#include "ui/fields/dead_text.h"
#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("landscape", text);
}

/// Up to which sharpness gradient descent on the full batch is stable; nothing where there is no such figure. Momentum
/// moves the edge out (Cohen et al. 2021, section 2).
std::optional<double> stabilityEdge(const TrainingSettings& training) {
    if (training.optimizer != "sgd")
        return std::nullopt;
    return 2.0 * (1.0 + training.momentum) / training.learningRate;
}

QString readoutText(const Settings& settings, const QString& sharpness, const QString& edge) {
    const QString text = say(QT_TRANSLATE_NOOP("landscape", "sharpness %1")).arg(sharpness);
    if (!stabilityEdge(settings.training))
        return text;
    const QString name = settings.training.momentum > 0.0 ? QStringLiteral("2(1 + μ)/η") : QStringLiteral("2/η");
    return text + QStringLiteral(" · ") + name + QLatin1Char(' ') + edge;
}

QString withShare(const char* axis, const Surface& surface, std::size_t which) {
    const QString name = coreText(axis);
    return surface.explained ? QStringLiteral("%1 (%2)").arg(name, percentText((*surface.explained)[which])) : name;
}

} // namespace

bool needsNeuron(const PlaneChoice& choice) {
    const PlaneRow* row = findPlane(choice.id);
    return row != nullptr && row->needsNeuron;
}

bool samePlane(const PlaneChoice& a, const PlaneChoice& b) {
    return a.id == b.id && (!needsNeuron(a) || a == b);
}

bool hasHiddenNeuron(const NetworkSpec& spec, NeuronId id) {
    return id.layer >= 1 && static_cast<std::size_t>(id.layer) <= spec.hidden.size() && id.neuron >= 1 &&
           id.neuron <= spec.hidden[static_cast<std::size_t>(id.layer - 1)];
}

int chanceClasses(const Snapshot& snapshot) {
    if (!snapshot.spec.has_value() || snapshot.spec->objective == nullptr || snapshot.dataset == nullptr)
        return 0;
    return std::string_view(snapshot.spec->objective->id) == "linear" ? 0 : snapshot.dataset->classes();
}

std::optional<std::int64_t> latestKick(const Snapshot& snapshot) {
    std::optional<std::int64_t> step;
    if (snapshot.curves != nullptr)
        for (const Mark& mark : snapshot.curves->marks)
            if (std::holds_alternative<ThermalKick>(mark.action) && (!snapshot.past || mark.step <= snapshot.now.step))
                step = mark.step;
    return step;
}

QString sliceNote(const Snapshot& snapshot, const Surface& surface) {
    const QString remark = surface.remark.empty() ? QString() : coreText(surface.remark.c_str());
    if (snapshot.parameters == nullptr)
        return remark;
    const QString dimensions = countText(static_cast<qint64>(snapshot.parameters->size()));
    return remark.isEmpty()
               ? say(QT_TRANSLATE_NOOP("landscape", "a 2-D slice of a space of %1 dimensions")).arg(dimensions)
               : say(QT_TRANSLATE_NOOP("landscape", "2-D slice of %1-D · %2")).arg(dimensions, remark);
}

QString shortSliceNote(const Snapshot& snapshot, const Surface& surface) {
    if (!surface.remark.empty())
        return coreText(surface.remark.c_str());
    return snapshot.parameters == nullptr ? QString()
                                          : say(QT_TRANSLATE_NOOP("landscape", "2-D slice of %1-D"))
                                                .arg(countText(static_cast<qint64>(snapshot.parameters->size())));
}

QString firstAxisText(const Surface& surface) {
    if (!surface.remark.empty())
        return say(QT_TRANSLATE_NOOP("landscape", "first direction"));
    const PlaneRow* row = findPlane(surface.choice.id);
    return row == nullptr ? QString() : withShare(row->firstAxis, surface, 0);
}

QString secondAxisText(const Surface& surface) {
    if (!surface.remark.empty())
        return say(QT_TRANSLATE_NOOP("landscape", "second direction"));
    const PlaneRow* row = findPlane(surface.choice.id);
    return row == nullptr ? QString() : withShare(row->secondAxis, surface, 1);
}

QString sharpnessText(const Frame& frame) {
    const bool known = frame.analysis && frame.analysis->sharpness;
    return readoutText(frame.snapshot->settings,
                       known ? numberText(frame.analysis->sharpness->value) : QStringLiteral("–"),
                       numberText(stabilityEdge(frame.snapshot->settings.training).value_or(0.0)));
}

QString widestSharpnessText(const Settings& settings) {
    return readoutText(settings, QStringLiteral("−0.0000"), QStringLiteral("0.0000"));
}

QString sharpnessHelp(const Frame& frame) {
    QStringList lines{say(QT_TRANSLATE_NOOP("landscape", "Sharpness: the largest eigenvalue of the training loss's "
                                                         "Hessian, its steepest bend."))};
    const TrainingSettings& training = frame.snapshot->settings.training;
    if (stabilityEdge(training))
        lines << say(QT_TRANSLATE_NOOP(
            "landscape", "Where it is above 2/η (with momentum 2(1 + μ)/η), a step overshoots in that "
                         "direction.\nTraining on the full batch raises it to that edge and hovers there:\n"
                         "the edge of stability (Cohen et al. 2021). Smaller batches stay below."));
    else
        lines << say(QT_TRANSLATE_NOOP("landscape",
                                       "Where the edge of stability lies for this optimizer depends on\nits "
                                       "own scales: 2/η is not it."));
    if (!frame.analysis || !frame.analysis->sharpness)
        lines << say(QT_TRANSLATE_NOOP("landscape",
                                       "Not computed: the network is too large to keep up while it trains\n"
                                       "(pause for it), or the loss is not finite."));
    else if (frame.analysis->step != frame.snapshot->now.step)
        lines << say(QT_TRANSLATE_NOOP("landscape", "As of step %1.")).arg(countText(frame.analysis->step));
    return lines.join('\n');
}

QString computingText() {
    return say(QT_TRANSLATE_NOOP("landscape", "(computing…)"));
}

QString surfaceText(const Surface& surface, const LandscapeView& wish, NeuronId selected) {
    // The plane stands beside it, in its list. The step first: what stands last may be cut off in a narrow card.
    const bool wished = samePlane(surface.choice, wish.choice) && surface.extent == wish.extent;
    QString step = say(QT_TRANSLATE_NOOP("landscape", "step %1")).arg(shortCountText(qint64{surface.step}));
    if (needsNeuron(surface.choice))
        step = neuronName({surface.choice.layer, surface.choice.neuron}) + QStringLiteral(", ") + step;
    if (!wished)
        return step + ' ' + computingText();
    if (needsNeuron(surface.choice) && selected.layer == 0)
        return step + ' ' + say(QT_TRANSLATE_NOOP("landscape", "(none is selected)"));
    if (surface.side < std::min(wish.side, LandscapeView::livelySide))
        return step + say(QT_TRANSLATE_NOOP("landscape", ", coarse while training"));
    return step;
}

QString surfaceSummary(const Surface& surface, const QString& note) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double loss : surface.loss)
        if (std::isfinite(loss)) {
            low = std::min(low, loss);
            high = std::max(high, loss);
        }
    QString text = say(QT_TRANSLATE_NOOP("landscape", "Step %1: the training loss is %2 in the middle"))
                       .arg(countText(qint64{surface.step}), numberText(surface.centre));
    if (low <= high)
        text += say(QT_TRANSLATE_NOOP("landscape", ", between %1 and %2 in the picture"))
                    .arg(numberText(low), numberText(high));
    if (const auto infinite =
            std::ranges::count_if(surface.loss, [](double loss) { return loss > 0.0 && std::isinf(loss); });
        infinite > 0)
        text += say(QT_TRANSLATE_NOOP("landscape", ", infinite on %1 of it"))
                    .arg(percentText(static_cast<double>(infinite) / static_cast<double>(surface.loss.size())));
    text += say(QT_TRANSLATE_NOOP("landscape", "; across: %1; upwards: %2"))
                .arg(firstAxisText(surface), secondAxisText(surface));
    text += QStringLiteral("; ") + note + '.';
    if (liesStill(surface))
        text += ' ' + calloutText(ballCallout(surface)) + '.';
    for (const std::optional<Callout>& more : {deadCallout(surface), edgeCallout(surface)})
        if (more)
            text += ' ' + calloutText(*more) + '.';
    return text;
}

} // namespace flatline
