#include "ui/controls/training_section.h"

#include "core/network/activation.h"
#include "ui/controls/activation_curve.h"
#include "ui/controls/number_box.h"
#include "ui/controls/value_slider.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>

namespace flatline {

namespace {

constexpr double slowestRate = 1e-5; ///< the learning-rate slider's ends; the box takes the whole range
constexpr double fastestRate = 10.0;

QString activationHelp(const ActivationRow& row) {
    return coreText(row.label) + QStringLiteral(": f(z) = ") + coreText(row.formula) + QStringLiteral(",  f′(z) = ") +
           coreText(row.derivativeFormula) + QStringLiteral("\n") + coreText(row.note);
}

} // namespace

TrainingSection::TrainingSection(QWidget* parent)
    : Section(tr("Training"), Effect::Live, parent) {
    addActivation();
    addSteps();
    addDecay();
}

void TrainingSection::addActivation() {
    m_curve = new ActivationCurve(this);
    m_activation = choiceBox(tr("Activation function"));
    for (const ActivationRow& row : activationTable()) {
        m_activation->addItem(coreText(row.label), QString::fromLatin1(row.id));
        m_activation->setItemData(m_activation->count() - 1, activationHelp(row), Qt::ToolTipRole);
    }
    QLabel* label = addRow(tr("Activation"), {m_curve, m_activation});
    label->setBuddy(m_activation);
    label->setToolTip(helpText("network.activation"));
    connect(m_activation, &QComboBox::activated, this, [this](int index) {
        // Another function's alpha means something else: the new one starts from its own default.
        wish({{"network.activation", m_activation->itemData(index).toString().toStdString()},
              {"network.alpha", std::monostate{}}});
    });
    bind("network.activation", [this](const SettingValue& value) {
        m_activation->setCurrentIndex(m_activation->findData(QString::fromStdString(std::get<std::string>(value))));
    });
    m_alpha = numberBox("network.alpha", tr("Alpha of the activation function"), 0.01);
    m_alphaLabel = addRow(tr("Alpha α"), {m_alpha});
    NumberBox* slope = numberBox("network.slope_at_zero", tr("Slope at zero"), 0.1);
    m_slopeLabel = addRow(tr("Slope at 0"), {slope});
    setRowVisible(m_alphaLabel, false);
}

void TrainingSection::addSteps() {
    NumberBox* rate = numberBox("training.learning_rate", tr("Learning rate"), 0.0);
    rate->setFixedWidth(62);
    rate->setToolTip(helpText("training.learning_rate", tr("w ← w − η ∂L/∂w")));
    ValueSlider* slider = sliderFor("training.learning_rate", rate, slowestRate, fastestRate, true);
    addRow(tr("Learning rate"), {slider, rate});
    NumberBox* momentum = numberBox("training.momentum", tr("Momentum"), 0.1);
    momentum->setDecoration(QStringLiteral("μ"), {});
    momentum->setToolTip(helpText("training.momentum", tr("v ← μ v + g,  w ← w − η v")));
    addRow(tr("Momentum"), {momentum});
    NumberBox* batch = numberBox("training.batch_size", tr("Batch size"), 1);
    batch->setFixedWidth(54);
    m_batches = new QLabel(this);
    m_batches->setProperty("role", "caption");
    addRow(tr("Batch"), {batch, m_batches});
}

void TrainingSection::addDecay() {
    NumberBox* decay = numberBox("training.weight_decay", tr("Weight decay"), 0.0);
    decay->setDecoration(QStringLiteral("λ"), {});
    decay->setToolTip(helpText("training.weight_decay", tr("g ← ∂L/∂w + λ w")));
    addRow(tr("Weight decay"), {decay});

    m_decayBiases = new QCheckBox(this);
    m_decayBiases->setProperty("role", "switch");
    describe(m_decayBiases, tr("Decay biases"),
             helpText("training.bias_decay", tr("without a gradient: b ← (1 − η λ) b")));
    m_biasDecay = numberBox("training.bias_decay", tr("Bias decay"), 0.0);
    m_biasDecay->setDecoration(QStringLiteral("λ"), {});
    addRow(tr("Decay biases"), {m_decayBiases, m_biasDecay});
    connect(m_decayBiases, &QCheckBox::clicked, this, &TrainingSection::switchBiasDecay);
    bind("training.bias_decay", [this](const SettingValue& value) {
        const double lambda = std::get<double>(value);
        if (lambda > 0.0)
            m_rememberedBiasDecay = lambda;
        m_decayBiases->setChecked(lambda > 0.0);
        m_biasDecay->setEnabled(lambda > 0.0);
        m_biasDecay->showNumber(m_rememberedBiasDecay);
    });
}

void TrainingSection::switchBiasDecay(bool on) {
    m_biasDecay->setEnabled(on);
    wish("training.bias_decay", on ? m_rememberedBiasDecay : 0.0);
}

void TrainingSection::showFrame(const Frame& frame) {
    Section::showFrame(frame);
    const Settings& settings = frame.snapshot->settings;
    if (!m_shownOnce || m_shownNetwork != settings.network)
        showActivation(settings);
    if (frame.snapshot->dataset) {
        const int samples = frame.snapshot->dataset->train.samples();
        const int batches = (samples + settings.training.batchSize - 1) / std::max(1, settings.training.batchSize);
        m_batches->setText(batches == 1 ? tr("1 step/epoch") : tr("%1 steps/epoch").arg(batches));
    }
}

void TrainingSection::showActivation(const Settings& settings) {
    m_shownOnce = true;
    m_shownNetwork = settings.network;
    const ActivationRow* row = findActivation(settings.network.activation);
    if (row == nullptr)
        return;
    m_curve->showActivation(row, activationParameters(*row, settings.network.alpha, settings.network.slopeAtZero));
    describe(m_activation, tr("Activation function"), helpText("network.activation", activationHelp(*row)));
    m_curve->setToolTip(m_activation->toolTip());
    m_alpha->setDecoration({}, {}, tr("default %1").arg(numberText(row->defaultAlpha)));
    setRowVisible(m_alphaLabel, row->hasAlpha);
    setRowVisible(m_slopeLabel, row->hasSlopeAtZero);
}

} // namespace flatline
