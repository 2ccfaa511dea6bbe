#pragma once

#include "ui/controls/section.h"

namespace flatline {

class ActionButton;

/// What can be done to a run by hand: the thermal kick, with its chances stated before it is made, neurons started
/// anew, and bias warming. Kick and reset aim at the same target.
class InterventionSection : public Section {
    Q_OBJECT
public:
    explicit InterventionSection(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    /// Takes over what has been typed and not confirmed: a deed means what stands in the boxes.
    void finish();
    /// The interventions as the controls stand.
    [[nodiscard]] ThermalKick kick() const;
    [[nodiscard]] ResetNeurons reset() const { return {target()}; }
    [[nodiscard]] BiasWarming warming() const;
    /// Why the kick would do nothing now; empty where it would do something.
    [[nodiscard]] QString kickProblem() const { return m_kickProblem; }

signals:
    void kickWished();
    void actionWished(const flatline::Action& action);
    void kickChanged(const flatline::ThermalKick& kick); ///< another strength or other parameters; its target is open

private:
    struct Choice {
        QString text;
        Target target;
        QString reset;  ///< on the button: "Reset dead"
        QString nobody; ///< why it means no neuron; empty where it means one
        bool operator==(const Choice&) const = default;
    };
    void addTarget();
    void addKick();
    void addWarming();
    [[nodiscard]] static std::vector<Choice> choicesFor(const Frame& frame);
    void showChoices(const std::vector<Choice>& choices);
    void showPrediction(const Frame& frame);
    void showProblems();
    void setStrength(double sigma);
    [[nodiscard]] Choice chosen() const;
    [[nodiscard]] Target target() const { return chosen().target; }

    QComboBox* m_target = nullptr;
    NumberBox* m_strength = nullptr;
    ValueSlider* m_slider = nullptr;
    QComboBox* m_parameters = nullptr;
    QLabel* m_prediction = nullptr;
    ActionButton* m_kick = nullptr;
    ActionButton* m_reset = nullptr;
    NumberBox* m_gamma = nullptr;
    NumberBox* m_steps = nullptr;
    ActionButton* m_warm = nullptr;
    std::vector<Choice> m_choices;
    QString m_runProblem = tr("There is no network yet."); ///< why nothing at all can be done
    QString m_kickProblem;
};

} // namespace flatline
