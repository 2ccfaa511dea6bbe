#include "ui/views/dead_count_view.h"

#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"
#include "ui/fields/strip_text.h"
#include "ui/runs/other_runs.h"
#include "ui/theme/theme.h"
#include "ui/views/dead_count_strip.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int above = 20; ///< the marks' labels, above the first chart
constexpr int below = 34; ///< the steps, below the last one
constexpr int over = 7;   ///< half a label, above the others
constexpr int under = 6;  ///< and below all but the last
constexpr QMargins sides(44, 0, 92, 0);
constexpr int lineHeight = 11;      ///< the least for a curve's name
constexpr int warmingHeight = 24;   ///< between its axes: two lines of words stand beside it
constexpr double nearShare = 0.015; ///< of the axis: so far from an event a click still means it
constexpr int underWarming = 12;    ///< its figures are not the counts' below

/// None, half, all: the half only where it is a whole number and has room.
std::vector<double> countTicks(int neurons, int height) {
    if (neurons % 2 == 0 && neurons > 0 && height >= 40)
        return {0.0, neurons / 2.0, static_cast<double>(neurons)};
    return {0.0, static_cast<double>(neurons)};
}

QString turnText(const Event& turn) {
    return (turn.kind == EventKind::Died ? DeadCountView::tr("L%1·%2 died at step %3")
                                         : DeadCountView::tr("L%1·%2 came back at step %3"))
        .arg(turn.layer)
        .arg(turn.neuron)
        .arg(countText(turn.step));
}

} // namespace

DeadCountView::DeadCountView(QWidget* parent)
    : View(parent)
    , m_strip(new DeadStrip(this))
    , m_warming(new Plot(this)) {
    m_strip->hide();
    m_warming->hide();
    m_warming->setReadout([this](double x) { return warmingReadout(x); });
    connect(m_warming, &Plot::picked, this, [this](double x) { emit travelWished(std::llround(x)); });
    connect(m_strip, &LayerStrip::picked, this, &DeadCountView::travelWished);
    m_strip->setMore([this](const LayerStrip::Spot& spot) { return neuronAt(spot.layer, spot.step); });
}

bool DeadCountView::warmed() const {
    return layers() > 0 && !m_snapshot->curves->warming.empty();
}

std::size_t DeadCountView::layers() const {
    if (!m_snapshot || !m_snapshot->curves)
        return 0;
    return std::min(m_snapshot->curves->dead.size(), m_snapshot->now.layers.size());
}

void DeadCountView::showFrame(const Frame& frame) {
    if (m_snapshot && sameCurves(*m_snapshot, *frame.snapshot) && m_runs == frame.twins)
        return;
    m_snapshot = frame.snapshot;
    m_runs = frame.twins;
    m_chosen = frame.chosen;
    const bool strip = layers() > mostCharts;
    if (strip == m_strip->isHidden()) {
        m_strip->setVisible(strip);
        emit subtitleChanged();
    }
    showSteps();
    showWarming();
    if (strip) {
        for (Plot* plot : m_plots)
            plot->hide();
        m_strip->showSnapshot(m_snapshot, !warmed());
    } else {
        showCharts();
    }
}

void DeadCountView::showSteps() {
    double last = 10.0;
    for (std::size_t i = 0; i < layers(); ++i)
        if (const Curve& curve = m_snapshot->curves->dead[i]; !curve.empty())
            last = std::max(last, curve.back().step);
    m_steps = stickyRange(m_steps, 0.0, last);
}

void DeadCountView::showWarming() {
    if (warmed() == m_warming->isHidden()) {
        m_warming->setVisible(warmed());
        arrange();
    }
    if (!warmed())
        return;
    const Curve& added = m_snapshot->curves->warming;
    PlotCurve curve{.points = added, .name = tr("warming"), .value = signedText(added.back().value)};
    curve.ink = &Theme::kick;
    curve.width = 1.5;
    AxisRange range;
    for (const CurvePoint& point : added)
        range = {std::min(range.from, point.low), std::max(range.to, point.high)};
    range = {-roundUp(-range.from), roundUp(range.to)};
    PlotContent content;
    content.marks = plotMarks(*m_snapshot, MarkWords::Full);
    content.cursor = cursorOf(*m_snapshot);
    if (content.cursor) {
        content.cursor->words << signedText(m_snapshot->now.warming);
        content.cursor->dots.push_back({m_snapshot->now.warming, curve.ink});
    }
    content.curves.push_back(std::move(curve));
    content.xRange = m_steps;
    content.yRange = range.span() > 0.0 ? range : AxisRange{0.0, 1.0};
    content.yTicks = {content.yRange->from, content.yRange->to};
    content.stackedLabels = true;
    content.xLabels = false;
    content.margins = sides + QMargins(0, above, 0, underWarming);
    m_warming->setContent(std::move(content));
}

void DeadCountView::showCharts() {
    const std::size_t count = layers();
    const auto shown = static_cast<std::size_t>(
        std::count_if(m_plots.begin(), m_plots.end(), [](const Plot* plot) { return !plot->isHidden(); }));
    while (m_plots.size() < count) {
        const std::size_t layer = m_plots.size();
        m_plots.push_back(new Plot(this));
        m_plots.back()->setReadout([this, layer](double x) { return readout(layer, x); });
        connect(m_plots.back(), &Plot::picked, this, [this](double x) { emit travelWished(std::llround(x)); });
    }
    const std::vector<PlotMark> marks = plotMarks(*m_snapshot, MarkWords::Full);
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots[i]->setVisible(i < count);
        if (i >= count)
            continue;
        const Observation::Layer& now = m_snapshot->now.layers[i];
        PlotCurve curve{.points = m_snapshot->curves->dead[i], .name = tr("Layer %1").arg(i + 1)};
        const QString dead = tr("%1 of %2").arg(countText(now.dead), countText(now.neurons));
        curve.value =
            m_snapshot->past && !curve.points.empty()
                ? tr("%1 of %2").arg(countText(std::llround(curve.points.back().value)), countText(now.neurons))
                : dead;
        curve.ink = &Theme::dead;
        curve.nameInk = &Theme::text;
        curve.steps = true;
        curve.hatched = true;
        PlotContent content;
        if (!m_runs.empty())
            curve.name = tr("%1 · L%2", "a run's letter, a layer").arg(runLetter(m_chosen)).arg(i + 1);
        content.curves.push_back(std::move(curve));
        addOthers(content, i);
        content.marks = marks;
        content.cursor = cursorOf(*m_snapshot);
        if (content.cursor) {
            content.cursor->words << dead;
            content.cursor->dots.push_back({static_cast<double>(now.dead), &Theme::dead});
        }
        content.xRange = m_steps;
        content.yRange = AxisRange{0.0, std::max(1.0, static_cast<double>(now.neurons))};
        content.yTicks = countTicks(now.neurons, chartHeight());
        content.stackedLabels = m_runs.empty(); // several runs: a line each
        content.xLabels = i + 1 == count;
        content.xTitle = content.xLabels ? tr("step") : QString();
        content.markLabels = i == 0 && !warmed();
        content.margins = sides + QMargins(0, content.markLabels ? above : over, 0, content.xLabels ? below : under);
        m_plots[i]->setContent(std::move(content));
    }
    if (shown != count)
        arrange();
    update();
}

/// What the other runs have of that layer; where they differ in width the counts are still counts. In a low chart only
/// the chosen run is named.
void DeadCountView::addOthers(PlotContent& content, std::size_t layer) const {
    for (PlotCurve& other : otherRuns(m_runs, m_chosen, [layer](const Snapshot& run) {
             return layer < run.curves->dead.size() ? &run.curves->dead[layer] : nullptr;
         })) {
        other.steps = true;
        if (chartHeight() < lineHeight * static_cast<int>(m_runs.size())) {
            other.name.clear();
            other.value.clear();
            other.end = PlotCurve::End::None;
        }
        content.curves.push_back(std::move(other));
    }
}

int DeadCountView::chartHeight() const {
    const int count = static_cast<int>(layers());
    const int more = warmed() ? scaled(over) + scaled(warmingHeight) + scaled(underWarming) : 0;
    return std::max(10,
                    (height() - scaled(above) - more - scaled(below) - (count - 1) * (scaled(over) + scaled(under))) /
                        std::max(1, count));
}

void DeadCountView::arrange() {
    int top = 0;
    if (warmed()) {
        top = scaled(above) + scaled(warmingHeight) + scaled(underWarming);
        m_warming->setGeometry(0, 0, width(), top);
    }
    m_strip->setGeometry(0, top, width(), height() - top);
    const int count = static_cast<int>(std::min(layers(), m_plots.size()));
    if (count == 0 || layers() > mostCharts)
        return;
    const int chart = chartHeight();
    for (int i = 0; i < count; ++i) {
        const int all =
            chart + (top == 0 ? scaled(above) : scaled(over)) + (i + 1 == count ? scaled(below) : scaled(under));
        m_plots[static_cast<std::size_t>(i)]->setGeometry(0, top, width(), all);
        top += all;
    }
}

QStringList DeadCountView::warmingReadout(double x) const {
    const CurvePoint* point = warmed() ? pointAt(m_snapshot->curves->warming, x) : nullptr;
    if (point == nullptr)
        return {};
    return {tr("step %1").arg(countText(std::llround(x))), tr("%1 on every hidden bias").arg(signedText(point->value))};
}

QStringList DeadCountView::readout(std::size_t layer, double x) const {
    if (layer >= layers())
        return {};
    const CurvePoint* point = pointAt(m_snapshot->curves->dead[layer], x);
    if (point == nullptr)
        return {};
    QStringList words{
        tr("step %1").arg(countText(std::llround(x))),
        tr("%1 of %2 dead")
            .arg(countText(std::llround(point->value)), countText(m_snapshot->now.layers[layer].neurons))};
    if (const Event* turn = turnNear(layer, x))
        words << turnText(*turn);
    return words;
}

/// Whose death or revival is meant there, how it is now, and what a click does; empty: nobody's.
QString DeadCountView::neuronAt(std::size_t layer, double x) const {
    const Event* turn = turnNear(layer, x);
    if (turn == nullptr)
        return {};
    const NeuronId id{turn->layer, turn->neuron};
    if (!hasNeuron(*m_snapshot, id))
        return turnText(*turn);
    const bool died = turn->kind == EventKind::Died;
    const NeuronLife& life = lifeOf(*m_snapshot, id);
    QStringList lines;
    if (lookOf(*m_snapshot, id) != (died ? CellLook::Dead : CellLook::Revived) ||
        (died ? life.diedAt : life.revivedAt) != turn->step) // else its state says it
        lines << turnText(*turn);
    lines << nameAndState(*m_snapshot, id) << tr("Click: its certificate");
    return lines.join(QLatin1Char('\n'));
}

/// The death or revival in that layer that is nearest to that step, and near enough to be meant; null: none.
const Event* DeadCountView::turnNear(std::size_t layer, double x) const {
    const Event* nearest = nullptr;
    double least = nearShare * m_steps.span();
    for (std::size_t i = 0; i < m_snapshot->events.size(); ++i) {
        const Event& event = m_snapshot->events[i];
        const bool turn = event.kind == EventKind::Died || event.kind == EventKind::Revived;
        const double distance = std::abs(static_cast<double>(event.step) - x);
        if (turn && event.layer == static_cast<int>(layer) + 1 && distance <= least) {
            nearest = &event;
            least = distance;
        }
    }
    return nearest;
}

void DeadCountView::mousePressEvent(QMouseEvent* event) {
    View::mousePressEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    if (!m_strip->isHidden()) {
        if (const auto spot = m_strip->spotAt(m_strip->mapFromParent(event->position())))
            openTurn(spot->layer, spot->step);
        return;
    }
    for (std::size_t layer = 0; layer < std::min(layers(), m_plots.size()); ++layer) {
        const Plot& plot = *m_plots[layer];
        const QRectF area = plot.area().translated(plot.pos());
        if (plot.isHidden() || !area.contains(event->position()))
            continue;
        openTurn(layer, m_steps.from + (event->position().x() - area.left()) / area.width() * m_steps.span());
    }
}

void DeadCountView::openTurn(std::size_t layer, double step) {
    if (const Event* turn = turnNear(layer, step)) {
        emit neuronClicked({turn->layer, turn->neuron});
        emit neuronOpened({turn->layer, turn->neuron});
    }
}

QString DeadCountView::subtitle() const {
    return m_strip->isHidden() ? tr("per layer") : tr("per layer, share dead; hatched: the whole layer");
}

QString DeadCountView::summary() const {
    if (layers() == 0)
        return tr("No hidden layers to count in.");
    const Observation& now = m_snapshot->now;
    QString text = tr("Step %1: %2 of %3 neurons are dead.")
                       .arg(countText(now.step), countText(now.dead()), countText(now.neurons()));
    for (std::size_t i = 0; i < std::min(layers(), mostCharts); ++i)
        text +=
            QLatin1Char(' ') +
            tr("Layer %1: %2 of %3.").arg(i + 1).arg(countText(now.layers[i].dead), countText(now.layers[i].neurons));
    if (m_snapshot->past)
        text +=
            QLatin1Char(' ') + tr("A moment of the past: the run goes on to step %1.").arg(countText(m_snapshot->head));
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (i != m_chosen)
            text += QLatin1Char(' ') +
                    tr("Run %1: %2 of %3.")
                        .arg(runLetter(i), countText(m_runs[i]->now.dead()), countText(m_runs[i]->now.neurons()));
    if (now.warming != 0.0)
        text += QLatin1Char(' ') + tr("Bias warming adds %1 now.").arg(signedText(now.warming));
    return text;
}

void DeadCountView::resizeEvent(QResizeEvent*) {
    arrange();
    if (m_snapshot && layers() > 0 && layers() <= mostCharts)
        showCharts();
}

void DeadCountView::paintEvent(QPaintEvent*) {
    if (!m_snapshot || layers() > 0 || m_snapshot->state == RunState::Loading)
        return;
    QPainter painter(this);
    painter.setPen(themeOf(this).muted);
    painter.drawText(rect(), Qt::AlignCenter, summary());
}

} // namespace flatline
