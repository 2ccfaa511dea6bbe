#pragma once

#include "core/base/report_job.h"
#include "core/comparison/rescue.h"
#include "ui/views/view.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace flatline {

class ControlPanel;
class FileActions;
class Lab;
class RescueDialog;
struct Services;

/// Comparing what would have been: the rescue from the moment shown. Works on a thread of its own beside the training;
/// the newest wish wins.
class ComparisonActions : public QObject {
    Q_OBJECT
public:
    /// lab may be null: then nothing can be compared.
    ComparisonActions(const Services& services, Lab* lab, FileActions& files, ControlPanel& controls, QWidget* window);

    /// Opens the leaderboard, and tries all cures from the moment shown.
    void openRescue();
    void showFrame(const Frame& frame);

signals:
    void problemFound(const QString& problem);
    void cureWished(const flatline::CureRow* cure, const flatline::CureDoses& doses); ///< to be done to the run now

private:
    void startRescue();
    void pull();
    [[nodiscard]] QByteArray csv() const;

    const Services& m_services;
    Lab* m_lab;
    FileActions& m_files;
    ControlPanel& m_controls;
    QWidget* m_window;
    QPointer<RescueDialog> m_dialog; ///< the window's child; made when it is first asked for
    std::shared_ptr<const RescueReport> m_report;
    std::shared_ptr<const Snapshot> m_forked; ///< the moment of the report
    QTimer m_timer;
    ReportJob<RescueReport> m_rescue; ///< last: its thread ends first
};

} // namespace flatline
