#pragma once

#include "core/comparison/cures.h"
#include "ui/controls/data_section.h"
#include "ui/controls/section.h"

#include <QWidget>

#include <optional>

class QFrame;
class QScrollArea;

namespace flatline {

class GuessBook;
class InterventionSection;
class RunChooser;

/// The panel on the left: the sections in the order of the experiment file, which scroll where it is too low, and below
/// them, always in reach, what can be done to the run.
class ControlPanel : public QWidget {
    Q_OBJECT
public:
    explicit ControlPanel(DataSection::Columns columns, QWidget* parent = nullptr);

    void showFrame(const Frame& frame);
    /// Sends off what the sections still hold back.
    void flush();
    /// The kick as the controls stand, with what has been typed there; nothing where it would do nothing: kickProblem.
    [[nodiscard]] std::optional<ThermalKick> kick();
    [[nodiscard]] QString kickProblem() const;
    /// Why the warming would do nothing now; empty where it would do something.
    [[nodiscard]] QString warmProblem() const;
    /// How strong the cures are as the controls stand, with what has been typed there.
    [[nodiscard]] CureDoses doses();
    /// Guesses, predictions and outcomes so far.
    [[nodiscard]] GuessBook& guesses();

signals:
    void wished(const flatline::SettingWish& wish);
    void kickWished();
    void actionWished(const flatline::Action& action);   ///< to be done at once
    void kickChanged(const flatline::ThermalKick& kick); ///< its forecast is wanted
    void predictWished();                                ///< all guesses and predictions
    void csvWished();
    void runChosen(int index); ///< of a comparison: which run the controls are to be about

private:
    void fillArea(QFrame* content);

    std::vector<Section*> m_sections; ///< all of them
    QScrollArea* m_area;
    RunChooser* m_runs;
    QFrame* m_runsEdge; ///< below them
    InterventionSection* m_interventions = nullptr;
};

} // namespace flatline
