#include "ui/theme/enlarged.h"

#include <QTextEdit>

#include <cmath>

namespace flatline {

Enlarged::Enlarged(const QWidget& root, double factor) {
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (widget->isWindow() || qobject_cast<QTextEdit*>(widget) != nullptr)
            continue;
        const QSize least = widget->minimumSize();
        const QSize most = widget->maximumSize();
        const auto grown = [factor](int low, int high) {
            return low == high ? static_cast<int>(std::lround(low * factor)) : 0;
        };
        const QSize larger(grown(least.width(), most.width()), grown(least.height(), most.height()));
        if (larger == QSize(0, 0))
            continue;
        m_sizes.push_back({widget, most, larger});
        if (larger.width() > 0)
            widget->setFixedWidth(larger.width());
        if (larger.height() > 0)
            widget->setFixedHeight(larger.height());
    }
}

Enlarged::~Enlarged() {
    for (const Size& size : m_sizes) {
        if (!size.widget)
            continue;
        // What has been fixed anew meanwhile knows better.
        if (size.larger.width() > 0 && size.widget->maximumWidth() == size.larger.width())
            size.widget->setFixedWidth(size.own.width());
        if (size.larger.height() > 0 && size.widget->maximumHeight() == size.larger.height())
            size.widget->setFixedHeight(size.own.height());
    }
}

} // namespace flatline
