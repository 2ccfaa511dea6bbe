#include "ui/views/landscape_view.h"

#include "ui/fields/landscape_head.h"
#include "ui/fields/landscape_text.h"
#include "ui/fields/strip_text.h"
#include "ui/solid/solid_canvas.h"
#include "ui/views/landscape_line.h"
#include "ui/views/landscape_map.h"
#include "ui/views/landscape_panel.h"

#include <QEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {
namespace {

constexpr int finestSide = 101; // at rest: every second pixel of the map, and no facets on the solid
constexpr int panelGap = 12;

/// Where the run stood at that step, in this surface's coordinates; nothing where its path does not reach back so far.
std::optional<PlanePoint> placeAt(const Surface& surface, std::int64_t step) {
    const auto& path = surface.path;
    const auto after = std::ranges::find_if(path, [step](const PathPoint& point) { return point.step >= step; });
    if (after == path.end() || (after == path.begin() && after->step != step))
        return std::nullopt;
    if (after->step == step)
        return PlanePoint{after->a, after->b};
    const auto before = after - 1;
    const double share = static_cast<double>(step - before->step) / static_cast<double>(after->step - before->step);
    return PlanePoint{before->a + share * (after->a - before->a), before->b + share * (after->b - before->b)};
}

} // namespace

LandscapeViewWidget::LandscapeViewWidget(QWidget* parent)
    : View(parent)
    , m_map(new LandscapeMap(this))
    , m_solid(new SolidCanvas(this))
    , m_line(new LandscapeLine(this)) {
    m_state.wish.side = finestSide;
    m_state.wish.findsDead = m_state.show.deadRegion;
    m_announced = m_state.wish;
    m_announced.side = 0; // nothing has been told yet
    m_subtitle = subtitle();
    for (QWidget* canvas : {static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_solid)})
        canvas->installEventFilter(this);
    arrange();
}

void LandscapeViewWidget::showFrame(const Frame& frame) {
    const std::shared_ptr<const Surface> before = m_state.frame.surface;
    const bool showed = m_state.canShow();
    const bool sameFacts = m_state.frame.snapshot != nullptr &&
                           m_state.frame.snapshot->diagnosis == frame.snapshot->diagnosis &&
                           m_state.frame.selected == frame.selected && before == frame.surface;
    const bool ran = m_state.frame.snapshot != nullptr && m_state.frame.snapshot->state == RunState::Running;
    m_state.frame = frame;
    followSelection();
    if (frame.surface != before && m_state.canShow())
        takeSurface(before);
    m_map->showState(m_state);
    if (frame.surface != before || showed != m_state.canShow()) {
        m_line->showState(m_state);
        showSolid();
    } else if (ran != (frame.snapshot->state == RunState::Running)) {
        showSolid();
    }
    if (m_panel != nullptr && m_panel->isVisible() && !sameFacts)
        m_panel->showState(m_state);
    announce();
}

void LandscapeViewWidget::takeSurface(const std::shared_ptr<const Surface>& before) {
    const Surface& now = *m_state.frame.surface;
    const LossScale wanted = scaleFor(now);
    const HeightScale height = heightFor(now, m_state.show.logHeight);
    const bool goesOn = before != nullptr && before->run == now.run && before->extent == now.extent &&
                        samePlane(before->choice, now.choice);
    m_state.scale = goesOn ? steadyScale(m_state.scale, wanted) : wanted;
    m_heights = goesOn ? steadyHeight(m_heights, height) : height;
    if (before == nullptr || before->run != now.run)
        m_ball = unturned;
    else
        roll(*before);
}

// The ball stays in the middle and the surface moves on below it: it has rolled from where it stood to here.
void LandscapeViewWidget::roll(const Surface& before) {
    const Surface& now = *m_state.frame.surface;
    if (now.step <= before.step)
        return;
    if (const std::optional<PlanePoint> from = placeAt(now, before.step))
        m_ball = rolled(m_ball, -from->a / now.extent, -from->b / now.extent, ballRadius);
}

QString LandscapeViewWidget::subtitle() const {
    return m_state.canShow() ? surfaceText(*m_state.frame.surface, m_state.wish, m_state.frame.selected)
                             : computingText();
}

QString LandscapeViewWidget::summary() const {
    if (!m_state.canShow())
        return tr("The loss landscape is being computed.");
    return surfaceSummary(*m_state.frame.surface, sliceNote(*m_state.frame.snapshot, *m_state.frame.surface)) +
           QLatin1Char(' ') + tr("In the middle: %1.").arg(sharpnessText(m_state.frame));
}

void LandscapeViewWidget::announce() {
    if (m_state.wish != m_announced) {
        m_announced = m_state.wish;
        emit landscapeWished(m_state.wish);
    }
    if (const QString now = subtitle(); now != m_subtitle) {
        m_subtitle = now;
        emit subtitleChanged();
    }
}

void LandscapeViewWidget::wishFor(const LandscapeView& wish) {
    if (wish == m_state.wish)
        return;
    m_state.wish = wish;
    if (m_head)
        m_head->showWish(wish);
    if (m_panel != nullptr)
        m_panel->showState(m_state);
    announce();
}

void LandscapeViewWidget::choosePlane(const std::string& id) {
    LandscapeView wish = m_state.wish;
    wish.choice = {};
    wish.choice.id = id;
    if (needsNeuron(wish.choice) && wish.watched) {
        wish.choice.layer = static_cast<int>(wish.watched->layer) + 1;
        wish.choice.neuron = static_cast<int>(wish.watched->neuron) + 1;
    }
    if (needsNeuron(wish.choice) && !wish.watched)
        wish.watched = NeuronPlace{0, 0}; // the one whose plane it is then
    wishFor(wish);
}

void LandscapeViewWidget::chooseExtent(double extent) {
    LandscapeView wish = m_state.wish;
    wish.extent = extent;
    wishFor(wish);
}

void LandscapeViewWidget::chooseSide(int side) {
    LandscapeView wish = m_state.wish;
    wish.side = side;
    wishFor(wish);
}

// The neuron that is watched, and the own plane, go along with the selection.
void LandscapeViewWidget::followSelection() {
    if (!m_state.frame.snapshot->spec.has_value())
        return;
    const NetworkSpec& spec = *m_state.frame.snapshot->spec;
    const NeuronId selected = m_state.frame.selected;
    m_state.wish.watched.reset();
    if (hasHiddenNeuron(spec, selected))
        m_state.wish.watched =
            NeuronPlace{static_cast<std::size_t>(selected.layer - 1), static_cast<std::size_t>(selected.neuron - 1)};
    if (needsNeuron(m_state.wish.choice)) // without hidden neurons there is none whose plane it could be
        choosePlane(spec.hidden.empty() ? PlaneChoice{}.id : m_state.wish.choice.id);
}

QWidget* LandscapeViewWidget::headControls() {
    if (m_head)
        return m_head;
    m_head = new LandscapeHead(this);
    m_head->showWish(m_state.wish);
    m_head->showWay(m_state.show.way);
    connect(m_head, &LandscapeHead::planeChosen, this, [this](const QString& id) { choosePlane(id.toStdString()); });
    connect(m_head, &LandscapeHead::extentChosen, this, &LandscapeViewWidget::chooseExtent);
    connect(m_head, &LandscapeHead::wayChosen, this, [this](LandscapeWay way) {
        LandscapeShow wanted = m_state.show;
        wanted.way = way;
        setShown(wanted);
    });
    return m_head;
}

void LandscapeViewWidget::makePanel() {
    m_panel = new LandscapePanel(this);
    connect(m_panel, &LandscapePanel::planeChosen, this, [this](const QString& id) { choosePlane(id.toStdString()); });
    connect(m_panel, &LandscapePanel::extentChosen, this, &LandscapeViewWidget::chooseExtent);
    connect(m_panel, &LandscapePanel::sideChosen, this, &LandscapeViewWidget::chooseSide);
    connect(m_panel, &LandscapePanel::neuronChosen, this, &View::neuronClicked);
    connect(m_panel, &LandscapePanel::showChosen, this, [this](const LandscapeShow& wanted) { setShown(wanted); });
}

void LandscapeViewWidget::restore() {
    setShown(rememberedLandscape());
}

void LandscapeViewWidget::setShown(const LandscapeShow& wanted) {
    if (wanted == m_state.show)
        return;
    if (wanted.logHeight != m_state.show.logHeight && m_state.canShow())
        m_heights = heightFor(*m_state.frame.surface, wanted.logHeight);
    m_state.show = wanted;
    rememberLandscape(wanted);
    if (m_head)
        m_head->showWay(wanted.way);
    LandscapeView wish = m_state.wish;
    wish.findsDead = wanted.deadRegion;
    wishFor(wish);
    arrange();
    showState();
}

void LandscapeViewWidget::showState() {
    m_map->showState(m_state);
    m_line->showState(m_state);
    showSolid();
    if (m_panel != nullptr)
        m_panel->showState(m_state);
}

void LandscapeViewWidget::showSolid() {
    SolidScene scene;
    if (m_state.canShow() && m_state.frame.surface->side >= 3) {
        const Surface& surface = *m_state.frame.surface;
        scene.surface = m_state.frame.surface;
        scene.colours = m_state.scale;
        scene.heights = m_heights;
        scene.ball = m_ball;
        scene.show = m_state.show;
        scene.firstAxis = firstAxisText(surface);
        scene.secondAxis = secondAxisText(surface);
        scene.note = sliceNote(*m_state.frame.snapshot, surface);
        scene.classes = chanceClasses(*m_state.frame.snapshot);
        scene.kick = latestKick(*m_state.frame.snapshot);
    }
    scene.bar = m_panel == nullptr || m_panel->isHidden();
    m_solid->setScene(std::move(scene),
                      m_state.frame.snapshot != nullptr && m_state.frame.snapshot->state == RunState::Running);
}

void LandscapeViewWidget::arrange() {
    const bool roomy = width() >= panelFrom.width() && height() >= panelFrom.height();
    if (roomy && m_panel == nullptr)
        makePanel();
    const int side = roomy ? LandscapePanel::panelWidth + panelGap : 0;
    if (m_panel != nullptr) {
        m_panel->setGeometry(width() - LandscapePanel::panelWidth, 0, LandscapePanel::panelWidth, height());
        m_panel->setVisible(roomy);
    }
    if (m_head)
        m_head->fitInto(width(), roomy);
    const std::array<QWidget*, 3> canvases{m_map, m_solid, m_line}; // in the order of LandscapeWay
    for (std::size_t i = 0; i < canvases.size(); ++i) {
        const bool now = static_cast<std::size_t>(m_state.show.way) == i;
        canvases[i]->setGeometry(0, 0, std::max(1, width() - side), height());
        canvases[i]->setVisible(now);
        if (now)
            setFocusProxy(canvases[i]);
    }
}

// What has the focus is what a screen reader reads.
bool LandscapeViewWidget::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn)
        qobject_cast<QWidget*>(watched)->setAccessibleDescription(summary());
    return View::eventFilter(watched, event);
}

void LandscapeViewWidget::resizeEvent(QResizeEvent* /*event*/) {
    const bool had = m_panel != nullptr && !m_panel->isHidden();
    arrange();
    if (had != (m_panel != nullptr && !m_panel->isHidden()))
        showState();
}

QSize LandscapeViewWidget::sizeHint() const {
    return {470, 200};
}

QSize LandscapeViewWidget::minimumSizeHint() const {
    return {220, 120};
}

LandscapeLayout LandscapeViewWidget::pictureLayout() const {
    return m_map->pictureLayout();
}

} // namespace flatline
