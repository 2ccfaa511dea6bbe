#include "ui/window/meter.h"

#include "ui/window/main_window.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <ostream>
#include <utility>

#if defined(Q_OS_WIN)
#include <psapi.h>
#include <windows.h>
#elif defined(Q_OS_UNIX)
#include <sys/resource.h>
#endif

namespace flatline {

namespace {

constexpr int tickTime = 16;      ///< ms
constexpr double lateTick = 24.0; ///< ms: a frame and a half
constexpr int warmUp = 1000;      ///< ms

double peakMemoryMegabytes() {
#if defined(Q_OS_WIN)
    PROCESS_MEMORY_COUNTERS counters{};
    if (K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters) == 0)
        return 0.0;
    return static_cast<double>(counters.PeakWorkingSetSize) / (1024.0 * 1024.0);
#elif defined(Q_OS_MACOS)
    rusage usage{};
    return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0) : 0.0;
#elif defined(Q_OS_UNIX)
    rusage usage{};
    return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<double>(usage.ru_maxrss) / 1024.0 : 0.0;
#else
    return 0.0;
#endif
}

void printDistribution(std::ostream& out, const char* name, const std::vector<float>& times) {
    out << name << "s " << times.size() << " count\n";
    for (const auto& [suffix, share] : {std::pair{"median", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"max", 1.0}})
        out << name << "_time_" << suffix << ' ' << percentile(times, share) << " ms\n";
}

/// What a run of the meter gathers besides the events' times.
struct Ticks {
    QElapsedTimer clock;
    qint64 last = 0;      ///< ns
    double due = 0.0;     ///< ticks
    double dropped = 0.0; ///< ticks

    void onTick() {
        const qint64 now = clock.nsecsElapsed();
        const double interval = static_cast<double>(now - last) / 1e6;
        last = now;
        const double spans = std::max(1.0, std::round(interval / tickTime));
        due += spans;
        if (interval > lateTick)
            dropped += std::max(1.0, spans - 1.0);
    }
};

} // namespace

double percentile(std::vector<float> values, double share) {
    if (values.empty())
        return 0.0;
    const double wanted = std::ceil(share * static_cast<double>(values.size()));
    const auto index = static_cast<std::size_t>(std::max(1.0, wanted)) - 1;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::min(index, values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return static_cast<double>(*place);
}

MeteredApplication::MeteredApplication(int& argc, char** argv)
    : QApplication(argc, argv) {}

void MeteredApplication::startMeasuring() {
    m_eventTimes.clear();
    m_paintTimes.clear();
    m_eventTimes.reserve(1U << 20U);
    m_measuring = true;
}

bool MeteredApplication::notify(QObject* receiver, QEvent* event) {
    m_framed = m_framed || event->type() == QEvent::Paint;
    m_painted = m_painted || event->type() == QEvent::UpdateRequest;
    if (m_depth > 0) // what an event causes on the way belongs to it
        return QApplication::notify(receiver, event);
    QElapsedTimer clock;
    clock.start();
    ++m_depth;
    const bool result = QApplication::notify(receiver, event);
    --m_depth;
    if (std::exchange(m_framed, false))
        emit framePainted();
    const bool painted = std::exchange(m_painted, false);
    if (!m_measuring)
        return result;
    const float time = static_cast<float>(clock.nsecsElapsed()) / 1e6F;
    m_eventTimes.push_back(time);
    if (painted)
        m_paintTimes.push_back(time);
    return result;
}

namespace {

const auto programStart = std::chrono::steady_clock::now();

/// Says when the first frame was painted, and when the first after a snapshot with data had come.
void announceFirstFrames(const MeteredApplication& application, const Lab& lab, std::ostream& out) {
    struct Seen {
        bool frame = false;
        bool arrived = false; ///< the experiment, at the window
        bool shown = false;
    };
    auto seen = std::make_shared<Seen>();
    const auto say = [&out](const char* name) {
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - programStart;
        out << name << ' ' << time.count() << " ms" << std::endl;
    };
    QObject::connect(&lab, &Lab::frameReady, &application,
                     [seen](const Frame& frame) { seen->arrived = frame.snapshot->dataset != nullptr; });
    QObject::connect(&application, &MeteredApplication::framePainted, &application, [seen, say] {
        if (!std::exchange(seen->frame, true))
            say("first_frame");
        if (seen->arrived && !std::exchange(seen->shown, true))
            say("first_experiment_frame");
    });
}

/// One measurement, from the experiment's first frame to the figures.
class Measurement : public QObject {
public:
    Measurement(MeteredApplication& application, Lab& lab, MainWindow& window, const MeterPlan& plan, std::ostream& out)
        : QObject(&application)
        , m_application(application)
        , m_lab(lab)
        , m_window(window)
        , m_plan(plan)
        , m_out(out) {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { m_ticks.onTick(); });
        connect(&m_lab, &Lab::frameReady, this, &Measurement::follow);
    }

private:
    /// A file for a class is trained up to its moment first.
    void follow(const Frame& frame) {
        if (m_going || frame.snapshot->dataset == nullptr || !m_lab.settled() || m_lab.running())
            return;
        if (const std::size_t runs = std::max<std::size_t>(1, frame.twins.size()); runs < m_plan.runs) {
            m_lab.post(CloneCommand{});
            return;
        }
        m_going = true;
        m_window.compare(m_plan.sideBySide);
        m_lab.post(SpeedCommand{0.0});
        m_lab.post(RunCommand{});
        QTimer::singleShot(warmUp, this, &Measurement::begin);
        const int length = static_cast<int>(std::lround(m_plan.seconds * 1000.0));
        QTimer::singleShot(warmUp + length, Qt::PreciseTimer, this, &Measurement::end);
    }

    void begin() {
        m_firstStep = m_lab.frame().snapshot->now.step;
        m_ticks.clock.start();
        m_application.startMeasuring();
        m_timer.start(tickTime);
    }

    void end() {
        m_timer.stop();
        const double elapsed = static_cast<double>(m_ticks.clock.elapsed()) / 1000.0;
        const auto steps = static_cast<double>(m_lab.frame().snapshot->now.step - m_firstStep);
        m_out << "measured " << elapsed << " s\n";
        printDistribution(m_out, "event", m_application.eventTimes());
        printDistribution(m_out, "paint", m_application.paintTimes());
        m_out << "dropped_frames " << (m_ticks.due > 0.0 ? 100.0 * m_ticks.dropped / m_ticks.due : 0.0) << " %\n";
        m_out << "training_speed " << steps / elapsed << " steps/s\n";
        m_out << "peak_memory " << peakMemoryMegabytes() << " MB" << std::endl;
        m_application.quit();
    }

    MeteredApplication& m_application;
    Lab& m_lab;
    MainWindow& m_window;
    MeterPlan m_plan;
    std::ostream& m_out;
    QTimer m_timer;
    Ticks m_ticks;
    std::int64_t m_firstStep = 0;
    bool m_going = false;
};

} // namespace

void runMeter(MeteredApplication& application, Lab& lab, MainWindow& window, const MeterPlan& plan, std::ostream& out) {
    announceFirstFrames(application, lab, out);
    new Measurement(application, lab, window, plan, out);
}

} // namespace flatline
