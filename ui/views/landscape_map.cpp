#include "ui/views/landscape_map.h"

#include "ui/fields/landscape_cross.h"
#include "ui/fields/landscape_text.h"
#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace flatline {
namespace {

/// Arrow keys and where they move the cross, b upwards.
struct Arrow {
    int key;
    int a;
    int b;
};
constexpr Arrow arrows[] = {{Qt::Key_Right, 1, 0}, {Qt::Key_Left, -1, 0}, {Qt::Key_Down, 0, -1}, {Qt::Key_Up, 0, 1}};

const Arrow* findArrow(int key) {
    const auto* found = std::ranges::find(arrows, key, &Arrow::key);
    return found == std::end(arrows) ? nullptr : found;
}

} // namespace

LandscapeMap::LandscapeMap(QWidget* parent)
    : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus); // a click must not take the arrow keys away from stepping
    setAccessibleName(tr("Loss landscape as a map"));
}

void LandscapeMap::showState(const LandscapeState& state) {
    const std::shared_ptr<const Surface> before = m_state.frame.surface;
    const bool showed = m_state.canShow();
    const bool sameLook = m_state.show == state.show;
    m_state = state;
    // The footer's width goes with the optimizer.
    const QString widest =
        state.frame.snapshot == nullptr ? QString() : widestSharpnessText(state.frame.snapshot->settings);
    const QString readout = state.frame.snapshot == nullptr ? QString() : sharpnessText(state.frame);
    if (state.frame.surface != before || showed != m_state.canShow() || widest != m_widestReadout || !sameLook)
        redraw();
    else if (readout != m_readout)
        update(pictureLayout().readout.toAlignedRect());
    m_readout = readout;
    m_widestReadout = widest;
}

LandscapeScene LandscapeMap::scene() const {
    const Surface& surface = *m_state.frame.surface;
    return {surface,
            m_state.scale,
            firstAxisText(surface),
            secondAxisText(surface),
            sliceNote(*m_state.frame.snapshot, surface),
            chanceClasses(*m_state.frame.snapshot),
            latestKick(*m_state.frame.snapshot),
            m_state.show,
            shortSliceNote(*m_state.frame.snapshot, surface)};
}

LandscapeLayout LandscapeMap::layOut() const {
    if (!m_state.canShow())
        return layOutLandscape(size(), {}, {});
    const LandscapeScene shown = scene();
    return layOutLandscape(size(), shown.firstAxis, shown.note, widestSharpnessText(m_state.frame.snapshot->settings));
}

void LandscapeMap::redraw() {
    m_layout = layOut();
    m_picture.forget();
    update();
}

void LandscapeMap::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    if (!m_state.canShow()) {
        const QRectF plot = pictureLayout().plot;
        painter.fillRect(plot, theme.sunken);
        painter.setPen(theme.muted);
        painter.setFont(fontFor(TextRole::Body));
        painter.drawText(plot, Qt::AlignCenter, tr("computing…"));
        return;
    }
    m_picture.draw(painter, *this,
                   [&](QPainter& picture) { paintLandscape(picture, pictureLayout(), scene(), theme); });
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.text);
    const QRectF readout = pictureLayout().readout;
    drawTabular(painter, {readout.left() + 2.0, readout.top() + QFontMetricsF(painter.font()).ascent()}, m_readout);
    if (m_cross.has_value())
        paintCross(painter, pictureLayout(), scene(), nearestCell(*m_state.frame.surface, *m_cross), theme);
}

void LandscapeMap::resizeEvent(QResizeEvent* /*event*/) {
    redraw();
}

void LandscapeMap::changeEvent(QEvent* event) {
    if (changesLook(*event))
        redraw();
    QWidget::changeEvent(event);
}

void LandscapeMap::moveCross(QPointF to) {
    m_cross = QPointF(std::clamp(to.x(), -1.0, 1.0), std::clamp(to.y(), -1.0, 1.0));
    update();
}

void LandscapeMap::mouseMoveEvent(QMouseEvent* event) {
    const LandscapeLayout layout = pictureLayout();
    if (m_state.canShow() && layout.plot.contains(event->position()))
        moveCross(layout.coordinates(event->position(), 1.0));
    else if (m_cross.has_value())
        leaveEvent(event);
}

void LandscapeMap::leaveEvent(QEvent* /*event*/) {
    m_cross.reset();
    update();
}

void LandscapeMap::focusOutEvent(QFocusEvent* event) {
    leaveEvent(event);
    QWidget::focusOutEvent(event);
}

void LandscapeMap::keyPressEvent(QKeyEvent* event) {
    const Arrow* arrow = findArrow(event->key());
    if (arrow != nullptr && m_state.canShow()) {
        const double cell = 2.0 / (m_state.frame.surface->side - 1);
        moveCross(m_cross.value_or(QPointF()) + QPointF(arrow->a, arrow->b) * cell);
    } else if (event->key() == Qt::Key_Escape && m_cross.has_value()) {
        leaveEvent(event);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool LandscapeMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_state.canShow()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const QRectF readout = pictureLayout().readout; readout.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), sharpnessHelp(m_state.frame), this, readout.toAlignedRect());
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (plain && (findArrow(key->key()) != nullptr || (key->key() == Qt::Key_Escape && m_cross.has_value()))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace flatline
