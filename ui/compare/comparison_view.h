#pragma once

#include "ui/charts/axis_range.h"
#include "ui/fields/frame.h"
#include "ui/runs/runs.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>

namespace flatline {

class ComparisonPanel;
class NetworkView;
class Plot;
class RunButton;

/// The runs side by side in the place of the views: each run's neurons in a strip, their losses and deaths on shared
/// axes, and what differs, at the right.
class ComparisonView : public QWidget {
    Q_OBJECT
public:
    explicit ComparisonView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame, quint64 tick);
    [[nodiscard]] ComparisonPanel* panel() const { return m_panel; }
    /// Low windows: the strips show only cells.
    void setLow(bool low);
    void setReduceMotion(bool reduce);
    /// All that it shows, in words.
    [[nodiscard]] QString summary() const;

signals:
    void runChosen(int index);
    void neuronClicked(flatline::NeuronId neuron);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Strip {
        QWidget* card = nullptr;
        RunButton* button = nullptr;
        NetworkView* view = nullptr;
    };
    Strip makeStrip(std::size_t index);
    QWidget* makeChart(const QString& title, const QString& help, Plot*& plot);
    void arrange();
    void refresh();
    void catchUp();
    void showPart(std::size_t part); ///< a run's strip each, then losses, deaths and the table
    void showStrip(std::size_t index);

    std::array<Strip, mostRuns> m_strips;
    Plot* m_loss = nullptr;
    Plot* m_deaths = nullptr;
    ComparisonPanel* m_panel;
    Frame m_frame;
    quint64 m_shownAt = 0;
    std::size_t m_turn = 0;  ///< whose it is to be shown anew
    std::size_t m_stale = 0; ///< parts that have not shown the last frame
    QTimer m_catchUp;        ///< shows the last frame when no further one comes
    QElapsedTimer m_described;
    AxisRange m_steps;
    std::size_t m_count = 0;
    bool m_low = false;
};

} // namespace flatline
