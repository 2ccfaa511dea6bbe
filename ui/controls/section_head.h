#pragma once

#include <QLabel>
#include <QWidget>

namespace flatline {

/// The heading of a section: its title, and what a change in it does to the run, in a word and a sign.
class SectionHead : public QWidget {
    Q_OBJECT
public:
    SectionHead(const QString& title, bool live, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void drawSign();

    bool m_live;
    QLabel* m_sign;
};

/// Keeps a passing wheel from changing a control that does not have the focus.
class WheelGuard : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace flatline
