#include "ui/predictions/guess_text.h"

#include "ui/fields/strip_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <array>
#include <cmath>

namespace flatline {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("predictions", text);
}

QString meanText(double mean) {
    return QLocale().toString(mean, 'f', 1);
}

QString rangeText(double low, double high) {
    return say(QT_TRANSLATE_NOOP("predictions", "%1 to %2"))
        .arg(countText(static_cast<qint64>(low)), countText(static_cast<qint64>(high)));
}

/// Where there is little room.
QString shortRangeText(double low, double high) {
    return QStringLiteral("%1–%2").arg(countText(static_cast<qint64>(low)), countText(static_cast<qint64>(high)));
}

/// The chance of each number that is not next to impossible; of many numbers, none.
QString chancesText(const CountSpread& spread) {
    constexpr double seldom = 0.005;
    constexpr int most = 12;
    QStringList lines;
    for (std::size_t n = 0; n < spread.chances.size(); ++n)
        if (spread.chances[n] >= seldom)
            lines << QStringLiteral("%1: %2").arg(countText(static_cast<qint64>(n)), percentText(spread.chances[n]));
    return lines.size() > most ? QString() : lines.join(QStringLiteral("   "));
}

} // namespace

QString forecastText(const KickForecast& forecast) {
    return say(QT_TRANSLATE_NOOP("predictions", "%1 of %2"))
        .arg(meanText(forecast.revived.mean()), countText(forecast.reach));
}

QString forecastRangeText(const KickForecast& forecast) {
    return rangeText(forecast.revived.quantile(forecastLow), forecast.revived.quantile(forecastHigh));
}

QString forecastHelp(const KickForecast& forecast, std::int64_t step) {
    QStringList lines;
    lines << say(QT_TRANSLATE_NOOP("predictions", "How many of the dead this kick is expected to wake, on average, and "
                                                  "in 9 cases of 10."));
    if (forecast.draws > 0)
        lines << say(QT_TRANSLATE_NOOP("predictions", "Tried %1 times on the network after step %2, with other random "
                                                      "numbers than the kick's."))
                     .arg(countText(forecast.draws), countText(step));
    else
        lines << say(QT_TRANSLATE_NOOP("predictions", "The network is too large to try the kick: the chances of each "
                                                      "neuron alone, added up as if they were independent (step %1)."))
                     .arg(countText(step));
    if (const QString chances = chancesText(forecast.revived); !chances.isEmpty())
        lines << say(QT_TRANSLATE_NOOP("predictions", "Chances  %1")).arg(chances);
    if (forecast.died.mean() >= 0.05)
        lines << say(QT_TRANSLATE_NOOP("predictions", "It also kills: %1 on average, %2 in 9 cases of 10."))
                     .arg(meanText(forecast.died.mean()),
                          rangeText(forecast.died.quantile(forecastLow), forecast.died.quantile(forecastHigh)));
    return lines.join(QLatin1Char('\n'));
}

QString lethalText(const std::optional<LethalRates>& lethal) {
    if (!lethal)
        return say(QT_TRANSLATE_NOOP("predictions", "<b>none</b>: immune to the next step"));
    if (std::isinf(lethal->high))
        return say(QT_TRANSLATE_NOOP("predictions", "<b>%1</b> and more")).arg(numberText(lethal->low));
    return say(QT_TRANSLATE_NOOP("predictions", "<b>%1 to %2</b>"))
        .arg(numberText(lethal->low), numberText(lethal->high));
}

QString targetName(const Target& target) {
    switch (target.kind) {
    case Target::Kind::Dead:
        return say(QT_TRANSLATE_NOOP("predictions", "dead neurons"));
    case Target::Kind::Layer:
        return say(QT_TRANSLATE_NOOP("predictions", "layer %1")).arg(target.layer);
    case Target::Kind::Neuron:
        return neuronName({target.layer, target.neuron});
    case Target::Kind::All:
        break;
    }
    return say(QT_TRANSLATE_NOOP("predictions", "all neurons"));
}

QString kickText(const ThermalKick& kick) {
    constexpr std::array struck{QT_TRANSLATE_NOOP("predictions", "weights and bias"),
                                QT_TRANSLATE_NOOP("predictions", "bias alone"),
                                QT_TRANSLATE_NOOP("predictions", "weights alone")}; // in the order of KickedParameters
    return say(QT_TRANSLATE_NOOP("predictions", "Kick of σ %1 on %2, %3"))
        .arg(numberText(kick.strength), targetName(kick.target),
             say(struck[static_cast<std::size_t>(kick.parameters)]));
}

QString kickResultText(const Guess& kick) {
    QStringList parts;
    if (kick.guess)
        parts << say(QT_TRANSLATE_NOOP("predictions", "Guess %1")).arg(countText(static_cast<qint64>(*kick.guess)));
    if (kick.prediction)
        parts << say(QT_TRANSLATE_NOOP("predictions", "predicted %1 (%2)"))
                     .arg(meanText(*kick.prediction), shortRangeText(*kick.low, *kick.high));
    if (kick.end == GuessEnd::Diverged)
        parts << say(QT_TRANSLATE_NOOP("predictions", "diverged"));
    else if (kick.outcome)
        parts << say(QT_TRANSLATE_NOOP("predictions", "came back <b>%1</b>"))
                     .arg(countText(static_cast<qint64>(*kick.outcome)));
    if (kick.died > 0)
        parts << say(QT_TRANSLATE_NOOP("predictions", "died %1")).arg(countText(kick.died));
    QString text = parts.join(QStringLiteral(" · "));
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString kickResultHelp(const Guess& kick) {
    QString help =
        say(QT_TRANSLATE_NOOP("predictions", "%1 at step %2.")).arg(kickText(kick.kick), countText(kick.step));
    if (kick.prediction)
        help += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("predictions", "Predicted from the network after step %1."))
                                       .arg(countText(kick.predictedAt));
    else
        help += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("predictions", "There was no prediction yet."));
    return help;
}

namespace {

QString questionCell(const Guess& guess) {
    if (guess.kind == GuessKind::KickRevivals)
        return say(QT_TRANSLATE_NOOP("predictions", "Kick σ %1, %2"))
            .arg(numberText(guess.kick.strength), targetName(guess.kick.target));
    const QString name = neuronName(guess.neuron);
    if (guess.kind == GuessKind::DecayCountdown)
        return say(QT_TRANSLATE_NOOP("predictions", "Bias decay wakes %1")).arg(name);
    return say(QT_TRANSLATE_NOOP("predictions", "A rate that kills %1")).arg(name);
}

QString fateText(double died) {
    return died != 0.0 ? say(QT_TRANSLATE_NOOP("predictions", "dies")) : say(QT_TRANSLATE_NOOP("predictions", "lives"));
}

QString guessCell(const Guess& guess) {
    if (!guess.guess)
        return QStringLiteral("–");
    return guess.kind == GuessKind::LethalRate ? numberText(*guess.guess)
                                               : countText(static_cast<qint64>(*guess.guess));
}

QString predictionCell(const Guess& guess) {
    if (!guess.prediction)
        return QStringLiteral("–");
    if (guess.kind == GuessKind::KickRevivals)
        return QStringLiteral("%1 (%2)").arg(meanText(*guess.prediction), shortRangeText(*guess.low, *guess.high));
    if (guess.kind == GuessKind::DecayCountdown)
        return countText(static_cast<qint64>(*guess.prediction));
    return fateText(*guess.prediction);
}

QString endCell(const Guess& guess, std::int64_t now) {
    if (guess.end == GuessEnd::Waiting)
        return say(QT_TRANSLATE_NOOP("predictions", "waiting, step %1")).arg(countText(now));
    if (guess.end == GuessEnd::Diverged)
        return say(QT_TRANSLATE_NOOP("predictions", "diverged"));
    return say(QT_TRANSLATE_NOOP("predictions", "run started anew"));
}

QString outcomeCell(const Guess& guess, std::int64_t now) {
    if (!guess.outcome)
        return endCell(guess, now);
    if (guess.kind == GuessKind::LethalRate)
        return fateText(*guess.outcome);
    QString text = countText(static_cast<qint64>(*guess.outcome));
    if (guess.died > 0)
        text += QStringLiteral(", ") + say(QT_TRANSLATE_NOOP("predictions", "died %1")).arg(countText(guess.died));
    if (guess.otherCause)
        text += QStringLiteral(", ") + coreText(verdictTable()[static_cast<std::size_t>(*guess.otherCause)].label);
    return text;
}

} // namespace

QStringList guessCells(const Guess& guess, bool hidden, std::int64_t now) {
    const bool back = hidden && guess.end == GuessEnd::Waiting;
    return {countText(guess.step), questionCell(guess), guessCell(guess),
            back ? say(QT_TRANSLATE_NOOP("predictions", "hidden")) : predictionCell(guess), outcomeCell(guess, now)};
}

QString scoreText(const GuessScore& score) {
    if (score.kicks == 0)
        return {};
    QString text = say(QT_TRANSLATE_NOOP("predictions", "Kicks in the predicted range: %1 of %2."))
                       .arg(countText(score.inRange), countText(score.kicks));
    if (score.guesses > 0)
        text += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("predictions", "Guess nearer than the prediction: %1 of %2."))
                                       .arg(countText(score.nearer), countText(score.guesses));
    return text;
}

} // namespace flatline
