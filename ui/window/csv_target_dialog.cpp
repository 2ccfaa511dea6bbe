#include "ui/window/csv_target_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace flatline {

CsvTargetDialog::CsvTargetDialog(const QString& fileName, const QStringList& columns, QWidget* parent)
    : QDialog(parent)
    , m_target(new QComboBox(this)) {
    setWindowTitle(tr("Open CSV"));
    m_target->addItems(columns);
    m_target->setCurrentIndex(static_cast<int>(columns.size()) - 1);
    m_target->setAccessibleName(tr("Target column"));
    auto* text =
        new QLabel(tr("Which column of %1 is to be predicted? All other columns become features and have to be "
                      "numbers. A numeric target with more than 20 distinct values is a regression, any other "
                      "holds classes.")
                       .arg(fileName),
                   this);
    text->setWordWrap(true);
    text->setMinimumWidth(340);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Open"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(text);
    form->addRow(tr("Target"), m_target);
    form->addRow(buttons);
}

QString CsvTargetDialog::target() const {
    return m_target->currentText();
}

} // namespace flatline
