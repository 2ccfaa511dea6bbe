#include "ui/controls/control_panel.h"

#include "ui/controls/intervention_section.h"
#include "ui/controls/network_section.h"
#include "ui/controls/training_section.h"
#include "ui/runs/run_chooser.h"
#include "ui/theme/tab_order.h"

#include <QApplication>
#include <QScrollArea>
#include <QVBoxLayout>

namespace flatline {

namespace {
constexpr int panelWidth = 264;
constexpr int contentWidth = 254; ///< the rest is the scroll bar's, whether it is there or not
} // namespace

ControlPanel::ControlPanel(DataSection::Columns columns, QWidget* parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_runs(new RunChooser(this))
    , m_runsEdge(new QFrame(this)) {
    m_runsEdge->setProperty("role", "rule");
    m_runsEdge->hide();
    connect(m_runs, &RunChooser::runChosen, this, &ControlPanel::runChosen);
    // Everything is made where it stays: another parent means that all below it is styled anew.
    auto* content = new QFrame(m_area->viewport());
    auto* dataSection = new DataSection(std::move(columns), content);
    m_sections = {dataSection, new NetworkSection(content), new TrainingSection(content)};
    fillArea(content);
    auto* edge = new QFrame(this);
    edge->setProperty("role", "rule");
    auto* deeds = new QFrame(this);
    deeds->setProperty("role", "panel");
    m_interventions = new InterventionSection(deeds);
    m_sections.push_back(m_interventions);
    for (Section* section : m_sections)
        connect(section, &Section::wished, this, &ControlPanel::wished);
    connect(dataSection, &DataSection::csvWished, this, &ControlPanel::csvWished);
    connect(m_interventions, &InterventionSection::kickWished, this, &ControlPanel::kickWished);
    connect(m_interventions, &InterventionSection::actionWished, this, &ControlPanel::actionWished);
    connect(m_interventions, &InterventionSection::kickChanged, this, &ControlPanel::kickChanged);
    connect(m_interventions, &InterventionSection::predictWished, this, &ControlPanel::predictWished);
    auto* inset = new QHBoxLayout(deeds);
    inset->setContentsMargins(0, 0, panelWidth - contentWidth, 2);
    inset->addWidget(m_interventions);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_runs);
    column->addWidget(m_runsEdge);
    column->addWidget(m_area, 1);
    column->addWidget(edge);
    column->addWidget(deeds);
    setFixedWidth(panelWidth);
    setAccessibleName(tr("Controls"));
    orderTabsAsRead(this);
}

/// The settings.
void ControlPanel::fillArea(QFrame* content) {
    content->setProperty("role", "panel");
    content->setFixedWidth(contentWidth);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 2, 0, 2);
    column->setSpacing(0);
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        if (i > 0) {
            auto* rule = new QFrame(content);
            rule->setProperty("role", "rule");
            auto* inset = new QHBoxLayout;
            inset->setContentsMargins(12, 0, 3, 0);
            inset->addWidget(rule);
            column->addLayout(inset);
        }
        column->addWidget(m_sections[i]);
    }
    column->addStretch();
    m_area->setProperty("role", "panel");
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus); // arrow keys belong to the controls, and then to the window
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(content);
    connect(qApp, &QApplication::focusChanged, this, [this, content](QWidget*, QWidget* now) {
        if (now != nullptr && content->isAncestorOf(now))
            m_area->ensureWidgetVisible(now, 0, 24);
    });
}

void ControlPanel::showFrame(const Frame& frame) {
    m_runs->showRuns(frame.twins, frame.chosen);
    m_runsEdge->setVisible(frame.twins.size() > 1);
    for (Section* section : m_sections)
        section->showFrame(frame);
}

void ControlPanel::flush() {
    for (Section* section : m_sections)
        section->flush();
}

std::optional<ThermalKick> ControlPanel::kick() {
    m_interventions->finish();
    return kickProblem().isEmpty() ? std::optional(m_interventions->kick()) : std::nullopt;
}

QString ControlPanel::kickProblem() const {
    return m_interventions->kickProblem();
}

QString ControlPanel::warmProblem() const {
    return m_interventions->warmProblem();
}

CureDoses ControlPanel::doses() {
    m_interventions->finish();
    return {m_interventions->kick(), m_interventions->warming()};
}

GuessBook& ControlPanel::guesses() {
    return m_interventions->guesses();
}

} // namespace flatline
