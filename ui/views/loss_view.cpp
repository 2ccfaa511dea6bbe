#include "ui/views/loss_view.h"

#include "ui/charts/infinite.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"
#include "ui/runs/other_runs.h"
#include "ui/widgets/head_switch.h"

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

/// How the two losses are drawn and what they are called.
struct LossRow {
    LossOf which;
    const Curve& (*curve)(const Curves&);
    const char* name; ///< translatable
    Ink ink;
    Qt::PenStyle pen;
    PlotCurve::End end;
    bool band;
};
constexpr LossRow lossRows[] = {
    // The training loss last: it lies above the other one.
    {LossOf::Test, [](const Curves& curves) -> const Curve& { return curves.testLoss; },
     QT_TRANSLATE_NOOP("flatline::LossView", "test"), &Theme::test, Qt::DashLine, PlotCurve::End::Ring, false},
    {LossOf::Train, [](const Curves& curves) -> const Curve& { return curves.trainLoss; },
     QT_TRANSLATE_NOOP("flatline::LossView", "train"), &Theme::text, Qt::SolidLine, PlotCurve::End::Disc, true},
};

constexpr std::size_t mostStretches = 40;

/// Where curves end in an infinite loss, their names stand at the upper edge.
PlotNote infiniteNote(const Snapshot& snapshot, const QStringList& names) {
    return {.x = static_cast<double>(snapshot.past ? snapshot.head : snapshot.now.step),
            .y = largestShown,
            .text = LossView::tr("%1 ∞").arg(names.join(QStringLiteral(", ")))};
}

/// The moment's loss; infinite where a sample's is. Nothing where there is no such set.
std::optional<double> lossNow(const Observation& now, LossOf which) {
    if (which == LossOf::Train)
        return now.infiniteLossSamples > 0 ? INFINITY : now.trainLoss;
    return now.testInfiniteLossSamples > 0 ? std::optional<double>(INFINITY) : now.testLoss;
}

/// The moment of the past with both losses as they were.
std::optional<PlotCursor> cursorWithLosses(const Snapshot& snapshot) {
    std::optional<PlotCursor> cursor = cursorOf(snapshot);
    if (!cursor)
        return cursor;
    for (const LossRow& row : lossRows) {
        const std::optional<double> loss = lossNow(snapshot.now, row.which);
        if (!loss)
            continue;
        cursor->words.prepend(QStringLiteral("%1 %2").arg(LossView::tr(row.name), numberText(*loss)));
        cursor->dots.push_back({*loss, row.ink});
    }
    return cursor;
}

} // namespace

/// A curve with holes is several curves, of which the last has the name.
void LossView::addLosses(PlotContent& content) const {
    QStringList endless;
    for (const LossRow& row : lossRows) {
        const Curve& whole = row.curve(*m_snapshot->curves);
        const std::vector<AxisRange> stretches = infiniteStretches(*m_snapshot, row.which, mostStretches);
        const bool infinite = infiniteSamplesAt(*m_snapshot, row.which, INFINITY) > 0;
        std::vector<Curve> pieces = piecesBetween(whole, stretches);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const bool last = i + 1 == pieces.size() && !infinite;
            PlotCurve curve{.points = std::move(pieces[i]), .ink = row.ink};
            if (!m_runs.empty() && row.which == LossOf::Train)
                curve.ink = runSign(m_chosen).ink;
            curve.pen = row.pen;
            curve.band = row.band;
            curve.end = last ? row.end : PlotCurve::End::None;
            if (last) {
                curve.name = m_runs.empty() ? tr(row.name) : runLetter(m_chosen) + QLatin1Char(' ') + tr(row.name);
                curve.value = row.which == LossOf::Train && m_snapshot->state == RunState::Diverged
                                  ? tr("diverged")
                                  : numberText(curve.points.back().value);
            }
            content.curves.push_back(std::move(curve));
        }
        if (infinite)
            endless.prepend(tr(row.name));
        if (row.which == LossOf::Train)
            for (const AxisRange& stretch : stretches)
                content.holes.push_back({stretch.from, stretch.to, tr("loss ∞")});
    }
    if (!endless.isEmpty())
        content.notes.push_back(infiniteNote(*m_snapshot, endless));
}

LossView::LossView(QWidget* parent)
    : View(parent)
    , m_plot(new Plot(this))
    , m_switch(new HeadSwitch(tr("Loss axis"),
                              {{tr("Log"), tr("Logarithmic: equal ratios are equally high. Values of 0 are left out.")},
                               {tr("Linear"), tr("Linear: equal differences are equally high, from 0.")}},
                              this)) {
    m_switch->hide();
    m_plot->setReadout([this](double x) { return readout(x); });
    connect(m_plot, &Plot::picked, this, [this](double x) { emit travelWished(std::llround(x)); });
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this](int index) {
        m_wish = index == 0;
        refresh();
        emit subtitleChanged();
    });
}

void LossView::showFrame(const Frame& frame) {
    if (m_snapshot && sameCurves(*m_snapshot, *frame.snapshot) && m_snapshot->state == frame.snapshot->state &&
        m_runs == frame.twins)
        return;
    m_snapshot = frame.snapshot;
    m_runs = frame.twins;
    m_chosen = frame.chosen;
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
        const QString before = subtitle();
        m_positive = allPositive(m_snapshot->curves->trainLoss) && allPositive(m_snapshot->curves->testLoss);
        for (PlotCurve& other :
             otherRuns(m_runs, m_chosen, [](const Snapshot& run) { return &run.curves->trainLoss; })) {
            m_positive = m_positive && allPositive(other.points);
            content.curves.push_back(std::move(other));
        }
        addLosses(content);
        m_infinite = !content.holes.empty();
        if (before != subtitle())
            emit subtitleChanged();
        content.marks = plotMarks(*m_snapshot, MarkWords::Short);
        if (const auto peak = peakOf(m_snapshot->curves->trainLoss))
            content.notes.push_back(*peak);
        content.cursor = cursorWithLosses(*m_snapshot);
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
    const QString axis = logarithmic() ? tr("logarithmic") : tr("linear");
    return m_infinite ? tr("%1, hatched: infinite").arg(axis) : axis;
}

QWidget* LossView::headControls() {
    return m_switch;
}

QStringList LossView::readout(double x) const {
    QStringList words;
    if (!m_snapshot || !m_snapshot->curves)
        return words;
    for (const LossRow& row : {lossRows[1], lossRows[0]}) {
        const CurvePoint* point = pointAt(row.curve(*m_snapshot->curves), x);
        const std::int64_t infinite = infiniteSamplesAt(*m_snapshot, row.which, x);
        if (infinite > 0)
            words << tr("%1 ∞ (%2 samples)").arg(tr(row.name), countText(infinite));
        else if (point != nullptr)
            words << QStringLiteral("%1 %2").arg(tr(row.name), numberText(point->value));
        if (infinite == 0 && point != nullptr && row.band && point->low < point->high)
            words << tr("%1 to %2").arg(numberText(point->low), numberText(point->high));
    }
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (const CurvePoint* point = i == m_chosen ? nullptr : pointAt(m_runs[i]->curves->trainLoss, x))
            words << runLetter(i) + QLatin1Char(' ') + numberText(point->value);
    if (!words.isEmpty())
        words.prepend(tr("step %1").arg(countText(std::llround(x))));
    return words;
}

QString LossView::summary() const {
    if (!m_snapshot || !m_snapshot->curves)
        return tr("No loss yet.");
    const Curve& train = m_snapshot->curves->trainLoss;
    const std::int64_t samples = m_snapshot->now.infiniteLossSamples;
    if (train.empty() && samples == 0)
        return tr("No loss yet.");
    const bool past = m_snapshot->past;
    QString text;
    if (samples == 0)
        text = tr("Step %1: training loss %2, %3 at the start.")
                   .arg(countText(past ? m_snapshot->now.step : std::llround(train.back().step)),
                        numberText(past ? m_snapshot->now.trainLoss : train.back().value),
                        numberText(train.front().value));
    else
        text = tr("Step %1: the training loss is infinite, since %2 samples have a probability of 0 for their class.")
                   .arg(countText(m_snapshot->now.step), countText(samples));
    if (!m_snapshot->curves->testLoss.empty())
        text += QLatin1Char(' ') + tr("Test loss %1.")
                                       .arg(numberText(past ? m_snapshot->now.testLoss.value_or(NAN)
                                                            : m_snapshot->curves->testLoss.back().value));
    if (past)
        text +=
            QLatin1Char(' ') + tr("A moment of the past: the run goes on to step %1.").arg(countText(m_snapshot->head));
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (i != m_chosen)
            text += QLatin1Char(' ') +
                    tr("Run %1: training loss %2.").arg(runLetter(i), numberText(m_runs[i]->now.trainLoss));
    if (m_snapshot->state == RunState::Diverged)
        text += QLatin1Char(' ') + tr("The run has diverged: what follows is not finite.");
    return text;
}

void LossView::resizeEvent(QResizeEvent*) {
    m_plot->setGeometry(rect());
}

} // namespace flatline
