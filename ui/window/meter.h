#pragma once

#include "ui/window/lab.h"

#include <QApplication>

#include <cstddef>
#include <iosfwd>
#include <vector>

namespace flatline {

class MainWindow;

/// An application that measures how long each event keeps the UI thread: from being handed over to being done, with
/// all that it causes on the way (a paint request includes all painting). Only `flatline --meter` pays for it. What is
/// painted before startMeasuring() is announced, but not counted.
class MeteredApplication : public QApplication {
    Q_OBJECT
public:
    MeteredApplication(int& argc, char** argv);
    bool notify(QObject* receiver, QEvent* event) override;

    void startMeasuring();
    [[nodiscard]] const std::vector<float>& eventTimes() const { return m_eventTimes; } ///< ms, since the start
    [[nodiscard]] const std::vector<float>& paintTimes() const { return m_paintTimes; } ///< those that painted

signals:
    void framePainted(); ///< an event is done in which something was painted

private:
    bool m_measuring = false;
    bool m_framed = false;
    bool m_painted = false;
    int m_depth = 0;
    std::vector<float> m_eventTimes;
    std::vector<float> m_paintTimes;
};

/// What is measured.
struct MeterPlan {
    double seconds = 0.0;
    std::size_t runs = 1;    ///< in lockstep: clones of the experiment
    bool sideBySide = false; ///< the runs compared in the place of the views
};

/// Writes lines of "name value unit" to `out`: as soon as they are painted the first frame and the first one that shows
/// the experiment, both counted from main() on (without loading the libraries); once the experiment stands, it runs
/// the lab flat out, a second to warm up and the plan's seconds of measuring, and ends the application. A frame is
/// dropped where a tick of a precise 16 ms timer is more than 24 ms after the one before; the share is of all ticks
/// that were due. All must outlive the application's event loop.
void runMeter(MeteredApplication& application, Lab& lab, MainWindow& window, const MeterPlan& plan, std::ostream& out);

/// The smallest value that at least `share` (0 to 1) of the values do not exceed; 0 for none.
[[nodiscard]] double percentile(std::vector<float> values, double share);

} // namespace flatline
