#pragma once

#include "ui/charts/axis_range.h"
#include "ui/views/view.h"

namespace flatline {

class Plot;

/// Above, the sharpness at the run's keyframes against 2 / learning rate, beyond which plain gradient descent bounces;
/// below, how large each update is beside the parameters. Both over the steps.
class StabilityView : public View {
    Q_OBJECT
public:
    explicit StabilityView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;

    /// 2 / learning rate over the steps of the run, as it was set and changed.
    [[nodiscard]] static Curve limitOf(const Snapshot& snapshot);
    /// The sharpness where it is known, by rising step: along the path, and of the analysis' own step.
    [[nodiscard]] static Curve sharpnessOf(const Frame& frame);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showSharpness(const Curve& sharpness, const AxisRange& steps);
    void showUpdates(const AxisRange& steps);
    [[nodiscard]] QStringList sharpnessReadout(double x) const;
    [[nodiscard]] QStringList updateReadout(double x) const;
    [[nodiscard]] QString progress() const;
    [[nodiscard]] bool waiting() const; ///< too large to be computed while it trains

    Frame m_frame;
    AxisRange m_steps;
    Curve m_sharpness;
    Curve m_limit;
    Plot* m_upper;
    Plot* m_lower;
};

} // namespace flatline
