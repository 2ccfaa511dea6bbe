#pragma once

#include "core/training/worker.h"
#include "ui/views/view.h"

#include <QObject>

namespace flatline {

class InspectorWindow;
class Lab;
class PictureActions;

/// Opens the inspector and connects it: it shows what the lab has selected, and the lab looks closely only while it is
/// open.
class InspectorActions : public QObject {
    Q_OBJECT
public:
    /// lab may be null: then nothing can be inspected.
    InspectorActions(Lab* lab, PictureActions& pictures, QWidget* window);

    /// On the selected neuron; where none is, on the first that is dead, else on the first.
    void open();
    void showFrame(const Frame& frame);

signals:
    void commandWished(const flatline::Command& command);
    void runToggled();
    void problemFound(const QString& problem);

private:
    void make();

    Lab* m_lab;
    PictureActions& m_pictures;
    QWidget* m_window;
    InspectorWindow* m_inspector = nullptr; ///< the window's child; made when it is first asked for
};

} // namespace flatline
