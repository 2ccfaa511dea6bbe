#pragma once

#include <QDialog>
#include <QStringList>

class QComboBox;

namespace flatline {

/// Which column of a table is to be predicted.
class CsvTargetDialog : public QDialog {
    Q_OBJECT
public:
    /// The last column is chosen at first, as most tables have it.
    CsvTargetDialog(const QString& fileName, const QStringList& columns, QWidget* parent = nullptr);
    [[nodiscard]] QString target() const;

private:
    QComboBox* m_target;
};

} // namespace flatline
