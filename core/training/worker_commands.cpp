#include "core/training/worker_impl.h"

#include <algorithm>
#include <utility>

namespace flatline {

void TrainingWorker::Impl::begin(Goal goal) {
    if (!m_session || (!m_session->past() && (m_session->shown().divergence() || m_overflowed)))
        return;
    m_goal = goal;
    m_epochGoal = m_session->shown().epochsDone() + 1;
    m_stepsFrom = m_rateFrom = Clock::now();
    m_stepsSince = m_rateSteps = 0;
    m_stopped.reset();
    m_stopWatch.begin(*m_session);
}

void TrainingWorker::Impl::stop() {
    m_goal = Goal::None;
    m_rate = 0.0;
    if (m_session)
        m_session->finish();
    for (std::size_t i = 0; i < m_twins.size(); ++i)
        m_twins[i].finish();
}

auto TrainingWorker::Impl::makeData(const Settings& settings) -> Result<std::shared_ptr<const Dataset>> {
    Result<Dataset> data = m_loadData(settings);
    if (!data)
        return data.error();
    return std::make_shared<const Dataset>(std::move(data).value());
}

Result<Trainer> TrainingWorker::Impl::makeTrainer(const Settings& settings, std::shared_ptr<const Dataset> dataset) {
    std::vector<float> start;
    if (const std::string& file = settings.initialization.file; !file.empty()) {
        const Result<NetworkSpec> spec = makeNetworkSpec(settings, *dataset);
        if (!spec)
            return spec.error();
        Result<std::vector<float>> read = m_loadParameters(file, Network<float>(spec.value()).layout());
        if (!read)
            return read.error();
        start = std::move(read).value();
    }
    return Trainer::create(settings, std::move(dataset), std::move(start));
}

void TrainingWorker::Impl::obey(const StartExperiment& command) {
    stop(); // what runs is still there if the new one cannot start: a mistake in a file loses nothing
    const bool together = command.keepTwins && m_session && !m_twins.empty();
    if (const Result<void> done = together ? restartAmongTwins(command.settings) : restart(command); !done)
        return void(m_error = done.error());
    m_stopped.reset();
    m_publishCost = m_fieldsCost = {};
}

Result<void> TrainingWorker::Impl::restart(const StartExperiment& command) {
    const auto data = makeData(command.settings);
    if (!data)
        return data.error();
    Result<Trainer> trainer = makeTrainer(command.settings, data.value());
    if (!trainer)
        return trainer.error();
    m_twins.clear();
    m_chosen = 0;
    if (m_session)
        m_session->restart(std::move(trainer).value());
    else
        m_session.emplace(std::move(trainer).value(), m_historyCap);
    shareCap();
    return {};
}

// Other data or another seed are for all, or the runs could not be compared. All else is the chosen run's alone; the
// others go back with it, or wait until it has come to where they are.
Result<void> TrainingWorker::Impl::restartAmongTwins(const Settings& settings) {
    const Settings before = chosen().shown().restartSettings();
    const bool forAll = settings.data != before.data || settings.seed != before.seed;
    const bool sameData = !forAll && settings.network.output == before.network.output;
    const auto data =
        sameData ? Result<std::shared_ptr<const Dataset>>(chosen().shown().dataset()) : makeData(settings);
    if (!data)
        return data.error();
    std::vector<std::pair<Session*, Trainer>> starts;
    for (std::size_t i = 0; i <= m_twins.size(); ++i) {
        Session& session = i == 0 ? *m_session : m_twins[i - 1];
        if (!forAll && i != m_chosen)
            continue;
        Settings own = i == m_chosen ? settings : session.shown().restartSettings();
        own.data = settings.data;
        own.seed = settings.seed;
        Result<Trainer> trainer = makeTrainer(own, data.value());
        if (!trainer)
            return trainer.error();
        starts.emplace_back(&session, std::move(trainer).value());
    }
    for (auto& [session, trainer] : starts)
        session->restart(std::move(trainer));
    return {};
}

// At once: as many as are posted, so many steps are made.
void TrainingWorker::Impl::obey(const StepCommand&) {
    begin(Goal::Step);
    if (m_goal == Goal::Step)
        stepOnce();
}

void TrainingWorker::Impl::obey(const ResetCommand&) {
    if (!m_session)
        return;
    stop();
    m_session->reset();
    for (std::size_t i = 0; i < m_twins.size(); ++i)
        m_twins[i].reset();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const SpeedCommand& command) {
    m_speed = command.stepsPerSecond;
    m_stepsFrom = Clock::now();
    m_stepsSince = 0;
}

void TrainingWorker::Impl::obey(const ActCommand& command) {
    if (!m_session)
        return;
    if (const Result<void> acted = chosen().act(command.action); !acted)
        m_error = acted.error();
    else
        m_stopped.reset();
}

void TrainingWorker::Impl::obey(const TravelCommand& command) {
    if (!m_session)
        return;
    stop();
    m_stopped.reset();
    m_journey.reset();
    if (m_session->glance(command.step))
        m_journey = command.step;
    else
        m_session->travel(command.step);
}

void TrainingWorker::Impl::arrive() {
    if (m_journey)
        m_session->travel(*m_journey);
    m_journey.reset();
}

void TrainingWorker::Impl::travelOn() {
    while (m_journey && !m_waiting.load(std::memory_order_relaxed)) {
        if (!m_session->approach(*m_journey))
            continue;
        m_journey.reset();
        m_twins.align(m_session->shown().stepsDone());
        publish();
    }
}

void TrainingWorker::Impl::obey(const LiveCommand&) {
    if (!m_session || !m_session->past())
        return; // a run that goes on goes on
    stop();
    m_session->live();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const StepBackCommand&) {
    if (!m_session)
        return;
    stop();
    m_session->stepBack();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const ResumeHereCommand&) {
    if (!m_session || !m_session->past())
        return;
    stop();
    (void)m_session->resumeHere();
    for (std::size_t i = 0; i < m_twins.size(); ++i)
        (void)m_twins[i].resumeHere();
    m_stopped.reset();
}

// A setting that is set back leaves a run going, as setting it did; anything else puts another run in its place.
void TrainingWorker::Impl::obey(const UndoCommand&) {
    if (!m_session)
        return;
    const std::uint64_t run = chosen().runNumber();
    if (const Result<void> undone = chosen().undo(); !undone)
        m_error = undone.error();
    if (chosen().runNumber() != run)
        stop();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const RedoCommand&) {
    if (!m_session)
        return;
    const std::uint64_t run = chosen().runNumber();
    if (const Result<void> redone = chosen().redo(); !redone)
        m_error = redone.error();
    if (chosen().runNumber() != run)
        stop();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const DiscardBranchCommand&) {
    if (m_session)
        (void)chosen().discardAbandoned();
}

void TrainingWorker::Impl::obey(const HistoryCapCommand& command) {
    m_historyCap = command.bytes;
    shareCap();
}

/// The cap is for all runs together.
void TrainingWorker::Impl::shareCap() {
    if (!m_session)
        return;
    const std::size_t each = m_historyCap / (m_twins.size() + 1);
    m_session->setHistoryCap(each);
    for (std::size_t i = 0; i < m_twins.size(); ++i)
        m_twins[i].setHistoryCap(each);
}

void TrainingWorker::Impl::obey(const CloneCommand&) {
    if (!m_session)
        return;
    if (!m_twins.add(chosen(), m_historyCap))
        return void(m_error = Error{ErrorKind::BadInput, {}, {FLATLINE_TEXT("there are four runs already"), {}}});
    m_chosen = m_twins.size();
    shareCap();
}

void TrainingWorker::Impl::obey(const DropTwinCommand&) {
    if (m_chosen == 0)
        return;
    m_twins.drop(std::exchange(m_chosen, 0) - 1);
    shareCap();
}

// The others keep to A's step, whoever A is: obeyAll aligns them.
void TrainingWorker::Impl::obey(const SwapRunsCommand&) {
    if (!m_session || m_twins.empty())
        return;
    m_twins.swapWith(*m_session, std::max<std::size_t>(1, m_chosen) - 1);
    m_chosen = 0;
    m_overflowed = false; // the next look says so of the new A
    if (m_session->shown().divergence())
        stop();
    m_stopWatch.begin(*m_session);
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const ChooseRunCommand& command) {
    m_chosen = std::min(command.index, m_twins.size());
}

void TrainingWorker::Impl::obey(const StopConditionCommand& command) {
    m_stopped.reset(); // by a condition that is none any more
    m_stopWatch.set(command.condition);
    if (m_session)
        m_stopWatch.begin(*m_session);
}

} // namespace flatline
