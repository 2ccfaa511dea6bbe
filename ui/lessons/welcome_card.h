#pragma once

#include <QWidget>

namespace flatline {

class ActionButton;

/// What greets at the very first start, over the window: the first lesson, the lab as it is, or a file. It goes with
/// the first choice, and then never comes back. Escape is the lab as it is.
class WelcomeCard : public QWidget {
    Q_OBJECT
public:
    /// Covers `window`, above all that is in it. `lessons`: how many the course has.
    WelcomeCard(int lessons, QWidget* window);

    [[nodiscard]] static bool wanted(); ///< nobody has chosen yet (QSettings)

signals:
    void lessonWished();
    void playWished();
    void fileWished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    ActionButton* addChoice(const QString& title, const QString& about, void (WelcomeCard::*wished)());
    void choose(void (WelcomeCard::*wished)());

    QWidget* m_card;
    std::vector<ActionButton*> m_choices;
};

} // namespace flatline
