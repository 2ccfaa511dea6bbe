#include "ui/palette/palette_entries.h"

#include "ui/palette/fuzzy_match.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QSlider>

#include <algorithm>
#include <utility>

namespace flatline {

namespace {

constexpr QChar ellipsis(0x2026);

QString tr(const char* text) {
    return QCoreApplication::translate("palette", text);
}

QString plainLabel(QString text) {
    text.replace(QStringLiteral("&&"), QStringLiteral("\n")).remove(QLatin1Char('&'));
    text.replace(QLatin1Char('\n'), QLatin1Char('&'));
    while (text.endsWith(ellipsis) || text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

QString joined(const QString& place, const QString& next) {
    return place.isEmpty() ? next : QStringLiteral("%1 › %2").arg(place, next);
}

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}

void addActions(std::vector<PaletteEntry>& entries, const QList<QAction*>& actions, const QString& place) {
    for (QAction* action : actions) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        if (const QMenu* menu = action->menu()) {
            addActions(entries, menu->actions(), joined(place, plainLabel(menu->title())));
            continue;
        }
        const QPointer<QAction> target(action);
        const QString help = action->statusTip().isEmpty() ? action->toolTip() : action->statusTip();
        entries.push_back({plainLabel(action->text()), place, keysOf(*action), help, action->isEnabled(),
                           action->isChecked(), [target] {
                               if (target)
                                   target->trigger();
                           }});
    }
}

/// The names of what a widget stands in, from the outside in.
QString placeOf(const QWidget& widget, const QWidget& root) {
    QStringList names;
    for (const QWidget* w = widget.parentWidget(); w != nullptr && !w->isWindow(); w = w->parentWidget()) {
        if (!w->accessibleName().isEmpty() && !names.contains(w->accessibleName()))
            names.prepend(w->accessibleName());
        if (w == &root)
            break;
    }
    return names.isEmpty() ? tr("Window") : names.join(QStringLiteral(" › "));
}

void addChoices(std::vector<PaletteEntry>& entries, QComboBox* box, const QString& place) {
    for (int i = 0; i < box->count(); ++i) {
        const QPointer<QComboBox> target(box);
        entries.push_back({QStringLiteral("%1: %2").arg(box->accessibleName(), box->itemText(i)),
                           place,
                           {},
                           box->itemData(i, Qt::ToolTipRole).toString(),
                           box->isEnabled(),
                           i == box->currentIndex(),
                           [target, i] {
                               if (!target || i >= target->count())
                                   return;
                               target->setCurrentIndex(i);
                               emit target->activated(i); // as if it had been chosen by hand
                           }});
    }
}

/// Hidden for itself or with what it stands in; the panel that is folded away can be unfolded.
bool shown(const QWidget& widget, const QWidget& root) {
    for (const QWidget* w = &widget; w != nullptr && w != &root; w = w->parentWidget())
        if (w->isHidden() && !w->inherits("flatline::ControlPanel"))
            return false;
    return true;
}

/// A slider beside a box of the same name is the same setting.
bool leadsElsewhere(const QWidget& widget, const QList<QWidget*>& all) {
    return qobject_cast<const QSlider*>(&widget) != nullptr && std::ranges::any_of(all, [&](const QWidget* other) {
               return other != &widget && other->accessibleName() == widget.accessibleName() &&
                      qobject_cast<const QAbstractSpinBox*>(other) != nullptr;
           });
}

} // namespace

std::vector<PaletteEntry> menuEntries(const QMenuBar& bar) {
    std::vector<PaletteEntry> entries;
    addActions(entries, bar.actions(), {});
    return entries;
}

std::vector<PaletteEntry> controlEntries(QWidget& root, const std::function<void(QWidget*)>& reach) {
    std::vector<PaletteEntry> entries;
    const QList<QWidget*> all = root.findChildren<QWidget*>();
    for (QWidget* widget : all) {
        if (!shown(*widget, root) || widget->accessibleName().isEmpty() ||
            (widget->focusPolicy() & Qt::TabFocus) == 0 || widget->inherits("flatline::View") ||
            widget->inherits("flatline::ViewCard") || leadsElsewhere(*widget, all))
            continue;
        const QString place = placeOf(*widget, root);
        const QPointer<QWidget> target(widget);
        if (auto* button = qobject_cast<QAbstractButton*>(widget)) {
            if (button->property("inMenu").toBool())
                continue;
            entries.push_back({button->accessibleName(),
                               place,
                               {},
                               button->toolTip(),
                               button->isEnabled(),
                               button->isChecked(),
                               [target] {
                                   if (auto* pressed = qobject_cast<QAbstractButton*>(target.data()))
                                       pressed->click();
                               }});
            continue;
        }
        if (auto* box = qobject_cast<QComboBox*>(widget))
            addChoices(entries, box, place);
        entries.push_back(
            {widget->accessibleName(), place, {}, widget->toolTip(), widget->isEnabled(), false, [target, reach] {
                 if (target)
                     reach(target);
             }});
    }
    return entries;
}

std::vector<const PaletteEntry*> matching(const std::vector<PaletteEntry>& entries, const QString& typed) {
    std::vector<std::pair<double, const PaletteEntry*>> scored;
    for (const PaletteEntry& entry : entries)
        if (const double score = matchScore(typed, entry.title, entry.place, entry.help); score > 0.0)
            scored.emplace_back(typed.trimmed().isEmpty() ? (entry.enabled ? 1.0 : 0.0) : score, &entry);
    std::ranges::stable_sort(scored, std::greater<>(), [](const auto& row) { return row.first; });
    std::vector<const PaletteEntry*> found;
    found.reserve(scored.size());
    for (const auto& [score, entry] : scored)
        found.push_back(entry);
    return found;
}

} // namespace flatline
