#pragma once

#include "core/network/random_gates.h"
#include "ui/views/view.h"

#include <QTimer>

#include <optional>

class QToolButton;

namespace flatline {

class HeadSwitch;
class Plot;
struct AnatomySubject;

/// The activation function taken apart. Shape: f and f′ over the distribution of what goes in, beside ReLU's. Parts:
/// two curves that add up to it; for GELU gates that open by chance, of which more and more are drawn while somebody
/// looks. Of the selected neuron's layer, or of all where none is selected.
class AnatomyView : public View {
    Q_OBJECT
public:
    explicit AnatomyView(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;

    static constexpr int mostGates = 4096; ///< by then the mean lies on the curve

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void arrange();
    void drawGates();
    void startGates(); ///< anew, with other draws than before
    void runTimer();
    [[nodiscard]] bool ready() const; ///< there is something to take apart
    [[nodiscard]] bool parts() const;
    [[nodiscard]] bool gating() const;
    [[nodiscard]] AnatomySubject subject() const;
    [[nodiscard]] QString caption(const AnatomySubject& subject) const;

    Frame m_frame;
    std::optional<RandomGates> m_gates;
    std::uint64_t m_seed = 0;
    QTimer m_timer;
    QWidget* m_head;
    HeadSwitch* m_switch;
    QToolButton* m_again;
    Plot* m_left;  ///< f, or the parts over the whole width
    Plot* m_right; ///< f′
};

} // namespace flatline
