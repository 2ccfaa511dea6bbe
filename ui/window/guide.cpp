#include "ui/window/guide.h"

#include "ui/help/help_popup.h"
#include "ui/help/help_text.h"
#include "ui/help/whats_this.h"
#include "ui/palette/command_palette.h"
#include "ui/window/help_pages.h"

#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>

#include <algorithm>

namespace flatline {

Guide::Guide(QMainWindow* window, std::function<void(QWidget*)> reach)
    : QObject(window)
    , m_window(window)
    , m_reach(std::move(reach))
    , m_whatsThis(new WhatsThis([this](QWidget* hit) { helpOn(hit); }, this)) {}

void Guide::openPalette() {
    std::vector<PaletteEntry> entries = menuEntries(*m_window->menuBar());
    std::vector<PaletteEntry> controls = controlEntries(*m_window->centralWidget(), m_reach);
    std::ranges::move(controls, std::back_inserter(entries));
    (new CommandPalette(std::move(entries), m_window))->open();
}

void Guide::help() {
    QWidget* focus = QApplication::focusWidget();
    if (focus == nullptr || focus->window() != m_window || flatline::helpOn(focus).empty())
        showKeys();
    else
        helpOn(focus);
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
