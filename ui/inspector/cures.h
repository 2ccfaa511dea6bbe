#pragma once

#include "core/settings/intervention.h"
#include "ui/fields/frame.h"

#include <QString>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;

namespace flatline {

class ActionButton;

/// Something that can be done to one neuron, with what is known of it before it is done.
struct Cure {
    enum class Kind { Kick, Redraw, Leaky, Warm };
    Kind kind = Kind::Kick;
    QString text;   ///< on the button
    QString chance; ///< below it; empty: nothing is known, or the neuron is not dead
    QString help;
    QString problem; ///< why it cannot be done now; empty: it can
    Action action;
};
/// In their order, without chances where predictions are hidden: all of them aim at this neuron alone, but for another
/// activation, which is the whole network's.
[[nodiscard]] std::vector<Cure> curesFor(const Frame& frame, NeuronId id);

/// The cures as buttons, each with its chance below.
class CurePanel : public QWidget {
    Q_OBJECT
public:
    explicit CurePanel(QWidget* parent);
    void showCures(const std::vector<Cure>& cures);
    [[nodiscard]] QString summary() const;

signals:
    void wished(const flatline::Action& action);

private:
    std::vector<Cure> m_cures;
    std::vector<ActionButton*> m_buttons;
    std::vector<QLabel*> m_chances;
    QHBoxLayout* m_line;
};

} // namespace flatline
