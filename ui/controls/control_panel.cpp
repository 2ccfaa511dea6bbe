#include "ui/controls/control_panel.h"

#include "ui/controls/intervention_section.h"
#include "ui/controls/network_section.h"
#include "ui/controls/training_section.h"
#include "ui/runs/run_chooser.h"
#include "ui/theme/tab_order.h"

#include <QApplication>
#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {

namespace {
constexpr int barWidth = 10;         ///< the scroll bar's, whether it is there or not
constexpr int highestFiltered = 260; ///< beyond it the few rows that are named scroll, too
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
    m_content = new QFrame(m_area->viewport());
    auto* dataSection = new DataSection(std::move(columns), m_content);
    m_sections = {dataSection, new NetworkSection(m_content), new TrainingSection(m_content)};
    fillArea(m_content);
    m_deedsEdge = new QFrame(this);
    m_deedsEdge->setProperty("role", "rule");
    m_deeds = new QFrame(this);
    m_deeds->setProperty("role", "panel");
    m_interventions = new InterventionSection(m_deeds);
    m_sections.push_back(m_interventions);
    for (Section* section : m_sections)
        connect(section, &Section::wished, this, &ControlPanel::wished);
    connect(dataSection, &DataSection::csvWished, this, &ControlPanel::csvWished);
    connect(m_interventions, &InterventionSection::kickWished, this, &ControlPanel::kickWished);
    connect(m_interventions, &InterventionSection::actionWished, this, &ControlPanel::actionWished);
    connect(m_interventions, &InterventionSection::kickChanged, this, &ControlPanel::kickChanged);
    connect(m_interventions, &InterventionSection::predictWished, this, &ControlPanel::predictWished);
    auto* inset = new QHBoxLayout(m_deeds);
    inset->setContentsMargins(0, 0, barWidth, 2);
    inset->addWidget(m_interventions);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_runs);
    column->addWidget(m_runsEdge);
    column->addWidget(m_area, 1);
    column->addWidget(m_deedsEdge);
    column->addWidget(m_deeds, 0, Qt::AlignTop); // a few controls alone are not spread over the whole height
    setPanelWidth(usualWidth);
    setAccessibleName(tr("Controls"));
    orderTabsAsRead(this);
}

/// The settings.
void ControlPanel::fillArea(QFrame* content) {
    content->setProperty("role", "panel");
    content->installEventFilter(this);
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
            m_rules.push_back(rule);
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

void ControlPanel::setPanelWidth(int width) {
    setFixedWidth(width);
    m_content->setFixedWidth(width - barWidth);
}

void ControlPanel::showOnly(const std::optional<std::set<std::string>>& names) {
    m_filtered = names.has_value();
    bool above = false;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        Section* section = m_sections[i];
        const bool any = section->showOnly(names ? &*names : nullptr);
        if (section == m_interventions) {
            m_deeds->setVisible(any);
            m_deedsEdge->setVisible(any && above);
            continue;
        }
        section->setVisible(any);
        if (i > 0)
            m_rules[i - 1]->setVisible(any && above);
        above = above || any;
    }
    m_area->setVisible(above);
    fitArea();
}

/// A few rows stand at their own height, so that what is above them has the rest.
void ControlPanel::fitArea() {
    const int tall = m_content->sizeHint().height();
    m_area->setMinimumHeight(m_filtered ? std::min(tall, highestFiltered) : 0);
    m_area->setMaximumHeight(m_filtered ? tall : QWIDGETSIZE_MAX);
}

bool ControlPanel::eventFilter(QObject* watched, QEvent* event) {
    if (m_filtered && watched == m_content && event->type() == QEvent::LayoutRequest)
        fitArea();
    return QWidget::eventFilter(watched, event);
}

bool ControlPanel::knows(const std::string& name) const {
    return std::any_of(m_sections.begin(), m_sections.end(),
                       [&](const Section* section) { return !section->rowOf(name).empty(); });
}

/// What is in sight of all rows of that name.
std::vector<QWidget*> ControlPanel::partsOf(const std::string& name) const {
    std::vector<QWidget*> parts;
    for (const Section* section : m_sections)
        for (QWidget* part : section->rowOf(name))
            if (part->isVisibleTo(this))
                parts.push_back(part);
    return parts;
}

QRect ControlPanel::placeOf(const std::string& name) const {
    QRect place;
    for (const QWidget* part : partsOf(name))
        place |= QRect(part->mapTo(this, QPoint()), part->size());
    return place;
}

QWidget* ControlPanel::reveal(const std::string& name) {
    const std::vector<QWidget*> parts = partsOf(name);
    for (QWidget* part : parts)
        if (m_content->isAncestorOf(part))
            m_area->ensureWidgetVisible(part, 0, 24);
    return parts.empty() ? nullptr : parts.front();
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
