#include "ui/predictions/question_panel.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>

#include <utility>

namespace flatline {

namespace {

constexpr int boxWidth = 116;
constexpr int predictedAt = 2; ///< in the line: behind the guess and its gap

void setTextOnce(QLabel* label, const QString& text) {
    if (label->text() != text)
        label->setText(text);
}

} // namespace

QuestionPanel::QuestionPanel(const NumberBox::Range& range, const QString& guessName, const QString& decoration,
                             ActionButton* button, QWidget* parent)
    : QWidget(parent)
    , m_buttonHelp(button->toolTip())
    , m_title(new QLabel(this))
    , m_about(new QLabel(this))
    , m_box(new NumberBox(range, this))
    , m_predicted(new QLabel(this))
    , m_wrong(new QLabel(this))
    , m_button(button)
    , m_line(new QHBoxLayout) {
    m_title->setProperty("role", "heading");
    m_about->setProperty("role", "muted");
    m_about->setWordWrap(true);
    m_wrong->setProperty("role", "dead");
    m_wrong->hide();
    m_predicted->setWordWrap(true);
    m_box->setFixedWidth(boxWidth);
    m_box->setDecoration(decoration, {});
    m_box->setAccessibleName(guessName);
    m_box->setToolTip(tr("The class's guess, which stands beside prediction and outcome afterwards."));
    m_box->setAccessibleDescription(m_box->toolTip());
    connect(m_box, &NumberBox::problemChanged, this, [this](const QString& problem) {
        m_wrong->setText(problem);
        m_wrong->setVisible(!problem.isEmpty());
    });
    m_button->setParent(this);
    m_line->setSpacing(8);
    m_line->addWidget(m_box);
    m_line->addWidget(m_predicted, 1);
    m_line->addWidget(m_button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_about);
    column->addLayout(m_line);
    column->addWidget(m_wrong);
}

void QuestionPanel::addChart(QWidget* chart) {
    m_line->insertWidget(predictedAt, chart);
    setTabOrder(m_box, m_button);
}

void QuestionPanel::showQuestion(const Question& question, bool hidden) {
    if (question == m_question && hidden == m_hidden)
        return;
    m_question = question;
    m_hidden = hidden;
    showState();
}

void QuestionPanel::setProblem(const QString& problem) {
    if (std::exchange(m_problem, problem) != problem)
        showState();
}

void QuestionPanel::showState() {
    setTextOnce(m_title, m_question.title);
    const bool blocked = !m_question.problem.isEmpty();
    setTextOnce(m_about, blocked ? m_question.problem : m_question.about);
    const QString predicted = m_question.predicted.isEmpty() ? QStringLiteral("–")
                              : m_hidden                     ? tr("hidden until the outcome is there")
                                                             : m_question.predicted;
    setTextOnce(m_predicted, tr("Predicted: %1").arg(predicted));
    m_predicted->setToolTip(m_hidden ? tr("Kept back until the outcome is there.") : m_question.help);
    const QString problem = blocked ? m_question.problem : m_problem;
    m_button->setEnabled(problem.isEmpty());
    m_button->setToolTip(problem.isEmpty() ? m_buttonHelp : problem);
    m_button->setAccessibleDescription(m_button->toolTip());
}

} // namespace flatline
