#pragma once

#include <QFocusFrame>
#include <QObject>
#include <QPointer>

class QApplication;

namespace flatline {

/// The ring around what has the keyboard's focus: 2 px of accent, 2 px off. One for the whole application. A widget
/// with the property "ringless" has none.
class FocusRing : public QObject {
    Q_OBJECT
public:
    /// Once an application; later calls change nothing.
    static void install(QApplication& application);

private:
    explicit FocusRing(QApplication& application);
    void follow(QWidget* now);

    QPointer<QFocusFrame> m_frame;
};

} // namespace flatline
