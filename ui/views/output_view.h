#pragma once

#include "ui/fields/output_map.h"
#include "ui/fields/output_table.h"
#include "ui/views/view.h"
#include "ui/widgets/cached_picture.h"

#include <QTimer>

class QSpinBox;
class QToolButton;

namespace flatline {

class Plot;

/// What the output layer makes of one training sample: its logits, and what softmax and ReLU over sum make of them side
/// by side, with loss and gradient of each. The sample is chosen by its number, by a click on the map of the data
/// where there is room for one, or as the next one that the network misses.
class OutputView : public View {
    Q_OBJECT
public:
    explicit OutputView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;

    [[nodiscard]] int sample() const { return m_sample; } ///< from 0
    void chooseSample(int sample);
    /// To the next sample that is missed, round the training set; stays where there is none. Looks at a few samples at
    /// a time, so that the window answers meanwhile.
    void seekMissed();
    [[nodiscard]] QRectF mapBox() const; ///< empty where there is no map

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showNumber();
    void refresh();
    void seekOn();
    [[nodiscard]] bool ready() const;
    [[nodiscard]] int samples() const;
    [[nodiscard]] QRectF tableBox() const;
    void arrange();
    void paintMap(QPainter& painter);

    std::shared_ptr<const Snapshot> m_snapshot;
    int m_sample = 0;
    OutputTable m_table;
    OutputMap m_map;
    CachedPicture m_picture; ///< of the map
    QString m_found;         ///< what the last search has found, until another sample is chosen
    QTimer m_search;
    int m_seekAt = 0;
    int m_seekLeft = 0;
    Plot* m_losses; ///< below the table, where the view is large
    QWidget* m_head;
    QSpinBox* m_number;
    QToolButton* m_next;
};

} // namespace flatline
