#include "ui/charts/plot.h"

#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/charts/plot_series.h"
#include "ui/theme/theme.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <span>

namespace flatline {

namespace {

AxisRange widened(AxisRange range, double pixels) {
    const double extra = pixels > 0.0 ? range.span() * plotOverlap / pixels : 0.0;
    return {range.from - extra, range.to + extra};
}

} // namespace

/// Qt Charts draws the upper curves over axes that are never shown; everything else is painted around them.
class Plot::Canvas : public QChartView {
public:
    explicit Canvas(Plot* plot);

    void showCurves();
    void showRanges();
    void repaintAll() { viewport()->update(); }

protected:
    void drawBackground(QPainter* painter, const QRectF&) override { paintBelow(*painter, scenery()); }
    void drawForeground(QPainter* painter, const QRectF&) override;

private:
    [[nodiscard]] PlotScene scenery() const;

    Plot* m_plot;
    QValueAxis* m_x; ///< the chart owns axes and series
    QValueAxis* m_y;
    std::vector<QLineSeries*> m_lines;
};

Plot::Canvas::Canvas(Plot* plot)
    : QChartView(plot)
    , m_plot(plot)
    , m_x(new QValueAxis)
    , m_y(new QValueAxis) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(QGraphicsView::NoViewportUpdate);
    setRubberBand(QChartView::NoRubberBand);
    setInteractive(false);
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->setContentsMargins(0, 0, 0, 0);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setVisible(false);
        chart()->addAxis(axis, axis == m_y ? Qt::AlignLeft : Qt::AlignBottom);
    }
}

PlotScene Plot::Canvas::scenery() const {
    return {m_plot->m_content, themeOf(m_plot), QRectF(rect()),     m_plot->area(),
            m_plot->m_x,       m_plot->m_y,     devicePixelRatioF()};
}

void Plot::Canvas::drawForeground(QPainter* painter, const QRectF&) {
    const PlotScene scene = scenery();
    paintAbove(*painter, scene);
    paintCursor(*painter, scene);
    if (m_plot->m_hover && m_plot->m_readout)
        paintCrosshair(*painter, scene, *m_plot->m_hover, m_plot->m_readout(*m_plot->m_hover));
}

void Plot::Canvas::showCurves() {
    const auto& all = m_plot->m_content.curves;
    const std::span curves(all.begin() + static_cast<std::ptrdiff_t>(firstChartCurve(m_plot->m_content)), all.end());
    while (m_lines.size() < curves.size()) {
        m_lines.push_back(new QLineSeries);
        chart()->addSeries(m_lines.back());
        m_lines.back()->attachAxis(m_x);
        m_lines.back()->attachAxis(m_y);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool used = i < curves.size();
        m_lines[i]->setVisible(used);
        if (!used)
            continue;
        m_lines[i]->setPen(curvePen(curves[i], themeOf(m_plot)));
        m_lines[i]->replace(linePoints(curves[i], m_plot->m_content.logarithmic));
    }
}

void Plot::Canvas::showRanges() {
    const QRectF area = m_plot->area();
    chart()->setPlotArea(area.adjusted(-plotOverlap, -plotOverlap, plotOverlap, plotOverlap));
    const AxisRange x = widened(m_plot->m_x, area.width());
    const AxisRange y = widened(m_plot->m_y, area.height());
    m_x->setRange(x.from, x.to);
    m_y->setRange(y.from, y.to);
}

Plot::Plot(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new Canvas(this)) {
    setMouseTracking(true);
    updateRanges();
}

void Plot::setContent(PlotContent content) {
    const QRectF between = area();
    const AxisRange x = m_x;
    const AxisRange y = m_y;
    m_content = std::move(content);
    updateRanges();
    m_canvas->showCurves();
    if (x != m_x || y != m_y || between != area())
        m_canvas->showRanges();
    m_canvas->repaintAll();
}

void Plot::setReadout(std::function<QStringList(double)> readout) {
    m_readout = std::move(readout);
}

void Plot::updateRanges() {
    m_x = m_content.xRange ? *m_content.xRange : stickyRange(m_x, 0.0, std::max(10.0, lastX(m_content)));
    const auto reach = extent(m_content);
    const bool logarithmic = m_content.logarithmic;
    if (m_content.yRange)
        m_values = *m_content.yRange;
    else if (logarithmic)
        m_values = stickyLogRange(m_values, reach ? reach->from : 0.1, reach ? reach->to : 1.0);
    else
        m_values = stickyRange(m_values, reach ? reach->from : 0.0, reach ? reach->to : 1.0);
    m_y = logarithmic ? AxisRange{std::log10(m_values.from), std::log10(m_values.to)} : m_values;
}

QRectF Plot::area() const {
    const QMargins margins = m_content.margins * typeScale(); // the labels' room grows with them
    return QRectF(rect()).adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom());
}

QPointF Plot::place(double x, double y) const {
    const PlotScene scene{m_content, themeOf(this), rect(), area(), m_x, m_y, 1.0};
    return {scene.placeX(x), scene.placeY(axisValue(y, m_content.logarithmic).value_or(m_y.from))};
}

void Plot::resizeEvent(QResizeEvent*) {
    m_canvas->resize(size());
    m_canvas->showRanges();
}

void Plot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_canvas->showCurves();
    m_canvas->repaintAll();
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
    const QRectF between = area();
    const double part = (event->position().x() - between.left()) / between.width();
    m_hover = part >= 0.0 && part <= 1.0 ? std::optional(m_x.from + part * m_x.span()) : std::nullopt;
    m_canvas->repaintAll();
    if (m_picking)
        emit picked(m_x.from + std::clamp(part, 0.0, 1.0) * m_x.span());
}

void Plot::mousePressEvent(QMouseEvent* event) {
    // A double click is the card's: only with Ctrl is a click the chart's own.
    m_picking = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier);
    if (m_picking)
        mouseMoveEvent(event);
    else
        QWidget::mousePressEvent(event);
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
    m_picking = false;
    QWidget::mouseReleaseEvent(event);
}

void Plot::leaveEvent(QEvent*) {
    m_hover.reset();
    m_canvas->repaintAll();
}

} // namespace flatline
