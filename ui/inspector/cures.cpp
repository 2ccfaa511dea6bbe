#include "ui/inspector/cures.h"

#include "ui/fields/prediction.h"
#include "ui/fields/strip_text.h"
#include "ui/inspector/vital_signs.h"
#include "ui/widgets/action_button.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("cures", text);
}

/// What they need to know.
struct Patient {
    const Frame& frame;
    NeuronId id;
    bool dead;
    bool normed; ///< batch norm: what a change of the parameters does to z is open
    double margin;
    Target target;
};

Cure kickCure(const Patient& patient) {
    ThermalKick kick = patient.frame.analysis ? patient.frame.analysis->kick : ThermalKick{};
    kick.target = patient.target;
    Cure cure;
    cure.kind = Cure::Kind::Kick;
    cure.text = say(QT_TRANSLATE_NOOP("cures", "Kick σ %1")).arg(numberText(kick.strength));
    cure.help =
        say(QT_TRANSLATE_NOOP("cures", "Normal noise on its incoming weights and bias, as the controls' kick is "
                                       "set, on this neuron alone: w ← w + σ N(0, 1)"));
    cure.action = kick;
    if (kick.strength == 0.0)
        cure.problem = say(QT_TRANSLATE_NOOP("cures", "With a strength of 0 nothing would move."));
    if (const NeuronOutlook* outlook = outlookOf(patient.frame, patient.id);
        patient.dead && outlook != nullptr && outlook->kickChance)
        cure.chance = percentText(*outlook->kickChance);
    return cure;
}

Cure redrawCure(const Patient& patient) {
    Cure cure;
    cure.kind = Cure::Kind::Redraw;
    cure.text = say(QT_TRANSLATE_NOOP("cures", "Redraw weights"));
    cure.help = say(QT_TRANSLATE_NOOP("cures", "Starts it anew: incoming weights and bias as the initialization draws "
                                               "them, outgoing weights 0, nothing left in the optimizer's memory."));
    cure.action = ResetNeurons{patient.target};
    if (const Inspection* inspection = inspectionOf(patient.frame, patient.id);
        patient.dead && inspection != nullptr && inspection->redrawChance)
        cure.chance = QStringLiteral("≈ ") + percentText(*inspection->redrawChance);
    return cure;
}

Cure leakyCure(const Patient& patient) {
    Cure cure;
    cure.kind = Cure::Kind::Leaky;
    cure.text = say(QT_TRANSLATE_NOOP("cures", "Leaky ReLU"));
    cure.help =
        say(QT_TRANSLATE_NOOP("cures", "Another activation for the whole network, from now on: a slope below 0, "
                                       "through which a gradient comes. The weights stay."));
    cure.action = SettingChange{"network.activation", std::string("leaky-relu")};
    const Snapshot& snapshot = *patient.frame.snapshot;
    if (snapshot.spec && snapshot.spec->activation != nullptr && snapshot.spec->activation->hasAlpha &&
        snapshot.spec->activation->reluLike)
        cure.problem = say(QT_TRANSLATE_NOOP("cures", "It leaks already."));
    else if (patient.dead)
        cure.chance = say(QT_TRANSLATE_NOOP("cures", "at once"));
    return cure;
}

/// As much warmth as is needed, and some more: two digits.
double enoughWarmth(const Patient& patient) {
    const double needed = patient.dead && std::isfinite(patient.margin) ? -1.2 * patient.margin : 0.0;
    if (needed <= 1.0)
        return 1.0;
    const double scale = std::pow(10.0, 1.0 - std::floor(std::log10(needed)));
    return std::min(1000.0, std::ceil(needed * scale) / scale);
}

Cure warmCure(const Patient& patient) {
    BiasWarming warming;
    warming.gamma = enoughWarmth(patient);
    warming.target = patient.target;
    Cure cure;
    cure.kind = Cure::Kind::Warm;
    cure.text = say(QT_TRANSLATE_NOOP("cures", "Warm bias +%1")).arg(numberText(warming.gamma));
    cure.help =
        say(QT_TRANSLATE_NOOP("cures", "Adds that much to its bias in the forward pass, and takes it away again "
                                       "evenly over %1 steps. The bias itself stays."))
            .arg(countText(warming.steps));
    cure.action = warming;
    if (patient.dead && !patient.normed)
        cure.chance = patient.margin + warming.gamma > 0.0 ? say(QT_TRANSLATE_NOOP("cures", "wakes"))
                                                           : say(QT_TRANSLATE_NOOP("cures", "not enough"));
    return cure;
}

} // namespace

std::vector<Cure> curesFor(const Frame& frame, NeuronId id) {
    const Snapshot& snapshot = *frame.snapshot;
    if (!hasNeuron(snapshot, id))
        return {};
    const NeuronDiagnosis& neuron = diagnosisOf(snapshot, id);
    const Patient patient{frame,
                          id,
                          neuron.state == NeuronState::Dead,
                          snapshot.spec && snapshot.spec->batchNorm != BatchNorm::None,
                          static_cast<double>(neuron.margin),
                          {Target::Kind::Neuron, id.layer, id.neuron}};
    std::vector<Cure> cures{kickCure(patient), redrawCure(patient), leakyCure(patient), warmCure(patient)};
    if (frame.predictionsHidden)
        for (Cure& cure : cures)
            cure.chance.clear();
    return cures;
}

CurePanel::CurePanel(QWidget* parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this)) {
    m_line->setContentsMargins(0, 2, 0, 0);
    m_line->setSpacing(8);
}

void CurePanel::showCures(const std::vector<Cure>& cures) {
    m_cures = cures;
    while (m_buttons.size() < cures.size()) {
        const std::size_t index = m_buttons.size();
        const bool kick = cures[index].kind == Cure::Kind::Kick;
        auto* button = new ActionButton(kick ? ActionButton::Look::Kick : ActionButton::Look::Plain,
                                        kick ? QStringLiteral("bolt") : QString(), cures[index].text, this);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &ActionButton::clicked, this, [this, index] { emit wished(m_cures[index].action); });
        auto* chance = new QLabel(this);
        chance->setAlignment(Qt::AlignCenter);
        chance->setTextFormat(Qt::RichText);
        auto* column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(button);
        column->addWidget(chance);
        m_line->addLayout(column, 1);
        m_buttons.push_back(button);
        m_chances.push_back(chance);
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool used = i < cures.size();
        m_buttons[i]->setVisible(used);
        m_chances[i]->setVisible(used);
        if (!used)
            continue;
        const Cure& cure = cures[i];
        if (m_buttons[i]->text() != cure.text) {
            m_buttons[i]->setText(cure.text);
            m_buttons[i]->setAccessibleName(cure.text);
        }
        m_buttons[i]->setEnabled(cure.problem.isEmpty());
        m_buttons[i]->setToolTip(cure.problem.isEmpty() ? cure.help : cure.problem);
        m_buttons[i]->setAccessibleDescription(cure.chance + QLatin1Char(' ') + m_buttons[i]->toolTip());
        const QString words = cure.chance.isEmpty()
                                  ? QStringLiteral("&nbsp;")
                                  : QStringLiteral("<span style='color:%1;font-weight:600'>↑ %2</span>")
                                        .arg(themeOf(this).revived.name(), cure.chance.toHtmlEscaped());
        if (m_chances[i]->text() != words)
            m_chances[i]->setText(words);
    }
}

QString CurePanel::summary() const {
    QStringList parts;
    for (const Cure& cure : m_cures)
        if (!cure.chance.isEmpty())
            parts << tr("%1: %2").arg(cure.text, cure.chance);
    return parts.isEmpty() ? QString() : parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace flatline
