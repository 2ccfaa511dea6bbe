#pragma once

#include "core/base/report_job.h"
#include "core/comparison/paired_seeds.h"
#include "core/comparison/rescue.h"
#include "ui/views/view.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace flatline {

class Actions;
class ComparisonView;
class ControlPanel;
class FileActions;
class Lab;
class RescueDialog;
struct Services;

/// Comparing: twins, the rescue from the moment shown, and pairs over many seeds. The last two work on threads of their
/// own beside the training; the newest wish wins.
class ComparisonActions : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        const Actions& actions;
        FileActions& files;
        ControlPanel& controls;
        ComparisonView& view;
    };
    /// lab may be null: then nothing can be compared.
    ComparisonActions(const Services& services, Lab* lab, const Parts& parts, QWidget* window);

    /// A twin of the chosen run, and the comparison.
    void clone();
    void choose(int index);
    void chooseNext();
    /// The chosen run, or B where A is chosen, changes place with A.
    void swap();
    /// The chosen run goes, and says so. Not A.
    void drop();
    /// Opens the leaderboard, and tries all cures from the moment shown.
    void openRescue();
    void showFrame(const Frame& frame);

signals:
    void announced(const QString& news);
    void comparisonWished(bool on);
    void cureWished(const flatline::CureRow* cure, const flatline::CureDoses& doses); ///< to be done to the run now

private:
    void connectPanel();
    RescueDialog* makeDialog();
    void cureTwin(const CureRow* cure);
    void startRescue();
    void startPairs();
    void pull();
    void saveCsv(const QString& name, const QByteArray& csv, const Snapshot& snapshot);
    [[nodiscard]] QByteArray rescueCsv() const;
    [[nodiscard]] QByteArray pairsCsv() const;

    const Services& m_services;
    Lab* m_lab;
    Parts m_parts;
    QWidget* m_window;
    QPointer<RescueDialog> m_dialog; ///< the window's child; made when it is first asked for
    std::shared_ptr<const RescueReport> m_report;
    std::shared_ptr<const Snapshot> m_forked; ///< the moment of the report
    std::shared_ptr<const PairReport> m_pairs;
    std::shared_ptr<const Snapshot> m_paired; ///< A, as it was when the pairs were asked for
    std::size_t m_runs = 0;                   ///< of the last frame
    bool m_rescuing = false;
    bool m_pairing = false;
    QTimer m_timer;
    ReportJob<RescueReport> m_rescueJob; ///< last: their threads end first
    ReportJob<PairReport> m_pairJob;
};

} // namespace flatline
