#pragma once

#include "ui/views/view.h"

#include <QObject>

namespace flatline {

class ControlPanel;
class PredictionWindow;

/// 'Predict, then act' in the main window: opens the window of guesses and predictions, and remembers whether
/// predictions are hidden.
class PredictionActions : public QObject {
    Q_OBJECT
public:
    PredictionActions(ControlPanel& controls, QWidget* lab);

    void open();
    void showFrame(const Frame& frame);
    /// That kick is about to be made.
    void noteKick(const ThermalKick& kick);
    void restore();
    void save() const;

signals:
    void kickWished();
    void actionWished(const flatline::Action& action);
    void stepWished();
    void predictionsHidden(bool hidden); ///< from now on

private:
    ControlPanel& m_controls;
    QWidget* m_lab;
    PredictionWindow* m_window = nullptr; ///< the lab's child; made when it is first asked for
    Frame m_frame;
};

} // namespace flatline
