#include "ui/runs/run_chooser.h"

#include "ui/runs/run_button.h"

#include <QHBoxLayout>
#include <QLabel>

namespace flatline {

RunChooser::RunChooser(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this)) {
    setAccessibleName(tr("The run that the controls are about"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 4, 6, 4);
    line->setSpacing(4);
    for (std::size_t i = 0; i < mostRuns; ++i) {
        m_buttons[i] = new RunButton(i, this);
        line->addWidget(m_buttons[i]);
        connect(m_buttons[i], &RunButton::clicked, this, [this, i] { emit runChosen(static_cast<int>(i)); });
    }
    line->addSpacing(4);
    line->addWidget(m_name, 1);
    hide();
}

void RunChooser::showRuns(const Runs& runs, std::size_t chosen) {
    setVisible(runs.size() > 1);
    if (runs.size() < 2)
        return;
    const QStringList names = runNames(runs);
    for (std::size_t i = 0; i < mostRuns; ++i) {
        m_buttons[i]->setVisible(i < runs.size());
        m_buttons[i]->setName(names.value(static_cast<qsizetype>(i)), false);
        m_buttons[i]->setChecked(i == chosen);
    }
    const QString name = names.value(static_cast<qsizetype>(chosen));
    m_name->setText(name.isEmpty() ? tr("controls of run %1").arg(runLetter(chosen)) : name);
}

} // namespace flatline
