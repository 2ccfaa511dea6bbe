#include "ui/controls/network_section.h"

#include "core/network/initialization.h"
#include "core/network/objective.h"
#include "ui/controls/action_button.h"
#include "ui/controls/layers_editor.h"
#include "ui/controls/number_box.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>

namespace flatline {

NetworkSection::NetworkSection(QWidget* parent)
    : Section(tr("Network"), Effect::Restarts, parent) {
    addLayers();
    addOutput();
    addWeights();
    addStartFile();
}

void NetworkSection::addLayers() {
    auto* layers = new LayersEditor(this);
    addWide(layers);
    setFocusProxy(layers->field());
    connect(layers, &LayersEditor::widthsWished, this,
            [this](const std::vector<int>& widths) { wishLater("network.hidden", widths); });
    bind("network.hidden",
         [layers](const SettingValue& value) { layers->showWidths(std::get<std::vector<int>>(value)); });
}

void NetworkSection::addOutput() {
    QComboBox* output = choiceBox(tr("Output"));
    output->addItem(tr("Automatic"), QString());
    output->setItemData(0, tr("Softmax for classes, linear for numbers."), Qt::ToolTipRole);
    for (const ObjectiveRow& row : objectiveTable()) {
        output->addItem(coreText(row.label), QString::fromLatin1(row.id));
        output->setItemData(output->count() - 1, coreText(row.formula), Qt::ToolTipRole);
    }
    addRow(tr("Output"), output, helpText("network.output"));
    connect(output, &QComboBox::activated, this, [this, output](int index) {
        const std::string id = output->itemData(index).toString().toStdString();
        wish("network.output", id.empty() ? SettingValue() : SettingValue(id));
    });
    bind("network.output", [output](const SettingValue& value) {
        const auto* id = std::get_if<std::string>(&value);
        const QString text = id == nullptr ? QString() : QString::fromStdString(*id);
        output->setCurrentIndex(output->findData(text));
        const ObjectiveRow* row = findObjective(text.toStdString());
        describe(output, tr("Output"), helpText("network.output", row == nullptr ? QString() : coreText(row->formula)));
    });
}

void NetworkSection::addWeights() {
    QComboBox* weights = choiceBox(tr("Initial weights"));
    for (const InitializationRow& row : initializationTable()) {
        weights->addItem(coreText(row.label), QString::fromLatin1(row.id));
        weights->setItemData(weights->count() - 1, coreText(row.formula), Qt::ToolTipRole);
    }
    addRow(tr("Weights"), weights, helpText("initialization.weights"));
    connect(weights, &QComboBox::activated, this, [this, weights](int index) {
        wish("initialization.weights", weights->itemData(index).toString().toStdString());
    });
    bind("initialization.weights", [weights](const SettingValue& value) {
        const std::string id = std::get<std::string>(value);
        weights->setCurrentIndex(weights->findData(QString::fromStdString(id)));
        const InitializationRow* row = findInitialization(id);
        describe(weights, tr("Initial weights"),
                 helpText("initialization.weights", row == nullptr ? QString() : coreText(row->formula)));
    });
    NumberBox* gain = numberBox("initialization.gain", tr("Gain"), 0.1);
    NumberBox* bias = numberBox("initialization.bias", tr("Initial bias"), 0.05);
    addRow(tr("Gain, bias"), {gain, bias});
}

void NetworkSection::addStartFile() {
    auto* name = new QLabel(this);
    auto* draw = new ActionButton(ActionButton::Look::Plain, QStringLiteral("close"), {}, this);
    draw->setHeight(24);
    describe(draw, tr("Draw the weights instead"), tr("Forget the file and draw the weights as chosen above."));
    QLabel* label = addRow(tr("From file"), {name, draw});
    label->setBuddy(draw);
    setRowVisible(label, false);
    connect(draw, &QPushButton::clicked, this, [this] { wish("initialization.file", std::string()); });
    bind("initialization.file", [this, label, name](const SettingValue& value) {
        const QString path = QString::fromStdString(std::get<std::string>(value));
        name->setText(QFileInfo(path).fileName());
        name->setToolTip(path);
        setRowVisible(label, !path.isEmpty());
    });
}

} // namespace flatline
