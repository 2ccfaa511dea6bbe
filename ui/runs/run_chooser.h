#pragma once

#include "ui/runs/runs.h"

#include <QWidget>

#include <array>

class QLabel;

namespace flatline {

class RunButton;

/// Which run the controls and the views of one run are about: A, B, C or D. Hidden while there is only one.
class RunChooser : public QWidget {
    Q_OBJECT
public:
    explicit RunChooser(QWidget* parent = nullptr);
    void showRuns(const Runs& runs, std::size_t chosen);

signals:
    void runChosen(int index);

private:
    std::array<RunButton*, mostRuns> m_buttons;
    QLabel* m_name;
};

} // namespace flatline
