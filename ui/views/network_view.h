#pragma once

#include "ui/fields/field_image.h"
#include "ui/fields/output_map.h"
#include "ui/fields/strip_layout.h"
#include "ui/views/view.h"
#include "ui/widgets/cached_picture.h"

#include <QElapsedTimer>

#include <map>
#include <utility>
#include <vector>

class QPainter;
class QScrollBar;

namespace flatline {

/// The strip under the four views: every hidden neuron a cell, shaped by its state, with the field in which it fires;
/// at the right what the network makes of the data; below, how many neurons are in which state.
/// A click selects a neuron and asks for its card, a double click for the inspector; so does Enter while the strip has
/// the focus, where the arrow keys select. A click on the output map chooses the training sample nearest to it.
class NetworkView : public View {
    Q_OBJECT
public:
    explicit NetworkView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// Low windows: only the cells, neither the output map nor the counts.
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const { return m_compact; }
    /// The line of counts below the cells.
    void setLegendShown(bool shown);
    /// Where a neuron's cell is, in this widget's coordinates; empty where there is none.
    [[nodiscard]] QRectF cellBox(NeuronId id) const;
    [[nodiscard]] QRectF outputBox() const; ///< the output map; empty where there is none

signals:
    void sampleChosen(int sample); ///< the one nearest to a click on the output map; from 0

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void redraw();
    void layOut();
    void select(NeuronId id, bool show);
    [[nodiscard]] bool onMap(QPointF at) const;
    void flash(const Snapshot& before, const Snapshot& after);
    [[nodiscard]] QRectF cellArea() const;   ///< the strip's cells and headings
    [[nodiscard]] bool stacked() const;      ///< the map stands below the neurons
    [[nodiscard]] QRectF legendLine() const; ///< empty while compact
    void paintAll(QPainter& painter);
    void paintOutput(QPainter& painter);

    Frame m_frame;
    NeuronId m_selected;
    bool m_compact = false;
    bool m_legendShown = true;
    StripLayout m_layout;
    std::vector<int> m_widths;
    FieldImages m_images;
    OutputMap m_output;
    std::map<std::pair<int, int>, QColor> m_flashes; ///< by layer and neuron, for 200 ms
    QScrollBar* m_scroll;
    CachedPicture m_picture;
    QElapsedTimer m_flashed; ///< since the last flash began
};

} // namespace flatline
