#pragma once

#include "ui/charts/axis_range.h"
#include "ui/views/view.h"

#include <vector>

namespace flatline {

class DeadStrip;
class Plot;
struct PlotContent;

/// How many neurons of each layer are dead, over the steps: a chart a layer, or a strip where there are many layers.
/// In a comparison the other runs' counts lie over it. Where biases were warmed, a low chart above shows what was added
/// to them. A click near a death or revival opens that neuron's card.
class DeadCountView : public View {
    Q_OBJECT
public:
    explicit DeadCountView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;

    static constexpr std::size_t mostCharts = 6; ///< more layers than that are a strip

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void showSteps();
    void showWarming();
    void showCharts();
    void addOthers(PlotContent& content, std::size_t layer) const;
    void arrange();
    [[nodiscard]] bool warmed() const;
    [[nodiscard]] int chartHeight() const; ///< between the axes
    [[nodiscard]] QStringList warmingReadout(double x) const;
    [[nodiscard]] QStringList readout(std::size_t layer, double x) const;
    [[nodiscard]] const Event* turnNear(std::size_t layer, double x) const;
    [[nodiscard]] QString neuronAt(std::size_t layer, double x) const;
    void openTurn(std::size_t layer, double step);
    [[nodiscard]] std::size_t layers() const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<std::shared_ptr<const Snapshot>> m_runs; ///< of a comparison; empty: there is one run
    std::size_t m_chosen = 0;
    AxisRange m_steps;
    std::vector<Plot*> m_plots; ///< children; as many as were ever needed, at most mostCharts
    DeadStrip* m_strip;
    Plot* m_warming;
};

} // namespace flatline
