#pragma once

#include "ui/views/view.h"

namespace flatline {

class GradientBars;
class GradientStrip;
class HeadSwitch;
class Plot;

/// How much of the loss's gradient reaches each hidden layer's weights, now or over the steps.
class GradientView : public View {
    Q_OBJECT
public:
    explicit GradientView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;

    /// "Layer 1 gets 1/31,000 of what layer 10 gets."; empty without hidden layers.
    [[nodiscard]] static QString comparison(const Observation& now);

    static constexpr std::size_t mostCurves = 6; ///< more layers than that are a strip

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void arrange();
    void showCurves();
    [[nodiscard]] std::size_t layers() const;
    [[nodiscard]] bool overTime() const;
    [[nodiscard]] QStringList readout(double x) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    HeadSwitch* m_switch;
    GradientBars* m_bars;
    GradientStrip* m_strip;
    Plot* m_plot;
};

} // namespace flatline
