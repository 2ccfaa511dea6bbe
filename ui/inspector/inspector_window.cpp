#include "ui/inspector/inspector_window.h"

#include "ui/fields/neuron_report.h"
#include "ui/fields/strip_text.h"
#include "ui/inspector/cures.h"
#include "ui/inspector/inspector_card.h"
#include "ui/inspector/margin_histogram.h"
#include "ui/inspector/plane_card.h"
#include "ui/inspector/rate_chart.h"
#include "ui/inspector/vital_strip.h"
#include "ui/views/certificate_panel.h"
#include "ui/views/fact_widgets.h"
#include "ui/views/neuron_sign.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/cached_picture.h"
#include "ui/widgets/head_switch.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace flatline {
namespace {

/// In the order of CellLook.
constexpr std::array titles{
    QT_TRANSLATE_NOOP("inspector", "is alive"),   QT_TRANSLATE_NOOP("inspector", "is alive again"),
    QT_TRANSLATE_NOOP("inspector", "is at risk"), QT_TRANSLATE_NOOP("inspector", "is comatose"),
    QT_TRANSLATE_NOOP("inspector", "is dead"),    QT_TRANSLATE_NOOP("inspector", "only leaks")};

constexpr int describeTime = 1000; ///< ms
constexpr std::int64_t lateSteps = 100;

} // namespace

InspectorWindow::InspectorWindow(QWidget* parent)
    : QWidget(parent, Qt::Window) {
    build();
}

std::optional<NeuronId> InspectorWindow::nextDead(const Snapshot& snapshot, NeuronId from, int direction) {
    std::vector<NeuronId> dead;
    const int layers = snapshot.diagnosis == nullptr ? 0 : static_cast<int>(snapshot.diagnosis->layers.size());
    for (NeuronId id{1, 1}; id.layer <= layers; ++id.layer)
        for (id.neuron = 1; hasNeuron(snapshot, id); ++id.neuron)
            if (id != from && diagnosisOf(snapshot, id).state == NeuronState::Dead)
                dead.push_back(id);
    if (dead.empty())
        return std::nullopt;
    const auto before = [](NeuronId a, NeuronId b) {
        return std::pair(a.layer, a.neuron) < std::pair(b.layer, b.neuron);
    };
    const auto after = std::ranges::upper_bound(dead, from, before);
    if (direction > 0)
        return after == dead.end() ? dead.front() : *after;
    return after == dead.begin() ? dead.back() : *(after - 1);
}

void InspectorWindow::goToDead(int direction) {
    if (m_frame.snapshot == nullptr)
        return;
    if (const auto id = nextDead(*m_frame.snapshot, m_id, direction))
        emit selectWished(*id);
}

bool InspectorWindow::atDeath() const {
    const Snapshot& snapshot = *m_frame.snapshot;
    const std::int64_t diedAt = lifeOf(snapshot, m_id).diedAt;
    return snapshot.past && (diedAt < 0 || diedAt == snapshot.now.step);
}

void InspectorWindow::goToDeath() {
    if (m_frame.snapshot == nullptr || !hasNeuron(*m_frame.snapshot, m_id))
        return;
    if (atDeath())
        emit commandWished(LiveCommand{});
    else if (const std::int64_t step = lifeOf(*m_frame.snapshot, m_id).diedAt; step >= 0)
        emit commandWished(TravelCommand{step});
}

void InspectorWindow::showFrame(const Frame& frame) {
    if (frame.snapshot == nullptr || !hasNeuron(*frame.snapshot, frame.selected) || !frame.snapshot->spec ||
        !frame.snapshot->parameters || !frame.snapshot->dataset)
        return;
    m_frame = frame;
    if (frame.selected != m_id) {
        m_id = frame.selected;
        m_revival.reset();
    }
    showHead();
    showSigns();
    showReport();
    m_cures->showCures(curesFor(m_frame, m_id));
    m_plane->showFrame(m_frame, m_id);
    showMargins();
    showRates();
    showFoot();
    if (frame.snapshot->state != RunState::Running || !m_described.isValid() || m_described.hasExpired(describeTime))
        describe();
}

/// For a screen reader, no more often than it could say it.
void InspectorWindow::describe() {
    m_described.start();
    setAccessibleDescription(summary());
    m_strip->setAccessibleDescription(m_strip->summary());
    m_plane->setAccessibleDescription(m_plane->summary());
    m_histogram->setAccessibleDescription(m_histogram->summary());
    m_rates->setAccessibleDescription(m_rates->summary());
}

void InspectorWindow::showHead() {
    const Snapshot& snapshot = *m_frame.snapshot;
    const CellLook look = lookOf(snapshot, m_id);
    const NeuronLife& life = lifeOf(snapshot, m_id);
    m_sign->showLook(look);
    const QString state = QCoreApplication::translate("inspector", titles[static_cast<std::size_t>(look)]);
    m_title->setText(QStringLiteral("%1 <span style='color:%2'>%3</span>")
                         .arg(tr("Neuron %1").arg(neuronName(m_id)), (themeOf(this).*cellStyle(look).color).name(),
                              state.toHtmlEscaped()));
    setWindowTitle(tr("Neuron %1 %2").arg(neuronName(m_id), state));
    const LayerDiagnosis& layer = snapshot.diagnosis->layers[static_cast<std::size_t>(m_id.layer - 1)];
    QStringList words{tr("Layer %1, neuron %2 of %3").arg(m_id.layer).arg(m_id.neuron).arg(layer.neurons.size()),
                      coreText(snapshot.spec->activation->label)};
    if (look == CellLook::Dead && life.bornDead && life.diedAt == 0)
        words << tr("born so");
    else if (look == CellLook::Dead && life.diedAt >= 0)
        words << tr("since step %1, for %2 steps")
                     .arg(countText(life.diedAt), countText(snapshot.now.step - life.diedAt));
    else if (look == CellLook::Revived && life.revivedAt >= 0)
        words << tr("since step %1").arg(countText(life.revivedAt));
    if (life.deaths == 1 && look == CellLook::Dead)
        words << tr("first death");
    else if (life.deaths > 0)
        words << (life.deaths == 1 ? tr("died once") : tr("died %1 times").arg(countText(life.deaths)));
    m_subtitle->setText(words.join(QStringLiteral(" · ")));
    m_death->setEnabled(life.diedAt >= 0 || atDeath());
    m_death->setText(atDeath() ? tr("Back to live") : tr("Its death"));
    m_death->setAccessibleName(m_death->text());
    m_death->setToolTip(
        atDeath()         ? tr("Back to where the run stands (D)")
        : life.diedAt < 0 ? tr("It has not died.")
                          : tr("To step %1, at which it died: every view goes there (D)").arg(countText(life.diedAt)));
    const bool others = nextDead(snapshot, m_id, 1).has_value();
    for (ActionButton* button : {m_previous, m_next}) {
        button->setEnabled(others);
        button->setToolTip(!others                ? tr("No other neuron is dead.")
                           : button == m_previous ? tr("To the dead neuron before this one (Left)")
                                                  : tr("To the dead neuron after this one (Right)"));
    }
}

void InspectorWindow::showSigns() {
    const Snapshot& snapshot = *m_frame.snapshot;
    const bool died = lifeOf(snapshot, m_id).diedAt > 0;
    m_when->setVisible(died);
    m_when->choose(m_beatsOf == BeatsOf::Death ? 0 : 1);
    const Inspection* inspection = inspectionOf(m_frame, m_id);
    if (inspection == nullptr && m_frame.inspection != nullptr)
        return; // of the neuron before: the new one's come in a moment
    VitalSigns signs = vitalSigns(m_frame, m_id);
    m_signsCard->setNote(stretchText(signs, std::max(snapshot.head, snapshot.now.step)));
    m_strip->showSigns(std::move(signs));
    const NeuronDiagnosis& neuron = diagnosisOf(snapshot, m_id);
    const bool dead = neuron.state == NeuronState::Dead;
    const auto samples = static_cast<double>(snapshot.dataset->train.samples());
    const auto ink = dead ? &Theme::dead : &Theme::text;
    std::vector<Fact> facts;
    if (inspection != nullptr)
        facts.push_back({tr("Next move"), numberText(inspection->gradient),
                         tr("How far the next step would move its weights and bias, per unit of the learning rate: "
                            "gradient, momentum and decay together."),
                         ink});
    facts.push_back(
        {tr("Largest z now"), numberText(static_cast<double>(neuron.margin)), tr("Over the whole training set."), ink});
    facts.push_back({tr("Fires on"),
                     tr("%1 of %2")
                         .arg(countText(std::llround(static_cast<double>(neuron.activeFraction) * samples)),
                              countText(std::llround(samples))),
                     tr("The training samples with z > 0."), ink});
    m_figures->showFacts(facts);
}

void InspectorWindow::showReport() {
    const Snapshot& snapshot = *m_frame.snapshot;
    const NeuronLife& life = lifeOf(snapshot, m_id);
    const bool choice = life.death && life.revival;
    m_which->setVisible(choice);
    ShownCertificate shown = latestCertificate(snapshot, m_id);
    if (choice && m_revival)
        shown = *m_revival ? ShownCertificate{life.revival, true} : ShownCertificate{life.death, false};
    m_which->choose(shown.revival ? 1 : 0);
    m_certificate->setVisible(shown.certificate != nullptr);
    m_certificate->showCertificate(shown, hasMargin(snapshot));
    m_none->setVisible(shown.certificate == nullptr);
    // Without a certificate the left column has room to spare, and the plane at the right, which is worked in, little.
    QBoxLayout* column = shown.certificate == nullptr ? m_left : m_right;
    if (column->indexOf(m_marginCard) < 0) {
        (column == m_left ? m_right : m_left)->removeWidget(m_marginCard);
        column->insertWidget(1, m_marginCard, 2);
    }
    m_none->setText(life.deaths > 0 || life.bornDead ? tr("No certificate has been written for it.")
                                                     : tr("It has never died: there is no certificate."));
    m_condition->showFacts(conditionFacts(snapshot, m_id));
    m_outlook->showFacts(outlookFacts(m_frame, m_id));
    const bool dead = diagnosisOf(snapshot, m_id).state == NeuronState::Dead;
    m_curesCard->setTitle(dead ? tr("What could bring it back") : tr("Act on this neuron alone"));
    m_curesCard->setNote(!dead                       ? QString()
                         : m_frame.predictionsHidden ? tr("predictions are hidden")
                                                     : tr("chance before you try"));
}

void InspectorWindow::showMargins() {
    const Inspection* inspection = inspectionOf(m_frame, m_id);
    if (inspection == nullptr)
        return;
    const std::vector<float> previewed = m_plane->previewedValues();
    m_histogram->showValues(previewed.empty() ? inspection->z : previewed, hasMargin(*m_frame.snapshot));
    m_marginCard->setTitle(previewed.empty() ? tr("Pre-activation now") : tr("Pre-activation with the edge there"));
    m_marginCard->setNote(m_histogram->note());
}

void InspectorWindow::showRates() {
    const Snapshot& snapshot = *m_frame.snapshot;
    const Inspection* inspection = inspectionOf(m_frame, m_id);
    if (inspection == nullptr)
        return;
    QString why;
    const NeuronLife& life = lifeOf(snapshot, m_id);
    if (hasMargin(snapshot) && snapshot.spec->activation->hasAlpha)
        why = tr("It leaks below 0: no learning rate leaves it without a gradient.");
    else if (!hasMargin(snapshot))
        why = tr("%1 has no margin: no learning rate leaves it exactly without a gradient in one step.")
                  .arg(coreText(snapshot.spec->activation->label));
    else if (life.bornDead && life.diedAt == 0)
        why = tr("No step did it: its starting weights leave it negative on every sample.");
    else if (life.death && life.death->batch == 0)
        why = tr("No step of training did it, but an intervention.");
    else
        why = tr("There is no next step to foresee.");
    std::optional<RateCurve> rates = inspection->rates;
    if (rates && !rates->made && m_frame.predictionsHidden) { // of a step that is still to come
        rates.reset();
        why = tr("Predictions are hidden: the eye in the controls shows them.");
    }
    m_rates->showCurve(rates, rates ? rateBefore(snapshot, rates->step - 1) : std::nullopt, why);
    m_ratesCard->setTitle(m_rates->title());
}

void InspectorWindow::showFoot() {
    const Snapshot& snapshot = *m_frame.snapshot;
    const QString step = countText(snapshot.now.step);
    m_state->setText(snapshot.state == RunState::Running    ? tr("Running, step %1").arg(step)
                     : snapshot.past                        ? tr("At step %1 of the past").arg(step)
                     : snapshot.state == RunState::Diverged ? tr("Diverged after step %1").arg(step)
                                                            : tr("Paused at step %1").arg(step));
    m_news->setText(verdictText(snapshot, m_id));
}

void InspectorWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
        emit runToggled();
    else
        QWidget::keyPressEvent(event);
}

void InspectorWindow::closeEvent(QCloseEvent* event) {
    QWidget::closeEvent(event);
    emit closed();
}

void InspectorWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (changesLook(*event) && m_frame.snapshot != nullptr && m_sign != nullptr) {
        showHead(); // its colours are in the text
        m_cures->showCures(curesFor(m_frame, m_id));
    }
}

QString InspectorWindow::summary() const {
    if (m_frame.snapshot == nullptr || !hasNeuron(*m_frame.snapshot, m_id))
        return {};
    QStringList parts{tr("Neuron %1: %2.").arg(neuronName(m_id), stateText(*m_frame.snapshot, m_id))};
    parts << (m_none->isHidden() ? m_certificate->summary() : m_none->text());
    for (const Fact& fact : outlookFacts(m_frame, m_id))
        parts << factText(fact) + QLatin1Char('.');
    parts << m_strip->summary() << m_plane->summary() << m_histogram->summary() << m_rates->summary()
          << m_cures->summary();
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

std::optional<double> rateBefore(const Snapshot& snapshot, std::int64_t step) {
    std::optional<double> current;
    std::optional<double> before;
    if (!snapshot.path.empty())
        current = snapshot.path.front()->settings.training.learningRate;
    for (const Intervention& one : snapshot.experiment.interventions) {
        const auto* change = std::get_if<SettingChange>(&one.action);
        if (one.step > step || change == nullptr || change->path != "training.learning_rate")
            continue;
        const bool lately = one.step + lateSteps >= step;
        if (const auto* value = std::get_if<double>(&change->value)) {
            before = lately ? current : std::nullopt;
            current = *value;
        }
    }
    return before;
}

} // namespace flatline
