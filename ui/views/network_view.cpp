#include "ui/views/network_view.h"

#include "ui/fields/cell_flash.h"
#include "ui/fields/strip_painter.h"
#include "ui/fields/strip_text.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double inset = 6.0; // room for the selection ring
constexpr double legendHeight = 22.0;
constexpr int flashTime = 200;
constexpr int flashGap = 350; ///< ms from one flash to the next: fewer than three a second, whatever dies

/// Arrow keys, and where they go.
struct Arrow {
    int key;
    int right;
    int down;
};
constexpr Arrow arrows[] = {{Qt::Key_Right, 1, 0}, {Qt::Key_Left, -1, 0}, {Qt::Key_Down, 0, 1}, {Qt::Key_Up, 0, -1}};

const Arrow* findArrow(int key) {
    const auto* found = std::ranges::find(arrows, key, &Arrow::key);
    return found == std::end(arrows) ? nullptr : found;
}

} // namespace

NetworkView::NetworkView(QWidget* parent)
    : View(parent)
    , m_scroll(new QScrollBar(Qt::Vertical, this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Network: every neuron and its state"));
    m_scroll->hide();
    connect(m_scroll, &QScrollBar::valueChanged, this, &NetworkView::redraw);
}

void NetworkView::showFrame(const Frame& frame) {
    const bool same = m_frame.snapshot == frame.snapshot && m_selected == frame.selected;
    if (m_frame.snapshot != nullptr && frame.snapshot != m_frame.snapshot)
        flash(*m_frame.snapshot, *frame.snapshot);
    m_frame = frame;
    m_selected = frame.selected;
    if (same)
        return;
    std::vector<int> widths;
    if (frame.snapshot->diagnosis != nullptr)
        for (const LayerDiagnosis& layer : frame.snapshot->diagnosis->layers)
            widths.push_back(static_cast<int>(layer.neurons.size()));
    if (widths != m_widths || m_layout.layers.empty()) {
        m_widths = std::move(widths);
        layOut();
    }
    redraw();
}

void NetworkView::flash(const Snapshot& before, const Snapshot& after) {
    // The style says whether the user wants motion at all.
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0)
        return;
    const std::vector<CellFlash> flashes = flashesBetween(before, after);
    if (flashes.empty() || (m_flashed.isValid() && !m_flashed.hasExpired(flashGap)))
        return;
    m_flashed.start();
    const Theme& theme = themeOf(this);
    for (const CellFlash& cell : flashes)
        m_flashes[{cell.id.layer, cell.id.neuron}] = cell.died ? theme.dead : theme.kick;
    QTimer::singleShot(flashTime, this, [this, flashes] {
        for (const CellFlash& cell : flashes)
            m_flashes.erase({cell.id.layer, cell.id.neuron});
        redraw();
    });
}

QString NetworkView::summary() const {
    return m_frame.snapshot == nullptr ? QString() : stripSummary(*m_frame.snapshot, m_selected);
}

QString NetworkView::subtitle() const {
    return m_frame.snapshot == nullptr || m_frame.snapshot->fields == nullptr
               ? QString()
               : tr("fields of step %1").arg(countText(qint64{m_frame.snapshot->fields->step}));
}

QSize NetworkView::sizeHint() const {
    return {990, m_compact ? 86 : 110};
}

QSize NetworkView::minimumSizeHint() const {
    return {320, m_compact ? 62 : 96};
}

void NetworkView::setCompact(bool compact) {
    if (compact == m_compact)
        return;
    m_compact = compact;
    updateGeometry();
    layOut();
    redraw();
}

void NetworkView::setLegendShown(bool shown) {
    m_legendShown = shown;
    layOut();
    redraw();
}

QRectF NetworkView::outputBox() const {
    const Snapshot* snapshot = m_frame.snapshot.get();
    if (m_compact || snapshot == nullptr || snapshot->dataset == nullptr || !OutputMap::canDraw(*snapshot->dataset))
        return {};
    const double side = std::min({height() - 2.0, width() * 0.3, 320.0});
    return {width() - 1.0 - side, (height() - side) / 2.0, side, side};
}

QRectF NetworkView::legendLine() const {
    if (m_compact || !m_legendShown)
        return {};
    const QRectF map = outputBox();
    const bool beside = !map.isEmpty() && map.bottom() > height() - legendHeight;
    const double right = beside ? map.left() - 10.0 : width() - inset;
    return {inset, height() - legendHeight, right - inset, legendHeight};
}

QRectF NetworkView::cellArea() const {
    const QRectF map = outputBox();
    const double right = map.isEmpty() ? width() - inset : map.left() - 10.0;
    const double bottom = m_compact || !m_legendShown ? height() - 2.0 : height() - legendHeight - 4.0;
    return {inset, 0.0, right - inset, bottom};
}

void NetworkView::layOut() {
    const QRectF area = cellArea();
    const StripFont font = stripFont();
    m_layout = layOutStrip(m_widths, area.size(), font);
    const bool scrolls = m_layout.height > area.height();
    if (scrolls) {
        const double bar = m_scroll->sizeHint().width();
        m_layout = layOutStrip(m_widths, {area.width() - bar - 4.0, area.height()}, font);
        m_scroll->setGeometry(QRectF(area.right() - bar, area.top(), bar, area.height()).toRect());
        m_scroll->setPageStep(static_cast<int>(area.height()));
        m_scroll->setSingleStep(static_cast<int>(m_layout.cell + m_layout.gap));
    }
    m_scroll->setRange(0, scrolls ? static_cast<int>(std::ceil(m_layout.height - area.height())) : 0);
    m_scroll->setVisible(scrolls);
}

QRectF NetworkView::cellBox(NeuronId id) const {
    if (m_frame.snapshot == nullptr || !hasNeuron(*m_frame.snapshot, id))
        return {};
    return m_layout.cellBox(id).translated(cellArea().topLeft() - QPointF(0, m_scroll->value()));
}

void NetworkView::redraw() {
    m_picture.forget();
    update();
}

void NetworkView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    m_picture.draw(painter, *this, [this](QPainter& picture) { paintAll(picture); });
}

void NetworkView::paintAll(QPainter& painter) {
    const Theme& theme = themeOf(this);
    const Snapshot* snapshot = m_frame.snapshot.get();
    if (snapshot == nullptr || snapshot->diagnosis == nullptr || m_widths.empty()) {
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(theme.muted);
        painter.drawText(cellArea(), Qt::AlignCenter | Qt::TextWordWrap,
                         snapshot != nullptr && snapshot->diagnosis != nullptr
                             ? tr("No hidden neurons: the output is computed from the features alone")
                             : tr("No network yet"));
    } else {
        m_images.setFields(snapshot->fields, theme);
        const QRectF area = cellArea();
        const auto flashOf = [this](NeuronId id) -> const QColor* {
            const auto found = m_flashes.find({id.layer, id.neuron});
            return found == m_flashes.end() ? nullptr : &found->second;
        };
        const StripScene scene{*snapshot, m_layout, m_images, m_selected, flashOf};
        painter.save();
        painter.setClipRect(area.adjusted(-inset, 0, 4, 4));
        painter.translate(area.left(), area.top() - m_scroll->value());
        paintCells(painter, scene, QRectF(QPointF(0, m_scroll->value()), area.size()), theme);
        painter.restore();
    }
    if (!m_compact && snapshot != nullptr && snapshot->dataset != nullptr)
        paintOutput(painter);
}

void NetworkView::paintOutput(QPainter& painter) {
    const Theme& theme = themeOf(this);
    const Snapshot& snapshot = *m_frame.snapshot;
    const QRectF map = outputBox();
    QRectF line = legendLine();
    const QFont font = fontFor(TextRole::Axis);
    const QString caption = OutputMap::caption(*snapshot.dataset);
    painter.setFont(font);
    painter.setPen(theme.muted);
    if (m_legendShown)
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, caption);
    line.setRight(line.right() - QFontMetricsF(font).horizontalAdvance(caption) - 16.0);
    if (snapshot.diagnosis != nullptr && m_legendShown)
        paintLegend(painter, line, snapshot, m_selected, theme);
    if (map.isEmpty())
        return;
    m_output.paint(painter, map, snapshot, theme);
    QFont heading = fontFor(TextRole::Body);
    heading.setWeight(QFont::DemiBold);
    const QString title = tr("Output");
    const double left = map.left() - 9.0 - QFontMetricsF(heading).horizontalAdvance(title);
    const bool free = m_scroll->isHidden() && std::ranges::none_of(m_layout.layers, [&](const auto& layer) {
                          return layer.heading.top() <= 0.0 && layer.heading.left() + inset + 60.0 > left;
                      });
    painter.setFont(heading);
    painter.setPen(theme.text);
    if (free)
        painter.drawText(QRectF(left, 0, map.left() - 9.0 - left, 16.0), Qt::AlignRight | Qt::AlignVCenter, title);
}

void NetworkView::resizeEvent(QResizeEvent* /*event*/) {
    layOut();
    redraw();
}

void NetworkView::changeEvent(QEvent* event) {
    if (changesLook(*event)) {
        layOut();
        redraw();
    }
    View::changeEvent(event);
}

void NetworkView::select(NeuronId id, bool show) {
    if (m_frame.snapshot == nullptr || !hasNeuron(*m_frame.snapshot, id))
        return;
    m_selected = id;
    if (show) {
        const QRectF box = m_layout.cellBox(id);
        const double top = box.top() - m_layout.layers[static_cast<std::size_t>(id.layer - 1)].heading.height();
        const double bottom = box.bottom() + m_layout.caption - cellArea().height();
        m_scroll->setValue(static_cast<int>(std::clamp<double>(m_scroll->value(), bottom, std::max(bottom, top))));
    }
    redraw();
    emit neuronClicked(id);
}

/// Where a click finds a sample.
bool NetworkView::onMap(QPointF at) const {
    return outputBox().contains(at) && m_frame.snapshot->fields != nullptr &&
           m_frame.snapshot->dataset->train.samples() > 0;
}

void NetworkView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && onMap(event->position()))
        return emit sampleChosen(OutputMap::nearestSample(*m_frame.snapshot, outputBox(), event->position()));
    const QRectF area = cellArea();
    if (event->button() != Qt::LeftButton || !area.contains(event->position()))
        return;
    const NeuronId id = m_layout.at(event->position() - area.topLeft() + QPointF(0, m_scroll->value()));
    select(id, false);
    if (m_selected == id && id.layer > 0)
        emit neuronOpened(id);
}

void NetworkView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QRectF area = cellArea();
    if (event->button() != Qt::LeftButton || !area.contains(event->position()))
        return;
    const NeuronId id = m_layout.at(event->position() - area.topLeft() + QPointF(0, m_scroll->value()));
    select(id, false);
    if (m_selected == id && id.layer > 0)
        emit neuronInspected(id);
}

void NetworkView::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const Arrow* arrow = findArrow(event->key());
    if (!enter && arrow == nullptr) {
        View::keyPressEvent(event);
        return;
    }
    const bool any = m_frame.snapshot != nullptr && hasNeuron(*m_frame.snapshot, m_selected);
    if (!any)
        select({1, 1}, true);
    else
        select(enter ? m_selected : m_layout.neighbour(m_selected, arrow->right, arrow->down), true);
    if (enter && m_frame.snapshot != nullptr && hasNeuron(*m_frame.snapshot, m_selected))
        emit neuronOpened(m_selected);
}

void NetworkView::wheelEvent(QWheelEvent* event) {
    if (m_scroll->isHidden())
        event->ignore();
    else
        QApplication::sendEvent(m_scroll, event);
}

bool NetworkView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // Right is also the window's key for one step; here it goes to the next neuron.
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier && findArrow(key->key()) != nullptr) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip && m_frame.snapshot != nullptr) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QRectF area = cellArea();
        const NeuronId id = area.contains(help->pos())
                                ? m_layout.at(QPointF(help->pos()) - area.topLeft() + QPointF(0, m_scroll->value()))
                                : NeuronId{};
        if (const QString tip = neuronTip(m_frame, id); !tip.isEmpty()) {
            QToolTip::showText(help->globalPos(), tip, this, cellBox(id).toAlignedRect());
            return true;
        }
        if (onMap(help->pos())) {
            QToolTip::showText(help->globalPos(), tr("Click: what the output makes of the sample nearest to there"),
                               this, outputBox().toAlignedRect());
            return true;
        }
    }
    return View::event(event);
}

} // namespace flatline
