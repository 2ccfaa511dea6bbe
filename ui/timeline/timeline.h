#pragma once

#include "ui/fields/frame.h"
#include "ui/timeline/timeline_painter.h"
#include "ui/widgets/cached_picture.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

namespace flatline {

/// The whole run on one axis, with its events. Drag or click to travel: each move is a wish, and the newest counts; the
/// handle follows at once, the frames when they can. A click on a sign goes to its (first) event and chooses the
/// neuron. With the focus: Left and Right one step, Ctrl with them the event before or after, Page keys a tenth of the
/// axis, Home the start, End the run's last step. The wheel widens the axis. UI thread only.
class Timeline : public QWidget {
    Q_OBJECT
public:
    explicit Timeline(QWidget* parent = nullptr);

    /// Cheap; painting comes later.
    void showFrame(const Frame& frame);
    /// To that step, or the nearest one that the run has; the last one is live.
    void travel(qint64 step);
    /// To the nearest event after or before the moment; a neuron's chooses it. Says so where there is none.
    void travelToEvent(bool forward, EventChoice choice);

    /// The step that is shown, or wished for and on its way.
    [[nodiscard]] qint64 moment() const;
    [[nodiscard]] bool past() const; ///< of the moment
    /// What a screen reader says; as its description it changes at most once a second.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] TimelinePlace place() const;
    [[nodiscard]] const std::vector<TimelineMark>& marks() const { return m_model.marks(); }

    /// Low windows: no room to spare above the signs.
    void setThin(bool thin);
    /// The axis shows only a part of the run.
    [[nodiscard]] bool zoomed() const { return m_part.has_value(); }
    void showWholeRun();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void travelWished(qint64 step); ///< a moment before the run's last step
    void liveWished();              ///< the run's last step
    void neuronClicked(flatline::NeuronId neuron);
    void neuronOpened(flatline::NeuronId neuron); ///< after that: by the mouse, so that its card is wanted
    void nothingFound(const QString& sentence);   ///< there is no such event
    void zoomedChanged(bool zoomed);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] qint64 head() const;
    [[nodiscard]] qint64 stepUnder(const QPointF& position) const;
    [[nodiscard]] std::vector<TimelineMark> marksUnder(const QPointF& position) const;
    [[nodiscard]] QString tipUnder(const QPointF& position) const; ///< of the signs there; empty where there is none
    void choose(const TimelineMark& mark);
    void chooseNeuron(std::size_t event);
    void keepInSight(qint64 step);
    void setPart(std::optional<AxisRange> part);
    void updateRange();
    void updateMarks();
    void paintAll(QPainter& painter) const;
    void describe();

    Frame m_frame;
    TimelineModel m_model;
    AxisRange m_steps;               ///< of the whole run, round
    std::optional<AxisRange> m_part; ///< of it that is shown
    std::optional<qint64> m_wish;    ///< until a frame shows that step, or none comes
    QElapsedTimer m_wished;
    std::optional<double> m_pressed; ///< x where the button went down on a sign: small moves from there are none
    std::optional<double> m_hover;   ///< x under the mouse
    CachedPicture m_picture;         ///< of the signs and their words
    QElapsedTimer m_described;
    bool m_thin = false;
};

} // namespace flatline
