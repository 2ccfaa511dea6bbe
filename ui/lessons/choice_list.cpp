#include "ui/lessons/choice_list.h"

#include "ui/lessons/choice_button.h"
#include "ui/lessons/lesson_player.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {

namespace {
constexpr int gap = 6;
}

ChoiceList::ChoiceList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(gap);
    setAccessibleName(tr("Answers"));
}

void ChoiceList::rebuild(const std::vector<std::string>& choices) {
    m_choices = choices;
    for (ChoiceButton* button : m_buttons)
        delete button;
    m_buttons.clear();
    for (std::size_t i = 0; i < choices.size(); ++i) {
        auto* button = new ChoiceButton(QString::fromStdString(choices[i]), this);
        button->setToolTip(tr("Choose this answer (%1).").arg(i + 1));
        connect(button, &ChoiceButton::toggled, this, [this, i](bool on) {
            if (on)
                emit chosen(i);
        });
        m_column->addWidget(button);
        button->show(); // at once, not with the next event: the keyboard goes there now
        m_buttons.push_back(button);
    }
}

void ChoiceList::showPage(const LessonPlayer& player) {
    const auto& question = player.current().question;
    const std::vector<std::string> none;
    const auto& choices = question ? question->choices : none;
    setVisible(question.has_value());
    const bool stale = !player.choice() && std::any_of(m_buttons.begin(), m_buttons.end(),
                                                       [](const ChoiceButton* button) { return button->isChecked(); });
    if (choices != m_choices || stale) // a radio button that was on cannot be turned off
        rebuild(choices);
    const bool revealed = player.stage() == LessonPlayer::Stage::Revealed;
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QSignalBlocker quiet(m_buttons[i]);
        if (player.choice() == i)
            m_buttons[i]->setChecked(true);
        using Button = ChoiceButton;
        m_buttons[i]->setVerdict(!player.lockedIn()     ? Button::Verdict::Open
                                 : !revealed            ? Button::Verdict::Locked
                                 : i == question->right ? Button::Verdict::Right
                                                        : Button::Verdict::Other);
    }
}

ChoiceButton* ChoiceList::first() const {
    for (ChoiceButton* button : m_buttons)
        if (button->isChecked())
            return button;
    return m_buttons.empty() ? nullptr : m_buttons.front();
}

} // namespace flatline
