#include "ui/views/landscape_view.h"

#include "ui/fields/landscape_cross.h"
#include "ui/fields/landscape_head.h"
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

LandscapeViewWidget::LandscapeViewWidget(QWidget* parent)
    : View(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus); // a click must not take the arrow keys away from stepping
    setAccessibleName(tr("Loss landscape"));
    m_subtitle = subtitle();
}

void LandscapeViewWidget::showFrame(const Frame& frame) {
    const std::shared_ptr<const Surface> before = m_frame.surface;
    const bool showed = canShow();
    m_frame = frame;
    followNeuron();
    if (frame.surface != before && canShow()) {
        const LossScale wanted = scaleFor(*frame.surface);
        const bool goesOn = before != nullptr && before->run == frame.surface->run &&
                            before->extent == frame.surface->extent && samePlane(before->choice, frame.surface->choice);
        m_scale = goesOn ? steadyScale(m_scale, wanted) : wanted;
    }
    // The footer's width goes with the optimizer.
    const QString widest = widestSharpnessText(frame.snapshot->settings);
    if (frame.surface != before || showed != canShow() || widest != m_widestReadout)
        redraw();
    else
        update(pictureLayout().readout.toAlignedRect());
    m_widestReadout = widest;
    announceSubtitle();
}

bool LandscapeViewWidget::canShow() const {
    return m_frame.snapshot != nullptr && m_frame.surface != nullptr && m_frame.surface->side >= 2 &&
           m_frame.surface->run == m_frame.snapshot->run;
}

LandscapeScene LandscapeViewWidget::scene() const {
    const Surface& surface = *m_frame.surface;
    return {surface,
            m_scale,
            firstAxisText(surface),
            secondAxisText(surface),
            sliceNote(*m_frame.snapshot, surface),
            chanceClasses(*m_frame.snapshot),
            latestKick(*m_frame.snapshot)};
}

QString LandscapeViewWidget::subtitle() const {
    return canShow() ? surfaceText(*m_frame.surface, m_wish, m_frame.selected) : computingText();
}

void LandscapeViewWidget::announceSubtitle() {
    if (const QString now = subtitle(); now != m_subtitle) {
        m_subtitle = now;
        emit subtitleChanged();
    }
}

QString LandscapeViewWidget::summary() const {
    if (!canShow())
        return tr("The loss landscape is being computed.");
    return surfaceSummary(*m_frame.surface, sliceNote(*m_frame.snapshot, *m_frame.surface)) + QLatin1Char(' ') +
           sharpnessText(m_frame) + QLatin1Char('.');
}

void LandscapeViewWidget::wishFor(const LandscapeView& wish) {
    if (wish == m_wish)
        return;
    m_wish = wish;
    emit landscapeWished(m_wish);
    announceSubtitle();
}

void LandscapeViewWidget::choosePlane(const std::string& id) {
    LandscapeView wish = m_wish;
    wish.choice = {};
    wish.choice.id = id;
    if (needsNeuron(wish.choice) && m_frame.snapshot != nullptr && m_frame.snapshot->spec.has_value() &&
        hasHiddenNeuron(*m_frame.snapshot->spec, m_frame.selected)) {
        wish.choice.layer = m_frame.selected.layer;
        wish.choice.neuron = m_frame.selected.neuron;
    }
    wishFor(wish);
}

void LandscapeViewWidget::followNeuron() {
    if (!needsNeuron(m_wish.choice) || !m_frame.snapshot->spec.has_value())
        return;
    if (m_frame.snapshot->spec->hidden.empty()) { // no neuron whose plane it could be
        choosePlane(PlaneChoice{}.id);
        if (m_head)
            m_head->showPlane(QString::fromStdString(m_wish.choice.id));
    } else {
        choosePlane(m_wish.choice.id);
    }
}

QWidget* LandscapeViewWidget::headControls() {
    if (m_head)
        return m_head;
    m_head = new LandscapeHead(m_wish, this);
    connect(m_head, &LandscapeHead::planeChosen, this, [this](const QString& id) { choosePlane(id.toStdString()); });
    connect(m_head, &LandscapeHead::extentChosen, this, [this](double extent) {
        LandscapeView wish = m_wish;
        wish.extent = extent;
        wishFor(wish);
    });
    return m_head;
}

QSize LandscapeViewWidget::sizeHint() const {
    return {470, 200};
}

QSize LandscapeViewWidget::minimumSizeHint() const {
    return {220, 120};
}

LandscapeLayout LandscapeViewWidget::pictureLayout() const {
    if (!canShow())
        return layOutLandscape(size(), {}, {});
    const LandscapeScene shown = scene();
    return layOutLandscape(size(), shown.firstAxis, shown.note, widestSharpnessText(m_frame.snapshot->settings));
}

void LandscapeViewWidget::redraw() {
    m_picture.forget();
    update();
}

void LandscapeViewWidget::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    if (!canShow()) {
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
    drawTabular(painter, {readout.left() + 2.0, readout.top() + QFontMetricsF(painter.font()).ascent()},
                sharpnessText(m_frame));
    if (m_cross.has_value())
        paintCross(painter, pictureLayout(), scene(), nearestCell(*m_frame.surface, *m_cross), theme);
}

void LandscapeViewWidget::resizeEvent(QResizeEvent* /*event*/) {
    redraw();
}

void LandscapeViewWidget::changeEvent(QEvent* event) {
    if (changesLook(*event))
        redraw();
    View::changeEvent(event);
}

void LandscapeViewWidget::moveCross(QPointF to) {
    m_cross = QPointF(std::clamp(to.x(), -1.0, 1.0), std::clamp(to.y(), -1.0, 1.0));
    update();
}

void LandscapeViewWidget::mouseMoveEvent(QMouseEvent* event) {
    const LandscapeLayout layout = pictureLayout();
    if (canShow() && layout.plot.contains(event->position()))
        moveCross(layout.coordinates(event->position(), 1.0));
    else if (m_cross.has_value())
        leaveEvent(event);
}

void LandscapeViewWidget::leaveEvent(QEvent* /*event*/) {
    m_cross.reset();
    update();
}

void LandscapeViewWidget::focusOutEvent(QFocusEvent* event) {
    leaveEvent(event);
    View::focusOutEvent(event);
}

void LandscapeViewWidget::keyPressEvent(QKeyEvent* event) {
    const Arrow* arrow = findArrow(event->key());
    if (arrow != nullptr && canShow()) {
        const double cell = 2.0 / (m_frame.surface->side - 1);
        moveCross(m_cross.value_or(QPointF()) + QPointF(arrow->a, arrow->b) * cell);
    } else if (event->key() == Qt::Key_Escape && m_cross.has_value()) {
        leaveEvent(event);
    } else {
        View::keyPressEvent(event);
    }
}

bool LandscapeViewWidget::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && canShow()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const QRectF readout = pictureLayout().readout; readout.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), sharpnessHelp(m_frame), this, readout.toAlignedRect());
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
    return View::event(event);
}

} // namespace flatline
