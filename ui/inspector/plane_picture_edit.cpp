#include "ui/inspector/half_plane.h"
#include "ui/inspector/plane_picture.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <numbers>

// How the edge is moved and turned, by mouse and keys.
namespace flatline {
namespace {

constexpr double gripReach = 9.0;
constexpr double turnStep = 2.0;  // degrees
constexpr double moveStep = 0.01; // of the plane's width

double degreesOf(QPointF from, QPointF to) {
    return std::atan2(to.y() - from.y(), to.x() - from.x()) * 180.0 / std::numbers::pi;
}

} // namespace

PlanePicture::Grip PlanePicture::gripAt(QPointF at) const {
    if (!m_scene.editable || m_scene.map == nullptr)
        return Grip::None;
    if (const auto turn = turnGrip(); turn && QLineF(*turn, at).length() <= gripReach)
        return Grip::Turn;
    if (const auto move = moveGrip(); move && QLineF(*move, at).length() <= gripReach)
        return Grip::Move;
    const auto edge = edgeWithin(shown(), bounds()); // anywhere else on the edge
    if (!edge)
        return Grip::None;
    const QLineF line(toPicture(edge->p1()), toPicture(edge->p2()));
    const QLineF across(at, at + QPointF(line.normalVector().dx(), line.normalVector().dy()));
    QPointF foot;
    const bool meets = line.intersects(across, &foot) != QLineF::NoIntersection;
    return meets && QLineF(at, foot).length() <= gripReach && box().contains(at) ? Grip::Move : Grip::None;
}

void PlanePicture::preview(const NeuronWeights& wanted) {
    m_preview = wanted;
    setAccessibleDescription(summary());
    update();
    emit previewChanged();
}

void PlanePicture::cancelEdit() {
    m_settle->stop();
    m_grip = Grip::None;
    if (!m_preview)
        return;
    m_preview.reset();
    update();
    emit previewChanged();
}

void PlanePicture::takeOver() {
    m_settle->stop();
    if (!m_preview)
        return;
    const NeuronWeights wanted = *m_preview;
    m_scene.own = wanted; // until the run says so itself
    m_preview.reset();
    emit editWished(wanted);
    emit previewChanged();
    update();
}

void PlanePicture::mousePressEvent(QMouseEvent* event) {
    m_grip = event->button() == Qt::LeftButton ? gripAt(event->position()) : Grip::None;
    if (m_grip == Grip::None) {
        event->ignore();
        return;
    }
    m_settle->stop();
    m_grabbed = shown();
    m_grabbedAt = toPlane(event->position());
    m_pivot = pivot();
}

void PlanePicture::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = toPlane(event->position());
    if (m_grip == Grip::None) {
        const Grip grip = gripAt(event->position());
        setCursor(grip == Grip::None ? Qt::ArrowCursor : grip == Grip::Turn ? Qt::CrossCursor : Qt::SizeAllCursor);
    } else if (m_grip == Grip::Move) {
        // As far across the edge as the mouse has gone.
        const double moved = valueAt(m_grabbed, at) - valueAt(m_grabbed, m_grabbedAt);
        NeuronWeights wanted = m_grabbed;
        wanted.bias -= static_cast<float>(moved);
        preview(wanted);
    } else {
        preview(turnedAbout(m_grabbed, m_pivot, degreesOf(m_pivot, at) - degreesOf(m_pivot, m_grabbedAt)));
    }
}

void PlanePicture::mouseReleaseEvent(QMouseEvent*) {
    if (m_grip != Grip::None)
        takeOver();
    m_grip = Grip::None;
}

bool PlanePicture::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && m_scene.editable) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int code = key->key();
        if (code == Qt::Key_Up || code == Qt::Key_Down ||
            (m_preview && (code == Qt::Key_Escape || code == Qt::Key_Return))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlanePicture::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool up = key == Qt::Key_Up;
    if (m_scene.editable && m_scene.map != nullptr && (up || key == Qt::Key_Down)) {
        const double sign = up ? 1.0 : -1.0;
        if ((event->modifiers() & Qt::ShiftModifier) != 0 && m_scene.map->rows > 1) {
            if (!m_scene.turnable)
                return;
            preview(turnedAbout(shown(), pivot(), sign * turnStep));
        } else { // up widens the side on which it fires
            double norm = 0.0;
            for (const float weight : shown().weights)
                norm += static_cast<double>(weight) * static_cast<double>(weight);
            NeuronWeights wanted = shown();
            const PlaneBounds range = bounds();
            wanted.bias += static_cast<float>(sign * moveStep * (range.xMaximum - range.xMinimum) *
                                              std::max(std::sqrt(norm), 0.01));
            preview(wanted);
        }
        m_settle->start();
    } else if (m_preview && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        takeOver();
    } else if (m_preview && key == Qt::Key_Escape) {
        cancelEdit();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PlanePicture::focusOutEvent(QFocusEvent* event) {
    if (m_grip == Grip::None)
        takeOver();
    QWidget::focusOutEvent(event);
}

} // namespace flatline
