#include "ui/controls/network_section.h"

#include "core/network/batch_norm.h"
#include "core/network/initialization.h"
#include "core/network/network.h"
#include "core/network/objective.h"
#include "ui/controls/layers_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>

namespace flatline {

NetworkSection::NetworkSection(QWidget* parent)
    : Section(tr("Network"), Effect::Restarts, parent) {
    addLayers();
    addBatchNorm();
    addOutput();
    addWeights();
    addStartFile();
}

void NetworkSection::addLayers() {
    auto* layers = new LayersEditor(this);
    addWide(layers, "network.hidden");
    connect(layers, &LayersEditor::widthsWished, this,
            [this](const std::vector<int>& widths) { wishLater("network.hidden", widths); });
    bind("network.hidden",
         [layers](const SettingValue& value) { layers->showWidths(std::get<std::vector<int>>(value)); });
}

void NetworkSection::addBatchNorm() {
    QComboBox* norm = choiceBox(tr("Batch norm"));
    for (const BatchNormRow& row : batchNormTable()) {
        norm->addItem(coreText(row.label), QString::fromLatin1(row.id));
        norm->setItemData(norm->count() - 1, coreText(row.note), Qt::ToolTipRole);
    }
    const QString formula = tr("In training u = (x − mean) / √(variance + 10⁻⁵) over the batch, then γ u + β, both "
                               "learnt;\nelsewhere with running averages of mean and variance.");
    addRow(tr("Batch norm"), norm, helpText("network.batch_norm", formula));
    connect(norm, &QComboBox::activated, this,
            [this, norm](int index) { wish("network.batch_norm", norm->itemData(index).toString().toStdString()); });
    bind("network.batch_norm", [norm, formula](const SettingValue& value) {
        const std::string id = std::get<std::string>(value);
        norm->setCurrentIndex(norm->findData(QString::fromStdString(id)));
        const BatchNormRow* row = findBatchNorm(id);
        const QString note = row == nullptr ? QString() : coreText(row->note) + QLatin1Char('\n');
        describe(norm, tr("Batch norm"), helpText("network.batch_norm", note + formula));
    });
}

void NetworkSection::addOutput() {
    m_output = choiceBox(tr("Output"));
    m_output->addItem(tr("Automatic"), QString());
    for (const ObjectiveRow& row : objectiveTable())
        m_output->addItem(coreText(row.label), QString::fromLatin1(row.id));
    addRow(tr("Output"), m_output, helpText("network.output"));
    connect(m_output, &QComboBox::activated, this, [this](int index) {
        const std::string id = m_output->itemData(index).toString().toStdString();
        wish("network.output", id.empty() ? SettingValue() : SettingValue(id));
    });
    bind("network.output", [this](const SettingValue& value) {
        const auto* id = std::get_if<std::string>(&value);
        const QString text = id == nullptr ? QString() : QString::fromStdString(*id);
        m_output->setCurrentIndex(m_output->findData(text));
        const ObjectiveRow* row = findObjective(text.toStdString());
        describe(m_output, tr("Output"),
                 helpText("network.output", row == nullptr ? QString() : coreText(row->formula)));
    });
}

void NetworkSection::showFrame(const Frame& frame) {
    Section::showFrame(frame);
    if (frame.snapshot->dataset.get() != m_outputsOf)
        showFittingOutputs(*frame.snapshot);
}

/// What does not fit the data cannot be chosen, and says why.
void NetworkSection::showFittingOutputs(const Snapshot& snapshot) {
    m_outputsOf = snapshot.dataset.get();
    auto* items = qobject_cast<QStandardItemModel*>(m_output->model());
    for (int i = 0; i < m_output->count(); ++i) {
        Settings wished = snapshot.settings;
        wished.network.output = m_output->itemData(i).toString().toStdString();
        const ObjectiveRow* row = findObjective(wished.network.output);
        QString help = row == nullptr ? tr("Softmax for classes, linear for numbers.") : coreText(row->formula);
        // A table's target is read as numbers or as classes, as the output asks.
        const bool open = !snapshot.dataset || wished.data.source == "csv";
        const Result<NetworkSpec> made =
            open ? Result<NetworkSpec>(NetworkSpec{}) : makeNetworkSpec(wished, *snapshot.dataset);
        if (!made.ok())
            help = coreText(made.error().message);
        items->item(i)->setEnabled(made.ok());
        m_output->setItemData(i, help, Qt::ToolTipRole);
    }
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
