#pragma once

#include "core/training/snapshot.h"
#include "ui/views/view.h"

#include <QFrame>

class QLabel;

namespace flatline {

class ActionButton;
class Actions;
class LessonPlayer;
class Timeline;

/// Above the slide: what is taught, where one is in it, and the ways on, back and out.
class PresenterHead : public QFrame {
    Q_OBJECT
public:
    PresenterHead(const Actions& actions, LessonPlayer& player, QWidget* parent);

    /// The open lesson, or else the experiment.
    void showTitle(const QString& experiment);

private:
    LessonPlayer& m_player;
    QLabel* m_title;
    QLabel* m_place;
    ActionButton* m_back;
    ActionButton* m_next;
};

/// Below the slide: the run, what the page does, and the whole run as a timeline.
class PresenterFoot : public QFrame {
    Q_OBJECT
public:
    PresenterFoot(const Actions& actions, LessonPlayer& player, QWidget* parent);

    void showFrame(const Frame& frame, bool running);
    void showDeed();
    [[nodiscard]] Timeline& timeline() const { return *m_timeline; }

private:
    LessonPlayer& m_player;
    ActionButton* m_run;
    ActionButton* m_deed;
    Timeline* m_timeline;
};

} // namespace flatline
