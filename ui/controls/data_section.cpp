#include "ui/controls/data_section.h"

#include "core/data/dataset_loader.h"
#include "ui/controls/value_slider.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

namespace flatline {

namespace {
constexpr auto csvId = "csv";
}

DataSection::DataSection(Columns columns, QWidget* parent)
    : Section(tr("Data"), Effect::Restarts, parent)
    , m_columns(std::move(columns)) {
    addSource();
    addSampling();
    addFeeding();
}

void DataSection::addSource() {
    m_source = choiceBox(tr("Data set"));
    for (const DataSourceRow& row : dataSourceTable()) {
        m_source->addItem(coreText(row.label), QString::fromLatin1(row.id));
        m_source->setItemData(m_source->count() - 1, coreText(row.formula), Qt::ToolTipRole);
    }
    auto* open = new ActionButton(ActionButton::Look::Plain, QStringLiteral("open"), {}, this);
    open->setHeight(24);
    describe(open, tr("Open CSV…"),
             tr("Open CSV…\nTrain on a table of your own: a header row, then numbers and one target column."));
    addRow(tr("Set"), {m_source, open});
    connect(m_source, &QComboBox::activated, this, &DataSection::chooseSource);
    connect(open, &QPushButton::clicked, this, &DataSection::csvWished);
    bind("data.source", [this](const SettingValue& value) { showSource(std::get<std::string>(value)); });

    m_target = choiceBox(tr("Target column"));
    m_targetLabel = addRow(tr("Target"), m_target, helpText("data.target"));
    m_target->setToolTip(helpText("data.target"));
    connect(m_target, &QComboBox::activated, this,
            [this] { wish("data.target", m_target->currentText().toStdString()); });
    bind("data.file", [this](const SettingValue& value) {
        m_file = QString::fromStdString(std::get<std::string>(value));
        const QSignalBlocker quiet(m_target);
        m_target->clear();
        if (!m_file.isEmpty())
            m_target->addItems(m_columns(m_file));
        showTarget(m_targetName);
    });
    bind("data.target", [this](const SettingValue& value) { showTarget(std::get<std::string>(value)); });
}

void DataSection::addSampling() {
    NumberBox* samples = numberBox("data.samples", tr("Samples"), 50);
    m_noise = numberBox("data.noise", tr("Noise"), 0.05);
    m_samplingLabel = addRow(tr("Samples, noise"), {samples, m_noise});
}

void DataSection::addFeeding() {
    NumberBox* share = numberBox("data.test_fraction", tr("Test share"), 0.1);
    share->setFixedWidth(54);
    const SettingRow* row = findSetting("data.test_fraction");
    ValueSlider* slider = sliderFor("data.test_fraction", share, row->minimum, row->maximum, false);
    addRow(tr("Test share"), {slider, share});
    NumberBox* offset = numberBox("data.offset", tr("Offset"), 0.5);
    auto* shuffle = new QCheckBox(this);
    shuffle->setProperty("role", "switch");
    describe(shuffle, tr("Shuffle the batches"), helpText("training.shuffle"));
    addRow(tr("Offset, shuffle"), {offset, shuffle});
    connect(shuffle, &QCheckBox::clicked, this, [this](bool on) { wish("training.shuffle", on); });
    bind("training.shuffle", [shuffle](const SettingValue& value) { shuffle->setChecked(std::get<bool>(value)); });
}

void DataSection::showSource(const std::string& source) {
    m_shownSource = source;
    m_source->setCurrentIndex(m_source->findData(QString::fromStdString(source)));
    const DataSourceRow* row = findDataSource(source);
    if (row == nullptr)
        return;
    m_source->setToolTip(helpText("data.source") + QStringLiteral("\n") + coreText(row->label) + QStringLiteral(": ") +
                         coreText(row->formula));
    m_source->setAccessibleDescription(m_source->toolTip());
    setRowVisible(m_samplingLabel, row->generated);
    m_samplingLabel->setText(row->hasNoise ? tr("Samples, noise") : tr("Samples"));
    m_noise->setVisible(row->hasNoise);
    setRowVisible(m_targetLabel, source == csvId);
}

void DataSection::chooseSource(int index) {
    const std::string source = m_source->itemData(index).toString().toStdString();
    if (source == m_shownSource)
        return;
    if (source == csvId) {
        m_source->setCurrentIndex(m_source->findData(QString::fromStdString(m_shownSource)));
        emit csvWished();
        return;
    }
    // What belonged to the old source would be wrong for the new one.
    wish({{"data.source", source},
          {"data.standardize", std::monostate{}},
          {"data.file", std::string()},
          {"data.target", std::string()},
          {"network.output", std::monostate{}}});
}

void DataSection::showTarget(const std::string& target) {
    m_targetName = target;
    const int index = target.empty() ? m_target->count() - 1 : m_target->findText(QString::fromStdString(target));
    m_target->setCurrentIndex(index);
}

} // namespace flatline
