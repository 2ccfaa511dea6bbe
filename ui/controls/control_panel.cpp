#include "ui/controls/control_panel.h"

#include "ui/controls/kick_section.h"
#include "ui/controls/network_section.h"
#include "ui/controls/training_section.h"

#include <QApplication>
#include <QVBoxLayout>

namespace flatline {

namespace {
constexpr int panelWidth = 264;
constexpr int contentWidth = 254; ///< the rest is the scroll bar's, whether it is there or not
} // namespace

ControlPanel::ControlPanel(DataSection::Columns columns, QWidget* parent)
    : QScrollArea(parent)
    , m_kick(new KickSection) {
    auto* dataSection = new DataSection(std::move(columns));
    m_sections = {dataSection, new NetworkSection, new TrainingSection, m_kick};
    auto* content = new QFrame(this);
    content->setProperty("role", "panel");
    auto* column = new QVBoxLayout(content);
    content->setFixedWidth(contentWidth);
    column->setContentsMargins(0, 2, 0, 2);
    column->setSpacing(0);
    for (Section* section : m_sections) {
        if (section != dataSection) {
            auto* rule = new QFrame(content);
            rule->setProperty("role", "rule");
            auto* inset = new QHBoxLayout;
            inset->setContentsMargins(12, 0, 3, 0);
            inset->addWidget(rule);
            column->addLayout(inset);
        }
        column->addWidget(section);
        connect(section, &Section::wished, this, &ControlPanel::wished);
    }
    column->addStretch();
    connect(dataSection, &DataSection::csvWished, this, &ControlPanel::csvWished);
    connect(m_kick, &KickSection::kickWished, this, &ControlPanel::kickWished);

    setFixedWidth(panelWidth);
    setProperty("role", "panel");
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // arrow keys belong to the controls, and then to the window
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Controls"));
    setWidget(content);
    connect(qApp, &QApplication::focusChanged, this, [this, content](QWidget*, QWidget* now) {
        if (now != nullptr && content->isAncestorOf(now))
            ensureWidgetVisible(now, 0, 24);
    });
}

void ControlPanel::showFrame(const Frame& frame) {
    for (Section* section : m_sections)
        section->showFrame(frame);
}

void ControlPanel::flush() {
    for (Section* section : m_sections)
        section->flush();
}

ThermalKick ControlPanel::kick() const {
    return m_kick->kick();
}

} // namespace flatline
