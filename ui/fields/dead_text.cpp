#include "ui/fields/dead_text.h"

#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("landscape", text);
}

} // namespace

bool liesStill(const Surface& surface) {
    return surface.slope[0] == 0.0 && surface.slope[1] == 0.0;
}

Callout ballCallout(const Surface& surface) {
    if (liesStill(surface))
        return {say(QT_TRANSLATE_NOOP("landscape", "The ball does not roll")),
                say(QT_TRANSLATE_NOOP("landscape", "its slope here is exactly 0"))};
    return {say(QT_TRANSLATE_NOOP("landscape", "Now")),
            say(QT_TRANSLATE_NOOP("landscape", "loss %1")).arg(numberText(surface.centre))};
}

std::optional<Callout> deadCallout(const Surface& surface) {
    if (!surface.dead || !surface.dead->neuron || surface.dead->share <= 0.0)
        return std::nullopt;
    QString text = say(QT_TRANSLATE_NOOP("landscape", "%1 of this picture")).arg(percentText(surface.dead->share));
    if (surface.dead->exact)
        text += say(QT_TRANSLATE_NOOP("landscape", ", flat"));
    return Callout{say(QT_TRANSLATE_NOOP("landscape", "Dead region")), text};
}

std::optional<Callout> edgeCallout(const Surface& surface) {
    if (!surface.dead || !surface.dead->way)
        return std::nullopt;
    const WayToLife& way = *surface.dead->way;
    const QString text =
        way.samples == 1 ? say(QT_TRANSLATE_NOOP("landscape", "%1 in bias wakes 1 sample")).arg(signedText(way.bias))
                         : say(QT_TRANSLATE_NOOP("landscape", "%1 in bias wakes %2 samples"))
                               .arg(signedText(way.bias), countText(way.samples));
    return Callout{say(QT_TRANSLATE_NOOP("landscape", "Edge of life")), text};
}

QString calloutText(const Callout& callout) {
    return callout.title + QStringLiteral(": ") + callout.text;
}

std::optional<LowestPlace> lowestIn(const Surface& surface) {
    std::optional<LowestPlace> lowest;
    for (int row = 0; row < surface.side; ++row)
        for (int column = 0; column < surface.side; ++column) {
            const double loss = surface.loss[static_cast<std::size_t>(row * surface.side + column)];
            if (std::isfinite(loss) && (!lowest || loss < lowest->loss))
                lowest = {loss, QPointF(surface.coordinate(column), surface.coordinate(row)) / surface.extent};
        }
    return lowest;
}

QString hatchText(const Surface& surface) {
    if (!surface.dead)
        return {};
    if (surface.dead->neuron) {
        if (surface.dead->share <= 0.0)
            return {};
        const NeuronId id{static_cast<int>(surface.dead->neuron->layer) + 1,
                          static_cast<int>(surface.dead->neuron->neuron) + 1};
        return say(QT_TRANSLATE_NOOP("landscape", "%1 dead")).arg(neuronName(id));
    }
    if (surface.dead->count.empty())
        return {};
    const auto [least, most] = std::ranges::minmax(surface.dead->count);
    if (most == 0)
        return {};
    const QString all = countText(surface.dead->neurons);
    return least == most
               ? say(QT_TRANSLATE_NOOP("landscape", "%1 of %2 dead")).arg(countText(most), all)
               : say(QT_TRANSLATE_NOOP("landscape", "%1 to %2 of %3 dead")).arg(countText(least), countText(most), all);
}

} // namespace flatline
