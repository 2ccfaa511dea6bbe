#pragma once

#include "core/comparison/paired_seeds.h"
#include "ui/runs/runs.h"

#include <QFrame>

#include <memory>

class QLabel;
class QProgressBar;

namespace flatline {

class ActionButton;
class DifferenceTable;

/// What differs between the runs, over this seed and over many, and the sentence that says what that does not prove.
class ComparisonPanel : public QFrame {
    Q_OBJECT
public:
    explicit ComparisonPanel(QWidget* parent = nullptr);

    /// `chosen`: the run that is compared with A over many seeds; B where A is chosen.
    void showRuns(const Runs& runs, std::size_t chosen);
    /// The pairs found so far (may be null), and whether more are to come.
    void showPairs(std::shared_ptr<const PairReport> pairs, bool running);
    /// Which run is compared with A.
    [[nodiscard]] std::size_t compared() const { return m_compared; }
    [[nodiscard]] QString text() const;

signals:
    void csvWished();
    void seedsCsvWished();
    void seedsWished();
    void stopWished();

private:
    QLayout* makeHead();
    QWidget* makeScroll();
    QLayout* makeFoot();
    void showSeeds();
    void showVerdict();
    [[nodiscard]] bool pairsHold() const; ///< they are of the experiments as they are now

    Runs m_runs;
    std::size_t m_compared = 1;
    std::shared_ptr<const PairReport> m_pairs;
    bool m_running = false;
    QLabel* m_order;
    ActionButton* m_csv;
    DifferenceTable* m_table = nullptr;
    QLabel* m_seedsHead = nullptr;
    DifferenceTable* m_seedsTable = nullptr;
    QProgressBar* m_progress = nullptr;
    ActionButton* m_seeds = nullptr;
    ActionButton* m_seedsCsv = nullptr;
    QLabel* m_verdict = nullptr;
};

} // namespace flatline
