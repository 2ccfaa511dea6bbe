#include "ui/picture/light_appearance.h"

#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace flatline {

LightAppearance::LightAppearance(QWidget& widget)
    : m_widget(widget)
    , m_sheet(widget.styleSheet())
    , m_changed(themeOf(&widget).dark) {
    if (!m_changed)
        return;
    // In this order: a style sheet that is set takes the palette back.
    m_widget.setStyleSheet(styleSheetFor(themeFor(false), typeScale()) + m_sheet);
    const QPalette light = paletteFor(themeFor(false));
    m_widget.setPalette(light);
    // What a style sheet has touched does not hear of its parent's palette.
    for (QWidget* other : m_widget.findChildren<QWidget*>()) {
        if (!themeOf(other).dark)
            continue;
        other->setPalette(light);
        m_others << other;
    }
}

LightAppearance::~LightAppearance() {
    if (!m_changed)
        return;
    for (QWidget* other : m_others)
        other->setPalette(QPalette());
    m_widget.setPalette(QPalette());
    m_widget.setStyleSheet(m_sheet);
}

} // namespace flatline
