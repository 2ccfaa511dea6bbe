#pragma once

#include "ui/fields/field_image.h"
#include "ui/fields/frame.h"
#include "ui/inspector/half_plane.h"

#include <QWidget>

#include <memory>

class QPainter;
class QTimer;

namespace flatline {

/// What the picture of a neuron over the data shows.
struct PlaneScene {
    std::shared_ptr<const Dataset> dataset; ///< null: nothing
    std::shared_ptr<const Fields> map;
    NeuronPlace place;
    NeuronWeights own;                   ///< now: evaluatedWeights
    bool dead = false;                   ///< now
    bool edge = false;                   ///< first layer: own describes an edge in the data's own plane
    bool editable = false;               ///< the edge may be moved by hand
    bool turnable = true;                ///< and turned: not where batch norm's figures would move it again
    std::optional<NeuronWeights> before; ///< as it was before its latest death
    std::size_t nearest = 0;             ///< the sample with the largest z
};

/// A neuron over the plane of the data: the side on which it fires, before its death and now, and its edge, which can
/// be dragged (its bias) and turned (its weights); for later layers its activation; for one feature its output over x.
/// With the keyboard: Up and Down move the edge, Shift with them turns it, Enter takes it over, Escape takes it back.
class PlanePicture : public QWidget {
    Q_OBJECT
public:
    explicit PlanePicture(QWidget* parent);

    /// While it is being edited, the edge under way stays.
    void showScene(PlaneScene scene);
    /// As it is shown: the edit under way, else now.
    [[nodiscard]] const NeuronWeights& shown() const { return m_preview ? *m_preview : m_scene.own; }
    [[nodiscard]] bool editing() const { return m_preview.has_value(); }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool edgeInSight() const;
    /// The grips' places in this widget's coordinates; nothing where the edge cannot be edited.
    [[nodiscard]] std::optional<QPointF> moveGrip() const;
    [[nodiscard]] std::optional<QPointF> turnGrip() const;
    /// As wide as it is tall, as far as room is left for words beside it; a curve as wide as that.
    [[nodiscard]] QSize sizeHint() const override;
    void cancelEdit();

signals:
    void previewChanged();                                  ///< another edge under way, or none any more
    void editWished(const flatline::NeuronWeights& wanted); ///< at the end of a drag, and at Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Grip { None, Move, Turn };
    [[nodiscard]] QString editHelp() const;
    [[nodiscard]] QRectF box() const;
    [[nodiscard]] PlaneBounds bounds() const;
    [[nodiscard]] QPointF toPlane(QPointF at) const;
    [[nodiscard]] QPointF toPicture(QPointF point) const;
    [[nodiscard]] Grip gripAt(QPointF at) const;
    [[nodiscard]] QPointF pivot() const;
    void preview(const NeuronWeights& wanted);
    void takeOver();
    void paintMap(QPainter& painter) const;
    void paintSides(QPainter& painter) const;
    void paintEdge(QPainter& painter, const NeuronWeights& own, const QPen& pen) const;
    void paintNearest(QPainter& painter) const;
    void paintGrips(QPainter& painter) const;
    void paintLineOfOne(QPainter& painter) const;

    PlaneScene m_scene;
    std::optional<NeuronWeights> m_preview;
    NeuronWeights m_grabbed; ///< as it was when a grip was taken
    QPointF m_grabbedAt;     ///< in the plane
    QPointF m_pivot;
    Grip m_grip = Grip::None;
    QTimer* m_settle; ///< takes an edit by keys over when no more keys come
};

} // namespace flatline
