#include "ui/predictions/kick_forecast_line.h"

#include "ui/predictions/guess_text.h"
#include "ui/predictions/spread_chart.h"

#include <QHBoxLayout>
#include <QLabel>

namespace flatline {

KickForecastLine::KickForecastLine(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Predicted revivals"), this))
    , m_words(new QLabel(this))
    , m_chart(new SpreadChart(this)) {
    m_title->setProperty("role", "caption");
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_words);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addLayout(words, 1);
    line->addWidget(m_chart);
    setAccessibleName(m_title->text());
}

void KickForecastLine::showForecast(const Frame& frame, const ThermalKick& kick, const GuessBook& book) {
    m_chart->showGuess(book.kickGuess());
    const KickForecast* forecast = forecastOf(frame, kick);
    if (forecast != nullptr && forecast->reach > 0 && !book.hidden())
        m_chart->showSpread(forecast->revived, forecast->revived.quantile(forecastLow),
                            forecast->revived.quantile(forecastHigh));
    else
        m_chart->showNothing();
    const bool unknown = frame.analysis && frame.analysis->kick == kick && !frame.analysis->forecast;
    if (unknown)
        showWords(tr("not known"), tr("The network is too large to try the kick, and the chances of a neuron alone "
                                      "are known only for activations with a kink at 0."));
    else if (forecast == nullptr)
        showWords(QStringLiteral("…"), tr("Being computed."));
    else if (forecast->reach == 0)
        showWords(tr("none is dead"), tr("The kick meets no dead neuron."));
    else if (book.hidden())
        showWords(tr("hidden"), tr("Kept back until the kick is made."));
    else
        showWords(QStringLiteral("%1<b>%2</b> (%3)")
                      .arg(forecast->draws > 0 ? QString() : QStringLiteral("≈ "), forecastText(*forecast),
                           forecastRangeText(*forecast)),
                  forecastHelp(*forecast, frame.analysis->step));
}

void KickForecastLine::showWords(const QString& words, const QString& help) {
    if (m_words->text() != words)
        m_words->setText(words);
    if (toolTip() == help)
        return;
    setToolTip(help);
    setAccessibleDescription(help);
}

} // namespace flatline
