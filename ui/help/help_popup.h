#pragma once

#include "ui/help/help_text.h"

#include <QFrame>

#include <functional>

namespace flatline {

/// A sheet beside what it explains. Escape, Close or a click elsewhere closes it; F1 in it, or its button, leads to all
/// keys. Deletes itself.
class HelpPopup : public QFrame {
    Q_OBJECT
public:
    /// Beside `about`, inside of its window.
    static void show(const HelpText& help, QWidget* about, const std::function<void()>& showKeys);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    HelpPopup(const HelpText& help, QWidget* parent, std::function<void()> showKeys);
    void leave();

    std::function<void()> m_showKeys;
};

} // namespace flatline
