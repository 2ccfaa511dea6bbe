#pragma once

#include <QMap>
#include <QString>

class QWidget;

namespace flatline {

/// What is chosen in the heads of the view cards below a widget, as "landscape/Plane" -> "pca": combo boxes by the data
/// of their items, or else by the text, and switches by what is pressed.
[[nodiscard]] QMap<QString, QString> viewChoices(const QWidget& views);
/// Chooses the same again, as if by hand, where it is offered.
void restoreViewChoices(QWidget& views, const QMap<QString, QString>& choices);

} // namespace flatline
