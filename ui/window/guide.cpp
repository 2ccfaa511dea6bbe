#include "ui/window/guide.h"

#include "ui/help/help_popup.h"
#include "ui/help/help_text.h"
#include "ui/help/whats_this.h"
#include "ui/palette/command_palette.h"
#include "ui/window/help_pages.h"

#include <QApplication>
#include <QCursor>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace flatline {

Guide::Guide(QMainWindow* window, std::function<void(QWidget*)> reach)
    : QObject(window)
    , m_window(window)
    , m_reach(std::move(reach))
    , m_whatsThis(new WhatsThis([this](QWidget* hit) { helpOn(hit); }, this)) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { noteFocus(now); });
    // What happens to lie under a menu's entry was not pointed at.
    for (const QMenu* menu : m_window->menuBar()->findChildren<QMenu*>())
        connect(menu, &QMenu::aboutToHide, this, [this] { m_passed = QCursor::pos(); });
}

void Guide::openPalette() {
    std::vector<PaletteEntry> entries = menuEntries(*m_window->menuBar());
    std::vector<PaletteEntry> controls = controlEntries(*m_window->centralWidget(), m_reach);
    std::ranges::move(controls, std::back_inserter(entries));
    (new CommandPalette(std::move(entries), m_window))->open();
}

// The focus that returns from a sheet of help is no new one.
void Guide::noteFocus(QWidget* now) {
    if (now == nullptr || now->window() != m_window || now == m_focus)
        return;
    m_focus = now;
    m_passed = flatline::helpOn(now).empty() ? std::nullopt : std::optional(QCursor::pos());
}

QWidget* Guide::meant() const {
    const QPoint mouse = QCursor::pos();
    QWidget* pointed = m_passed == mouse ? nullptr : QApplication::widgetAt(mouse);
    for (QWidget* one : {pointed, QApplication::focusWidget()})
        if (one != nullptr && one->window() == m_window && !flatline::helpOn(one).empty())
            return one;
    return nullptr;
}

void Guide::help() {
    if (QWidget* widget = meant())
        helpOn(widget);
    else
        showKeys();
}

void Guide::helpOn(QWidget* widget) {
    HelpPopup::show(flatline::helpOn(widget), widget, [this] { showKeys(); });
}

void Guide::whatsThis() {
    m_whatsThis->start();
}

void Guide::showKeys() {
    showShortcuts(m_window);
}

} // namespace flatline
