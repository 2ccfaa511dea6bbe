#pragma once

#include "ui/controls/section.h"

namespace flatline {

class ActionButton;

/// The thermal kick: how hard, and whom.
class KickSection : public Section {
    Q_OBJECT
public:
    explicit KickSection(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    /// The kick as the controls stand.
    [[nodiscard]] ThermalKick kick() const;

signals:
    void kickWished();

private:
    struct Choice {
        QString text;
        Target target;
        bool operator==(const Choice&) const = default;
    };
    [[nodiscard]] static std::vector<Choice> choicesFor(const Frame& frame);
    void showChoices(const std::vector<Choice>& choices);

    NumberBox* m_strength;
    ValueSlider* m_slider;
    QComboBox* m_target;
    ActionButton* m_button;
    std::vector<Choice> m_choices;
    double m_sigma;
};

} // namespace flatline
