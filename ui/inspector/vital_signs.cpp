#include "ui/inspector/vital_signs.h"

#include "ui/charts/marks.h"
#include "ui/fields/strip_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace flatline {
namespace {

constexpr std::int64_t leastSpan = 60; ///< fewer beats than that do not fill the strip

QString say(const char* text) {
    return QCoreApplication::translate("inspector", text);
}

/// The neuron's deaths and revivals that matter to what is shown: those in it, and the last one before.
std::vector<const Event*> turns(const Snapshot& snapshot, NeuronId id, std::int64_t first, std::int64_t last) {
    std::vector<const Event*> found;
    for (std::size_t i = snapshot.events.size(); i-- > 0;) {
        const Event& event = snapshot.events[i];
        if (event.layer != id.layer || event.neuron != id.neuron || event.step > last ||
            (event.kind != EventKind::Died && event.kind != EventKind::Revived))
            continue;
        found.push_back(&event);
        if (event.step < first)
            break;
    }
    std::ranges::reverse(found);
    return found;
}

void addTurns(const Snapshot& snapshot, NeuronId id, VitalSigns& signs) {
    for (const Event* event : turns(snapshot, id, signs.first, signs.last)) {
        const bool died = event->kind == EventKind::Died;
        if (died)
            signs.dead.push_back({event->step, signs.last});
        else if (!signs.dead.empty())
            signs.dead.back().to = event->step;
        if (event->step < signs.first)
            continue;
        const char* words = died ? QT_TRANSLATE_NOOP("inspector", "died at step %1")
                                 : QT_TRANSLATE_NOOP("inspector", "came back at step %1");
        signs.flags.push_back(
            {event->step, say(words).arg(countText(event->step)), died ? &Theme::dead : &Theme::revived, true});
    }
    std::erase_if(signs.dead, [&](const VitalSigns::Stretch& one) { return one.to < signs.first; });
}

QString stillnessOf(const VitalSigns& signs) {
    bool gradient = false;
    bool moved = false;
    for (const Beat& beat : signs.beats)
        for (const VitalSigns::Stretch& dead : signs.dead)
            if (beat.step > dead.from && beat.step <= dead.to) {
                gradient = gradient || beat.gradient != 0.0F;
                moved = moved || beat.update != 0.0F;
            }
    if (gradient) // batch norm: the batch's own figures may let it fire
        return say(QT_TRANSLATE_NOOP("inspector", "dead on the whole set, yet some batches still move it"));
    return moved ? say(QT_TRANSLATE_NOOP("inspector", "no output, no gradient: only momentum and decay still move it"))
                 : say(QT_TRANSLATE_NOOP("inspector", "no output, no gradient, no movement"));
}

} // namespace

const Inspection* inspectionOf(const Frame& frame, NeuronId id) {
    const Inspection* found = frame.inspection.get();
    const bool own = found != nullptr && found->run == frame.snapshot->run && id.layer > 0 &&
                     found->place.layer == static_cast<std::size_t>(id.layer - 1) &&
                     found->place.neuron == static_cast<std::size_t>(id.neuron - 1);
    return own ? found : nullptr;
}

VitalSigns vitalSigns(const Frame& frame, NeuronId id) {
    VitalSigns signs;
    const Inspection* inspection = inspectionOf(frame, id);
    if (inspection == nullptr || inspection->beats.empty())
        return signs;
    signs.beats = inspection->beats;
    signs.first = signs.beats.front().step;
    signs.last = std::max(signs.beats.back().step, signs.first + leastSpan);
    const std::int64_t known = signs.beats.back().step;
    addTurns(*frame.snapshot, id, signs);
    for (VitalSigns::Stretch& dead : signs.dead)
        dead.to = std::min(dead.to, known);
    for (const PlotMark& mark : plotMarks(*frame.snapshot, MarkWords::Short)) {
        const auto step = static_cast<std::int64_t>(mark.x);
        if (step >= signs.first && step <= known)
            signs.flags.push_back({step, mark.label, mark.kick ? &Theme::kick : &Theme::muted, false});
    }
    signs.stillness = stillnessOf(signs);
    return signs;
}

QString stretchText(const VitalSigns& signs, std::int64_t now) {
    if (signs.beats.empty())
        return {};
    return say(QT_TRANSLATE_NOOP("inspector", "steps %1 to %2 of %3, each"))
        .arg(countText(signs.first), countText(signs.beats.back().step), countText(now));
}

} // namespace flatline
