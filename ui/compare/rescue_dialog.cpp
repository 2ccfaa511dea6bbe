#include "ui/compare/rescue_dialog.h"

#include "ui/compare/rescue_table.h"
#include "ui/compare/rescue_text.h"
#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/head_switch.h"
#include "ui/widgets/number_box.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

namespace flatline {
namespace {

constexpr int dialogWidth = 980;
constexpr double longest = 1e6;
constexpr int manySeeds = 10; ///< enough to see whether one seed was luck, and soon done
constexpr int stepsWidth = 72;

} // namespace

RescueDialog::RescueDialog(QWidget* parent)
    : QDialog(parent)
    , m_steps(new NumberBox({1.0, longest, NumberBox::Steps::Integer, 500.0}, this))
    , m_seeds(new HeadSwitch(tr("Seeds"),
                             {{tr("1 seed"), tr("The run's own seed: what happens to this very run.")},
                              {tr("%1 seeds").arg(manySeeds),
                               tr("The run's own seed and those after it, each with its own data and weights "
                                  "and as many steps up to the fork. Means are shown.")}},
                             this))
    , m_start(new ActionButton(ActionButton::Look::Primary, QStringLiteral("play"), tr("Try all"), this))
    , m_heading(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_table(new RescueTable(this))
    , m_verdict(new QLabel(this))
    , m_copy(new ActionButton(ActionButton::Look::Plain, QStringLiteral("table"), tr("Copy CSV"), this))
    , m_save(new ActionButton(ActionButton::Look::Plain, QStringLiteral("save"), tr("Save CSV…"), this)) {
    setWindowTitle(tr("Rescue"));
    setAccessibleName(tr("Rescue: what would have saved it"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(makeHead());
    column->addWidget(m_progress);
    column->addWidget(m_table, 1);
    column->addLayout(makeFoot());
    m_table->setMinimumHeight(m_table->wantedHeight());
    resize(dialogWidth, sizeHint().height());
    orderTabsAsRead(this);
    connect(m_table, &RescueTable::cureWished, this, &RescueDialog::cureWished);
    connect(m_table, &RescueTable::twinWished, this, &RescueDialog::twinWished);
    connect(m_start, &QPushButton::clicked, this, [this] { m_running ? emit stopWished() : emit startWished(); });
    connect(m_copy, &QPushButton::clicked, this, &RescueDialog::copyWished);
    connect(m_save, &QPushButton::clicked, this, &RescueDialog::saveWished);
    showReport(nullptr);
    showRunning(false);
    m_table->setFocus();
}

QLayout* RescueDialog::makeHead() {
    m_heading->setFont(fontFor(TextRole::ViewTitle));
    auto* note = new QLabel(tr("Each cure from the same moment, with the same data, batches and raw draws."), this);
    note->setProperty("role", "muted");
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_heading);
    words->addWidget(note);
    m_steps->showNumber(static_cast<double>(RescueRequest{}.steps));
    m_steps->setFixedWidth(stepsWidth);
    m_steps->setAccessibleName(tr("Steps after the fork"));
    m_steps->setToolTip(tr("How many steps each cure is given, from 1 to 1,000,000."));
    m_steps->setFixedHeight(24);
    auto* steps = new QLabel(tr("Steps"), this);
    steps->setBuddy(m_steps);
    steps->setProperty("role", "muted");
    m_start->setHeight(28);
    m_start->setFixedWidth(96);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    QSizePolicy place = m_progress->sizePolicy();
    place.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(place);
    m_progress->setAccessibleName(tr("Progress of the rescue"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 14, 16, 12);
    head->setSpacing(8);
    head->addLayout(words, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{steps, m_steps, m_seeds, m_start})
        head->addWidget(widget);
    return head;
}

QLayout* RescueDialog::makeFoot() {
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_verdict->setMinimumHeight(3 * fontMetrics().lineSpacing()); // the table does not jump when it comes
    m_copy->setToolTip(tr("Copy the figures of all cures and seeds to the clipboard, as CSV."));
    m_save->setToolTip(tr("Save the figures of all cures and seeds as CSV, with a note where they come from."));
    for (ActionButton* button : {m_copy, m_save})
        button->setHeight(28);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 12, 16, 12);
    foot->setSpacing(8);
    foot->addWidget(m_verdict, 1);
    foot->addWidget(m_copy, 0, Qt::AlignBottom);
    foot->addWidget(m_save, 0, Qt::AlignBottom);
    return foot;
}

void RescueDialog::showReport(std::shared_ptr<const RescueReport> report) {
    m_report = std::move(report);
    m_table->showLines(m_report ? rescueLines(*m_report) : std::vector<RescueLine>());
    m_progress->setValue(m_report ? static_cast<int>(1000 * m_report->progress) : 0);
    const QString verdict = m_report && m_report->done ? rescueVerdict(*m_report) : QString();
    m_verdict->setText(verdict);
    m_verdict->setAccessibleName(verdict);
    const bool any = m_report != nullptr && !m_report->rows.empty();
    m_copy->setEnabled(any);
    m_save->setEnabled(any);
    showHeading();
    if (m_report && m_report->done)
        showRunning(false);
}

void RescueDialog::showRunning(bool running) {
    m_running = running;
    m_progress->setVisible(running);
    m_start->setText(running ? tr("Stop") : tr("Try all"));
    m_start->setAccessibleName(m_start->text());
    m_start->setIconName(running ? QStringLiteral("close") : QStringLiteral("play"));
    m_start->setToolTip(running ? tr("Stop trying; what has been found stays.")
                                : tr("Try all cures from where the run stands now, step %1.").arg(countText(m_step)));
}

void RescueDialog::showStep(qint64 step) {
    if (step == m_step)
        return;
    m_step = step;
    showRunning(m_running);
    showHeading();
}

void RescueDialog::showHeading() {
    m_heading->setText(m_report ? rescueHeading(*m_report) : tr("From step %1").arg(countText(m_step)));
}

qint64 RescueDialog::steps() {
    m_steps->commit();
    return static_cast<qint64>(m_steps->number().value_or(static_cast<double>(RescueRequest{}.steps)));
}

int RescueDialog::seeds() const {
    return m_seeds->chosen() == 1 ? manySeeds : 1;
}

} // namespace flatline
