#pragma once

#include <QDialog>
#include <QStringList>

#include <optional>
#include <vector>

class QCheckBox;
class QRadioButton;

namespace flatline {

class ControlPanel;

/// Which controls a class is to have: all, or only those that are ticked.
class ClassDialog : public QDialog {
    Q_OBJECT
public:
    /// `moment`: what is about to be saved, in a sentence. `controls`: ticked at first; nothing: all may stay.
    ClassDialog(const QString& moment, const ControlPanel& panel, const std::optional<QStringList>& controls,
                QWidget* parent);

    [[nodiscard]] std::optional<QStringList> controls() const;

private:
    void makeList(const ControlPanel& panel, const std::optional<QStringList>& ticked);

    QRadioButton* m_all;
    QRadioButton* m_some;
    QWidget* m_list;
    std::vector<std::pair<QString, QCheckBox*>> m_boxes; ///< the control's name
};

} // namespace flatline
