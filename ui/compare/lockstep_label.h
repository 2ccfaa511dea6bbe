#pragma once

#include "ui/runs/runs.h"

#include <QWidget>

class QLabel;

namespace flatline {

/// Where the runs of a comparison stand, and what they have in common.
class LockstepLabel : public QWidget {
    Q_OBJECT
public:
    explicit LockstepLabel(QWidget* parent = nullptr);
    void showRuns(const Runs& runs);

private:
    QLabel* m_step;
    QLabel* m_common;
};

} // namespace flatline
