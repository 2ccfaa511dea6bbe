#include "ui/predictions/prediction_card.h"

#include "ui/predictions/guess_table.h"
#include "ui/predictions/guess_text.h"
#include "ui/predictions/spread_chart.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace flatline {

namespace {

constexpr double latestStep = 1e12;
constexpr double highestRate = 100.0;

QFrame* rule(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("role", "rule");
    return line;
}

ActionButton* button(ActionButton::Look look, const char* iconName, const QString& text, const QString& help,
                     QWidget* parent) {
    auto* made = new ActionButton(look, QString::fromLatin1(iconName), text, parent);
    made->setToolTip(help);
    return made;
}

int neuronsOf(const Snapshot& snapshot) {
    int neurons = 0;
    for (const Observation::Layer& layer : snapshot.now.layers)
        neurons += layer.neurons;
    return neurons;
}

NumberBox::Range countUpTo(double most) {
    return {0.0, most, NumberBox::Steps::Integer, 1.0, 1.0, true};
}

} // namespace

PredictionCard::PredictionCard(GuessBook& book, QWidget* parent)
    : QFrame(parent)
    , m_book(book) {
    setProperty("role", "plain");
    setAccessibleName(tr("Predict, then act"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    column->addWidget(makeHead());
    makeQuestions();
    for (QuestionPanel* panel : {m_kick, m_countdown, m_rate}) {
        column->addWidget(rule(this));
        column->addWidget(panel);
    }
    m_table = new GuessTable(this);
    column->addWidget(m_table, 1);
    column->addWidget(makeFoot());
    connect(&m_book, &GuessBook::changed, this, &PredictionCard::showBook);
    showBook();
}

QWidget* PredictionCard::makeHead() {
    auto* head = new QWidget(this);
    auto* words = new QLabel(tr("Guess first, then look."), head);
    words->setProperty("role", "muted");
    m_eye = new QPushButton(head);
    m_eye->setCheckable(true);
    m_eye->setAutoDefault(false);
    m_eye->setToolTip(tr("Keep predictions back until the outcome is there, here and beside the kick."));
    connect(m_eye, &QPushButton::toggled, &m_book, &GuessBook::setHidden);
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(words, 1);
    line->addWidget(m_eye);
    return head;
}

void PredictionCard::makeQuestions() {
    using Look = ActionButton::Look;
    m_kick = new QuestionPanel(
        countUpTo(0.0), tr("Guess: how many come back"), tr("guess"),
        button(Look::Kick, "bolt", tr("Kick"), tr("Make the kick that the controls are set to (K)."), this), this);
    m_chart = new SpreadChart(this);
    m_kick->addChart(m_chart);
    connect(m_kick->box(), &NumberBox::numberWished, &m_book, &GuessBook::setKickGuess);
    connect(m_kick->button(), &QPushButton::clicked, this, [this] {
        m_kick->box()->commit();
        if (m_kick->box()->problem().isEmpty())
            emit kickWished();
    });
    m_countdown = new QuestionPanel(countUpTo(latestStep), tr("Guess: at which step it wakes"), tr("step"),
                                    button(Look::Plain, "check", tr("Write down"),
                                           tr("Write guess and prediction down. The step at which it wakes is put "
                                              "beside them when it comes."),
                                           this),
                                    this);
    connect(m_countdown->button(), &QPushButton::clicked, this, &PredictionCard::writeCountdown);
    m_rate = new QuestionPanel({0.0, highestRate, NumberBox::Steps::Decades, 0.1, 1e-3, true},
                               tr("Guess: a learning rate that kills"), tr("rate"),
                               button(Look::Plain, "step", tr("Try one step"),
                                      tr("Train one step at the guessed rate, then set the rate back. Both changes are "
                                         "events of the run."),
                                      this),
                               this);
    connect(m_rate->button(), &QPushButton::clicked, this, &PredictionCard::tryRate);
    // A guess that is being typed wakes the button: pressing it takes the guess over.
    connect(m_rate->box()->findChild<QLineEdit*>(), &QLineEdit::textChanged, this, &PredictionCard::showQuestions);
    connect(m_rate->box(), &NumberBox::problemChanged, this, &PredictionCard::showQuestions);
}

QWidget* PredictionCard::makeFoot() {
    auto* foot = new QWidget(this);
    m_score = new QLabel(foot);
    m_score->setProperty("role", "caption");
    m_score->setWordWrap(true);
    m_copy = new QPushButton(tr("Copy as CSV"), foot);
    m_copy->setToolTip(tr("Copy all guesses, predictions and outcomes to the clipboard, as a table that other programs "
                          "can read."));
    m_clear = new QPushButton(tr("Clear"), foot);
    m_clear->setToolTip(tr("Forget them, but for what is still waiting."));
    for (QPushButton* one : {m_copy, m_clear})
        one->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, &PredictionCard::copyCsv);
    connect(m_clear, &QPushButton::clicked, &m_book, &GuessBook::clear);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_score, 1);
    line->addWidget(m_copy);
    line->addWidget(m_clear);
    return foot;
}

void PredictionCard::showFrame(const Frame& frame, const QString& kickProblem) {
    m_frame = frame;
    m_kickProblem = kickProblem;
    m_kick->box()->setRange(countUpTo(neuronsOf(*frame.snapshot)));
    showQuestions();
    const bool waiting =
        std::ranges::any_of(m_book.guesses(), [](const Guess& one) { return one.end == GuessEnd::Waiting; });
    if (waiting)
        m_table->showGuesses(m_book.guesses(), m_book.hidden(), frame.snapshot->now.step);
}

void PredictionCard::showQuestions() {
    if (!m_frame.snapshot)
        return;
    const bool hidden = m_book.hidden();
    m_kick->showQuestion(kickQuestion(m_frame), hidden);
    m_kick->setProblem(m_kickProblem);
    m_countdown->showQuestion(countdownQuestion(m_frame, m_book), hidden);
    m_rate->showQuestion(rateQuestion(m_frame, m_book), hidden);
    const bool typed = !m_rate->box()->text().isEmpty() && !m_rate->box()->hasProblem();
    m_rate->setProblem(typed ? QString() : tr("Type the rate to be tried first."));
    const KickForecast* forecast = m_frame.analysis ? forecastOf(m_frame, m_frame.analysis->kick) : nullptr;
    if (forecast != nullptr && forecast->reach > 0 && !hidden)
        m_chart->showSpread(forecast->revived, forecast->revived.quantile(forecastLow),
                            forecast->revived.quantile(forecastHigh));
    else
        m_chart->showNothing();
}

void PredictionCard::showBook() {
    if (m_kick->box()->number() != m_book.kickGuess())
        m_kick->box()->showNumber(m_book.kickGuess());
    m_chart->showGuess(m_book.kickGuess());
    m_eye->setChecked(m_book.hidden());
    m_eye->setText(m_book.hidden() ? tr("Show predictions") : tr("Hide predictions"));
    m_eye->setIcon(icon(m_book.hidden() ? QStringLiteral("eye") : QStringLiteral("eye-off")));
    m_table->showGuesses(m_book.guesses(), m_book.hidden(), m_frame.snapshot ? m_frame.snapshot->now.step : 0);
    m_score->setText(scoreText(scoreOf(m_book.guesses())));
    for (QPushButton* one : {m_copy, m_clear})
        one->setEnabled(!m_book.guesses().empty());
    showQuestions();
}

void PredictionCard::writeCountdown() {
    m_countdown->box()->commit();
    if (!m_countdown->box()->problem().isEmpty())
        return;
    const std::optional<double> guess = m_countdown->box()->number();
    m_countdown->box()->showNumber({});
    m_book.noteCountdown(m_frame, m_countdown->question().neuron, guess);
}

void PredictionCard::tryRate() {
    m_rate->box()->commit();
    if (m_rate->box()->problem().isEmpty() && m_rate->box()->number())
        m_book.tryRate(m_frame, m_rate->question().neuron, *m_rate->box()->number());
}

void PredictionCard::copyCsv() {
    QApplication::clipboard()->setText(QString::fromStdString(guessesCsv(m_book.guesses())));
}

} // namespace flatline
