#pragma once

#include "core/comparison/cures.h"
#include "ui/window/actions.h"
#include "ui/window/lab.h"
#include "ui/window/services.h"

#include <QMainWindow>

namespace flatline {

class Banner;
class ComparisonActions;
class ControlPanel;
class FileActions;
class Menus;
class StatusStrip;
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

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void connectActions();
    void connectWishes();
    void restore();
    void layOut();
    void change(const std::vector<SettingChange>& changes);
    void toggleRun();
    void kick();
    void newSeed();
    void perform(const CureRow& cure, const CureDoses& doses);
    void post(Command command);

    Services m_services;
    Lab* m_lab;
    Frame m_frame;
    Actions* m_actions = nullptr;
    FileActions* m_files = nullptr;
    ComparisonActions* m_comparisons = nullptr;
    Menus* m_menus = nullptr;
    TransportBar* m_transport = nullptr;
    VitalsBar* m_vitals = nullptr;
    Banner* m_banner = nullptr;
    ControlPanel* m_controls = nullptr;
    ViewGrid* m_views = nullptr;
    StatusStrip* m_status = nullptr;
    QString m_restartNews; ///< what a restart on its way will have changed: it may yet fail
    bool m_drawerOpen = false;
};

} // namespace flatline
