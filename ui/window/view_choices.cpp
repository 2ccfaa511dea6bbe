#include "ui/window/view_choices.h"

#include "ui/views/view_card.h"
#include "ui/widgets/head_switch.h"

#include <QAbstractButton>
#include <QComboBox>

namespace flatline {

namespace {

QString keyOf(const ViewCard& card, const QWidget& field) {
    return QStringLiteral("%1/%2").arg(QString::fromLatin1(card.row().id), field.accessibleName());
}

QString itemId(const QComboBox& box, int index) {
    const QString data = box.itemData(index).toString();
    return data.isEmpty() ? box.itemText(index) : data;
}

void choose(QComboBox& box, const QString& id) {
    for (int i = 0; i < box.count(); ++i) {
        if (itemId(box, i) != id || i == box.currentIndex())
            continue;
        box.setCurrentIndex(i);
        emit box.activated(i);
        return;
    }
}

} // namespace

QMap<QString, QString> viewChoices(const QWidget& views) {
    QMap<QString, QString> choices;
    for (const ViewCard* card : views.findChildren<ViewCard*>()) {
        for (const QComboBox* box : card->findChildren<QComboBox*>())
            choices[keyOf(*card, *box)] = itemId(*box, box->currentIndex());
        for (const HeadSwitch* head : card->findChildren<HeadSwitch*>())
            for (const QAbstractButton* button : head->findChildren<QAbstractButton*>())
                if (button->isChecked())
                    choices[keyOf(*card, *head)] = button->text();
    }
    return choices;
}

void restoreViewChoices(QWidget& views, const QMap<QString, QString>& choices) {
    for (const ViewCard* card : views.findChildren<ViewCard*>()) {
        for (QComboBox* box : card->findChildren<QComboBox*>())
            if (const QString key = keyOf(*card, *box); choices.contains(key))
                choose(*box, choices[key]);
        for (const HeadSwitch* head : card->findChildren<HeadSwitch*>())
            for (QAbstractButton* button : head->findChildren<QAbstractButton*>())
                if (!button->isChecked() && choices.value(keyOf(*card, *head)) == button->text())
                    button->click();
    }
}

} // namespace flatline
