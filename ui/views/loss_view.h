#pragma once

#include "ui/views/view.h"

namespace flatline {

class HeadSwitch;
class Plot;
struct PlotContent;

/// The loss on the training and the test set over the steps; in a comparison also the training loss of the other runs.
class LossView : public View {
    Q_OBJECT
public:
    explicit LossView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    [[nodiscard]] bool logarithmic() const;
    void addLosses(PlotContent& content) const;
    [[nodiscard]] QStringList readout(double x) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<std::shared_ptr<const Snapshot>> m_runs; ///< of a comparison; empty: there is one run
    std::size_t m_chosen = 0;
    std::optional<bool> m_wish; ///< logarithmic or not; nothing before the user has chosen
    bool m_positive = true;     ///< all values so far are above 0
    bool m_infinite = false;    ///< some were infinite
    Plot* m_plot;
    HeadSwitch* m_switch;
};

} // namespace flatline
