#include "ui/window/prediction_actions.h"

#include "ui/controls/control_panel.h"
#include "ui/predictions/guess_book.h"
#include "ui/predictions/prediction_window.h"

#include <QSettings>

namespace flatline {

namespace {
constexpr auto hiddenKey = "predictions/hidden";
}

PredictionActions::PredictionActions(ControlPanel& controls, QWidget* lab)
    : QObject(lab)
    , m_controls(controls)
    , m_lab(lab) {
    connect(&m_controls, &ControlPanel::predictWished, this, &PredictionActions::open);
    connect(&m_controls.guesses(), &GuessBook::actionWished, this, &PredictionActions::actionWished);
    connect(&m_controls.guesses(), &GuessBook::stepWished, this, &PredictionActions::stepWished);
    connect(&m_controls.guesses(), &GuessBook::changed, this,
            [this] { emit predictionsHidden(m_controls.guesses().hidden()); });
}

void PredictionActions::open() {
    if (m_window == nullptr) {
        m_window = new PredictionWindow(m_controls.guesses(), m_lab);
        connect(m_window, &PredictionWindow::kickWished, this, &PredictionActions::kickWished);
    }
    m_window->show();
    m_window->activateWindow();
    showFrame(m_frame);
}

void PredictionActions::showFrame(const Frame& frame) {
    m_frame = frame;
    if (m_window != nullptr && m_window->isVisible() && frame.snapshot)
        m_window->showFrame(frame, m_controls.kickProblem());
}

void PredictionActions::noteKick(const ThermalKick& kick) {
    m_controls.guesses().noteKick(m_frame, kick);
}

void PredictionActions::restore() {
    m_controls.guesses().setHidden(QSettings().value(QLatin1String(hiddenKey), false).toBool());
}

void PredictionActions::save() const {
    QSettings().setValue(QLatin1String(hiddenKey), m_controls.guesses().hidden());
}

} // namespace flatline
