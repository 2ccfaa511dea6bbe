#include "ui/controls/intervention_section.h"

#include "ui/controls/section_head.h"
#include "ui/controls/value_slider.h"
#include "ui/predictions/guess_controls.h"
#include "ui/predictions/guess_text.h"
#include "ui/predictions/kick_forecast_line.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace flatline {

namespace {

// As lessons name these rows.
constexpr auto kickName = "kick";
constexpr auto warmingName = "warming";
constexpr auto resetName = "reset-neurons";
constexpr double strongest = 5.0;
constexpr double hottest = 1000.0;
constexpr double longest = 1e9;

/// An enabled control says what it does, a disabled one why not.
void allow(QWidget* button, const QString& help, const QString& problem) {
    button->setEnabled(problem.isEmpty());
    button->setToolTip(problem.isEmpty() ? help : problem);
    button->setAccessibleDescription(button->toolTip());
}

} // namespace

InterventionSection::InterventionSection(QWidget* parent)
    : Section(tr("Interventions"), Effect::Live, parent) {
    auto* predict = new QToolButton(this);
    predict->setText(tr("Predict…"));
    predict->setProperty("role", "link");
    describe(predict, tr("Predict"), tr("All guesses, predictions and outcomes side by side (P)."));
    predict->setFixedHeight(20);
    connect(predict, &QToolButton::clicked, this, &InterventionSection::predictWished);
    head()->addControl(predict);
    addTarget();
    addKick();
    addStruck();
    addForecast();
    addWarming();
}

void InterventionSection::addTarget() {
    m_target = choiceBox(tr("Target"));
    describe(m_target, tr("Target"),
             tr("Which neurons are kicked or reset. A kick of all neurons strikes the output layer, too."));
    addRow(tr("Target"), {m_target});
    nameNewest({kickName, resetName});
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        showProblems();
        askForecast();
    });
}

void InterventionSection::addKick() {
    m_strength = new NumberBox({0.0, strongest, NumberBox::Steps::Linear, 0.1}, this);
    m_slider = new ValueSlider(0.0, strongest, ValueSlider::Scale::Linear, this);
    const QString help = tr("The standard deviation σ of the noise that a kick adds to the target's incoming weights "
                            "and biases:\nw ← w + σ N(0, 1),  b ← b + σ N(0, 1)");
    describe(m_strength, tr("Strength of the kick"), help);
    describe(m_slider, tr("Strength of the kick"), help);
    m_strength->setFixedWidth(54);
    addRow(tr("Kick σ"), {m_slider, m_strength});
    nameNewest({kickName});
    m_strength->showNumber(ThermalKick{}.strength);
    m_slider->showNumber(ThermalKick{}.strength);
    connect(m_slider, &ValueSlider::dragged, m_strength, &NumberBox::showNumber);
    connect(m_slider, &ValueSlider::numberWished, this, &InterventionSection::setStrength);
    connect(m_strength, &NumberBox::numberWished, this, [this](std::optional<double> sigma) { setStrength(*sigma); });
}

/// What is struck, and what the class expects of it.
void InterventionSection::addStruck() {
    m_parameters = choiceBox(tr("What the kick strikes"));
    for (const auto& [text, parameters] :
         {std::pair(tr("Weights, bias"), KickedParameters::Both), std::pair(tr("Bias alone"), KickedParameters::Bias),
          std::pair(tr("Weights alone"), KickedParameters::Weights)})
        m_parameters->addItem(text, static_cast<int>(parameters));
    describe(m_parameters, tr("What the kick strikes"),
             tr("Which of the target's parameters the kick strikes. For a kick to the bias alone the chance is known "
                "exactly:\n1 − Φ(m/σ), with m the distance to life."));
    connect(m_parameters, &QComboBox::activated, this, &InterventionSection::askForecast);
    m_guess = new GuessControls(m_book, this);
    addWideLine({m_parameters, m_guess});
    showProblemsOf(m_guess->box());
}

void InterventionSection::addForecast() {
    m_forecast = new KickForecastLine(this);
    m_kick = new ActionButton(ActionButton::Look::Kick, QStringLiteral("bolt"), tr("Kick"), this);
    connect(m_kick, &QPushButton::clicked, this, &InterventionSection::kickWished);
    addWideLine({m_forecast, m_kick});
    m_result = new QLabel(this);
    m_result->setProperty("role", "caption");
    m_result->setWordWrap(true);
    addWide(m_result);
    setShown(m_result, false);
    connect(&m_book, &GuessBook::changed, this, &InterventionSection::showResult);
}

void InterventionSection::addWarming() {
    const QString help = tr("Bias warming adds γ to every hidden bias in the forward pass, then takes it away again, "
                            "evenly, over so many steps:\nz = w·x + b + γ (1 − n / steps). The biases stay as they "
                            "are.");
    m_gamma = new NumberBox({-hottest, hottest, NumberBox::Steps::Linear, 0.5}, this);
    m_steps = new NumberBox({1.0, longest, NumberBox::Steps::Integer, 100.0}, this);
    m_gamma->setDecoration(QStringLiteral("γ"), {});
    describe(m_gamma, tr("Gamma of the warming"), help);
    describe(m_steps, tr("Steps of the warming"), help);
    m_gamma->showNumber(BiasWarming{}.gamma);
    m_steps->showNumber(static_cast<double>(BiasWarming{}.steps));
    addRow(tr("Warm γ, steps"), {m_gamma, m_steps});
    nameNewest({warmingName});
    m_reset = new ActionButton(ActionButton::Look::Plain, QStringLiteral("dice"), tr("Reset neurons"), this);
    connect(m_reset, &QPushButton::clicked, this, [this] { emit actionWished(reset()); });
    m_warm = new ActionButton(ActionButton::Look::Plain, QStringLiteral("warm"), tr("Warm"), this);
    connect(m_warm, &QPushButton::clicked, this, [this] {
        finish();
        emit actionWished(warming());
    });
    connect(m_gamma, &NumberBox::numberWished, this, &InterventionSection::showProblems);
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->addWidget(m_reset);
    layout->addStretch();
    layout->addWidget(m_warm);
    addWide(line, resetName);
    nameNewest({warmingName});
    namePart(m_reset, resetName);
    namePart(m_warm, warmingName);
}

/// Side by side over the whole width; the first takes what room there is.
void InterventionSection::addWideLine(const std::vector<QWidget*>& widgets) {
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget* widget : widgets)
        layout->addWidget(widget, widget == widgets.front() ? 1 : 0);
    addWide(line);
}

std::vector<InterventionSection::Choice> InterventionSection::choicesFor(const Frame& frame) {
    const Observation& now = frame.snapshot->now;
    const QString nobody = now.layers.empty() ? tr("The network has no hidden neurons.") : QString();
    std::vector<Choice> choices;
    choices.push_back({tr("Dead neurons (%1)").arg(now.dead()),
                       {Target::Kind::Dead, 0, 0},
                       tr("Reset dead"),
                       now.dead() == 0 && nobody.isEmpty() ? tr("No neuron is dead.") : nobody});
    for (std::size_t i = 0; i < now.layers.size(); ++i) {
        const int layer = static_cast<int>(i) + 1;
        choices.push_back({tr("Layer %1 (%2 of %3 dead)").arg(layer).arg(now.layers[i].dead).arg(now.layers[i].neurons),
                           {Target::Kind::Layer, layer, 0},
                           tr("Reset layer %1").arg(layer),
                           {}});
    }
    const NeuronId selected = frame.selected;
    if (selected.layer > 0)
        choices.push_back({tr("Neuron L%1·%2").arg(selected.layer).arg(selected.neuron),
                           {Target::Kind::Neuron, selected.layer, selected.neuron},
                           tr("Reset L%1·%2").arg(selected.layer).arg(selected.neuron),
                           {}});
    choices.push_back({tr("All neurons"), {Target::Kind::All, 0, 0}, tr("Reset all"), nobody});
    return choices;
}

void InterventionSection::showFrame(const Frame& frame) {
    const std::vector<Choice> choices = choicesFor(frame);
    if (choices != m_choices && !m_target->view()->isVisible())
        showChoices(choices);
    const bool ready = frame.snapshot->dataset != nullptr && frame.snapshot->state != RunState::Loading;
    m_runProblem = ready ? QString() : tr("There is no network yet.");
    m_frame = frame;
    m_book.showFrame(frame);
    int neurons = 0;
    for (const Observation::Layer& layer : frame.snapshot->now.layers)
        neurons += layer.neurons;
    m_guess->setMost(neurons);
    askForecast();
    showProblems();
}

void InterventionSection::showChoices(const std::vector<Choice>& choices) {
    const Target before = target();
    const bool sameItems = choices.size() == m_choices.size();
    m_choices = choices;
    if (!sameItems) {
        m_target->clear();
        for (std::size_t i = 0; i < choices.size(); ++i)
            m_target->addItem(QString());
    }
    int current = 0;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const int index = static_cast<int>(i);
        if (m_target->itemText(index) != choices[i].text)
            m_target->setItemText(index, choices[i].text);
        // A newly selected neuron takes the place of the one before.
        if (choices[i].target == before ||
            (before.kind == Target::Kind::Neuron && choices[i].target.kind == Target::Kind::Neuron))
            current = index;
    }
    m_target->setCurrentIndex(current);
}

void InterventionSection::askForecast() {
    const ThermalKick now = kick();
    if (m_forecast != nullptr && m_frame.snapshot)
        m_forecast->showForecast(m_frame, now, m_book);
    if (m_asked == now)
        return;
    m_asked = now;
    emit kickChanged(now);
}

void InterventionSection::showResult() {
    askForecast(); // the guess is drawn into it, and it may have been hidden
    const Guess* kick = m_book.latestKick();
    const bool done = kick != nullptr && kick->end != GuessEnd::Waiting && kick->end != GuessEnd::Gone;
    setShown(m_result, done);
    if (!done)
        return;
    m_result->setText(kickResultText(*kick));
    m_result->setToolTip(kickResultHelp(*kick));
}

/// What would do nothing cannot be pressed.
void InterventionSection::showProblems() {
    if (m_warm == nullptr)
        return; // still being built
    const QString nobody = m_runProblem.isEmpty() ? chosen().nobody : m_runProblem;
    const bool still = m_strength->number().value_or(1.0) == 0.0;
    m_kickProblem = !nobody.isEmpty() ? nobody : still ? tr("With a strength of 0 nothing would move.") : QString();
    allow(m_kick, tr("Jolt the target's parameters with random noise (K).\nw ← w + σ N(0, 1),  b ← b + σ N(0, 1)"),
          m_kickProblem);
    m_reset->setText(chosen().reset);
    m_reset->setAccessibleName(chosen().reset);
    allow(m_reset,
          tr("Start the target's neurons anew: incoming weights and bias drawn again, outgoing weights 0, and nothing "
             "left of them in the optimizer's memory."),
          nobody);
    m_warmProblem = m_runProblem;
    if (m_runProblem.isEmpty() && m_choices.back().nobody.isEmpty() && m_gamma->number().value_or(1.0) == 0.0)
        m_warmProblem = tr("With a γ of 0 nothing would be added.");
    else if (m_runProblem.isEmpty())
        m_warmProblem = m_choices.back().nobody;
    allow(m_warm, tr("Add γ to every hidden bias now, and take it away again over so many steps (W)."), m_warmProblem);
}

void InterventionSection::setStrength(double sigma) {
    m_strength->showNumber(sigma);
    m_slider->showNumber(sigma);
    showProblems();
    askForecast();
}

void InterventionSection::finish() {
    for (NumberBox* box : {m_strength, m_gamma, m_steps, m_guess->box()})
        box->commit();
}

QString InterventionSection::kickProblem() const {
    const QString guess = m_guess->box()->problem();
    return m_kickProblem.isEmpty() && !guess.isEmpty() ? tr("The guess: %1").arg(guess) : m_kickProblem;
}

InterventionSection::Choice InterventionSection::chosen() const {
    const auto index = static_cast<std::size_t>(std::max(0, m_target->currentIndex()));
    return index < m_choices.size() ? m_choices[index] : Choice{{}, {}, tr("Reset dead"), {}};
}

ThermalKick InterventionSection::kick() const {
    ThermalKick kick;
    kick.strength = m_strength->number().value_or(kick.strength);
    kick.target = target();
    kick.parameters = static_cast<KickedParameters>(m_parameters->currentData().toInt());
    return kick;
}

BiasWarming InterventionSection::warming() const {
    BiasWarming warming;
    warming.gamma = m_gamma->number().value_or(warming.gamma);
    warming.steps = static_cast<std::int64_t>(m_steps->number().value_or(static_cast<double>(warming.steps)));
    return warming;
}

} // namespace flatline
