#include "ui/compare/lockstep_label.h"

#include "ui/compare/verdict.h"

#include <QLabel>
#include <QVBoxLayout>

namespace flatline {

LockstepLabel::LockstepLabel(QWidget* parent)
    : QWidget(parent)
    , m_step(new QLabel(this))
    , m_common(new QLabel(this)) {
    m_step->setProperty("role", QStringLiteral("heading"));
    m_common->setProperty("role", QStringLiteral("muted"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(2);
    for (QLabel* label : {m_step, m_common}) {
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        column->addWidget(label);
    }
    setFixedHeight(44);
    setToolTip(tr("After each step of A, one of B, C and D: on the same thread, with the same samples and the same raw "
                  "random draws."));
}

void LockstepLabel::showRuns(const Runs& runs) {
    if (runs.size() < 2)
        return;
    m_step->setText(lockstepText(runs));
    m_common->setText(commonText(runs));
}

} // namespace flatline
