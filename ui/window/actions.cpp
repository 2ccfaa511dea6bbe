#include "ui/window/actions.h"

#include "ui/theme/theme.h"
#include "ui/window/edit_text.h"
#include "ui/window/view_grid.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QWidget>

#include <cstring>

namespace flatline {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("actions", source);
}

QList<QKeySequence> shortcutsOf(const ActionRow& row) {
    QList<QKeySequence> all =
        QKeySequence::listFromString(QString::fromLatin1(row.shortcut), QKeySequence::PortableText);
    all.removeAll(QKeySequence()); // an empty text is read as one empty key
    return all;
}

QStringList keysOf(const ActionRow& row) {
    QStringList keys;
    if (*row.spareKey != '\0')
        keys << keyCap(QString::fromLatin1(row.spareKey));
    for (const QKeySequence& sequence : shortcutsOf(row))
        keys << sequence.toString(QKeySequence::NativeText);
    return keys;
}

QString plain(QString label) {
    return label.remove(QLatin1Char('&')).remove(QChar(0x2026));
}

} // namespace

QString keyCap(const QString& key) {
    if (key == QLatin1String("Left"))
        return QStringLiteral("←");
    return key == QLatin1String("Right") ? QStringLiteral("→") : key;
}

Actions::Actions(QWidget* window)
    : QObject(window) {
    for (const ActionRow& row : actionTable()) {
        auto* action = new QAction(text(row.text), this);
        if (*row.icon != '\0')
            action->setIcon(icon(QString::fromLatin1(row.icon)));
        action->setIconVisibleInMenu(false);
        action->setShortcuts(shortcutsOf(row));
        const QStringList keys = keysOf(row);
        action->setToolTip(keys.isEmpty()
                               ? text(row.help)
                               : text(row.help) + QStringLiteral(" (%1)").arg(keys.join(QStringLiteral(", "))));
        action->setStatusTip(text(row.help));
        if (row.id == ActionId::Quit)
            action->setMenuRole(QAction::QuitRole);
        if (row.id == ActionId::About)
            action->setMenuRole(QAction::AboutRole);
        window->addAction(action);
        m_actions[row.id] = action;
    }
    for (const ActionId id : {ActionId::StopAtDeath, ActionId::Present})
        m_actions[id]->setCheckable(true);
    for (const ActionId id : {ActionId::Epoch, ActionId::Reset, ActionId::NewSeed, ActionId::Kick})
        m_actions[id]->setAutoRepeat(false);
}

void Actions::fill(QMenu* menu, const char* menuId) const {
    for (const ActionRow& row : actionTable()) {
        if (std::strcmp(row.menu, menuId) != 0)
            continue;
        if (row.separatorBefore)
            menu->addSeparator();
        menu->addAction(m_actions.at(row.id));
    }
}

bool Actions::triggerSpareKey(const QKeyEvent& event) const {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers != Qt::NoModifier)
        return false;
    for (const ActionRow& row : actionTable()) {
        if (*row.spareKey == '\0' || QKeySequence(QString::fromLatin1(row.spareKey))[0].key() != event.key())
            continue;
        if (event.isAutoRepeat() && row.id == ActionId::Run)
            return true; // a held Space would flicker between run and pause
        m_actions.at(row.id)->trigger();
        return true;
    }
    return false;
}

void Actions::showRunning(bool running) {
    QAction* run = m_actions.at(ActionId::Run);
    const QString words = running ? tr("&Pause") : text("&Run");
    if (words == run->text())
        return; // an icon is news to all that show the action, even the same one
    run->setText(words);
    run->setIcon(icon(running ? QStringLiteral("pause") : QStringLiteral("play")));
}

void Actions::showSnapshot(const Snapshot& snapshot) {
    const auto name = [this](ActionId id, const QString& plainText, const std::optional<EditNote>& note) {
        const QString what = note ? editText(*note).replace(QLatin1Char('&'), QLatin1String("&&")) : QString();
        m_actions.at(id)->setText(note ? plainText + QLatin1Char(' ') + what : plainText);
        m_actions.at(id)->setEnabled(note.has_value());
    };
    name(ActionId::Undo, text("&Undo"), snapshot.undo);
    name(ActionId::Redo, text("&Redo"), snapshot.redo);
    m_actions.at(ActionId::DiscardBranch)->setEnabled(snapshot.abandoned > 0);
    m_actions.at(ActionId::StepBack)->setEnabled(snapshot.dataset && snapshot.now.step > 0);
    m_actions.at(ActionId::ResumeHere)->setEnabled(snapshot.past);
    m_actions.at(ActionId::BackToLive)->setEnabled(snapshot.past);
    m_actions.at(ActionId::StopAtDeath)->setChecked(snapshot.stopCondition.nextDeath);
    StopCondition others = snapshot.stopCondition;
    others.nextDeath = false; // that has an item of its own
    const QString condition = stopConditionText(others);
    m_actions.at(ActionId::StopWhen)
        ->setText(condition.isEmpty() ? text("Stop &when…") : tr("Stop &when: %1…").arg(condition));
}

QString shortcutsPage() {
    QString page = QStringLiteral("<table cellspacing='0' cellpadding='4'>");
    const auto add = [&page](const QString& keys, const QString& what) {
        page += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>")
                    .arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
    };
    for (const ActionRow& row : actionTable()) {
        const QStringList keys = keysOf(row);
        if (!keys.isEmpty())
            add(keys.join(QStringLiteral(", ")), plain(text(row.text)));
    }
    int number = 1;
    for (const ViewRow* row : ViewGrid::rows()) {
        if (number > 9) // as many keys as there are
            break;
        add(QStringLiteral("Ctrl+%1").arg(number++),
            Actions::tr("%1 alone, and back").arg(QCoreApplication::translate("views", row->title)));
    }
    add(QStringLiteral("Alt+1 – Alt+%1").arg(ViewArrangement::most), Actions::tr("Number of views"));
    add(Actions::tr("Enter, Alt+Down"),
        Actions::tr("On a view: fill the grid and back, show another view in its place"));
    add(QStringLiteral("Tab"), Actions::tr("To the next control"));
    add(Actions::tr("Arrows, Page, Home, End"), Actions::tr("In the timeline: travel through the run"));
    add(Actions::tr("Ctrl+click"), Actions::tr("In a chart over the steps: go to that step"));
    add(Actions::tr("Arrows, Enter"), Actions::tr("In the network: choose a neuron, open or close its certificate"));
    add(Actions::tr("Arrows, +, −, 0"), Actions::tr("In the solid landscape: turn it, zoom, back to the first view"));
    return page + QStringLiteral("</table>");
}

} // namespace flatline
