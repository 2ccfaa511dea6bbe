#pragma once

#include "ui/charts/plot_content.h"
#include "ui/fields/landscape_state.h"

#include <QWidget>

namespace flatline {

class HeadSwitch;
class Plot;

/// A cut through the ball: the loss along the first or the second direction. Hatched where the watched neuron is dead
/// or the loss is not finite.
class LandscapeLine : public QWidget {
    Q_OBJECT
public:
    explicit LandscapeLine(QWidget* parent = nullptr);

    void showState(const LandscapeState& state);
    [[nodiscard]] const PlotContent& content() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();

    LandscapeState m_state;
    Plot* m_plot;
    HeadSwitch* m_direction;
};

/// What the plot shows: `first`: along the first direction, else along the second.
[[nodiscard]] PlotContent lineContent(const LandscapeState& state, bool first);

} // namespace flatline
