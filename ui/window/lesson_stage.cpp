#include "ui/window/lesson_stage.h"

#include "ui/controls/control_panel.h"
#include "ui/fields/strip_text.h"
#include "ui/lessons/pointer_ring.h"
#include "ui/views/network_view.h"
#include "ui/window/lab.h"
#include "ui/window/left_side.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_choices.h"
#include "ui/window/view_grid.h"

#include <array>

namespace flatline {

namespace {
constexpr auto stripId = "network";
}

LessonStage::LessonStage(Lab& lab, const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_lab(lab)
    , m_parts(parts)
    , m_ring(new PointerRing(&parts.content)) {
    connect(&m_parts.views, &ViewGrid::shownChanged, m_ring, &PointerRing::follow);
}

void LessonStage::begin() {
    if (!m_own)
        m_own = Own{viewChoices(m_parts.views), m_lab.frame().selected, m_parts.transport.speed()};
}

QMap<QString, QString> LessonStage::ownChoices() const {
    return m_own ? m_own->choices : viewChoices(m_parts.views);
}

void LessonStage::show(const PageStage& page) {
    if (!page.views.empty()) {
        QStringList ids;
        for (const NamedThing& view : page.views)
            ids << QString::fromStdString(view.name);
        m_parts.views.borrow(ids);
    }
    std::optional<std::set<std::string>> controls;
    if (!page.allControls) {
        controls.emplace();
        for (const NamedThing& control : page.controls)
            controls->insert(control.name);
    }
    m_parts.left.beginLesson(controls);
    if (page.speed)
        m_parts.transport.setSpeed(*page.speed);
    pointAt(page.point);
}

void LessonStage::showRun(const PageStage& page) {
    if (page.select)
        select({page.select->first, page.select->second});
    else if (page.plane && page.plane->id == "neuron")
        select({page.plane->layer, page.plane->neuron});
    else if (page.experiment)
        select({}); // the page before's neuron means nothing here
    if (page.plane)
        restoreViewChoices(m_parts.views,
                           {{QStringLiteral("landscape/Plane"), QString::fromStdString(page.plane->id)}});
    m_ring->follow();
}

void LessonStage::end() {
    m_ring->point(nullptr);
    m_parts.views.returnOwn();
    m_parts.left.endLesson();
    if (!m_own)
        return;
    restoreViewChoices(m_parts.views, m_own->choices);
    m_parts.transport.setSpeed(m_own->speed);
    select(m_own->selected);
    m_own.reset();
}

/// Unless the run does not have it.
void LessonStage::select(NeuronId neuron) {
    if (neuron == NeuronId{} || hasNeuron(*m_lab.frame().snapshot, neuron))
        m_lab.select(neuron);
}

void LessonStage::follow() {
    m_ring->follow();
}

void LessonStage::pointAt(const std::optional<Pointer>& pointer) {
    if (!pointer)
        return m_ring->point(nullptr);
    const QString name = QString::fromStdString(pointer->thing.name);
    switch (pointer->kind) {
    case Pointer::Kind::View:
        return m_ring->point(m_parts.views.cardOf(name));
    case Pointer::Kind::Control:
        return pointAtControl(pointer->thing.name);
    case Pointer::Kind::Neuron:
        return pointAtNeuron({pointer->layer, pointer->neuron});
    case Pointer::Kind::Part:
        break;
    }
    const std::array parts{std::pair(QLatin1String("timeline"), &m_parts.timeline),
                           std::pair(QLatin1String("vitals"), &m_parts.vitals),
                           std::pair(QLatin1String("transport"), static_cast<QWidget*>(&m_parts.transport)),
                           std::pair(QLatin1String("strip"), m_parts.views.cardOf(QLatin1String(stripId)))};
    for (const auto& [id, part] : parts)
        if (id == name)
            m_ring->point(part);
}

void LessonStage::pointAtControl(const std::string& name) {
    ControlPanel& controls = m_parts.left.controls();
    QWidget* row = controls.reveal(name); // whose moves are known, also when the panel is scrolled
    m_ring->point(
        row, [&controls, row, name] { return controls.placeOf(name).translated(-row->mapTo(&controls, QPoint())); });
}

void LessonStage::pointAtNeuron(NeuronId neuron) {
    QWidget* card = m_parts.views.cardOf(QLatin1String(stripId));
    auto* strip = card == nullptr ? nullptr : card->findChild<NetworkView*>();
    if (strip == nullptr)
        return m_ring->point(nullptr);
    m_ring->point(strip, [strip, neuron] { return strip->cellBox(neuron).toAlignedRect(); });
}

} // namespace flatline
