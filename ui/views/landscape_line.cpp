#include "ui/views/landscape_line.h"

#include "ui/charts/plot.h"
#include "ui/fields/dead_text.h"
#include "ui/fields/landscape_text.h"
#include "ui/solid/height_scale.h"
#include "ui/widgets/head_switch.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

/// The surface's middle row or column.
class Cut {
public:
    Cut(const Surface& surface, bool first)
        : m_surface(&surface)
        , m_first(first) {}

    [[nodiscard]] int size() const { return m_surface->side; }
    [[nodiscard]] double place(int index) const { return m_surface->coordinate(index); }
    [[nodiscard]] double loss(int index) const { return m_surface->loss[point(index)]; }
    [[nodiscard]] bool finite(int index) const { return std::isfinite(loss(index)); }
    [[nodiscard]] bool dead(int index) const {
        return m_surface->dead && m_surface->dead->neuron && m_surface->dead->life[point(index)] <= 0.0F;
    }

    /// Of its finite losses, round: not from 0, where little would be seen of the shape.
    [[nodiscard]] AxisRange range() const {
        Surface only;
        only.side = 1;
        for (int i = 0; i < size(); ++i)
            only.loss.push_back(loss(i));
        const LossScale losses = heightFor(only, false).range;
        return {losses.low, losses.high};
    }

private:
    [[nodiscard]] std::size_t point(int index) const {
        const int middle = m_surface->side / 2;
        return static_cast<std::size_t>(m_first ? middle * m_surface->side + index : index * m_surface->side + middle);
    }

    const Surface* m_surface;
    bool m_first;
};

/// The stretches of neighbouring points for which that holds, as indices from and to.
template <class Holds>
std::vector<std::pair<int, int>> stretches(int size, Holds holds) {
    std::vector<std::pair<int, int>> found;
    for (int i = 0; i < size; ++i) {
        if (!holds(i))
            continue;
        if (found.empty() || found.back().second != i - 1)
            found.emplace_back(i, i);
        else
            found.back().second = i;
    }
    return found;
}

/// Where the stretch of dead points really ends: life is interpolated between its last point and the next. Along the
/// neuron's own bias that is exact, since its largest z is linear there.
double edgeBeside(const Surface& surface, bool first, int inside, int outside) {
    const int middle = surface.side / 2;
    const auto at = [&](int index) {
        return static_cast<std::size_t>(first ? middle * surface.side + index : index * surface.side + middle);
    };
    const double from = surface.coordinate(inside);
    if (outside < 0 || outside >= surface.side)
        return from;
    const double to = surface.coordinate(outside);
    const auto dead = static_cast<double>(surface.dead->life[at(inside)]);
    const auto alive = static_cast<double>(surface.dead->life[at(outside)]);
    return alive > dead ? from + (to - from) * (-dead / (alive - dead)) : from;
}

void addCurves(const Cut& cut, PlotContent& content) {
    for (const auto& [from, to] : stretches(cut.size(), [&](int i) { return cut.finite(i); })) {
        PlotCurve curve;
        for (int i = from; i <= to; ++i)
            curve.points.push_back({cut.place(i), cut.loss(i), cut.loss(i), cut.loss(i)});
        curve.end = PlotCurve::End::None;
        content.curves.push_back(std::move(curve));
    }
}

} // namespace

PlotContent lineContent(const LandscapeState& state, bool first) {
    PlotContent content;
    if (!state.canShow())
        return content;
    const Surface& surface = *state.frame.surface;
    const Cut cut(surface, first);
    addCurves(cut, content);
    for (const auto& [from, to] : stretches(cut.size(), [&](int i) { return !cut.finite(i); }))
        content.holes.push_back({cut.place(std::max(0, from - 1)), cut.place(std::min(cut.size() - 1, to + 1)),
                                 LandscapeLine::tr("not finite")});
    if (state.show.deadRegion)
        for (const auto& [from, to] : stretches(cut.size(), [&](int i) { return cut.dead(i); }))
            content.holes.push_back({edgeBeside(surface, first, from, from - 1), edgeBeside(surface, first, to, to + 1),
                                     hatchText(surface)});
    if (std::isfinite(surface.centre)) {
        PlotCurve ball;
        ball.points.push_back({0.0, surface.centre, surface.centre, surface.centre});
        content.curves.push_back(ball);
        PlotNote now{.x = 0.0,
                     .y = surface.centre,
                     .text = liesStill(surface)
                                 ? LandscapeLine::tr("now %1, does not roll").arg(numberText(surface.centre))
                                 : LandscapeLine::tr("now %1").arg(numberText(surface.centre))};
        now.leader = true;
        content.notes.push_back(now);
    }
    if (const int classes = chanceClasses(*state.frame.snapshot); classes >= 2)
        content.references.push_back({std::log(classes), LandscapeLine::tr("chance: ln %1").arg(countText(classes))});
    content.logarithmic = state.show.logHeight;
    if (!content.logarithmic)
        content.yRange = cut.range();
    content.xRange = AxisRange{-surface.extent, surface.extent};
    content.xTitle = first ? firstAxisText(surface) : secondAxisText(surface);
    content.yTitle = LandscapeLine::tr("training loss · %1").arg(sliceNote(*state.frame.snapshot, surface));
    content.margins = QMargins(44, 28, 20, 32); // above: the switch between the directions
    return content;
}

LandscapeLine::LandscapeLine(QWidget* parent)
    : QWidget(parent)
    , m_plot(new Plot(this))
    , m_direction(new HeadSwitch(tr("Cut along"),
                                 {{tr("1st"), tr("Along the first direction, the map's horizontal one")},
                                  {tr("2nd"), tr("Along the second direction, the map's vertical one")}},
                                 this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    connect(m_direction, &HeadSwitch::chosenByUser, this, [this] { refresh(); });
    m_plot->setReadout([this](double x) {
        if (!m_state.canShow())
            return QStringList();
        const Surface& surface = *m_state.frame.surface;
        const int index = std::clamp(
            static_cast<int>(std::lround((x / surface.extent + 1.0) / 2.0 * (surface.side - 1))), 0, surface.side - 1);
        const Cut cut(surface, m_direction->chosen() == 0);
        return QStringList{numberText(cut.place(index)), tr("loss %1").arg(numberText(cut.loss(index)))};
    });
}

void LandscapeLine::showState(const LandscapeState& state) {
    m_state = state;
    if (!isHidden())
        refresh();
}

const PlotContent& LandscapeLine::content() const {
    return m_plot->content();
}

void LandscapeLine::refresh() {
    m_plot->setContent(lineContent(m_state, m_direction->chosen() == 0));
}

void LandscapeLine::resizeEvent(QResizeEvent* /*event*/) {
    m_direction->adjustSize();
    m_direction->move(width() - m_direction->width() - 4, 0);
    m_direction->raise();
}

} // namespace flatline
