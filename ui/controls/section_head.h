#pragma once

#include <QLabel>
#include <QWidget>

namespace flatline {

/// What a change does to the run, as a sign of 12 px: a dot where it acts at the next step, an arrow back where the run
/// starts anew.
class EffectSign : public QLabel {
    Q_OBJECT
public:
    EffectSign(bool live, QWidget* parent);
    [[nodiscard]] static QString meaning(bool live);

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();

    bool m_live;
};

/// The heading of a section: its title, and what a change in it does to the run, in a word and a sign.
class SectionHead : public QWidget {
    Q_OBJECT
public:
    SectionHead(const QString& title, bool live, QWidget* parent);
    /// Puts a control between the title and the sign.
    void addControl(QWidget* control);
};

/// Keeps a passing wheel from changing a control that does not have the focus.
class WheelGuard : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace flatline
