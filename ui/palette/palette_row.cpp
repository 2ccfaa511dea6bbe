#include "ui/palette/palette_row.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace flatline {

namespace {
constexpr double gap = 10.0;
} // namespace

void PaletteRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = themeOf(option.widget);
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const QRectF box(option.rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (chosen) {
        painter->setPen(QPen(theme.accent, 1.0));
        painter->setBrush(theme.selectedFill);
        painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const QColor ink = enabled ? theme.text : theme.muted;
    if (index.data(checkedRole).toBool())
        icon(QStringLiteral("check"), theme.accent)
            .paint(painter, QRectF(box.left() + 7, box.center().y() - 7, 14, 14).toRect());
    painter->setFont(fontFor(TextRole::Body));
    const QFontMetricsF metrics(painter->font());
    const QString keys = index.data(keysRole).toString();
    const double keysWidth = metrics.horizontalAdvance(keys);
    painter->setPen(theme.muted);
    painter->drawText(box.adjusted(0, 0, -gap, 0), Qt::AlignRight | Qt::AlignVCenter, keys);
    const double right = box.right() - gap - (keys.isEmpty() ? 0.0 : keysWidth + gap);
    const double room = right - box.left() - textLeft;
    const QString title = metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room);
    painter->setPen(ink);
    painter->drawText(QRectF(box.left() + textLeft, box.top(), room, box.height()), Qt::AlignVCenter, title);
    const double used = metrics.horizontalAdvance(title) + gap;
    painter->setPen(theme.muted);
    painter->drawText(QRectF(box.left() + textLeft + used, box.top(), room - used, box.height()), Qt::AlignVCenter,
                      metrics.elidedText(index.data(placeRole).toString(), Qt::ElideRight, room - used));
    painter->restore();
}

QSize PaletteRow::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), height};
}

} // namespace flatline
