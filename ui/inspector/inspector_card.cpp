#include "ui/inspector/inspector_card.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace flatline {

InspectorCard::InspectorCard(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
    , m_head(new QHBoxLayout)
    , m_body(new QVBoxLayout) {
    setProperty("role", QStringLiteral("card"));
    m_title->setFont(fontFor(TextRole::ViewTitle));
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setMinimumWidth(1);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_head->setSpacing(8);
    m_head->addWidget(m_title);
    m_head->addWidget(m_note, 1);
    m_body->setSpacing(6);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(3);
    column->addLayout(m_head);
    column->addLayout(m_body, 1);
}

void InspectorCard::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void InspectorCard::setNote(const QString& note) {
    m_note->setText(note);
    m_note->setToolTip(note);
}

void InspectorCard::addHeadWidget(QWidget* widget) {
    m_head->addWidget(widget);
}

} // namespace flatline
