#pragma once

#include <QStyledItemDelegate>

namespace flatline {

/// Draws a row of the palette: a tick where it is switched on, what it does, where else it is to be found, its keys.
class PaletteRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int height = 28;
    static constexpr int textLeft = 28;
    enum Role { placeRole = Qt::UserRole + 1, keysRole, checkedRole };
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace flatline
