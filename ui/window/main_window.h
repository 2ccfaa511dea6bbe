#pragma once

#include "ui/window/actions.h"
#include "ui/window/lab.h"
#include "ui/window/services.h"

#include <QMainWindow>

namespace flatline {

class Banner;
class ClassActions;
class ComparisonActions;
class ComparisonView;
class ControlPanel;
class DeedActions;
class FileActions;
class Guide;
class InspectorActions;
class LeftSide;
class LessonActions;
class LockstepLabel;
class Menus;
class NoticeBar;
class PictureActions;
class PredictionActions;
class Presenter;
class RunActions;
class StatusStrip;
class TimelineCard;
class TransportBar;
class ViewGrid;
class VitalsBar;

/// The main window. It only lays out and connects: wishes go to the lab, frames come from it.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// lab may be null: then the window shows what showFrame is given, and nothing can be run.
    MainWindow(Services services, Lab* lab, QWidget* parent = nullptr);
    ~MainWindow() override;

    void showFrame(const Frame& frame, quint64 tick);
    /// In the status line, for some seconds.
    void announce(const QString& text);
    [[nodiscard]] NoticeBar& notice() { return *m_notice; }
    [[nodiscard]] ViewGrid& views() const { return *m_views; }
    [[nodiscard]] LessonActions& lessons() const { return *m_lessons; }
    [[nodiscard]] ClassActions& forClass() const { return *m_class; }
    [[nodiscard]] FileActions& files() const { return *m_files; }
    [[nodiscard]] double speed() const; ///< as it is set, in steps a second; 0: as fast as it goes
    void startAfresh();
    /// The comparison in the place of the views, where there are runs to compare.
    void compare(bool on);

signals:
    void closing(); ///< the window is about to be closed; the run is still as it was

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void connectActions();
    void connectWishes();
    void restore();
    void layOut();
    void reach(QWidget* control);
    void watchPictures();
    void showPictures();

    Services m_services;
    Lab* m_lab;
    Frame m_frame;
    Actions* m_actions = nullptr;
    FileActions* m_files = nullptr;
    RunActions* m_run = nullptr;
    ComparisonActions* m_comparisons = nullptr;
    PictureActions* m_pictures = nullptr;
    Guide* m_guide = nullptr;
    Menus* m_menus = nullptr;
    TransportBar* m_transport = nullptr;
    VitalsBar* m_vitals = nullptr;
    Banner* m_banner = nullptr;
    NoticeBar* m_notice = nullptr;
    LeftSide* m_left = nullptr;
    ControlPanel* m_controls = nullptr; ///< the left's
    LessonActions* m_lessons = nullptr;
    Presenter* m_presenter = nullptr;
    ViewGrid* m_views = nullptr;
    TimelineCard* m_timeline = nullptr;
    PredictionActions* m_predictions = nullptr;
    DeedActions* m_deeds = nullptr;
    ComparisonView* m_comparison = nullptr;
    LockstepLabel* m_lockstep = nullptr;
    StatusStrip* m_status = nullptr;
    InspectorActions* m_inspection = nullptr;
    ClassActions* m_class = nullptr;
    quint64 m_tick = 0;        ///< of the frame
    quint64 m_controlsDue = 0; ///< the tick from which controls and figures follow the next frame
    bool m_comparing = false;  ///< the comparison stands in the place of the views
};

} // namespace flatline
