#include "ui/widgets/head_switch.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace flatline {

HeadSwitch::HeadSwitch(const QString& name, const QList<Choice>& choices, QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this)) {
    setAccessibleName(name);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (qsizetype i = 0; i < choices.size(); ++i) {
        auto* button = new QPushButton(choices[i].text);
        button->setProperty("role", QStringLiteral("segment"));
        button->setProperty("place", i == 0                    ? QStringLiteral("first")
                                     : i + 1 == choices.size() ? QStringLiteral("last")
                                                               : QStringLiteral("middle"));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(choices[i].help);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(name, choices[i].text));
        button->setChecked(i == 0);
        row->addWidget(button);
        m_buttons->addButton(button, static_cast<int>(i));
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, &HeadSwitch::chosenByUser);
}

int HeadSwitch::chosen() const {
    return m_buttons->checkedId();
}

void HeadSwitch::choose(int index) {
    m_buttons->button(index)->setChecked(true);
}

} // namespace flatline
