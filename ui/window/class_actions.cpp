#include "ui/window/class_actions.h"

#include "ui/controls/control_panel.h"
#include "ui/lessons/lesson_player.h"
#include "ui/theme/theme.h"
#include "ui/window/actions.h"
#include "ui/window/class_dialog.h"
#include "ui/window/file_actions.h"
#include "ui/window/lab.h"
#include "ui/window/left_side.h"
#include "ui/window/main_window.h"
#include "ui/window/run_replay.h"
#include "ui/window/shell_text.h"
#include "ui/window/status_text.h"
#include "ui/window/view_choices.h"
#include "ui/window/view_grid.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace flatline {

namespace {

/// What was done at the moment shown acts on the parameters now; `flatline run` ends before that.
bool actedJustNow(const Snapshot& snapshot) {
    return std::ranges::any_of(snapshot.experiment.interventions, [&snapshot](const Intervention& one) {
        return one.step == snapshot.now.step && !std::holds_alternative<SettingChange>(one.action);
    });
}

} // namespace

ClassActions::ClassActions(const Services& services, Lab* lab, const Parts& parts, MainWindow* window)
    : QObject(window)
    , m_services(services)
    , m_lab(lab)
    , m_parts(parts)
    , m_window(window) {
    for (const ActionId id : {ActionId::CopyCommand, ActionId::SaveForClass})
        m_parts.actions[id]->setEnabled(m_lab != nullptr);
    if (m_lab == nullptr)
        return;
    m_replay = std::make_unique<RunReplay>(*m_lab, *m_window);
    connect(m_replay.get(), &RunReplay::opened, this, &ClassActions::layOut);
    connect(m_replay.get(), &RunReplay::arrived, this, &ClassActions::arrive);
    connect(m_parts.actions[ActionId::CopyCommand], &QAction::triggered, this, &ClassActions::copyCommand);
    connect(m_parts.actions[ActionId::SaveForClass], &QAction::triggered, this, &ClassActions::save);
    connect(&m_parts.files, &FileActions::classOpened, this, &ClassActions::open);
    connect(&m_parts.files, &FileActions::experimentOpened, this, &ClassActions::leave);
    connect(&m_parts.player, &LessonPlayer::opened, this, [this] { m_open = false; }); // which has its own
}

ClassActions::~ClassActions() = default;

void ClassActions::copyCommand() {
    const auto snapshot = m_lab->frame().snapshot;
    if (!snapshot->dataset)
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
    if (box.clickedButton() == save && m_parts.files.save())
        copyCommandOf(*snapshot);
}

bool ClassActions::copyCommandOf(const Snapshot& snapshot) {
    const QStringList words = m_services.repeatingWords(snapshot.experiment, snapshot.now.step, m_parts.files.source());
    if (words.isEmpty())
        return false;
    const QString line = shellText(words, usualShell());
    QGuiApplication::clipboard()->setText(line);
    emit announced(tr("Copied: %1").arg(line));
    return true;
}

SessionState ClassActions::moment(const std::optional<QStringList>& controls) const {
    const Frame& frame = m_lab->frame();
    SessionState moment;
    moment.experiment = frame.snapshot->experiment;
    moment.step = frame.snapshot->now.step;
    moment.selectedLayer = frame.selected.layer;
    moment.selectedNeuron = frame.selected.neuron;
    moment.views = m_parts.views.shownIds();
    if (const int row = m_parts.views.expanded(); row >= 0)
        moment.filling = QString::fromLatin1(ViewGrid::rows()[static_cast<std::size_t>(row)]->id);
    moment.choices = viewChoices(m_parts.views);
    moment.controls = controls;
    moment.ended = true;
    return moment;
}

void ClassActions::save() {
    const auto snapshot = m_lab->frame().snapshot;
    if (!snapshot->dataset)
        return;
    ClassDialog dialog(tr("The experiment with all that was done by hand, step %1, and the views as they stand now: so "
                          "it opens again.")
                           .arg(countText(qint64{snapshot->now.step})),
                       m_parts.left.controls(), m_controls, m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QString path =
        m_parts.files.choosePath(tr("Save for class"), tr("class"), tr("Experiments (*.json)"), QStringLiteral("json"));
    if (!path.isEmpty())
        saveTo(path, dialog.controls());
}

bool ClassActions::saveTo(const QString& path, const std::optional<QStringList>& controls) {
    const auto saved = m_services.saveForClass(moment(controls), path);
    const QString name = QFileInfo(path).fileName();
    if (!saved) {
        m_parts.files.showError(tr("%1 could not be saved.").arg(name), errorText(saved.error()));
        return false;
    }
    m_parts.files.rememberOpened(path);
    emit announced(tr("Saved for class: %1.").arg(name));
    return true;
}

/// Only the window knows which views and controls there are.
Result<void> ClassActions::check(const SessionState& moment) const {
    std::string known;
    for (const ViewRow* row : ViewGrid::rows())
        known += (known.empty() ? "" : ", ") + std::string(row->id);
    for (const QString& view : moment.views + QStringList(moment.filling))
        if (!view.isEmpty() && ViewGrid::rowOf(view) < 0)
            return badInput("class", FLATLINE_TEXT("there is no view %1; there are: %2"), {view.toStdString(), known});
    for (const QString& control : moment.controls.value_or(QStringList()))
        if (!m_parts.left.controls().knows(control.toStdString()))
            return badInput("class.controls",
                            FLATLINE_TEXT("there is no control %1; a control's name is its key in the "
                                          "experiment file, kick, warming or reset-neurons"),
                            {control.toStdString()});
    return {};
}

void ClassActions::open(const SessionState& moment) {
    if (const auto known = check(moment); !known) {
        m_parts.files.showError(tr("This file could not be opened."), errorText(known.error()));
        return;
    }
    if (m_parts.player.isOpen())
        m_parts.actions[ActionId::CloseLesson]->trigger();
    m_replay->start(moment, {tr("Training up to the moment that was saved."),
                             tr("Training up to the moment that was saved: step %1 of %2."),
                             tr("The moment that was saved is step %1. To go there takes some %2."),
                             tr("The experiment that was saved, at step %1.")});
}

void ClassActions::layOut(const SessionState& moment) {
    m_open = true;
    m_controls = moment.controls;
    if (!moment.views.isEmpty())
        m_parts.views.borrow(moment.views);
    m_parts.views.expand(ViewGrid::rowOf(moment.filling));
    restoreViewChoices(m_parts.views, moment.choices);
    m_lab->select({moment.selectedLayer, moment.selectedNeuron});
    std::optional<std::set<std::string>> names;
    if (moment.controls) {
        names.emplace();
        for (const QString& control : *moment.controls)
            names->insert(control.toStdString());
    }
    m_parts.left.controls().showOnly(names);
}

/// A student sees why most of the controls are gone, and can have them back.
void ClassActions::arrive(const SessionState& moment) {
    emit arrived();
    const QString here =
        tr("%1, step %2, as it was saved for class.")
            .arg(QString::fromStdString(moment.experiment.name), countText(qint64{m_lab->frame().snapshot->now.step}));
    if (!moment.controls) {
        emit announced(here);
        return;
    }
    m_window->notice().say(here + QLatin1Char(' ') + tr("Only the controls that matter are shown."),
                           {{tr("OK"), tr("Close this notice."), [] {}}, wayBack()});
}

NoticeBar::Answer ClassActions::wayBack() {
    return {tr("All controls and views"), tr("The lab as you had it; the run stays."), [this] { leave(); }};
}

void ClassActions::addTo(SessionState& session) const {
    const SessionState now = moment(m_controls);
    if (m_parts.views.borrowed())
        session.views = now.views;
    session.filling = now.filling;
    session.choices = now.choices;
    session.controls = now.controls;
}

void ClassActions::reopen(const SessionState& session) {
    if (check(session))
        layOut(session);
}

void ClassActions::leave() {
    m_controls.reset();
    if (!std::exchange(m_open, false))
        return;
    m_parts.views.returnOwn();
    m_parts.left.controls().showOnly({});
}

} // namespace flatline
