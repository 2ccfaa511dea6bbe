#include "ui/window/lab.h"

#include "core/settings/setting_table.h"

#include <utility>

namespace flatline {

namespace {
constexpr int tickMilliseconds = 16;
// A surface takes longer than a snapshot: new parameters now and then do. So does an analysis.
constexpr quint64 landscapeTicks = 6;
constexpr quint64 analysisTicks = 4;
constexpr quint64 inspectionTicks = 4;

/// Whether a run may go on after it; whether it did, the snapshot says.
bool leavesRunning(const Command& command) {
    return std::holds_alternative<SpeedCommand>(command) || std::holds_alternative<LiveCommand>(command) ||
           std::holds_alternative<UndoCommand>(command) || std::holds_alternative<RedoCommand>(command) ||
           std::holds_alternative<DiscardBranchCommand>(command) ||
           std::holds_alternative<HistoryCapCommand>(command) ||
           std::holds_alternative<StopConditionCommand>(command) || std::holds_alternative<CloneCommand>(command) ||
           std::holds_alternative<DropTwinCommand>(command) || std::holds_alternative<SwapRunsCommand>(command) ||
           std::holds_alternative<ChooseRunCommand>(command);
}

} // namespace

Lab::Lab(const Services& services, QObject* parent)
    : QObject(parent)
    , m_training(services.loadData, services.loadParameters) {
    m_frame.snapshot = m_pulled = m_training.latest();
    m_next = m_frame.snapshot->restart;
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(tickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Lab::pull);
    m_timer.start();
}

void Lab::post(Command command) {
    remember(command);
    m_training.post(std::move(command));
}

void Lab::remember(const Command& command) {
    ++m_posted;
    if (const auto* start = std::get_if<StartExperiment>(&command)) {
        m_next = start->settings;
    } else if (const auto* act = std::get_if<ActCommand>(&command)) {
        if (const auto* change = std::get_if<SettingChange>(&act->action))
            (void)setSetting(m_next, change->path, change->value);
        return;
    } else if (leavesRunning(command)) {
        return;
    }
    m_running = std::holds_alternative<RunCommand>(command);
    m_resume = false;
}

Result<void> Lab::change(const std::vector<SettingChange>& changes) {
    Settings changed = m_next;
    bool live = m_frame.snapshot->dataset != nullptr; // what did not start has nothing to keep
    for (const SettingChange& change : changes) {
        if (const Result<void> set = setSetting(changed, change.path, change.value); !set)
            return set;
        live = live && findSetting(change.path)->live;
    }
    if (const Result<void> valid = validate(changed); !valid)
        return valid;
    if (live) {
        for (const SettingChange& change : changes) {
            // The snapshot may not know yet of a change that is on its way.
            const auto value = findSetting(change.path)->get;
            if (value(m_frame.snapshot->settings) != change.value || value(m_next) != change.value)
                post(ActCommand{change});
        }
        return {};
    }
    const bool wasRunning = m_running;
    post(StartExperiment{std::move(changed), true});
    m_running = m_resume = wasRunning;
    return {};
}

void Lab::chooseRun(std::size_t index) {
    if (index >= m_frame.twins.size() || index == m_frame.chosen)
        return;
    post(ChooseRunCommand{index});
    showChosen(index);
    m_next = m_frame.snapshot->restart;
    m_selectionChanged = true; // shown at once, whether or not the worker has got round to it
}

void Lab::showChosen(std::size_t index) {
    m_frame.chosen = index;
    m_frame.snapshot = index == 0 ? m_pulled : m_pulled->twins[index - 1];
}

void Lab::select(NeuronId neuron) {
    m_selectionChanged = m_selectionChanged || neuron != m_frame.selected;
    m_frame.selected = neuron;
    m_inspectionStale = m_inspectionStale || m_selectionChanged;
}

void Lab::showLandscape(const LandscapeView& view) {
    m_landscapeView = view;
    m_landscapeStale = true;
}

void Lab::watchLandscape(bool watched) {
    m_landscapeStale = m_landscapeStale || watched;
    m_landscapeWatched = watched;
}

void Lab::watchPath(bool watched) {
    m_analysisStale = m_analysisStale || watched;
    m_pathWatched = watched;
}

void Lab::askKick(const ThermalKick& kick) {
    m_analysisStale = m_analysisStale || kick != m_kick;
    m_kick = kick;
}

void Lab::inspect(std::optional<BeatsOf> which) {
    m_inspectionStale = m_inspectionStale || which != m_inspected;
    m_inspected = which;
}

void Lab::hidePredictions(bool hidden) {
    m_selectionChanged = m_selectionChanged || hidden != m_frame.predictionsHidden; // shown with the next tick
    m_frame.predictionsHidden = hidden;
}

void Lab::takeOver(std::shared_ptr<const Snapshot> snapshot) {
    m_pulled = std::move(snapshot);
    m_frame.twins.clear();
    if (!m_pulled->twins.empty()) {
        m_frame.twins.push_back(m_pulled);
        m_frame.twins.insert(m_frame.twins.end(), m_pulled->twins.begin(), m_pulled->twins.end());
    }
    const bool known = m_pulled->commands == m_posted || m_frame.chosen > m_pulled->twins.size();
    showChosen(known ? m_pulled->chosen : m_frame.chosen);
    m_landscapeStale = m_analysisStale = m_inspectionStale = true;
    const auto& layers = m_frame.snapshot->now.layers;
    const NeuronId selected = m_frame.selected;
    if (selected.layer > static_cast<int>(layers.size()) ||
        (selected.layer > 0 && selected.neuron > layers[static_cast<std::size_t>(selected.layer - 1)].neurons))
        select({});
    if (m_frame.snapshot->commands != m_posted)
        return; // it does not know yet of what was last asked for
    if (m_frame.snapshot->dataset)
        m_next = m_frame.snapshot->restart;
    if (m_resume && !m_frame.snapshot->error)
        post(RunCommand{});
    else if (m_resume || m_pulled->state != RunState::Running)
        m_running = m_resume = false; // it could not, it has stopped by itself, or an undo put another run in its place
}

void Lab::pull() {
    ++m_tick;
    std::shared_ptr<const Snapshot> snapshot = m_training.latest();
    const bool newSnapshot = snapshot != m_pulled;
    if (newSnapshot)
        takeOver(std::move(snapshot));
    feedWorkers();
    std::shared_ptr<const Surface> surface = m_landscape.latest();
    if (surface && (!m_landscapeWatched || surface->run != m_frame.snapshot->run))
        surface.reset(); // out of date: nobody looks, or it is the last one of the run before
    std::shared_ptr<const Analysis> analysis = m_analysis.latest();
    if (analysis && analysis->run != m_frame.snapshot->run)
        analysis.reset();
    std::shared_ptr<const Inspection> inspection = m_inspection.latest();
    if (!m_inspected || (inspection && inspection->run != m_frame.snapshot->run))
        inspection.reset();
    const bool news =
        newSnapshot || surface != m_frame.surface || analysis != m_frame.analysis || inspection != m_frame.inspection;
    m_frame.surface = std::move(surface);
    m_frame.analysis = std::move(analysis);
    m_frame.inspection = std::move(inspection);
    if (std::exchange(m_selectionChanged, false) || news)
        emit frameReady(m_frame, m_tick);
}

void Lab::feedWorkers() {
    const Snapshot& snapshot = *m_frame.snapshot;
    if (!snapshot.dataset || !snapshot.spec || !snapshot.parameters)
        return;
    if (m_landscapeWatched && m_tick % landscapeTicks == 0 && std::exchange(m_landscapeStale, false))
        m_landscape.show(m_frame.snapshot, m_landscapeView);
    if (m_tick % analysisTicks == 0 && std::exchange(m_analysisStale, false))
        m_analysis.show(m_frame.snapshot, m_kick, m_pathWatched);
    const NeuronId selected = m_frame.selected;
    if (m_inspected && selected.layer > 0 && m_tick % inspectionTicks == 0 && std::exchange(m_inspectionStale, false))
        m_inspection.show(m_frame.snapshot,
                          {static_cast<std::size_t>(selected.layer - 1), static_cast<std::size_t>(selected.neuron - 1)},
                          *m_inspected);
}

} // namespace flatline
