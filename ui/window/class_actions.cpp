#include "ui/window/class_actions.h"

#include "ui/theme/theme.h"
#include "ui/window/actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/shell_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace flatline {

namespace {

/// What was done at the moment shown acts on the parameters now; `flatline run` ends before that.
bool actedJustNow(const Snapshot& snapshot) {
    return std::ranges::any_of(snapshot.experiment.interventions, [&snapshot](const Intervention& one) {
        return one.step == snapshot.now.step && !std::holds_alternative<SettingChange>(one.action);
    });
}

} // namespace

ClassActions::ClassActions(const Services& services, const Actions& actions, FileActions& files,
                           std::function<Frame()> frame, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_files(files)
    , m_frame(std::move(frame))
    , m_window(window) {
    connect(actions[ActionId::CopyCommand], &QAction::triggered, this, &ClassActions::copyCommand);
}

void ClassActions::copyCommand() {
    const auto snapshot = m_frame().snapshot;
    if (!snapshot || !snapshot->dataset)
        return;
    if (actedJustNow(*snapshot)) {
        emit announced(tr("What was done at this very step is in no trace yet: go on by a step, then copy."));
        return;
    }
    if (copyCommandOf(*snapshot))
        return;
    QMessageBox box(QMessageBox::Question, tr("Copy as command"),
                    tr("What was done by hand in this run can only be repeated from an experiment file."),
                    QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("Save the experiment; the command then names that file."));
    const QPushButton* save = box.addButton(tr("Save experiment…"), QMessageBox::AcceptRole);
    box.exec();
    if (box.clickedButton() == save && m_files.save())
        copyCommandOf(*snapshot);
}

bool ClassActions::copyCommandOf(const Snapshot& snapshot) {
    const QStringList words = m_services.repeatingWords(snapshot.experiment, snapshot.now.step, m_files.source());
    if (words.isEmpty())
        return false;
    const QString line = shellText(words, usualShell());
    QGuiApplication::clipboard()->setText(line);
    emit announced(tr("Copied: %1").arg(line));
    return true;
}

} // namespace flatline
