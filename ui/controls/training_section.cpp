#include "ui/controls/training_section.h"

#include "core/network/activation.h"
#include "core/training/optimizer.h"
#include "ui/controls/activation_curve.h"
#include "ui/controls/section_head.h"
#include "ui/controls/value_slider.h"
#include "ui/fields/prediction.h"
#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>

#include <limits>

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
    addOptimizer();
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

void TrainingSection::addOptimizer() {
    m_optimizer = choiceBox(tr("Optimizer"));
    for (const OptimizerRow& row : optimizerTable()) {
        m_optimizer->addItem(coreText(row.label), QString::fromLatin1(row.id));
        m_optimizer->setItemData(m_optimizer->count() - 1, coreText(row.formula), Qt::ToolTipRole);
    }
    m_momentum = numberBox("training.momentum", tr("Momentum"), 0.1);
    m_momentum->setDecoration(QStringLiteral("μ"), {});
    m_momentum->setFixedWidth(62);
    QLabel* label = addRow(tr("Optimizer"), {m_optimizer, m_momentum});
    label->setToolTip(EffectSign::meaning(false));
    markRestarts(label);
    connect(m_optimizer, &QComboBox::activated, this,
            [this](int index) { wish("training.optimizer", m_optimizer->itemData(index).toString().toStdString()); });
    bind("training.optimizer", [this](const SettingValue& value) { showOptimizer(std::get<std::string>(value)); });
}

void TrainingSection::addSteps() {
    NumberBox* rate = numberBox("training.learning_rate", tr("Learning rate"), 0.0);
    rate->setFixedWidth(62);
    rate->setToolTip(helpText("training.learning_rate", tr("w ← w − η ∂L/∂w")));
    m_rate = sliderFor("training.learning_rate", rate, slowestRate, fastestRate, true);
    addRow(tr("Learning rate"), {m_rate, rate});
    m_lethal = new QLabel(this);
    m_lethal->setProperty("role", "dead");
    m_lethal->setAlignment(Qt::AlignRight);
    addWide(m_lethal);
    NumberBox* batch = numberBox("training.batch_size", tr("Batch size"), 1);
    batch->setFixedWidth(54);
    m_batches = new QLabel(this);
    m_batches->setProperty("role", "caption");
    addRow(tr("Batch"), {batch, m_batches});
}

void TrainingSection::addDecay() {
    m_decay = numberBox("training.weight_decay", tr("Weight decay"), 0.0);
    m_decay->setDecoration(QStringLiteral("λ"), {});
    addRow(tr("Weight decay"), {m_decay});

    m_decayBiases = new QCheckBox(this);
    m_decayBiases->setProperty("role", "switch");
    describe(m_decayBiases, tr("Decay biases"), helpText("training.bias_decay"));
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
    m_frame = frame;
    showLethal();
    if (frame.snapshot->dataset) {
        const int samples = frame.snapshot->dataset->train.samples();
        const int batches = (samples + settings.training.batchSize - 1) / std::max(1, settings.training.batchSize);
        m_batches->setText(batches == 1 ? tr("1 step/epoch") : tr("%1 steps/epoch").arg(batches));
    }
}

void TrainingSection::showOptimizer(const std::string& id) {
    m_optimizer->setCurrentIndex(m_optimizer->findData(QString::fromStdString(id)));
    const OptimizerRow* row = findOptimizer(id);
    if (row == nullptr)
        return;
    const QString formula = coreText(row->label) + QStringLiteral(": ") + coreText(row->formula);
    describe(m_optimizer, tr("Optimizer"),
             helpText("training.optimizer", formula) + QLatin1Char('\n') + EffectSign::meaning(false));
    m_momentum->setEnabled(row->hasMomentum);
    describe(m_momentum, tr("Momentum"),
             row->hasMomentum ? helpText("training.momentum", formula)
                              : tr("%1 has no use for momentum μ: what it remembers of earlier gradients is fixed.")
                                    .arg(coreText(row->label)));
    describe(m_decay, tr("Weight decay"), helpText("training.weight_decay", formula));
    describe(m_biasDecay, tr("Bias decay"), helpText("training.bias_decay", formula));
    m_decayBiases->setToolTip(m_biasDecay->toolTip());
}

/// Where the next step would kill the selected neuron, or else the first of all: on the slider, and in words.
void TrainingSection::showLethal() {
    std::optional<LethalRates> first;
    const NeuronOutlook* own = m_frame.predictionsHidden ? nullptr : outlookOf(m_frame, m_frame.selected);
    if (own != nullptr)
        first = own->lethal;
    else if (m_frame.analysis && !m_frame.predictionsHidden)
        for (const auto& layer : m_frame.analysis->outlook)
            for (const NeuronOutlook& neuron : layer)
                if (neuron.lethal && (!first || neuron.lethal->low < first->low))
                    first = neuron.lethal;
    const double end = own != nullptr && first ? first->high : std::numeric_limits<double>::infinity();
    m_rate->markFrom(first ? std::optional(first->low) : std::nullopt, end);
    const QString name = neuronName(m_frame.selected);
    QString words = QStringLiteral(" ");
    if (first && own != nullptr)
        words = tr("lethal to %1 from %2").arg(name, numberText(first->low));
    else if (first)
        words = tr("next step lethal from %1").arg(numberText(first->low));
    m_lethal->setText(words);
    m_lethal->setToolTip(
        own != nullptr
            ? tr("At the hatched rates the next step would leave %1, the selected neuron, negative on every "
                 "sample. With no neuron selected, the band is that of whoever would die first.")
                  .arg(name)
            : tr("At such a rate the next step would leave some neuron negative on every sample. With a neuron "
                 "selected, the band is that of this one."));
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
    m_alphaLabel->setText(row->learntSlope ? tr("Start slope α") : tr("Alpha α"));
    describe(m_alpha, row->learntSlope ? tr("Starting slope alpha") : tr("Alpha of the activation function"),
             helpText("network.alpha", row->learntSlope ? tr("Each neuron's slope below 0 starts here and is learnt "
                                                             "from then on; a new value starts them all again.")
                                                        : QString()));
    m_alphaLabel->setToolTip(m_alpha->toolTip());
    setRowVisible(m_alphaLabel, row->hasAlpha);
    setRowVisible(m_slopeLabel, row->hasSlopeAtZero);
}

} // namespace flatline
