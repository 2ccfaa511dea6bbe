#pragma once

#include "core/training/stop_condition.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QLabel;

namespace flatline {

class NumberBox;

/// When a run is to stop by itself. Each may be left empty.
class StopDialog : public QDialog {
    Q_OBJECT
public:
    explicit StopDialog(const StopCondition& condition, QWidget* parent = nullptr);
    /// As it stood when the dialog was accepted.
    [[nodiscard]] StopCondition condition() const;
    /// Takes over what has been typed; where something is no number of its range, says so and stays open.
    void accept() override;

private:
    [[nodiscard]] std::vector<NumberBox*> boxes() const { return {m_loss, m_dead, m_step}; }

    QCheckBox* m_death;
    NumberBox* m_loss;
    NumberBox* m_dead;
    NumberBox* m_step;
    QLabel* m_problem;
};

} // namespace flatline
