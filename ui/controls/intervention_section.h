#pragma once

#include "ui/controls/section.h"
#include "ui/predictions/guess_book.h"

namespace flatline {

class ActionButton;
class GuessControls;
class KickForecastLine;

/// What can be done to a run by hand: the thermal kick, with its prediction and the class's guess before it is made and
/// the outcome beside them afterwards, neurons started anew, and bias warming. Kick and reset aim at the same target.
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
    [[nodiscard]] QString kickProblem() const;
    /// The same of the warming.
    [[nodiscard]] QString warmProblem() const { return m_warmProblem; }
    /// Guesses, predictions and outcomes so far.
    [[nodiscard]] GuessBook& guesses() { return m_book; }

signals:
    void kickWished();
    void actionWished(const flatline::Action& action);
    void kickChanged(const flatline::ThermalKick& kick); ///< its forecast is wanted
    void predictWished();                                ///< all guesses and predictions

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
    void addStruck();
    void addForecast();
    void addWarming();
    void addWideLine(const std::vector<QWidget*>& widgets);
    [[nodiscard]] static std::vector<Choice> choicesFor(const Frame& frame);
    void showChoices(const std::vector<Choice>& choices);
    void askForecast();
    void showResult();
    void showProblems();
    void setStrength(double sigma);
    [[nodiscard]] Choice chosen() const;
    [[nodiscard]] Target target() const { return chosen().target; }

    GuessBook m_book;
    QComboBox* m_target = nullptr;
    NumberBox* m_strength = nullptr;
    ValueSlider* m_slider = nullptr;
    QComboBox* m_parameters = nullptr;
    GuessControls* m_guess = nullptr;
    KickForecastLine* m_forecast = nullptr;
    ActionButton* m_kick = nullptr;
    QLabel* m_result = nullptr; ///< of the latest kick
    ActionButton* m_reset = nullptr;
    NumberBox* m_gamma = nullptr;
    NumberBox* m_steps = nullptr;
    ActionButton* m_warm = nullptr;
    std::vector<Choice> m_choices;
    QString m_runProblem = tr("There is no network yet."); ///< why nothing at all can be done
    QString m_kickProblem;
    QString m_warmProblem;
    ThermalKick m_asked; ///< whose forecast was wanted last
    Frame m_frame;
};

} // namespace flatline
