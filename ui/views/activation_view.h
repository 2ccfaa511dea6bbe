#pragma once

#include "ui/views/view.h"

#include <vector>

class QScrollBar;

namespace flatline {

class ActivationRowWidget;
class HeadSwitch;

/// What goes into each hidden layer's activation function, and how much of what comes out is exactly 0: a row a
/// layer. Where more layers exist than fit, a scroll bar pages through them. A click on the z axis opens the card of
/// the neuron whose largest z is there.
class ActivationView : public View {
    Q_OBJECT
public:
    explicit ActivationView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;

    static constexpr int leastRowHeight = 64;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void arrange();
    void refresh();
    [[nodiscard]] int layers() const;
    [[nodiscard]] int rowsThatFit() const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<ActivationRowWidget*> m_rows; ///< a pool: as many as were ever visible at once
    QScrollBar* m_scroll;
    HeadSwitch* m_switch;
};

} // namespace flatline
