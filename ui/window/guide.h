#pragma once

#include <QObject>
#include <QPoint>
#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QMainWindow;

namespace flatline {

class WhatsThis;

/// The ways to find one's way: the list of all actions, help on what is pointed at, has the focus or is clicked, the
/// page of all keys.
class Guide : public QObject {
    Q_OBJECT
public:
    /// `reach`: gives the focus to a control, shown if need be. The window has its menus.
    Guide(QMainWindow* window, std::function<void(QWidget*)> reach);

    void openPalette();
    /// On what is under the mouse, where it was moved since the focus came to where it is; else on what has the focus;
    /// where neither means anything in particular, the page of all keys.
    void help();
    void whatsThis();
    void showKeys();

private:
    [[nodiscard]] QWidget* meant() const;
    void noteFocus(QWidget* now);
    void helpOn(QWidget* widget);

    QMainWindow* m_window;
    std::function<void(QWidget*)> m_reach;
    WhatsThis* m_whatsThis;
    QPointer<QWidget> m_focus;      ///< the last one of the window
    std::optional<QPoint> m_passed; ///< where the mouse was when something else came to be meant
};

} // namespace flatline
