#pragma once

#include "core/training/snapshot.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace flatline {

class ActionButton;
class Actions;
class NumberBox;

/// The buttons that make time go on, the seed and the speed.
class TransportBar : public QWidget {
    Q_OBJECT
public:
    TransportBar(const Actions& actions, QWidget* parent = nullptr);

    void showSnapshot(const Snapshot& snapshot);
    [[nodiscard]] double speed() const; ///< as it is set, in steps a second; 0: as fast as it goes
    /// As if the slider had been moved there: speedWished, where it is another.
    void setSpeed(double stepsPerSecond);
    void showRunning(bool running);
    /// Narrow: icons alone where an icon says it, and the button for the drawer.
    void setNarrow(bool narrow);
    void showDrawer(bool open);
    /// The button for the drawer, also where it is not narrow.
    void offerDrawer(bool offered);

signals:
    void speedWished(double stepsPerSecond); ///< 0: as fast as it goes
    void seedWished(qint64 seed);
    void drawerWished(bool open);
    void problemFound(const QString& problem); ///< what is wrong with the seed as typed

private:
    void addSpeed();
    QWidget* separator();

    ActionButton* m_drawer;
    ActionButton* m_run;
    std::vector<ActionButton*> m_shrinking; ///< lose their word where it is narrow
    std::vector<QWidget*> m_separators;
    NumberBox* m_seed;
    QSlider* m_speed;
    QLabel* m_speedCaption;
    QLabel* m_speedText;
    qint64 m_shownSeed = -1;
};

} // namespace flatline
