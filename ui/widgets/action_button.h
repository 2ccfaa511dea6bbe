#pragma once

#include <QPushButton>

class QAction;

namespace flatline {

/// A button of the window: outlined, or filled in the accent or in the kick's colour. It draws itself by the theme.
class ActionButton : public QPushButton {
    Q_OBJECT
public:
    enum class Look { Plain, Primary, Kick };
    ActionButton(Look look, const QString& iconName, const QString& text, QWidget* parent = nullptr);
    /// A button that does what the action does, with its tooltip; the text may be shorter than the action's.
    ActionButton(Look look, QAction* action, const QString& iconName, const QString& text, QWidget* parent = nullptr);

    void setIconName(const QString& name);
    void setLook(Look look);
    /// Icon alone: where there is no room for the word. The accessible name stays.
    void setIconOnly(bool iconOnly);
    void setHeight(int height);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Look m_look;
    QString m_iconName;
    bool m_iconOnly = false;
    int m_height = 30;
};

} // namespace flatline
