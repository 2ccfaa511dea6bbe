#pragma once

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QRect>
#include <QString>
#include <QWidget>

namespace flatline::test {

/// The first widget that Tab comes to in `whole` before one that is read earlier: above it, or left of it in the same
/// row. Empty: the order is that of reading. Everything must be on screen, and in one column.
inline QString outOfOrder(const QWidget& whole) {
    QRect before;
    const auto inside = [&](const QWidget* widget) { return whole.isAncestorOf(widget); };
    for (const QWidget* widget = whole.nextInFocusChain(); widget != &whole; widget = widget->nextInFocusChain()) {
        const auto* parent = widget->parentWidget();
        const bool part = qobject_cast<const QAbstractSpinBox*>(parent) != nullptr ||
                          qobject_cast<const QComboBox*>(parent) != nullptr;
        if (!inside(widget) || part || (widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible() ||
            widget->focusProxy() != nullptr)
            continue;
        const QRect box(widget->mapTo(&whole, QPoint()), widget->size());
        const bool below = box.center().y() > before.bottom();
        const bool beside = box.top() <= before.bottom() && box.left() >= before.right();
        if (!before.isNull() && !below && !beside)
            return QStringLiteral("%1 '%2'").arg(QString::fromLatin1(widget->metaObject()->className()),
                                                 widget->accessibleName());
        before = box;
    }
    return {};
}

} // namespace flatline::test
