#include "ui/inspector/plane_picture.h"

#include "ui/fields/glyph.h"

#include <QPainter>
#include <QResizeEvent>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double gripRadius = 5.0;
constexpr int settleTime = 1200; // ms: an edit by keys is one event, not one a key

} // namespace

PlanePicture::PlanePicture(QWidget* parent)
    : QWidget(parent)
    , m_settle(new QTimer(this)) {
    setMinimumSize(140, 132);
    setMouseTracking(true);
    setAccessibleName(tr("The neuron over the data"));
    m_settle->setSingleShot(true);
    m_settle->setInterval(settleTime);
    connect(m_settle, &QTimer::timeout, this, &PlanePicture::takeOver);
}

void PlanePicture::showScene(PlaneScene scene) {
    if (scene.place != m_scene.place || scene.editable != m_scene.editable)
        cancelEdit();
    m_scene = std::move(scene);
    setFocusPolicy(m_scene.editable ? Qt::StrongFocus : Qt::NoFocus);
    setToolTip(!m_scene.editable ? QString() : editHelp());
    update();
}

QSize PlanePicture::sizeHint() const {
    constexpr int usual = 196;
    const int most = std::max(usual, parentWidget() != nullptr ? parentWidget()->width() * 11 / 20 : 0);
    const bool curve = m_scene.map != nullptr && m_scene.map->rows == 1;
    return {curve ? most : std::clamp(height(), usual, most), usual};
}

void PlanePicture::resizeEvent(QResizeEvent* event) {
    if (event->size().height() != event->oldSize().height())
        updateGeometry(); // its width follows
    QWidget::resizeEvent(event);
}

QString PlanePicture::editHelp() const {
    if (m_scene.turnable)
        return tr("Its edge z = w·x + b = 0. Drag the filled grip to move it (its bias), the hollow one to turn it "
                  "(its weights).\nKeys: Up and Down move it, with Shift they turn it, Enter takes it over, Escape "
                  "takes it back.");
    return tr("Its edge z = s (w·x + b) + t = 0, by batch norm's running figures.\nDrag it to move it: that sets batch "
              "norm's β, a part of t, and nothing else.\nIt cannot be turned: batch norm's figures would follow other "
              "weights, and move the edge again.\nKeys: Up and Down move it, Enter takes it over, Escape takes it "
              "back.");
}

QRectF PlanePicture::box() const {
    const double side = std::min(width(), height()) - 2.0;
    const bool curve = m_scene.map != nullptr && m_scene.map->rows == 1;
    return {1.0, 1.0, curve ? width() - 2.0 : side, curve ? height() - 2.0 : side};
}

PlaneBounds PlanePicture::bounds() const {
    return planeBounds(*m_scene.map, *m_scene.dataset);
}

QPointF PlanePicture::toPicture(QPointF point) const {
    return bounds().place(point.x(), point.y(), box());
}

QPointF PlanePicture::toPlane(QPointF at) const {
    const QRectF area = box();
    const PlaneBounds range = bounds();
    return {range.xMinimum + (at.x() - area.left()) / area.width() * (range.xMaximum - range.xMinimum),
            range.yMinimum + (area.bottom() - at.y()) / area.height() * (range.yMaximum - range.yMinimum)};
}

/// Where the edge is held: the middle of what is seen of it; where nothing is, the corner nearest to it.
QPointF PlanePicture::pivot() const {
    const PlaneBounds range = bounds();
    if (const auto edge = edgeWithin(shown(), range))
        return edge->center();
    const QPointF centre((range.xMinimum + range.xMaximum) / 2.0, (range.yMinimum + range.yMaximum) / 2.0);
    const QPointF near = nearestOnEdge(shown(), centre);
    return {std::clamp(near.x(), range.xMinimum, range.xMaximum), std::clamp(near.y(), range.yMinimum, range.yMaximum)};
}

bool PlanePicture::edgeInSight() const {
    return m_scene.map != nullptr && m_scene.dataset != nullptr && edgeWithin(shown(), bounds()).has_value();
}

std::optional<QPointF> PlanePicture::moveGrip() const {
    if (!m_scene.editable || m_scene.map == nullptr)
        return std::nullopt;
    QPointF at = toPicture(pivot());
    constexpr double inside = gripRadius + 4.0;
    const QRectF area = box().adjusted(inside, inside, -inside, -inside);
    return QPointF(std::clamp(at.x(), area.left(), area.right()), std::clamp(at.y(), area.top(), area.bottom()));
}

std::optional<QPointF> PlanePicture::turnGrip() const {
    if (!m_scene.editable || !m_scene.turnable || m_scene.map == nullptr || m_scene.map->rows == 1)
        return std::nullopt;
    const auto edge = edgeWithin(shown(), bounds());
    if (!edge)
        return std::nullopt;
    const QLineF line(toPicture(edge->p1()), toPicture(edge->p2()));
    return line.length() > 8.0 * gripRadius ? std::optional(line.pointAt(0.82)) : std::nullopt;
}

void PlanePicture::paintMap(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF area = box();
    const std::vector<float>& values = m_scene.map->activations[m_scene.place.layer][m_scene.place.neuron];
    const QImage image = firingImage(*m_scene.map, values, firingRamp(theme));
    paintSamples(painter, area, image);
}

/// One feature: its output over x, scaled to the picture.
void PlanePicture::paintLineOfOne(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const QRectF area = box();
    const std::vector<float>& values = m_scene.map->activations[m_scene.place.layer][m_scene.place.neuron];
    QPolygonF line;
    for (const QPointF& point : firingCurve(values))
        line.append({area.left() + point.x() * area.width(), area.bottom() - 4.0 - point.y() * (area.height() - 10.0)});
    painter.setRenderHint(QPainter::Antialiasing);
    paintLines(painter, line, QPen(m_scene.dead ? theme.dead : theme.alive, 2.0));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void PlanePicture::paintEdge(QPainter& painter, const NeuronWeights& own, const QPen& pen) const {
    const PlaneBounds range = bounds();
    if (const auto edge = edgeWithin(own, range)) {
        painter.setPen(pen);
        painter.drawLine(toPicture(edge->p1()), toPicture(edge->p2()));
    }
}

void PlanePicture::paintSides(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    const PlaneBounds range = bounds();
    const auto side = [&](const NeuronWeights& own) {
        QPolygonF places;
        for (const QPointF& point : firingSide(own, range))
            places.append(toPicture(point));
        return places;
    };
    const bool dead = m_scene.dead && !m_preview;
    QColor fires = theme.alive;
    fires.setAlphaF(theme.dark ? 0.26F : 0.20F);
    QColor silent = theme.dead;
    silent.setAlphaF(0.55F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (m_scene.before && m_scene.dead) {
        painter.setBrush(fires);
        painter.drawPolygon(side(*m_scene.before));
    }
    painter.setBrush(dead ? hatchBrush(silent, devicePixelRatioF()) : QBrush(fires));
    painter.drawPolygon(side(shown()));
    painter.setBrush(Qt::NoBrush);
}

void PlanePicture::paintNearest(QPainter& painter) const {
    const Split& train = m_scene.dataset->train;
    if (!m_scene.dead || !m_scene.edge || m_scene.map->rows == 1 ||
        m_scene.nearest >= static_cast<std::size_t>(train.samples()))
        return;
    const auto row = static_cast<Eigen::Index>(m_scene.nearest);
    const QPointF at =
        toPicture({static_cast<double>(train.features(row, 0)), static_cast<double>(train.features(row, 1))});
    painter.setPen(QPen(themeOf(this).text, 2.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, 6.5, 6.5);
}

void PlanePicture::paintGrips(QPainter& painter) const {
    const Theme& theme = themeOf(this);
    if (const auto move = moveGrip()) { // set off from the points of the data
        painter.setPen(QPen(theme.surface, 2.0));
        painter.setBrush(theme.accent);
        painter.drawEllipse(*move, gripRadius + 1.5, gripRadius + 1.5);
    }
    painter.setPen(QPen(theme.accent, 2.0));
    if (const auto turn = turnGrip()) {
        painter.setBrush(theme.surface);
        painter.drawEllipse(*turn, gripRadius, gripRadius);
    }
    painter.setBrush(Qt::NoBrush);
}

void PlanePicture::paintEvent(QPaintEvent*) {
    if (m_scene.map == nullptr || m_scene.dataset == nullptr)
        return;
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QRectF area = box();
    painter.fillRect(area, theme.surface);
    painter.save();
    painter.setClipRect(area);
    const bool curve = m_scene.map->rows == 1;
    if (!m_scene.edge && !curve)
        paintMap(painter);
    if (m_scene.edge)
        paintSides(painter);
    paintDataPoints(painter, area, *m_scene.dataset, bounds(), theme);
    if (curve)
        paintLineOfOne(painter);
    if (m_scene.edge) {
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_scene.before)
            paintEdge(painter, *m_scene.before, QPen(theme.alive, 2.0, Qt::DashLine));
        paintEdge(painter, shown(), QPen(m_preview ? theme.accent : m_scene.dead ? theme.dead : theme.alive, 2.0));
        paintNearest(painter);
        paintGrips(painter);
    }
    painter.restore();
    painter.setPen(QPen(theme.border, 1.0));
    painter.drawRect(area);
}

QString PlanePicture::summary() const {
    if (!m_scene.edge)
        return tr("Where it fires in the plane of the data.");
    const NeuronWeights& own = shown();
    QStringList weights;
    for (const float weight : own.weights)
        weights << numberText(static_cast<double>(weight));
    return tr("Its edge: weights %1, bias %2.")
        .arg(weights.join(QStringLiteral(", ")), numberText(static_cast<double>(own.bias)));
}

} // namespace flatline
