#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace flatline {

class ActionButton;
class NumberBox;

/// The hidden layers: typed as a list, and for a few layers also a box with its own remove button each.
class LayersEditor : public QWidget {
    Q_OBJECT
public:
    explicit LayersEditor(QWidget* parent = nullptr);

    /// Emits nothing; leaves a text alone that is being typed.
    void showWidths(const std::vector<int>& widths);

signals:
    void widthsWished(const std::vector<int>& widths);

private:
    void commitText();
    void commit(const std::vector<int>& widths);
    void rebuildBoxes();

    std::vector<int> m_widths;
    QLineEdit* m_text;
    ActionButton* m_add;
    QLabel* m_problem;
    QGridLayout* m_boxes;
    std::vector<QWidget*> m_cells;
    std::vector<NumberBox*> m_numbers;
    bool m_typing = false;
};

} // namespace flatline
