#include "ui/controls/layers_editor.h"

#include "core/settings/setting_table.h"
#include "ui/controls/widths_text.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/undo_beyond.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace flatline {

namespace {
constexpr std::size_t layersWithBoxes = 6; ///< beyond that the list is quicker than the boxes
constexpr int maximumLayers = 100;
constexpr int newLayerWidth = 8;

int maximumLayerWidth() {
    return static_cast<int>(findSetting("network.hidden")->maximum);
}

ActionButton* smallButton(const QString& iconName, const QString& name, QWidget* parent) {
    auto* button = new ActionButton(ActionButton::Look::Plain, iconName, {}, parent);
    button->setHeight(24);
    button->setFixedWidth(24);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

LayersEditor::LayersEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_add(smallButton(QStringLiteral("plus"), tr("Add a layer of %1 neurons").arg(newLayerWidth), this))
    , m_problem(new QLabel(this))
    , m_boxes(new QGridLayout) {
    const QString help =
        tr("Neurons in each hidden layer, from the input to the output, between commas. Empty: none.") +
        QStringLiteral("\n") + tr("Layer k computes h_k = f(W_k h_(k−1) + b_k).");
    m_text->setToolTip(help);
    m_text->setAccessibleName(tr("Hidden layers"));
    m_text->setAccessibleDescription(help);
    m_text->setPlaceholderText(tr("none"));
    m_text->setFixedHeight(24);
    m_problem->setProperty("role", "dead");
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto* label = new QLabel(tr("Hidden layers"), this);
    label->setToolTip(help);
    label->setBuddy(m_text);
    label->setFixedWidth(92);
    auto* line = new QHBoxLayout;
    line->setSpacing(0);
    line->addWidget(label);
    line->addWidget(m_text);
    line->addSpacing(4);
    line->addWidget(m_add);
    m_boxes->setHorizontalSpacing(4);
    m_boxes->setVerticalSpacing(4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(line);
    column->addWidget(m_problem);
    column->addLayout(m_boxes);

    connect(m_text, &QLineEdit::textEdited, this, [this] {
        m_typing = m_text->isModified(); // the text's own undo leads back to what stood there
        if (!m_typing)
            m_problem->hide();
    });
    letUndoPass(m_text, m_text);
    connect(m_text, &QLineEdit::editingFinished, this, &LayersEditor::commitText);
    connect(m_add, &QPushButton::clicked, this, [this] {
        std::vector<int> widths = m_widths;
        widths.push_back(newLayerWidth);
        commit(widths);
    });
}

void LayersEditor::showWidths(const std::vector<int>& widths) {
    const bool layersChanged = widths.size() != m_numbers.size();
    m_widths = widths;
    if (!m_typing)
        m_text->setText(widthsText(widths));
    m_text->setCursorPosition(0); // of a long list the first layers are seen
    m_add->setEnabled(widths.size() < static_cast<std::size_t>(maximumLayers));
    if (layersChanged)
        rebuildBoxes();
    for (std::size_t i = 0; i < m_numbers.size(); ++i)
        m_numbers[i]->showNumber(m_widths[i]);
}

void LayersEditor::commitText() {
    if (!m_typing)
        return;
    const WidthsReading reading = readWidths(m_text->text(), maximumLayers, maximumLayerWidth());
    m_problem->setText(reading.problem);
    m_problem->setVisible(!reading.problem.isEmpty());
    if (reading.problem.isEmpty())
        commit(reading.widths);
}

void LayersEditor::commit(const std::vector<int>& widths) {
    m_typing = false;
    m_problem->hide();
    const bool changed = widths != m_widths;
    showWidths(widths);
    if (changed)
        emit widthsWished(widths);
}

void LayersEditor::rebuildBoxes() {
    // A button may be asking for its own removal: later, when its click is done.
    for (QWidget* cell : m_cells) {
        cell->hide();
        cell->deleteLater();
    }
    m_cells.clear();
    m_numbers.clear();
    if (m_widths.size() > layersWithBoxes)
        return;
    for (std::size_t i = 0; i < m_widths.size(); ++i) {
        const int layer = static_cast<int>(i);
        auto* cell = new QWidget(this);
        auto* caption = new QLabel(QString::number(layer + 1), cell);
        caption->setProperty("role", "muted");
        auto* number =
            new NumberBox({1.0, static_cast<double>(maximumLayerWidth()), NumberBox::Steps::Integer, 1.0}, cell);
        number->setAccessibleName(tr("Neurons in layer %1").arg(layer + 1));
        number->setToolTip(number->accessibleName());
        caption->setBuddy(number);
        auto* remove = smallButton(QStringLiteral("minus"), tr("Remove layer %1").arg(layer + 1), cell);
        auto* line = new QHBoxLayout(cell);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(4);
        line->addWidget(caption);
        line->addWidget(number, 1);
        line->addWidget(remove);
        m_boxes->addWidget(cell, layer / 2, layer % 2);
        m_cells.push_back(cell);
        m_numbers.push_back(number);
        connect(number, &NumberBox::numberWished, this, [this, i](std::optional<double> width) {
            std::vector<int> widths = m_widths;
            widths[i] = static_cast<int>(*width);
            commit(widths);
        });
        connect(remove, &QPushButton::clicked, this, [this, i] {
            std::vector<int> widths = m_widths;
            widths.erase(widths.begin() + static_cast<std::ptrdiff_t>(i));
            commit(widths);
        });
    }
    QWidget* before = m_add;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        for (QWidget* field :
             {static_cast<QWidget*>(m_numbers[i]), static_cast<QWidget*>(m_cells[i]->findChild<ActionButton*>())}) {
            setTabOrder(before, field);
            before = field;
        }
    }
}

} // namespace flatline
