#include "ui/window/stop_dialog.h"

#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace flatline {

namespace {

constexpr double mostDead = 51200; // as many as the largest network has
constexpr double mostSteps = 1e12;

NumberBox* box(const NumberBox::Range& range, std::optional<double> number, const QString& name, const QString& help,
               QWidget* parent) {
    auto* made = new NumberBox(range, parent);
    made->setDecoration({}, {}, StopDialog::tr("never"));
    made->showNumber(number);
    made->setAccessibleName(name);
    made->setToolTip(help);
    made->setMinimumWidth(120);
    return made;
}

template <class Number>
std::optional<double> real(const std::optional<Number>& number) {
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

} // namespace

StopDialog::StopDialog(const StopCondition& condition, QWidget* parent)
    : QDialog(parent)
    , m_death(new QCheckBox(tr("The next neuron dies"), this))
    , m_problem(new QLabel(this)) {
    setWindowTitle(tr("Stop when…"));
    using Steps = NumberBox::Steps;
    m_death->setChecked(condition.nextDeath);
    m_death->setToolTip(tr("Exact: at the very step at which a neuron dies."));
    m_loss =
        box({0.0, 1e6, Steps::Decades, 0.1, 1e-5, true}, condition.lossUnder, tr("Training loss under"),
            tr("The mean loss over the training set. Exact: looked at after every step, which makes long runs slower "
               "while this is set."),
            this);
    m_dead = box({0.0, mostDead, Steps::Integer, 1.0, 1.0, true}, real(condition.deadOver), tr("Dead neurons over"),
                 tr("More hidden neurons are dead than this. Exact."), this);
    m_step = box({0.0, mostSteps, Steps::Integer, 1.0, 1.0, true}, real(condition.atStep), tr("Step"),
                 tr("So many updates have been made. Exact."), this);
    auto* text = new QLabel(tr("A run stops by itself once one of these begins to hold. In a replay of the past, too. "
                               "What is left empty never stops it."),
                            this);
    text->setWordWrap(true);
    text->setMinimumWidth(340);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Set"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_problem->setProperty("role", "dead");
    m_problem->setWordWrap(true);
    m_problem->hide();
    for (NumberBox* typed : boxes())
        connect(typed, &NumberBox::problemChanged, this, [this, typed](const QString& problem) {
            m_problem->setText(problem.isEmpty() ? QString()
                                                 : typed->accessibleName() + QStringLiteral(": ") + problem);
            m_problem->setHidden(problem.isEmpty());
        });
    auto* form = new QFormLayout(this);
    form->addRow(text);
    form->addRow(m_death);
    form->addRow(tr("Training loss under"), m_loss);
    form->addRow(tr("Dead neurons over"), m_dead);
    form->addRow(tr("At step"), m_step);
    form->addRow(m_problem);
    form->addRow(buttons);
    orderTabsAsRead(this);
}

void StopDialog::accept() {
    for (NumberBox* typed : boxes()) {
        typed->commit();
        if (typed->hasProblem())
            return typed->setFocus();
    }
    QDialog::accept();
}

StopCondition StopDialog::condition() const {
    StopCondition condition;
    condition.nextDeath = m_death->isChecked();
    condition.lossUnder = m_loss->number();
    if (const auto dead = m_dead->number())
        condition.deadOver = static_cast<int>(*dead);
    if (const auto step = m_step->number())
        condition.atStep = static_cast<std::int64_t>(*step);
    return condition;
}

} // namespace flatline
