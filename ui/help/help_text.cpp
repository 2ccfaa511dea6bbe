#include "ui/help/help_text.h"

#include "ui/controls/section.h"
#include "ui/controls/section_head.h"
#include "ui/views/view_card.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QLabel>

namespace flatline {

namespace {

/// Lines of plain text as paragraphs; rich text stays as it is.
QString paragraphs(const QString& text) {
    if (Qt::mightBeRichText(text))
        return text;
    QString rich;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        rich += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
    return rich;
}

QString nameOf(const QWidget& widget) {
    if (!widget.accessibleName().isEmpty())
        return widget.accessibleName();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return button->text().remove(QLatin1Char('&'));
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return label->buddy() != nullptr ? nameOf(*label->buddy()) : QString();
    return {};
}

/// Whether a change starts the run anew, where the widget is a control of a section and does not say so itself.
QString effectOf(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget())
        if (const auto* section = qobject_cast<const Section*>(widget))
            return EffectSign::meaning(section->live());
    return {};
}

} // namespace

HelpText helpOn(const QWidget* widget) {
    for (const QWidget* w = widget; w != nullptr && !w->isWindow(); w = w->parentWidget()) {
        if (const auto* card = qobject_cast<const ViewCard*>(w))
            return {card->accessibleName(), paragraphs(card->help())};
        if (w->toolTip().isEmpty())
            continue;
        QString text = paragraphs(w->toolTip());
        const bool said =
            w->toolTip().contains(EffectSign::meaning(true)) || w->toolTip().contains(EffectSign::meaning(false));
        if (const QString effect = effectOf(w); !effect.isEmpty() && !said)
            text += paragraphs(effect);
        if (const auto* view = w->findChild<View*>(); view != nullptr && !view->accessibleDescription().isEmpty())
            text += paragraphs(view->accessibleDescription());
        const View* view = w->findChild<View*>();
        return {view != nullptr ? view->accessibleName() : nameOf(*w), text};
    }
    return {};
}

} // namespace flatline
