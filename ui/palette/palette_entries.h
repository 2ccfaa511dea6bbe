#pragma once

#include <QString>

#include <functional>
#include <vector>

class QMenuBar;
class QWidget;

namespace flatline {

/// Something that can be done in the window.
struct PaletteEntry {
    QString title;    ///< "Save picture of the window"
    QString place;    ///< "File", "Controls › Training": where else it is to be found
    QString shortcut; ///< as it is printed on keys; may be empty
    QString help;     ///< one or more sentences; may be empty
    bool enabled = true;
    bool checked = false;
    std::function<void()> run;
};

/// All actions of the menus, also those of menus inside of menus.
[[nodiscard]] std::vector<PaletteEntry> menuEntries(const QMenuBar& bar);

/// All that can be set below a widget and has a name for screen readers: `reach` is called with a field that is to get
/// the focus (it may have to be shown first); a choice is an entry for each of its items, and a button one that presses
/// it. What an action of the menus does already is left out.
[[nodiscard]] std::vector<PaletteEntry> controlEntries(QWidget& root, const std::function<void(QWidget*)>& reach);

/// The entries that fit what was typed, best first; where nothing was, all in their order, what is possible now first.
[[nodiscard]] std::vector<const PaletteEntry*> matching(const std::vector<PaletteEntry>& entries, const QString& typed);

} // namespace flatline
