#include "ui/window/comparison_actions.h"

#include "core/export/comparison_files.h"
#include "ui/compare/comparison_panel.h"
#include "ui/compare/comparison_view.h"
#include "ui/compare/differences.h"
#include "ui/compare/rescue_dialog.h"
#include "ui/controls/control_panel.h"
#include "ui/window/actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/lab.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <locale>
#include <sstream>

namespace flatline {
namespace {
constexpr int pullTime = 50; ///< ms: as fast as rows can be read
} // namespace

ComparisonActions::ComparisonActions(const Services& services, Lab* lab, const Parts& parts, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_lab(lab)
    , m_parts(parts)
    , m_window(window) {
    m_timer.setInterval(pullTime);
    connect(&m_timer, &QTimer::timeout, this, &ComparisonActions::pull);
    m_parts.actions[ActionId::CompareRuns]->setCheckable(true);
    connect(&m_parts.controls, &ControlPanel::runChosen, this, &ComparisonActions::choose);
    connect(&m_parts.view, &ComparisonView::runChosen, this, &ComparisonActions::choose);
    connect(m_parts.actions[ActionId::SwapRuns], &QAction::triggered, this, &ComparisonActions::swap);
    connectPanel();
}

void ComparisonActions::connectPanel() {
    ComparisonPanel* panel = m_parts.view.panel();
    connect(panel, &ComparisonPanel::seedsWished, this, &ComparisonActions::startPairs);
    connect(panel, &ComparisonPanel::stopWished, this, [this, panel] {
        m_pairJob.cancel();
        m_pairing = false;
        panel->showPairs(m_pairs, false);
    });
    connect(panel, &ComparisonPanel::csvWished, this, [this] {
        const Frame& frame = m_lab->frame();
        if (frame.twins.size() > 1)
            saveCsv(QStringLiteral("comparison"), differenceCsv(frame.twins), *frame.twins.front());
    });
    connect(panel, &ComparisonPanel::seedsCsvWished, this,
            [this] { saveCsv(QStringLiteral("paired-seeds"), pairsCsv(), *m_paired); });
}

void ComparisonActions::saveCsv(const QString& name, const QByteArray& csv, const Snapshot& snapshot) {
    m_parts.files.saveTable(name, csv, snapshot);
}

void ComparisonActions::clone() {
    if (m_lab == nullptr || !m_lab->frame().snapshot->dataset)
        return emit announced(tr("There is no run yet to clone."));
    m_parts.controls.flush(); // what was set before comes before
    m_lab->post(CloneCommand{});
}

void ComparisonActions::choose(int index) {
    if (m_lab == nullptr)
        return;
    m_parts.controls.flush();
    m_lab->chooseRun(static_cast<std::size_t>(index));
}

void ComparisonActions::chooseNext() {
    if (m_lab != nullptr && !m_lab->frame().twins.empty())
        choose(static_cast<int>((m_lab->frame().chosen + 1) % m_lab->frame().twins.size()));
}

void ComparisonActions::swap() {
    if (m_lab == nullptr || m_lab->frame().twins.empty())
        return;
    m_parts.controls.flush();
    const std::size_t other = std::max<std::size_t>(1, m_lab->frame().chosen);
    m_lab->post(SwapRunsCommand{});
    emit announced(tr("Run %1 is A now, and A is %1.").arg(runLetter(other)));
}

void ComparisonActions::drop() {
    if (m_lab == nullptr || m_lab->frame().chosen == 0)
        return;
    m_parts.controls.flush();
    emit announced(tr("Run %1 is gone.").arg(runLetter(m_lab->frame().chosen)));
    m_lab->post(DropTwinCommand{});
}

void ComparisonActions::openRescue() {
    if (m_lab == nullptr)
        return;
    const Snapshot& snapshot = *m_lab->frame().snapshot;
    if (!snapshot.dataset || !snapshot.curves)
        return emit announced(tr("There is no network yet to rescue."));
    if (snapshot.spec->hidden.empty())
        return emit announced(tr("The network has no hidden neurons to rescue."));
    if (m_dialog == nullptr)
        m_dialog = makeDialog();
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    startRescue();
}

RescueDialog* ComparisonActions::makeDialog() {
    auto* dialog = new RescueDialog(m_window);
    for (const ActionId id : {ActionId::Undo, ActionId::Redo}) // a cure done from here is taken back from here
        dialog->addAction(m_parts.actions[id]);
    connect(dialog, &RescueDialog::startWished, this, &ComparisonActions::startRescue);
    connect(dialog, &RescueDialog::stopWished, this, [this, dialog] {
        m_rescueJob.cancel();
        m_rescuing = false;
        dialog->showRunning(false);
    });
    connect(dialog, &RescueDialog::cureWished, this,
            [this](const CureRow* cure) { emit cureWished(cure, m_report->doses); });
    connect(dialog, &RescueDialog::twinWished, this, &ComparisonActions::cureTwin);
    connect(dialog, &RescueDialog::copyWished, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(rescueCsv())); });
    connect(dialog, &RescueDialog::saveWished, this,
            [this] { saveCsv(QStringLiteral("rescue"), rescueCsv(), *m_forked); });
    return dialog;
}

/// The cure is done to a new twin, and A stays what it was.
void ComparisonActions::cureTwin(const CureRow* cure) {
    if (m_lab->frame().twins.size() >= mostRuns)
        return emit announced(tr("There are four runs already: drop one first."));
    choose(0);
    clone();
    emit cureWished(cure, m_report->doses);
}

void ComparisonActions::startRescue() {
    m_forked = m_lab->frame().snapshot;
    RescueRequest request;
    request.fork = forkOf(*m_forked);
    request.doses = m_parts.controls.doses();
    request.steps = m_dialog->steps();
    request.seeds = m_dialog->seeds();
    request.data = m_services.loadData;
    request.parameters = m_services.loadParameters;
    m_report.reset();
    m_dialog->showReport(nullptr);
    m_dialog->showStep(m_forked->now.step);
    m_dialog->showRunning(true);
    m_rescueJob.start(
        [request](const std::atomic<bool>& cancelled, const auto& publish) { runRescue(request, cancelled, publish); });
    m_rescuing = true;
    m_timer.start();
}

void ComparisonActions::startPairs() {
    const Frame& frame = m_lab->frame();
    const std::size_t compared = m_parts.view.panel()->compared();
    if (frame.twins.size() <= compared)
        return;
    m_paired = frame.twins.front();
    PairRequest request;
    request.run = m_paired->run;
    request.first = m_paired->experiment;
    request.second = frame.twins[compared]->experiment;
    request.steps = m_paired->now.step;
    request.data = m_services.loadData;
    request.parameters = m_services.loadParameters;
    m_pairs.reset();
    m_parts.view.panel()->showPairs(nullptr, true);
    m_pairJob.start(
        [request](const std::atomic<bool>& cancelled, const auto& publish) { runPairs(request, cancelled, publish); });
    m_pairing = true;
    m_timer.start();
}

void ComparisonActions::pull() {
    if (const auto report = m_rescueJob.latest(); m_rescuing && report != m_report && m_dialog != nullptr) {
        m_report = report;
        m_rescuing = !report->done;
        m_dialog->showReport(report);
    }
    if (const auto pairs = m_pairJob.latest(); m_pairing && pairs != m_pairs) {
        m_pairs = pairs;
        m_pairing = !pairs->done();
        m_parts.view.panel()->showPairs(pairs, m_pairing);
    }
    if (!m_rescuing && !m_pairing)
        m_timer.stop();
}

void ComparisonActions::showFrame(const Frame& frame) {
    if (m_dialog != nullptr && m_dialog->isVisible())
        m_dialog->showStep(frame.snapshot->now.step);
    const std::size_t runs = frame.twins.size();
    m_parts.actions[ActionId::Clone]->setEnabled(runs < mostRuns);
    for (const ActionId id : {ActionId::CompareRuns, ActionId::NextRun, ActionId::SwapRuns})
        m_parts.actions[id]->setEnabled(runs > 1);
    m_parts.actions[ActionId::DropTwin]->setEnabled(frame.chosen > 0);
    if (runs > 1 && m_runs < 2)
        emit comparisonWished(true);
    if (runs > std::max<std::size_t>(m_runs, 1))
        emit announced(tr("%1 goes on from step %2 beside A: change one of its controls.")
                           .arg(runLetter(runs - 1), countText(frame.snapshot->now.step)));
    m_runs = runs;
}

QByteArray ComparisonActions::rescueCsv() const {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    writeRescue(out, *m_report, m_forked->experiment.seed);
    return QByteArray::fromStdString(std::move(out).str());
}

QByteArray ComparisonActions::pairsCsv() const {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    writePairs(out, *m_pairs);
    return QByteArray::fromStdString(std::move(out).str());
}

} // namespace flatline
