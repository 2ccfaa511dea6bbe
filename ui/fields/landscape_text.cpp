#include "ui/fields/landscape_text.h"

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
            if (std::holds_alternative<ThermalKick>(mark.action))
                step = mark.step;
    return step;
}

QString sliceNote(const Snapshot& snapshot) {
    return snapshot.parameters == nullptr
               ? QString()
               : say(QT_TRANSLATE_NOOP("landscape", "a 2-D slice of a space of %1 dimensions"))
                     .arg(countText(static_cast<qint64>(snapshot.parameters->size())));
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
    if (surface.side < wish.side)
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
    if (const PlaneRow* row = findPlane(surface.choice.id))
        text += say(QT_TRANSLATE_NOOP("landscape", "; across: %1; upwards: %2"))
                    .arg(coreText(row->firstAxis), coreText(row->secondAxis));
    return text + QStringLiteral("; ") + note + '.';
}

} // namespace flatline
