#include "ui/views/gradient_view.h"

#include "ui/charts/infinite.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"
#include "ui/charts/zero_stretches.h"
#include "ui/views/gradient_bars.h"
#include "ui/views/gradient_strip.h"
#include "ui/widgets/head_switch.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int sentenceHeight = 20;

/// Two digits are enough for a ratio in words: 31,000.
QString roughText(double value) {
    if (value >= 1e6)
        return numberText(value, 2);
    const double power = std::pow(10.0, std::max(0.0, std::floor(std::log10(value)) - 1.0));
    return countText(std::llround(std::round(value / power) * power));
}

/// A curve of norms in pieces, between the stretches of exact zeros; those stand at the axis's foot, hatched.
void addNorms(PlotContent& content, const Curve& whole, const QString& name, double foot, bool first) {
    const std::vector<AxisRange> silent = zeroStretches(whole);
    std::vector<Curve> pieces = piecesBetween(whole, silent);
    const bool endsSilent = !whole.empty() && whole.back().value == 0.0;
    const Ink ink = first ? &Theme::text : &Theme::muted;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size() && !endsSilent;
        PlotCurve curve{.points = std::move(pieces[i]), .ink = ink};
        curve.width = first ? 2.0 : 1.4;
        curve.band = first;
        curve.end = last ? PlotCurve::End::Disc : PlotCurve::End::None;
        if (last) {
            curve.name = name;
            curve.value = numberText(curve.points.back().value);
        }
        content.curves.push_back(std::move(curve));
    }
    for (const AxisRange& stretch : silent) {
        PlotCurve curve{.points = {{stretch.from, foot, foot, foot}, {stretch.to, foot, foot, foot}}};
        curve.ink = &Theme::dead;
        curve.hatched = true;
        curve.end = PlotCurve::End::None;
        if (endsSilent && stretch.to == whole.back().step) {
            curve.name = name;
            curve.value = GradientView::tr("none");
        }
        content.curves.push_back(std::move(curve));
    }
}

/// The first and the last layer's norm in words, all of them as dots.
void addToCursor(PlotCursor& cursor, double norm, std::size_t layer, std::size_t layers) {
    const bool end = layer == 0 || layer + 1 == layers;
    if (end)
        cursor.words << GradientView::tr("layer %1: %2")
                            .arg(layer + 1)
                            .arg(norm > 0.0 ? numberText(norm) : GradientView::tr("none"));
    if (norm > 0.0)
        cursor.dots.push_back({norm, end ? &Theme::text : &Theme::muted});
}

} // namespace

GradientView::GradientView(QWidget* parent)
    : View(parent)
    , m_switch(new HeadSwitch(tr("Gradient"),
                              {{tr("Now"), tr("A bar a layer, at this step")},
                               {tr("Over time"), tr("Each layer over the steps of the run")}},
                              this))
    , m_bars(new GradientBars(this))
    , m_strip(new GradientStrip(this))
    , m_plot(new Plot(this)) {
    m_switch->hide();
    m_plot->setReadout([this](double x) { return readout(x); });
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this] {
        refresh();
        emit subtitleChanged();
    });
    arrange();
}

std::size_t GradientView::layers() const {
    return m_snapshot && m_snapshot->curves
               ? std::min(m_snapshot->curves->gradients.size(), m_snapshot->now.layers.size())
               : 0;
}

bool GradientView::overTime() const {
    return m_switch->chosen() == 1;
}

void GradientView::showFrame(const Frame& frame) {
    if (m_snapshot && m_snapshot->curves == frame.snapshot->curves && m_snapshot->now == frame.snapshot->now)
        return;
    const bool strip = layers() > mostCurves;
    m_snapshot = frame.snapshot;
    refresh();
    if (strip != (layers() > mostCurves))
        emit subtitleChanged();
}

void GradientView::refresh() {
    const bool any = layers() > 0;
    const bool strip = layers() > mostCurves;
    m_bars->setVisible(any && !overTime());
    m_strip->setVisible(any && overTime() && strip);
    m_plot->setVisible(any && overTime() && !strip);
    update();
    if (!any)
        return;
    if (!overTime())
        m_bars->showLayers(m_snapshot->now.layers);
    else if (strip)
        m_strip->showSnapshot(m_snapshot, true);
    else
        showCurves();
}

void GradientView::showCurves() {
    PlotContent content;
    content.logarithmic = true;
    content.margins = {52, 20, 100, 34};
    content.xTitle = tr("step");
    content.marks = plotMarks(*m_snapshot, MarkWords::Short);
    const auto reach = positiveReach(m_snapshot->curves->gradients);
    const double foot = (reach ? reach->from : 0.1) / 3.0;
    for (std::size_t layer = layers(); layer-- > 0;)
        addNorms(content, m_snapshot->curves->gradients[layer], tr("layer %1").arg(layer + 1), foot,
                 layer == 0 || layer + 1 == layers());
    content.cursor = cursorOf(*m_snapshot);
    if (content.cursor)
        for (std::size_t layer = 0; layer < layers(); ++layer)
            addToCursor(*content.cursor, m_snapshot->now.layers[layer].gradientNorm, layer, layers());
    m_plot->setContent(std::move(content));
}

QString GradientView::comparison(const Observation& now) {
    if (now.layers.empty())
        return {};
    const double first = now.layers.front().gradientNorm;
    const double last = now.layers.back().gradientNorm;
    const QString lastName = countText(static_cast<qint64>(now.layers.size()));
    if (!std::isfinite(first) || !std::isfinite(last))
        return tr("The gradient is not finite.");
    if (now.layers.size() == 1)
        return first == 0.0 ? tr("Layer 1 gets no gradient.") : tr("Layer 1 gets %1.").arg(numberText(first));
    if (last == 0.0)
        return first == 0.0 ? tr("Neither layer 1 nor layer %1 gets any gradient.").arg(lastName)
                            : tr("Layer %1 gets no gradient, layer 1 gets %2.").arg(lastName, numberText(first));
    if (first == 0.0)
        return tr("Layer 1 gets no gradient, layer %1 gets %2.").arg(lastName, numberText(last));
    const double ratio = first / last;
    if (ratio < 0.5)
        return tr("Layer 1 gets 1/%1 of what layer %2 gets.").arg(roughText(1.0 / ratio), lastName);
    return tr("Layer 1 gets %1 times what layer %2 gets.").arg(numberText(ratio, 2), lastName);
}

QStringList GradientView::readout(double x) const {
    QStringList words;
    for (std::size_t layer = 0; layer < layers(); ++layer)
        if (const CurvePoint* point = pointAt(m_snapshot->curves->gradients[layer], x)) {
            if (words.isEmpty())
                words << tr("step %1").arg(countText(std::llround(x)));
            words << tr("layer %1: %2")
                         .arg(layer + 1)
                         .arg(point->value == 0.0 ? tr("no gradient") : numberText(point->value));
        }
    return words;
}

QString GradientView::summary() const {
    if (layers() == 0)
        return tr("No hidden layers for a gradient to reach.");
    const Observation& now = m_snapshot->now;
    const auto silent = std::count_if(now.layers.begin(), now.layers.end(),
                                      [](const Observation::Layer& layer) { return layer.gradientNorm == 0.0; });
    QString text = tr("Step %1. ").arg(countText(now.step)) + comparison(now);
    if (silent > 0)
        text += QLatin1Char(' ') + tr("%1 of %2 layers get no gradient.")
                                       .arg(countText(silent), countText(static_cast<qint64>(now.layers.size())));
    return text;
}

QString GradientView::subtitle() const {
    if (!overTime())
        return tr("by layer, logarithmic");
    return layers() > mostCurves ? tr("by layer, the stronger the larger, hatched: none")
                                 : tr("by layer, logarithmic, hatched: none");
}

QWidget* GradientView::headControls() {
    return m_switch;
}

void GradientView::arrange() {
    const QRect body = rect().adjusted(0, sentenceHeight, 0, 0);
    for (QWidget* one : {static_cast<QWidget*>(m_bars), static_cast<QWidget*>(m_strip), static_cast<QWidget*>(m_plot)})
        one->setGeometry(body);
}

void GradientView::resizeEvent(QResizeEvent* /*event*/) {
    arrange();
}

void GradientView::paintEvent(QPaintEvent* /*event*/) {
    if (!m_snapshot || m_snapshot->state == RunState::Loading)
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    painter.setPen(layers() == 0 ? theme.muted : theme.text);
    if (layers() == 0) {
        painter.drawText(rect(), Qt::AlignCenter, summary());
        return;
    }
    const QString words = comparison(m_snapshot->now);
    painter.drawText(QRect(2, 0, width() - 4, sentenceHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, width() - 4));
}

} // namespace flatline
