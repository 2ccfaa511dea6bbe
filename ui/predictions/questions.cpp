#include "ui/predictions/questions.h"

#include "ui/fields/neuron_report.h"
#include "ui/fields/prediction.h"
#include "ui/fields/strip_text.h"
#include "ui/predictions/guess_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("predictions", text);
}

bool isDead(const Snapshot& snapshot, NeuronId id) {
    return hasNeuron(snapshot, id) && diagnosisOf(snapshot, id).state == NeuronState::Dead;
}

/// The neuron whose figure is the smallest; none where no neuron has one.
template <class Figure>
NeuronId smallest(const Frame& frame, Figure figure) {
    NeuronId best;
    std::optional<double> least;
    for (NeuronId id{1, 1}; hasNeuron(*frame.snapshot, id); ++id.layer, id.neuron = 1)
        for (; hasNeuron(*frame.snapshot, id); ++id.neuron)
            if (const std::optional<double> own = figure(id); own && (!least || *own < *least)) {
                least = own;
                best = id;
            }
    return best;
}

std::optional<double> wakesAt(const Frame& frame, NeuronId id) {
    const NeuronOutlook* outlook = outlookOf(frame, id);
    if (outlook == nullptr || !outlook->wakesAt || !isDead(*frame.snapshot, id))
        return std::nullopt;
    return static_cast<double>(*outlook->wakesAt);
}

std::optional<double> killedFrom(const Frame& frame, NeuronId id) {
    const NeuronOutlook* outlook = outlookOf(frame, id);
    if (outlook == nullptr || !outlook->lethal || isDead(*frame.snapshot, id))
        return std::nullopt;
    return outlook->lethal->low;
}

/// What stands in the way of every question; empty: nothing.
QString generalProblem(const Frame& frame) {
    if (!frame.snapshot->dataset || frame.snapshot->state == RunState::Loading)
        return say(QT_TRANSLATE_NOOP("predictions", "There is no network yet."));
    if (!frame.analysis || frame.analysis->run != frame.snapshot->run)
        return say(QT_TRANSLATE_NOOP("predictions", "Being computed…"));
    return {};
}

QString rateProblem(const Frame& frame, const GuessBook& book) {
    if (book.trying())
        return say(QT_TRANSLATE_NOOP("predictions", "Being tried…"));
    if (frame.snapshot->state == RunState::Running)
        return say(QT_TRANSLATE_NOOP("predictions", "Pause first: this is about one step."));
    if (frame.snapshot->state == RunState::Diverged)
        return say(QT_TRANSLATE_NOOP("predictions", "The training has diverged."));
    if (frame.analysis->step != frame.snapshot->now.step)
        return say(QT_TRANSLATE_NOOP("predictions", "Being computed…"));
    return {};
}

} // namespace

Question kickQuestion(const Frame& frame) {
    Question question;
    question.title = say(QT_TRANSLATE_NOOP("predictions", "A kick: how many come back?"));
    question.problem = generalProblem(frame);
    if (!question.problem.isEmpty())
        return question;
    question.about = kickText(frame.analysis->kick);
    const KickForecast* forecast = forecastOf(frame, frame.analysis->kick);
    if (forecast == nullptr)
        return question;
    question.help = forecastHelp(*forecast, frame.analysis->step);
    if (forecast->reach > 0)
        question.predicted =
            QStringLiteral("<b>%1</b> (%2)").arg(forecastText(*forecast), forecastRangeText(*forecast));
    return question;
}

Question countdownQuestion(const Frame& frame, const GuessBook& book) {
    Question question;
    question.title = say(QT_TRANSLATE_NOOP("predictions", "Bias decay: at which step does it wake?"));
    question.problem = generalProblem(frame);
    if (!question.problem.isEmpty())
        return question;
    const NeuronId first = smallest(frame, [&frame](NeuronId id) { return wakesAt(frame, id); });
    question.neuron = wakesAt(frame, frame.selected) ? frame.selected : first;
    if (question.neuron.layer == 0) {
        question.problem = say(QT_TRANSLATE_NOOP(
            "predictions",
            "No dead neuron is on its way back. It takes one in the first layer with b < 0, and decay on "
            "the biases alone, with SGD and no momentum."));
        return question;
    }
    const auto step = static_cast<qint64>(*wakesAt(frame, question.neuron));
    question.title = say(QT_TRANSLATE_NOOP("predictions", "Bias decay: at which step does %1 wake?"))
                         .arg(neuronName(question.neuron));
    question.about =
        say(QT_TRANSLATE_NOOP("predictions", "Now it is step %1. The run has to go on untouched until then."))
            .arg(countText(frame.snapshot->now.step));
    question.predicted = say(QT_TRANSLATE_NOOP("predictions", "<b>step %1</b>")).arg(countText(step));
    question.help =
        say(QT_TRANSLATE_NOOP("predictions", "b ← (1 − ηλ) b; it wakes as soon as max w·x exceeds |b|, after "
                                             "floor(ln(m/|b|) / ln(1 − ηλ)) + 1 steps, m = max w·x."));
    if (std::ranges::any_of(book.guesses(), [&](const Guess& one) {
            return one.kind == GuessKind::DecayCountdown && one.end == GuessEnd::Waiting &&
                   one.neuron == question.neuron;
        }))
        question.problem =
            say(QT_TRANSLATE_NOOP("predictions", "%1 is written down. Let the run go on until it wakes."))
                .arg(neuronName(question.neuron));
    return question;
}

Question rateQuestion(const Frame& frame, const GuessBook& book) {
    Question question;
    question.title = say(QT_TRANSLATE_NOOP("predictions", "One step: which learning rate kills?"));
    question.problem = generalProblem(frame);
    if (!question.problem.isEmpty())
        return question;
    const Snapshot& snapshot = *frame.snapshot;
    const bool living = hasNeuron(snapshot, frame.selected) && !isDead(snapshot, frame.selected);
    question.neuron =
        living ? frame.selected : smallest(frame, [&frame](NeuronId id) { return killedFrom(frame, id); });
    if (!hasMargin(snapshot) || snapshot.spec->activation->hasAlpha) {
        question.neuron = {};
        question.problem = say(QT_TRANSLATE_NOOP("predictions", "Only a ReLU can die of one step."));
        return question;
    }
    if (question.neuron.layer == 0) {
        question.problem = say(QT_TRANSLATE_NOOP("predictions", "No rate kills any neuron in the next step."));
        return question;
    }
    question.title = say(QT_TRANSLATE_NOOP("predictions", "One step: which learning rate kills %1?"))
                         .arg(neuronName(question.neuron));
    question.about = say(QT_TRANSLATE_NOOP("predictions", "The rate is set for step %1, and back again after it."))
                         .arg(countText(snapshot.now.step + 1));
    question.predicted = lethalText(outlookOf(frame, question.neuron)->lethal);
    question.help =
        say(QT_TRANSLATE_NOOP("predictions", "With such a rate z = w·x + b falls to 0 or below on every "
                                             "sample: exact in the first layer, to first order behind it."));
    question.problem = rateProblem(frame, book);
    return question;
}

} // namespace flatline
