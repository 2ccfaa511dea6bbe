#include "ui/window/left_side.h"

#include "ui/controls/control_panel.h"

#include <QBoxLayout>
#include <QFrame>
#include <QSettings>

namespace flatline {

namespace {
constexpr auto drawerKey = "window/drawer";
} // namespace

LeftSide::LeftSide(DataSection::Columns columns, QWidget* parent)
    : QWidget(parent)
    , m_controls(new ControlPanel(std::move(columns), this))
    , m_edge(new QFrame(this))
    , m_line(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(0);
    m_edge->setProperty("role", "rule");
    m_edge->hide();
    m_line->addWidget(m_edge);
    m_line->addWidget(m_controls);
}

void LeftSide::setLesson(QWidget* pane) {
    m_lesson = pane;
    m_line->insertWidget(0, pane, 1);
    pane->hide();
}

void LeftSide::beginLesson(const std::optional<std::set<std::string>>& controls) {
    if (!m_teaching)
        m_openTeaching = false;
    m_teaching = true;
    m_named = controls;
    m_controls->showOnly(controls);
    layOut();
    emit changed();
}

void LeftSide::endLesson() {
    m_teaching = false;
    m_named.reset();
    m_controls->showOnly({});
    layOut();
    emit changed();
}

void LeftSide::fit(int windowWidth, bool comparing) {
    m_narrow = windowWidth < narrowWidth;
    m_comparing = comparing;
    layOut();
}

bool LeftSide::isDrawer() const {
    return m_teaching ? !m_named : m_narrow || m_comparing;
}

bool LeftSide::isOpen() const {
    return m_teaching ? m_openTeaching : m_comparing ? m_openComparing : m_open;
}

void LeftSide::setOpen(bool open) {
    (m_teaching ? m_openTeaching : m_comparing ? m_openComparing : m_open) = open;
    layOut();
    emit changed();
}

void LeftSide::layOut() {
    const bool below = m_teaching && m_named;
    m_line->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_controls->setPanelWidth(below && m_lesson != nullptr ? m_lesson->width() : ControlPanel::usualWidth);
    m_controls->setVisible(below ? !m_named->empty() : !isDrawer() || isOpen());
    m_edge->setVisible(below && !m_named->empty());
    if (m_lesson != nullptr)
        m_lesson->setVisible(m_teaching);
}

void LeftSide::restore() {
    m_open = QSettings().value(QLatin1String(drawerKey), false).toBool();
}

void LeftSide::save() const {
    QSettings().setValue(QLatin1String(drawerKey), m_open);
}

} // namespace flatline
