#include "ui/compare/comparison_panel.h"

#include "ui/compare/difference_table.h"
#include "ui/compare/verdict.h"
#include "ui/widgets/action_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QVBoxLayout>

namespace flatline {
namespace {

constexpr int panelWidth = 364;
constexpr int manyWidth = 378; ///< for more than two runs

QFrame* rule(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", QStringLiteral("rule"));
    return frame;
}

} // namespace

ComparisonPanel::ComparisonPanel(QWidget* parent)
    : QFrame(parent)
    , m_order(new QLabel(this))
    , m_csv(new ActionButton(ActionButton::Look::Plain, QStringLiteral("save"), tr("CSV"), this)) {
    setProperty("role", QStringLiteral("card"));
    setFixedWidth(panelWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(makeHead());
    column->addWidget(makeScroll(), 1);
    column->addWidget(rule(this));
    column->addLayout(makeFoot());
    connect(m_csv, &QPushButton::clicked, this, &ComparisonPanel::csvWished);
    connect(m_seedsCsv, &QPushButton::clicked, this, &ComparisonPanel::seedsCsvWished);
    connect(m_seeds, &QPushButton::clicked, this, [this] { m_running ? emit stopWished() : emit seedsWished(); });
    showSeeds();
}

QLayout* ComparisonPanel::makeHead() {
    auto* title = new QLabel(tr("What differs"), this);
    title->setFont(fontFor(TextRole::ViewTitle));
    m_order->setProperty("role", QStringLiteral("muted"));
    m_csv->setHeight(24);
    m_csv->setToolTip(tr("Save this table as CSV."));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 10, 4);
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(m_order, 1);
    head->addWidget(m_csv);
    return head;
}

QWidget* ComparisonPanel::makeScroll() {
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("Difference table"));
    auto* content = new QFrame(area->viewport());
    content->setProperty("role", QStringLiteral("plain"));
    m_table = new DifferenceTable(content);
    m_table->setAccessibleName(tr("What differs between the runs"));
    m_seedsHead = new QLabel(content);
    m_seedsHead->setContentsMargins(12, 12, 12, 4);
    m_seedsHead->setWordWrap(true);
    m_seedsTable = new DifferenceTable(content);
    m_seedsTable->setAccessibleName(tr("What differs over many seeds"));
    m_progress = new QProgressBar(content);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Seeds done"));
    m_seeds = new ActionButton(ActionButton::Look::Plain, QStringLiteral("epoch"), {}, content);
    m_seedsCsv = new ActionButton(ActionButton::Look::Plain, QStringLiteral("save"), tr("CSV"), content);
    m_seeds->setHeight(28);
    m_seedsCsv->setHeight(28);
    m_seedsCsv->setAccessibleName(tr("Save the figures of all seeds as CSV"));
    m_seedsCsv->setToolTip(tr("Save the figures of all seeds as CSV."));
    m_seeds->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 8, 12, 8);
    buttons->setSpacing(8);
    buttons->addWidget(m_seeds, 1);
    buttons->addWidget(m_seedsCsv);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table);
    column->addWidget(m_seedsHead);
    column->addWidget(m_seedsTable);
    column->addWidget(m_progress);
    column->addLayout(buttons);
    column->addStretch();
    area->setWidget(content);
    return area;
}

QLayout* ComparisonPanel::makeFoot() {
    m_verdict = new QLabel(this);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::RichText);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_verdict->setMinimumHeight(5 * fontMetrics().lineSpacing()); // nothing jumps when the words change
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 10, 12, 10);
    foot->addWidget(m_verdict);
    return foot;
}

void ComparisonPanel::showRuns(const Runs& runs, std::size_t chosen) {
    m_runs = runs;
    m_compared = chosen > 0 && chosen < runs.size() ? chosen : 1;
    setFixedWidth(runs.size() > 2 ? manyWidth : panelWidth);
    m_order->setText(runs.size() == 2 ? tr("B minus A") : tr("%1 runs").arg(runs.size()));
    m_table->showRows(differenceRows(runs), runs.size());
    m_table->setAccessibleDescription(m_table->text());
    showSeeds();
    showVerdict();
}

void ComparisonPanel::showPairs(std::shared_ptr<const PairReport> pairs, bool running) {
    m_pairs = std::move(pairs);
    m_running = running;
    showSeeds();
    showVerdict();
}

bool ComparisonPanel::pairsHold() const {
    return m_pairs != nullptr && m_runs.size() > m_compared && m_pairs->first == m_runs.front()->experiment &&
           m_pairs->second == m_runs[m_compared]->experiment;
}

void ComparisonPanel::showSeeds() {
    const int seeds = PairRequest{}.seeds;
    const QString run = runLetter(m_compared);
    const int found = m_pairs ? static_cast<int>(m_pairs->outcomes.size()) : 0;
    const QString title = tr("Over %1 seeds").arg(m_pairs ? m_pairs->seeds : seeds);
    QString state = tr("not yet run");
    if (m_pairs && m_pairs->problem)
        state = coreText(m_pairs->problem->message);
    else if (m_running)
        state = tr("%1 done").arg(found);
    else if (m_pairs)
        state = (m_pairs->done() ? tr("after %1 steps").arg(countText(m_pairs->steps)) : tr("%1 done").arg(found)) +
                (pairsHold() ? QString() : tr("; since then something was changed"));
    m_seedsHead->setText(QStringLiteral("<b>%1</b> %2").arg(title.toHtmlEscaped(), state.toHtmlEscaped()));
    m_seedsTable->showRows(m_pairs ? seedRows(*m_pairs) : std::vector<DifferenceRow>(), 0);
    m_seedsTable->setAccessibleDescription(m_seedsTable->text());
    m_progress->setVisible(m_running);
    m_progress->setRange(0, m_pairs ? m_pairs->seeds : seeds);
    m_progress->setValue(found);
    const QString words = m_running ? tr("Stop") : tr("Run %1 paired seeds").arg(seeds);
    if (m_seeds->text() != words) {
        m_seeds->setText(words);
        m_seeds->setAccessibleName(words);
        m_seeds->setIconName(m_running ? QStringLiteral("close") : QStringLiteral("epoch"));
        m_seeds->updateGeometry();
    }
    m_seeds->setToolTip(
        tr("Run A and %1 anew from the start with %2 seeds each, up to the step of now, with all that was "
           "done by hand at its step. Both get the same data, draws and batches.")
            .arg(run)
            .arg(seeds));
    m_seedsCsv->setVisible(found > 0);
}

void ComparisonPanel::showVerdict() {
    if (m_runs.size() <= m_compared)
        return;
    const RunVerdict verdict = comparisonVerdict(m_runs, m_compared, pairsHold() ? m_pairs.get() : nullptr);
    m_verdict->setText(QStringLiteral("<b>%1</b> %2").arg(verdict.lead.toHtmlEscaped(), verdict.rest.toHtmlEscaped()));
    m_verdict->setAccessibleName(verdict.lead + QLatin1Char(' ') + verdict.rest);
}

QString ComparisonPanel::text() const {
    return m_table->text() + QStringLiteral(". ") + m_verdict->accessibleName();
}

} // namespace flatline
