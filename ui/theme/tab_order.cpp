#include "ui/theme/tab_order.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QGridLayout>
#include <QScrollArea>
#include <QSet>
#include <QWidget>

#include <algorithm>
#include <tuple>
#include <vector>

namespace flatline {
namespace {

/// Walks widgets and layouts in the order of reading.
class Reader {
public:
    void read(QWidget* widget) {
        if (widget == nullptr || m_seen.contains(widget) || widget->isWindow())
            return;
        m_seen << widget;
        const bool stops = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr;
        if (stops)
            m_stops.push_back(widget);
        if (!ownsItsInside(widget))
            readInside(widget);
    }
    void readInside(QWidget* widget) {
        if (auto* area = qobject_cast<QScrollArea*>(widget))
            read(area->widget());
        if (widget->layout() != nullptr)
            read(widget->layout());
        for (QObject* child : widget->children())
            read(qobject_cast<QWidget*>(child));
    }
    [[nodiscard]] const std::vector<QWidget*>& stops() const { return m_stops; }

private:
    static bool ownsItsInside(const QWidget* widget) {
        return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
               qobject_cast<const QComboBox*>(widget) != nullptr ||
               qobject_cast<const QAbstractItemView*>(widget) != nullptr;
    }

    void read(QLayout* layout) {
        std::vector<std::tuple<int, int, int>> places; // row, column, number
        const auto* grid = qobject_cast<QGridLayout*>(layout);
        for (int i = 0; i < layout->count(); ++i) {
            int row = i;
            int column = 0;
            int span = 0;
            if (grid != nullptr)
                grid->getItemPosition(i, &row, &column, &span, &span);
            places.emplace_back(row, column, i);
        }
        std::ranges::sort(places);
        for (const auto& [row, column, i] : places) {
            QLayoutItem* item = layout->itemAt(i);
            if (item->widget() != nullptr)
                read(item->widget());
            else if (auto* inner = item->layout())
                read(inner);
        }
    }

    std::vector<QWidget*> m_stops;
    QSet<QWidget*> m_seen;
};

} // namespace

void orderTabsAsRead(QWidget* whole) {
    Reader reader;
    reader.readInside(whole);
    // The whole itself is where Tab sets out from, and Qt puts nothing behind what takes no focus.
    const Qt::FocusPolicy policy = whole->focusPolicy();
    whole->setFocusPolicy(Qt::StrongFocus);
    QWidget* before = whole;
    for (QWidget* stop : reader.stops()) {
        QWidget::setTabOrder(before, stop);
        before = stop;
    }
    whole->setFocusPolicy(policy);
}

} // namespace flatline
