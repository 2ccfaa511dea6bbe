#include "core/settings/setting_table.h"
#include "core/training/trainer_impl.h"

#include <cassert>

namespace flatline {

Keyframe Trainer::Impl::keyframe() {
    catchUp();
    Keyframe keyframe = waypoint();
    keyframe.caseFiles = std::make_shared<const KeptCaseFiles>(m_coroner.files());
    return keyframe;
}

Keyframe Trainer::Impl::waypoint() const {
    return {m_step,      m_batches.epoch(),           m_batches.position(), m_performed, plainCopy(m_parameters),
            m_optimizer, m_chronicle.events().size(), m_marks.size(),       m_now,       nullptr,
            m_warmths};
}

void Trainer::Impl::restore(const Keyframe& keyframe) {
    m_step = keyframe.step;
    m_batches.seek(keyframe.epoch, keyframe.epochPosition);
    m_performed = keyframe.interventions;
    m_now = keyframe.settings;
    applySettings();
    m_parameters.assign(keyframe.parameters.begin(), keyframe.parameters.end());
    m_optimizer = keyframe.optimizer;
    m_warmths = keyframe.warmths;
    updateBiasShift();
    m_divergence.reset();
    m_marks.resize(keyframe.marks);
    m_chronicle.truncate(keyframe.events);
    m_note = {m_step, keyframe.epoch, 0};
    if (keyframe.caseFiles == nullptr) {
        beginLife();
        return;
    }
    // Finds nothing new; the watch needs its witnesses.
    [[maybe_unused]] const Tallies& now = m_watch.look(m_network, m_parameters.data(), m_evaluator);
    m_coroner.reopen(m_network, keyframe.caseFiles->files());
}

void Trainer::Impl::takeOver(const Impl& run) {
    m_experiment = run.m_experiment;
    m_byHand = run.m_byHand;
    m_chronicle = run.m_chronicle;
    m_marks = run.m_marks;
}

void Trainer::Impl::forgetFuture() {
    for (std::size_t i = m_experiment.interventions.size(); i > m_performed; --i)
        if (m_byHand[i - 1] != 0) {
            m_experiment.interventions.erase(m_experiment.interventions.begin() + static_cast<std::ptrdiff_t>(i - 1));
            m_byHand.erase(m_byHand.begin() + static_cast<std::ptrdiff_t>(i - 1));
        }
}

void Trainer::Impl::rest() {
    catchUp();
    m_coroner.rest();
    m_engine.reset();
}

Settings Trainer::Impl::restartSettings() const {
    Settings settings = m_experiment;
    settings.interventions.clear();
    for (std::size_t i = 0; i < m_byHand.size(); ++i) {
        const Intervention& intervention = m_experiment.interventions[i];
        if (m_byHand[i] == 0) {
            settings.interventions.push_back(intervention);
        } else if (const auto* change = std::get_if<SettingChange>(&intervention.action);
                   change != nullptr && i < m_performed) {
            [[maybe_unused]] const Result<void> set = setSetting(settings, change->path, change->value);
            assert(set.ok()); // act() has checked it
        }
    }
    return settings;
}

void Trainer::Impl::reset() {
    m_experiment = restartSettings();
    m_byHand.assign(m_experiment.interventions.size(), 0);
    m_now = m_experiment;
    m_performed = 0;
    applySettings();
    Keyframe start;
    start.settings = m_experiment;
    start.parameters = startParameters();
    restore(start);
}

} // namespace flatline
