#pragma once

#include "core/comparison/rescue.h"

#include <QDialog>

#include <memory>

class QLabel;
class QProgressBar;

namespace flatline {

class ActionButton;
class HeadSwitch;
class NumberBox;
class RescueTable;

/// What would have saved it: the cures tried from one moment of the run, as a leaderboard. The run goes on beside it.
/// It tries nothing itself: it wishes, and shows the reports it is given.
class RescueDialog : public QDialog {
    Q_OBJECT
public:
    explicit RescueDialog(QWidget* parent = nullptr);

    void showReport(std::shared_ptr<const RescueReport> report); ///< null: none yet
    /// A rescue was started, and its reports are to come; or it was stopped.
    void showRunning(bool running);
    /// Where the run stands now, for the button that tries again from there.
    void showStep(qint64 step);
    [[nodiscard]] qint64 steps(); ///< with what has been typed
    [[nodiscard]] int seeds() const;

signals:
    void startWished();
    void stopWished();
    void cureWished(const flatline::CureRow* cure); ///< to be done to the run
    void twinWished(const flatline::CureRow* cure); ///< to be done to a twin of it
    void copyWished();
    void saveWished();

private:
    QLayout* makeHead();
    QLayout* makeFoot();
    void showHeading();

    NumberBox* m_steps;
    HeadSwitch* m_seeds;
    ActionButton* m_start;
    QLabel* m_heading;
    QProgressBar* m_progress;
    RescueTable* m_table;
    QLabel* m_verdict;
    ActionButton* m_copy;
    ActionButton* m_save;
    std::shared_ptr<const RescueReport> m_report;
    bool m_running = false;
    qint64 m_step = 0;
};

} // namespace flatline
