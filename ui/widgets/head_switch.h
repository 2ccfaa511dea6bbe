#pragma once

#include <QList>
#include <QWidget>

class QButtonGroup;

namespace flatline {

/// A row of joined buttons of which one is chosen, for the head of a card.
class HeadSwitch : public QWidget {
    Q_OBJECT
public:
    struct Choice {
        QString text;
        QString help;
    };
    /// `name`: what a screen reader calls the choice.
    HeadSwitch(const QString& name, const QList<Choice>& choices, QWidget* parent);

    [[nodiscard]] int chosen() const;
    void choose(int index); ///< without a signal

signals:
    void chosenByUser(int index);

private:
    QButtonGroup* m_buttons;
};

} // namespace flatline
