#pragma once

#include <QWidget>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

class QVBoxLayout;

namespace flatline {

class ChoiceButton;
class LessonPlayer;

/// The answers of the page's question, one below the other, in the state that the player says. Hidden where the page
/// asks nothing.
class ChoiceList : public QWidget {
    Q_OBJECT
public:
    explicit ChoiceList(QWidget* parent = nullptr);
    /// Another page, or another state of it.
    void showPage(const LessonPlayer& player);
    /// The one that the keyboard begins with: the chosen one, else the first; null where there is none.
    [[nodiscard]] ChoiceButton* first() const;

signals:
    void chosen(std::size_t choice);

private:
    void rebuild(const std::vector<std::string>& choices);

    QVBoxLayout* m_column;
    std::vector<std::string> m_choices;
    std::vector<ChoiceButton*> m_buttons; ///< one each
};

} // namespace flatline
