#pragma once

#include "core/comparison/cures.h"
#include "ui/controls/data_section.h"
#include "ui/controls/section.h"

#include <QWidget>

#include <optional>
#include <set>

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
    /// Shows only the rows of these names, as high as they need to be: keys of the experiment file, "kick", "warming",
    /// "reset-neurons". Nothing: all of them.
    void showOnly(const std::optional<std::set<std::string>>& names);
    [[nodiscard]] bool knows(const std::string& name) const;
    /// Where the row of that name is, in this widget's coordinates; empty where it is not in sight.
    [[nodiscard]] QRect placeOf(const std::string& name) const;
    /// Scrolls that row into sight; a widget of it, null where there is none in sight.
    QWidget* reveal(const std::string& name);
    void setPanelWidth(int width);
    static constexpr int usualWidth = 264;
    /// Guesses, predictions and outcomes so far.
    [[nodiscard]] GuessBook& guesses();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

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
    void fitArea();
    [[nodiscard]] std::vector<QWidget*> partsOf(const std::string& name) const;

    std::vector<Section*> m_sections; ///< all of them
    std::vector<QFrame*> m_rules;     ///< above each section of the area but the first
    QScrollArea* m_area;
    QFrame* m_content; ///< in it
    RunChooser* m_runs;
    QFrame* m_runsEdge;  ///< below them
    QFrame* m_deeds;     ///< below the area
    QFrame* m_deedsEdge; ///< above them
    InterventionSection* m_interventions = nullptr;
    bool m_filtered = false;
};

} // namespace flatline
