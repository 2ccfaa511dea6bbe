#include "ui/window/class_dialog.h"

#include "core/settings/setting_table.h"
#include "ui/controls/control_panel.h"
#include "ui/fields/setting_text.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace flatline {

namespace {

constexpr int listHeight = 260;

struct Deed {
    const char* name;
    const char* text; ///< translatable
};
const Deed deeds[] = {{"kick", QT_TRANSLATE_NOOP("flatline::ClassDialog", "Thermal kick")},
                      {"warming", QT_TRANSLATE_NOOP("flatline::ClassDialog", "Bias warming")},
                      {"reset-neurons", QT_TRANSLATE_NOOP("flatline::ClassDialog", "Reset neurons")}};

/// All that the panel has a row for, with its words.
std::vector<std::pair<QString, QString>> rowsOf(const ControlPanel& panel) {
    std::vector<std::pair<QString, QString>> rows;
    for (const SettingRow& row : settingTable())
        if (panel.knows(row.path))
            rows.emplace_back(QString::fromLatin1(row.path), settingName(row.path));
    for (const Deed& deed : deeds)
        if (panel.knows(deed.name))
            rows.emplace_back(QString::fromLatin1(deed.name), ClassDialog::tr(deed.text));
    return rows;
}

} // namespace

ClassDialog::ClassDialog(const QString& moment, const ControlPanel& panel, const std::optional<QStringList>& controls,
                         QWidget* parent)
    : QDialog(parent)
    , m_all(new QRadioButton(tr("All controls stay"), this))
    , m_some(new QRadioButton(tr("Only these:"), this)) {
    setWindowTitle(tr("Save for class"));
    auto* text = new QLabel(moment, this);
    text->setWordWrap(true);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFixedHeight(scaled(listHeight));
    m_list = new QWidget(area->viewport());
    makeList(panel, controls);
    area->setWidget(m_list);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* save = buttons->addButton(tr("Save…"), QDialogButtonBox::AcceptRole);
    save->setProperty("role", "primary");
    save->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{text, m_all, m_some, area, buttons})
        column->addWidget(part);
    connect(m_some, &QRadioButton::toggled, m_list, &QWidget::setEnabled);
    (controls ? m_some : m_all)->setChecked(true);
    m_list->setEnabled(controls.has_value());
}

void ClassDialog::makeList(const ControlPanel& panel, const std::optional<QStringList>& ticked) {
    auto* column = new QVBoxLayout(m_list);
    column->setSpacing(0);
    for (const auto& [name, words] : rowsOf(panel)) {
        auto* box = new QCheckBox(words, m_list);
        box->setChecked(ticked && ticked->contains(name));
        box->setToolTip(name);
        column->addWidget(box);
        m_boxes.emplace_back(name, box);
    }
    column->addStretch();
}

std::optional<QStringList> ClassDialog::controls() const {
    if (m_all->isChecked())
        return std::nullopt;
    QStringList names;
    for (const auto& [name, box] : m_boxes)
        if (box->isChecked())
            names << name;
    return names;
}

} // namespace flatline
