#include "ui/views/stability_view.h"

#include "ui/charts/infinite.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int above = 20; ///< the marks' words and the axis's title
constexpr int between = 18;
constexpr int below = 34;
constexpr int left = 52;
constexpr int right = 104;
constexpr auto rateKey = "training.learning_rate";

CurvePoint pointOf(double step, double value) {
    return {step, value, value, value};
}

std::optional<double> rateIn(const Mark& mark) {
    const auto* change = std::get_if<SettingChange>(&mark.action);
    const auto* rate = change != nullptr && change->path == rateKey ? std::get_if<double>(&change->value) : nullptr;
    return rate != nullptr ? std::optional(*rate) : std::nullopt;
}

/// Stretches on which the loss has no positive curvature in any direction: below the end of a logarithmic axis.
std::vector<AxisRange> flatStretches(const Curve& sharpness) {
    std::vector<AxisRange> stretches;
    bool open = false;
    for (const CurvePoint& point : sharpness) {
        const bool flat = point.value <= 0.0;
        if (flat && !open)
            stretches.push_back({point.step, point.step});
        else if (open)
            stretches.back().to = point.step;
        open = flat;
    }
    return stretches;
}

/// The curve's value at that moment.
void addToCursor(PlotCursor& cursor, double value) {
    cursor.words << numberText(value);
    cursor.dots.push_back({value, &Theme::text});
}

} // namespace

StabilityView::StabilityView(QWidget* parent)
    : View(parent)
    , m_upper(new Plot(this))
    , m_lower(new Plot(this)) {
    m_upper->setReadout([this](double x) { return sharpnessReadout(x); });
    m_lower->setReadout([this](double x) { return updateReadout(x); });
}

Curve StabilityView::limitOf(const Snapshot& snapshot) {
    Curve curve;
    if (snapshot.path.empty() || !snapshot.curves)
        return curve;
    double rate = snapshot.path.front()->settings.training.learningRate;
    curve.push_back(pointOf(static_cast<double>(snapshot.path.front()->step), 2.0 / rate));
    for (const Mark& mark : snapshot.curves->marks)
        if (const auto changed = rateIn(mark)) {
            rate = *changed;
            curve.push_back(pointOf(static_cast<double>(mark.step), 2.0 / rate));
        }
    const auto last = static_cast<double>(std::max(snapshot.head, snapshot.now.step));
    if (last > curve.back().step)
        curve.push_back(pointOf(last, 2.0 / rate));
    return curve;
}

Curve StabilityView::sharpnessOf(const Frame& frame) {
    Curve curve;
    if (!frame.analysis)
        return curve;
    if (frame.analysis->path)
        for (const SharpnessPoint& point : frame.analysis->path->points)
            if (point.value)
                curve.push_back(pointOf(static_cast<double>(point.step), *point.value));
    const auto step = static_cast<double>(frame.analysis->step);
    if (frame.analysis->sharpness && (curve.empty() || curve.back().step < step))
        curve.push_back(pointOf(step, frame.analysis->sharpness->value));
    return curve;
}

void StabilityView::showFrame(const Frame& frame) {
    if (m_frame.snapshot && sameCurves(*m_frame.snapshot, *frame.snapshot) && m_frame.analysis == frame.analysis &&
        m_frame.snapshot->state == frame.snapshot->state)
        return;
    const QString before = subtitle();
    m_frame = frame;
    refresh();
    if (before != subtitle())
        emit subtitleChanged();
}

void StabilityView::refresh() {
    const Snapshot& snapshot = *m_frame.snapshot;
    m_sharpness = sharpnessOf(m_frame);
    m_limit = limitOf(snapshot);
    double last = 10.0;
    if (snapshot.curves && !snapshot.curves->trainLoss.empty())
        last = std::max(last, snapshot.curves->trainLoss.back().step);
    if (!m_limit.empty())
        last = std::max(last, m_limit.back().step);
    m_steps = stickyRange(m_steps, 0.0, last);
    showSharpness(m_sharpness, m_steps);
    showUpdates(m_steps);
    update();
}

void StabilityView::showSharpness(const Curve& sharpness, const AxisRange& steps) {
    PlotContent content;
    content.logarithmic = true;
    content.margins = {left, above, right, 6};
    content.xRange = steps;
    content.xLabels = false;
    content.yTitle = tr("sharpness");
    PlotCurve limit{.points = m_limit, .name = tr("2/lr")};
    limit.ink = &Theme::test;
    limit.pen = Qt::DashLine;
    limit.width = 1.4;
    limit.steps = true;
    limit.end = PlotCurve::End::None;
    if (!m_limit.empty())
        limit.value = numberText(m_limit.back().value);
    content.curves.push_back(std::move(limit));
    const std::vector<AxisRange> flat = flatStretches(sharpness);
    std::vector<Curve> pieces = piecesBetween(sharpness, flat);
    const bool endsFlat = !sharpness.empty() && sharpness.back().value <= 0.0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool newest = i + 1 == pieces.size() && !endsFlat;
        PlotCurve curve{.points = std::move(pieces[i])};
        curve.end = newest ? PlotCurve::End::Disc : PlotCurve::End::None;
        if (newest) {
            curve.name = tr("sharp");
            curve.value = numberText(curve.points.back().value);
        }
        content.curves.push_back(std::move(curve));
    }
    for (const AxisRange& stretch : flat)
        content.holes.push_back({stretch.from, stretch.to, tr("flat")});
    if (m_frame.snapshot->curves)
        content.marks = plotMarks(*m_frame.snapshot, MarkWords::Short);
    content.cursor = cursorOf(*m_frame.snapshot);
    if (content.cursor)
        if (const CurvePoint* point = pointAt(sharpness, content.cursor->x))
            addToCursor(*content.cursor, point->value);
    m_upper->setContent(std::move(content));
}

void StabilityView::showUpdates(const AxisRange& steps) {
    PlotContent content;
    content.logarithmic = true;
    content.margins = {left, between, right, below};
    content.xRange = steps;
    content.xTitle = tr("step");
    content.yTitle = QStringLiteral("|Δθ| / |θ|");
    content.markLabels = false;
    if (const auto& curves = m_frame.snapshot->curves; curves && !curves->update.empty()) {
        PlotCurve curve{.points = curves->update, .name = tr("update")};
        curve.band = true;
        curve.value = numberText(curve.points.back().value);
        content.curves.push_back(std::move(curve));
        content.marks = plotMarks(*m_frame.snapshot, MarkWords::Short);
    }
    content.cursor = cursorOf(*m_frame.snapshot);
    if (const auto ratio = m_frame.snapshot->now.updateRatio; content.cursor && ratio)
        addToCursor(*content.cursor, *ratio);
    m_lower->setContent(std::move(content));
}

QStringList StabilityView::sharpnessReadout(double x) const {
    const CurvePoint* sharpness = pointAt(m_sharpness, x);
    const CurvePoint* limit = pointAt(m_limit, x);
    QStringList words;
    if (limit == nullptr)
        return words;
    words << tr("step %1").arg(countText(std::llround(x))) << tr("2/lr %1").arg(numberText(limit->value));
    if (sharpness != nullptr)
        words << tr("sharpness %1 at step %2")
                     .arg(numberText(sharpness->value), countText(std::llround(sharpness->step)));
    return words;
}

QStringList StabilityView::updateReadout(double x) const {
    const CurvePoint* point =
        m_frame.snapshot && m_frame.snapshot->curves ? pointAt(m_frame.snapshot->curves->update, x) : nullptr;
    if (point == nullptr)
        return {};
    QStringList words{tr("step %1").arg(countText(std::llround(x))),
                      tr("update %1 of θ").arg(numberText(point->value))};
    if (point->low < point->high)
        words << tr("%1 to %2").arg(numberText(point->low), numberText(point->high));
    return words;
}

bool StabilityView::waiting() const {
    return m_frame.snapshot && m_frame.analysis && m_frame.snapshot->state == RunState::Running &&
           m_frame.analysis->path && m_frame.analysis->path->points.empty() && !m_frame.analysis->sharpness;
}

QString StabilityView::progress() const {
    if (waiting())
        return tr("pause to have the sharpness computed");
    const std::size_t missing = m_frame.analysis && m_frame.analysis->path ? m_frame.analysis->path->missing : 0;
    return missing > 0 ? tr("%1 moments to go").arg(countText(static_cast<qint64>(missing))) : QString();
}

QString StabilityView::subtitle() const {
    if (!m_frame.snapshot)
        return {};
    const TrainingSettings& training = m_frame.snapshot->settings.training;
    QString text = progress();
    if (text.isEmpty() && training.optimizer != "sgd")
        text = tr("2/lr is the limit of plain SGD");
    else if (text.isEmpty() && training.momentum > 0.0)
        text = tr("with momentum the limit is higher: %1")
                   .arg(numberText(2.0 * (1.0 + training.momentum) / training.learningRate));
    return text;
}

QString StabilityView::summary() const {
    if (!m_frame.snapshot || m_limit.empty())
        return tr("Nothing to measure yet.");
    QString text = tr("Step %1:").arg(countText(m_frame.snapshot->now.step));
    const double limit = 2.0 / m_frame.snapshot->settings.training.learningRate;
    const auto& latest = m_frame.analysis ? m_frame.analysis->sharpness : std::nullopt;
    if (!latest && m_sharpness.empty()) {
        text += QLatin1Char(' ') + tr("the sharpness is not known yet; 2/lr is %1.").arg(numberText(limit));
    } else {
        const double sharpness = latest ? latest->value : m_sharpness.back().value;
        text += QLatin1Char(' ') +
                (sharpness > 0.0 ? tr("sharpness %1, %2 times 2/lr = %3.")
                                       .arg(numberText(sharpness), numberText(sharpness / limit, 2), numberText(limit))
                                 : tr("the loss curves upwards in no direction; 2/lr is %1.").arg(numberText(limit)));
    }
    if (const auto ratio = m_frame.snapshot->now.updateRatio)
        text += QLatin1Char(' ') + tr("The next update is %1 of the parameters' length.").arg(numberText(*ratio));
    if (waiting())
        text += QLatin1Char(' ') + tr("The network is too large to be looked at while it trains: pause.");
    return text;
}

void StabilityView::resizeEvent(QResizeEvent* /*event*/) {
    const int bodies = std::max(20, height() - above - 6 - between - below);
    const int upper = above + bodies / 2 + 6;
    m_upper->setGeometry(0, 0, width(), upper);
    m_lower->setGeometry(0, upper, width(), height() - upper);
}

} // namespace flatline
