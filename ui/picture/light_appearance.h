#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace flatline {

/// A widget in the light appearance for as long as this lives, whatever the window has. Nothing of it is seen: what is
/// painted into a picture meanwhile is light, and the screen hears of it only once it is over. UI thread; no event may
/// be processed in between.
class LightAppearance {
public:
    explicit LightAppearance(QWidget& widget);
    ~LightAppearance();
    LightAppearance(const LightAppearance&) = delete;
    LightAppearance& operator=(const LightAppearance&) = delete;

private:
    QWidget& m_widget;
    QString m_sheet; ///< the widget's own
    bool m_changed;
    QList<QWidget*> m_others; ///< below it, told apart
};

} // namespace flatline
