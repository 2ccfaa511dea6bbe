#include "ui/fields/landscape_facts.h"

#include "ui/fields/dead_text.h"
#include "ui/fields/strip_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("landscape", text);
}

/// A length that is exactly 0 is another thing than a small one.
Fact lengthFact(const QString& name, double length, const QString& help) {
    if (length == 0.0)
        return {name, say(QT_TRANSLATE_NOOP("landscape", "0 exactly")), help, &Theme::dead};
    return {name, numberText(length), help};
}

void addNeuron(const Surface& surface, std::vector<Fact>& facts) {
    const DeadRegion& dead = *surface.dead;
    const NeuronId id{static_cast<int>(dead.neuron->layer) + 1, static_cast<int>(dead.neuron->neuron) + 1};
    facts.push_back(lengthFact(say(QT_TRANSLATE_NOOP("landscape", "Gradient of %1")).arg(neuronName(id)),
                               dead.gradientNorm,
                               say(QT_TRANSLATE_NOOP("landscape", "|∂L/∂(w, b)|: the training loss's gradient by the "
                                                                  "neuron's incoming weights and its bias"))));
    if (dead.exact) {
        const auto margin = static_cast<double>(dead.life[dead.life.size() / 2]);
        facts.push_back({say(QT_TRANSLATE_NOOP("landscape", "Margin")), signedText(margin),
                         say(QT_TRANSLATE_NOOP("landscape", "max z over the training samples; not above 0: dead")),
                         margin <= 0.0 ? &Theme::dead : &Theme::text});
    }
    if (dead.way)
        facts.push_back({say(QT_TRANSLATE_NOOP("landscape", "Way to life")),
                         say(QT_TRANSLATE_NOOP("landscape", "%1 in bias")).arg(signedText(dead.way->bias)),
                         calloutText(*edgeCallout(surface))});
}

} // namespace

std::vector<Fact> hereFacts(const LandscapeState& state) {
    if (!state.canShow())
        return {};
    const Surface& surface = *state.frame.surface;
    std::vector<Fact> facts;
    facts.push_back({say(QT_TRANSLATE_NOOP("landscape", "Loss")), numberText(surface.centre),
                     say(QT_TRANSLATE_NOOP("landscape", "The training loss at the ball"))});
    facts.push_back(lengthFact(
        say(QT_TRANSLATE_NOOP("landscape", "Slope")), std::hypot(surface.slope[0], surface.slope[1]),
        say(QT_TRANSLATE_NOOP("landscape", "√((∂L/∂a)² + (∂L/∂b)²) in the middle, a and b the plane's coordinates"))));
    if (surface.dead && surface.dead->neuron)
        addNeuron(surface, facts);
    if (const auto lowest = lowestIn(surface))
        facts.push_back({say(QT_TRANSLATE_NOOP("landscape", "Lowest in view")), numberText(lowest->loss),
                         say(QT_TRANSLATE_NOOP("landscape", "The lowest loss of all points computed")), &Theme::alive});
    return facts;
}

QString landscapeExplanation(const LandscapeState& state) {
    if (!state.canShow())
        return {};
    const Surface& surface = *state.frame.surface;
    if (surface.dead && surface.dead->exact && !surface.dead->corners.empty())
        return surface.dead->life[surface.dead->life.size() / 2] <= 0.0F
                   ? say(QT_TRANSLATE_NOOP(
                         "landscape", "Inside the hatched region the neuron is 0 on every sample. Moving its own "
                                      "parameters changes nothing, so the gradient has nothing to follow. Only a jump "
                                      "past the white edge brings it back."))
                   : say(QT_TRANSLATE_NOOP("landscape",
                                           "Inside the hatched region the neuron would be 0 on every sample: beyond "
                                           "the white edge its gradient is exactly 0, and a step that lands there "
                                           "kills it."));
    const PlaneRow* row = findPlane(surface.choice.id);
    QString text = row == nullptr ? QString() : coreText(row->note);
    if (std::ranges::any_of(surface.loss, [](double loss) { return std::isinf(loss); }))
        text += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("landscape", "Where nothing stands on the hatched floor the "
                                                                      "loss is infinite."));
    return text;
}

} // namespace flatline
