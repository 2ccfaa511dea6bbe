#include "core/training/worker_impl.h"

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
}

void TrainingWorker::Impl::obey(const StartExperiment& command) {
    stop(); // what runs is still there if the new one cannot start: a mistake in a file loses nothing
    Result<Dataset> data = m_loadData(command.settings);
    if (!data)
        return void(m_error = data.error());
    const auto dataset = std::make_shared<const Dataset>(std::move(data).value());
    std::vector<float> start;
    if (const std::string& file = command.settings.initialization.file; !file.empty()) {
        const Result<NetworkSpec> spec = makeNetworkSpec(command.settings, *dataset);
        if (!spec)
            return void(m_error = spec.error());
        Result<std::vector<float>> read = m_loadParameters(file, Network<float>(spec.value()).layout());
        if (!read)
            return void(m_error = read.error());
        start = std::move(read).value();
    }
    Result<Trainer> trainer = Trainer::create(command.settings, dataset, std::move(start));
    if (!trainer)
        return void(m_error = trainer.error());
    if (m_session)
        m_session->restart(std::move(trainer).value());
    else
        m_session.emplace(std::move(trainer).value(), m_historyCap);
    m_stopped.reset();
    m_publishCost = m_fieldsCost = {};
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
    if (const Result<void> acted = m_session->act(command.action); !acted)
        m_error = acted.error();
    else
        m_stopped.reset();
}

void TrainingWorker::Impl::obey(const TravelCommand& command) {
    if (!m_session)
        return;
    stop();
    m_session->travel(command.step);
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const LiveCommand&) {
    if (!m_session || !m_session->past())
        return; // a run that goes on goes on
    stop();
    m_session->live();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const StepBackCommand&) {
    if (m_session)
        obey(TravelCommand{m_session->shown().stepsDone() - 1});
}

void TrainingWorker::Impl::obey(const ResumeHereCommand&) {
    if (!m_session || !m_session->past())
        return;
    stop();
    (void)m_session->resumeHere();
    m_stopped.reset();
}

// A setting that is set back leaves a run going, as setting it did; anything else puts another run in its place.
void TrainingWorker::Impl::obey(const UndoCommand&) {
    if (!m_session)
        return;
    const std::uint64_t run = m_session->runNumber();
    if (const Result<void> undone = m_session->undo(); !undone)
        m_error = undone.error();
    if (m_session->runNumber() != run)
        stop();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const RedoCommand&) {
    if (!m_session)
        return;
    const std::uint64_t run = m_session->runNumber();
    if (const Result<void> redone = m_session->redo(); !redone)
        m_error = redone.error();
    if (m_session->runNumber() != run)
        stop();
    m_stopped.reset();
}

void TrainingWorker::Impl::obey(const DiscardBranchCommand&) {
    if (m_session)
        (void)m_session->discardAbandoned();
}

void TrainingWorker::Impl::obey(const HistoryCapCommand& command) {
    m_historyCap = command.bytes;
    if (m_session)
        m_session->setHistoryCap(command.bytes);
}

void TrainingWorker::Impl::obey(const StopConditionCommand& command) {
    m_stopWatch.set(command.condition);
    if (m_session)
        m_stopWatch.begin(*m_session);
}

} // namespace flatline
