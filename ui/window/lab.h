#pragma once

#include "core/analysis/analysis_worker.h"
#include "core/inspection/inspection_worker.h"
#include "core/landscape/landscape_worker.h"
#include "core/training/worker.h"
#include "ui/views/view.h"
#include "ui/window/services.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace flatline {

/// The window's side of the three workers: posts commands, pulls the newest frame on a timer of 16 ms. UI thread only.
class Lab : public QObject {
    Q_OBJECT
public:
    explicit Lab(const Services& services, QObject* parent = nullptr);

    [[nodiscard]] const Frame& frame() const { return m_frame; }
    void post(Command command);
    /// Wishes of the controls, all at once. Live keys change the run as it is; if any of the others is among them, the
    /// experiment starts anew, and goes on running if it ran. The error names the key; then nothing was done.
    Result<void> change(const std::vector<SettingChange>& changes);
    /// Which run of a comparison actions and changes are about, and the frame's snapshot is of; 0: A.
    void chooseRun(std::size_t index);
    void select(NeuronId neuron);
    void showLandscape(const LandscapeView& view);
    /// Whether somebody looks at the landscape; while nobody does, none is computed and the frames have none.
    void watchLandscape(bool watched);
    /// Whether the sharpness along the path is wanted in the frames' analysis; as long as nobody looks, it is not
    /// computed.
    void watchPath(bool watched);
    /// The kick whose chances are wanted in the frames' analysis.
    void askKick(const ThermalKick& kick);
    /// Which steps are wanted of the selected neuron in the frames' inspection; nothing: no inspection.
    void inspect(std::optional<BeatsOf> which);

    /// Whether the frames' predictions are to be kept back.
    void hidePredictions(bool hidden);

    /// Whether the run is wanted to go on, whether or not the worker has got round to it.
    [[nodiscard]] bool running() const { return m_running; }
    /// What a restart would start now, with all wishes so far, obeyed or not.
    [[nodiscard]] const Settings& next() const { return m_next; }
    /// Whether the frame knows of all that was posted.
    [[nodiscard]] bool settled() const { return m_pulled->commands == m_posted; }

signals:
    /// Each tick of the timer on which there is something new; `tick` counts timer ticks since the start.
    void frameReady(const flatline::Frame& frame, quint64 tick);

private:
    void pull();
    void remember(const Command& command);
    void takeOver(std::shared_ptr<const Snapshot> snapshot);
    void showChosen(std::size_t index);
    void feedWorkers();

    TrainingWorker m_training;
    LandscapeWorker m_landscape;
    AnalysisWorker m_analysis;
    InspectionWorker m_inspection;
    LandscapeView m_landscapeView;
    ThermalKick m_kick;
    std::shared_ptr<const Snapshot> m_pulled; ///< the newest one, of A
    Frame m_frame;
    QTimer m_timer;
    quint64 m_tick = 0;
    Settings m_next;
    quint64 m_posted = 0; ///< commands; the snapshot says how many of them it knows of
    bool m_running = false;
    bool m_resume = false;           ///< go on running once the restart has worked
    bool m_selectionChanged = false; ///< or what is hidden: a frame without news otherwise
    bool m_landscapeStale = false;
    bool m_landscapeWatched = true;
    bool m_pathWatched = false;
    bool m_analysisStale = false;
    std::optional<BeatsOf> m_inspected;
    bool m_inspectionStale = false;
};

} // namespace flatline
