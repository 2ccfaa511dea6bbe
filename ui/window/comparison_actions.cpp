#include "ui/window/comparison_actions.h"

#include "core/export/comparison_files.h"
#include "ui/compare/rescue_dialog.h"
#include "ui/controls/control_panel.h"
#include "ui/window/file_actions.h"
#include "ui/window/lab.h"

#include <QClipboard>
#include <QGuiApplication>

#include <locale>
#include <sstream>

namespace flatline {
namespace {
constexpr int pullTime = 50; ///< ms: as fast as rows can be read
} // namespace

ComparisonActions::ComparisonActions(const Services& services, Lab* lab, FileActions& files, ControlPanel& controls,
                                     QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_lab(lab)
    , m_files(files)
    , m_controls(controls)
    , m_window(window) {
    m_timer.setInterval(pullTime);
    connect(&m_timer, &QTimer::timeout, this, &ComparisonActions::pull);
}

void ComparisonActions::openRescue() {
    if (m_lab == nullptr)
        return;
    const Snapshot& snapshot = *m_lab->frame().snapshot;
    if (!snapshot.dataset || !snapshot.curves)
        return emit problemFound(tr("There is no network yet to rescue."));
    if (snapshot.spec->hidden.empty())
        return emit problemFound(tr("The network has no hidden neurons to rescue."));
    if (m_dialog == nullptr) {
        m_dialog = new RescueDialog(m_window);
        connect(m_dialog, &RescueDialog::startWished, this, &ComparisonActions::startRescue);
        connect(m_dialog, &RescueDialog::stopWished, this, [this] {
            m_rescue.cancel();
            m_dialog->showRunning(false);
        });
        connect(m_dialog, &RescueDialog::cureWished, this,
                [this](const CureRow* cure) { emit cureWished(cure, m_report->doses); });
        connect(m_dialog, &RescueDialog::copyWished, this,
                [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(csv())); });
        connect(m_dialog, &RescueDialog::saveWished, this,
                [this] { m_files.saveTable(QStringLiteral("rescue"), csv(), *m_forked); });
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    startRescue();
}

void ComparisonActions::startRescue() {
    m_forked = m_lab->frame().snapshot;
    RescueRequest request;
    request.fork = forkOf(*m_forked);
    request.doses = m_controls.doses();
    request.steps = m_dialog->steps();
    request.seeds = m_dialog->seeds();
    request.data = m_services.loadData;
    request.parameters = m_services.loadParameters;
    m_report.reset();
    m_dialog->showReport(nullptr);
    m_dialog->showStep(m_forked->now.step);
    m_dialog->showRunning(true);
    m_rescue.start(
        [request](const std::atomic<bool>& cancelled, const auto& publish) { runRescue(request, cancelled, publish); });
    m_timer.start();
}

void ComparisonActions::pull() {
    const std::shared_ptr<const RescueReport> report = m_rescue.latest();
    if (report == m_report || m_dialog == nullptr)
        return;
    m_report = report;
    m_dialog->showReport(report);
    if (report != nullptr && report->done)
        m_timer.stop();
}

void ComparisonActions::showFrame(const Frame& frame) {
    if (m_dialog != nullptr && m_dialog->isVisible())
        m_dialog->showStep(frame.snapshot->now.step);
}

QByteArray ComparisonActions::csv() const {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    writeRescue(out, *m_report, m_forked->experiment.seed);
    return QByteArray::fromStdString(std::move(out).str());
}

} // namespace flatline
