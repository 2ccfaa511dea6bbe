#include "ui/controls/kick_section.h"

#include "ui/controls/action_button.h"
#include "ui/controls/number_box.h"
#include "ui/controls/value_slider.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace flatline {

namespace {
constexpr double strongest = 5.0;
}

KickSection::KickSection(QWidget* parent)
    : Section(tr("Thermal kick"), Effect::Live, parent)
    , m_strength(new NumberBox({0.0, strongest, NumberBox::Steps::Linear, 0.1}, this))
    , m_slider(new ValueSlider(0.0, strongest, ValueSlider::Scale::Linear, this))
    , m_target(choiceBox(tr("Target")))
    , m_button(new ActionButton(ActionButton::Look::Kick, QStringLiteral("bolt"), tr("Kick"), this))
    , m_sigma(ThermalKick{}.strength) {
    const QString help = tr("The standard deviation σ of the noise that is added to every incoming weight and bias of "
                            "the target:\nw ← w + σ N(0, 1),  b ← b + σ N(0, 1)");
    describe(m_strength, tr("Strength of the kick"), help);
    describe(m_slider, tr("Strength of the kick"), help);
    m_strength->setFixedWidth(54);
    addRow(tr("Strength σ"), {m_slider, m_strength});
    m_strength->showNumber(m_sigma);
    m_slider->showNumber(m_sigma);
    connect(m_slider, &ValueSlider::dragged, m_strength, &NumberBox::showNumber);
    connect(m_slider, &ValueSlider::numberWished, this, [this](double sigma) {
        m_sigma = sigma;
        m_strength->showNumber(sigma);
    });
    connect(m_strength, &NumberBox::numberWished, this, [this](std::optional<double> sigma) {
        m_sigma = *sigma;
        m_slider->showNumber(m_sigma);
    });

    describe(m_target, tr("Target of the kick"), tr("Which neurons are kicked. “All” includes the output layer."));
    addRow(tr("Target"), {m_target});
    m_button->setHeight(30);
    describe(m_button, tr("Kick"), tr("Jolt the target's weights and biases with random noise (K).\n") + help);
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addStretch();
    layout->addWidget(m_button);
    addWide(line);
    connect(m_button, &QPushButton::clicked, this, &KickSection::kickWished);
}

std::vector<KickSection::Choice> KickSection::choicesFor(const Frame& frame) {
    const Snapshot& snapshot = *frame.snapshot;
    std::vector<Choice> choices;
    choices.push_back({tr("Dead neurons (%1)").arg(snapshot.now.dead()), {Target::Kind::Dead, 0, 0}});
    for (std::size_t i = 0; i < snapshot.now.layers.size(); ++i) {
        const int layer = static_cast<int>(i) + 1;
        choices.push_back({tr("Layer %1 (%2 of %3 dead)")
                               .arg(layer)
                               .arg(snapshot.now.layers[i].dead)
                               .arg(snapshot.now.layers[i].neurons),
                           {Target::Kind::Layer, layer, 0}});
    }
    if (frame.selected.layer > 0)
        choices.push_back({tr("Neuron L%1·%2").arg(frame.selected.layer).arg(frame.selected.neuron),
                           {Target::Kind::Neuron, frame.selected.layer, frame.selected.neuron}});
    choices.push_back({tr("All neurons"), {Target::Kind::All, 0, 0}});
    return choices;
}

void KickSection::showFrame(const Frame& frame) {
    const std::vector<Choice> choices = choicesFor(frame);
    if (choices != m_choices && !m_target->view()->isVisible())
        showChoices(choices);
    m_button->setEnabled(frame.snapshot->dataset != nullptr && frame.snapshot->state != RunState::Loading);
}

void KickSection::showChoices(const std::vector<Choice>& choices) {
    const Target before = kick().target;
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

ThermalKick KickSection::kick() const {
    ThermalKick kick;
    kick.strength = m_strength->number().value_or(m_sigma);
    const int index = m_target->currentIndex();
    if (index >= 0 && index < static_cast<int>(m_choices.size()))
        kick.target = m_choices[static_cast<std::size_t>(index)].target;
    return kick;
}

} // namespace flatline
