#include "ui/views/fact_widgets.h"

#include <QFontMetricsF>
#include <QGridLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace flatline {

namespace {
constexpr int lineHeight = 20;
constexpr double gap = 16.0;
} // namespace

FactRow::FactRow(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(18);
    m_grid->setVerticalSpacing(0);
}

void FactRow::showFacts(const std::vector<Fact>& facts) {
    if (facts == m_facts)
        return;
    m_facts = facts;
    while (m_names.size() < facts.size()) {
        const int column = static_cast<int>(m_names.size());
        m_names.push_back(new QLabel(this));
        m_values.push_back(new QLabel(this));
        m_names.back()->setProperty("role", "caption");
        m_values.back()->setProperty("role", "heading");
        m_grid->addWidget(m_names.back(), 0, column);
        m_grid->addWidget(m_values.back(), 1, column);
        m_grid->setColumnStretch(column, 0);
        m_grid->setColumnStretch(column + 1, 1);
    }
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const bool used = i < facts.size();
        m_names[i]->setVisible(used);
        m_values[i]->setVisible(used);
        if (!used)
            continue;
        m_names[i]->setText(facts[i].name);
        m_values[i]->setText(facts[i].value);
        m_names[i]->setToolTip(facts[i].help);
        m_values[i]->setToolTip(facts[i].help);
    }
}

void FactList::showFacts(const std::vector<Fact>& facts) {
    if (facts == m_facts)
        return;
    m_facts = facts;
    QStringList words;
    for (const Fact& fact : m_facts)
        words << factText(fact);
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    setFixedHeight(lineHeight * static_cast<int>(facts.size()));
    update();
}

void FactList::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    QFont strong = fontFor(TextRole::Body);
    strong.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(fontFor(TextRole::Body));
    double names = 0.0;
    for (const Fact& fact : m_facts)
        names = std::max(names, fact.value.isEmpty() ? 0.0 : metrics.horizontalAdvance(fact.name));
    names = std::min(names + gap, 0.55 * width());
    QRectF line(0.0, 0.0, width(), lineHeight);
    for (const Fact& fact : m_facts) {
        const bool sentence = fact.value.isEmpty();
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(sentence ? theme.text : theme.muted);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(fact.name, Qt::ElideRight, sentence ? line.width() : names - 4.0));
        painter.setFont(strong);
        painter.setPen(theme.*fact.ink);
        const QRectF rest = line.adjusted(names, 0.0, 0.0, 0.0);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(strong).elidedText(fact.value, Qt::ElideRight, rest.width()));
        line.translate(0.0, lineHeight);
    }
}

bool FactList::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto index = static_cast<std::size_t>(std::max(0, help->pos().y() / lineHeight));
    if (index >= m_facts.size())
        return QWidget::event(event);
    const Fact& fact = m_facts[index];
    QToolTip::showText(help->globalPos(), fact.help.isEmpty() ? factText(fact) : factText(fact) + '\n' + fact.help,
                       this);
    return true;
}

} // namespace flatline
