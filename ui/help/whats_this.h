#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace flatline {

/// 'What is this?': the next click shows help on what it hits instead of doing anything. Escape ends it.
class WhatsThis : public QObject {
    Q_OBJECT
public:
    using Show = std::function<void(QWidget* hit)>;
    /// `show` is called with the widget that was hit, and only where there is help on it.
    WhatsThis(Show show, QObject* parent);

    void start();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Show m_show;
};

} // namespace flatline
