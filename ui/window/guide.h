#pragma once

#include <QObject>

#include <functional>

class QMainWindow;

namespace flatline {

class WhatsThis;

/// The ways to find one's way: the list of all actions, help on what has the focus or is clicked, the page of all keys.
class Guide : public QObject {
    Q_OBJECT
public:
    /// `reach`: gives the focus to a control, shown if need be.
    Guide(QMainWindow* window, std::function<void(QWidget*)> reach);

    void openPalette();
    void help(); ///< on what has the focus, or the page of all keys
    void whatsThis();
    void showKeys();

private:
    void helpOn(QWidget* widget);

    QMainWindow* m_window;
    std::function<void(QWidget*)> m_reach;
    WhatsThis* m_whatsThis;
};

} // namespace flatline
