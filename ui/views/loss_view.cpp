#include "ui/views/loss_view.h"

#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"
#include "ui/views/head_switch.h"

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

/// A spike is worth a label where it rises so many times above what is around it.
constexpr double outstanding = 3.0;

bool allPositive(const Curve& curve) {
    return std::all_of(curve.begin(), curve.end(), [](const CurvePoint& point) { return point.low > 0.0; });
}

std::optional<PlotNote> peakOf(const Curve& curve) {
    if (curve.size() < 3)
        return std::nullopt;
    const auto peak = std::max_element(curve.begin(), curve.end(),
                                       [](const CurvePoint& a, const CurvePoint& b) { return a.high < b.high; });
    const double start = curve.front().value;
    const double now = curve.back().value;
    if (!(peak->high > outstanding * std::max(start, now)))
        return std::nullopt;
    PlotNote note{.x = peak->step, .y = peak->high, .text = LossView::tr("peak %1").arg(numberText(peak->high))};
    note.leader = true;
    note.leftOf = peak->step > 0.7 * curve.back().step;
    return note;
}

std::optional<PlotReference> chanceOf(const Snapshot& snapshot) {
    if (!snapshot.dataset || !snapshot.spec || snapshot.dataset->task != Task::Classification ||
        snapshot.dataset->classes() < 2 || std::string_view(snapshot.spec->objective->id) == "linear")
        return std::nullopt;
    const int classes = snapshot.dataset->classes();
    return PlotReference{std::log(classes), LossView::tr("chance: ln %1").arg(countText(classes))};
}

PlotCurve trainCurve(const Snapshot& snapshot) {
    PlotCurve curve{.points = snapshot.curves->trainLoss, .name = LossView::tr("train")};
    curve.band = true;
    if (snapshot.state == RunState::Diverged)
        curve.value = LossView::tr("diverged");
    else if (!curve.points.empty())
        curve.value = numberText(curve.points.back().value);
    return curve;
}

PlotCurve testCurve(const Snapshot& snapshot) {
    PlotCurve curve{.points = snapshot.curves->testLoss, .name = LossView::tr("test"), .ink = &Theme::test};
    curve.pen = Qt::DashLine;
    curve.end = PlotCurve::End::Ring;
    if (!curve.points.empty())
        curve.value = numberText(curve.points.back().value);
    return curve;
}

} // namespace

LossView::LossView(QWidget* parent)
    : View(parent)
    , m_plot(new Plot(this))
    , m_switch(new HeadSwitch(tr("Loss axis"),
                              {{tr("Log"), tr("Logarithmic: equal ratios are equally high. Values of 0 are left out.")},
                               {tr("Linear"), tr("Linear: equal differences are equally high, from 0.")}},
                              this)) {
    m_switch->hide();
    m_plot->setReadout([this](double x) { return readout(x); });
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this](int index) {
        m_wish = index == 0;
        refresh();
        emit subtitleChanged();
    });
}

void LossView::showFrame(const Frame& frame) {
    if (m_snapshot && m_snapshot->curves == frame.snapshot->curves && m_snapshot->state == frame.snapshot->state)
        return;
    m_snapshot = frame.snapshot;
    refresh();
}

void LossView::refresh() {
    if (!m_snapshot)
        return;
    PlotContent content;
    content.margins = {44, 20, 92, 34};
    content.xTitle = tr("step");
    if (m_snapshot->spec)
        content.yTitle = coreText(m_snapshot->spec->objective->lossName);
    if (m_snapshot->curves) {
        const bool before = logarithmic();
        m_positive = allPositive(m_snapshot->curves->trainLoss) && allPositive(m_snapshot->curves->testLoss);
        if (before != logarithmic())
            emit subtitleChanged();
        if (!m_snapshot->curves->testLoss.empty())
            content.curves.push_back(testCurve(*m_snapshot));
        content.curves.push_back(trainCurve(*m_snapshot));
        content.marks = plotMarks(*m_snapshot, MarkWords::Short);
        if (const auto peak = peakOf(m_snapshot->curves->trainLoss))
            content.notes.push_back(*peak);
    }
    if (const auto chance = chanceOf(*m_snapshot))
        content.references.push_back(*chance);
    content.logarithmic = logarithmic();
    m_switch->choose(content.logarithmic ? 0 : 1);
    m_plot->setContent(std::move(content));
}

bool LossView::logarithmic() const {
    return m_wish.value_or(m_positive);
}

QString LossView::subtitle() const {
    return logarithmic() ? tr("logarithmic") : tr("linear");
}

QWidget* LossView::headControls() {
    return m_switch;
}

QStringList LossView::readout(double x) const {
    QStringList words;
    for (auto curve = m_plot->content().curves.rbegin(); curve != m_plot->content().curves.rend(); ++curve) {
        const CurvePoint* point = pointAt(curve->points, x);
        if (point == nullptr)
            continue;
        if (words.isEmpty())
            words.append(tr("step %1").arg(countText(std::llround(point->step))));
        words.append(QStringLiteral("%1 %2").arg(curve->name, numberText(point->value)));
        if (curve->band && point->low < point->high)
            words.append(tr("%1 to %2").arg(numberText(point->low), numberText(point->high)));
    }
    return words;
}

QString LossView::summary() const {
    if (!m_snapshot || !m_snapshot->curves || m_snapshot->curves->trainLoss.empty())
        return tr("No loss yet.");
    const Curve& train = m_snapshot->curves->trainLoss;
    QString text = tr("Step %1: training loss %2, %3 at the start.")
                       .arg(countText(std::llround(train.back().step)), numberText(train.back().value),
                            numberText(train.front().value));
    if (!m_snapshot->curves->testLoss.empty())
        text += QLatin1Char(' ') + tr("Test loss %1.").arg(numberText(m_snapshot->curves->testLoss.back().value));
    if (m_snapshot->state == RunState::Diverged)
        text += QLatin1Char(' ') + tr("The run has diverged: what follows is not finite.");
    return text;
}

void LossView::resizeEvent(QResizeEvent*) {
    m_plot->setGeometry(rect());
}

} // namespace flatline
