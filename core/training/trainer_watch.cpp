#include "core/diagnosis/certificate_text.h"
#include "core/training/trainer_impl.h"

namespace flatline {

// Who is dead at the very start is born dead.
void Trainer::Impl::beginLife() {
    const Tallies& tallies = m_watch.look(m_network, m_parameters.data(), m_evaluator);
    for (const Chronicle::Change& change : m_chronicle.changes(tallies, m_evaluator.samples())) {
        Certificate certificate;
        certificate.marginAfter = static_cast<double>(tallies[change.place.layer][change.place.neuron].maximum);
        certificate.marginBefore = certificate.marginAfter;
        certificate.learningRate = m_now.training.learningRate;
        writeDown(change, certificate);
    }
    m_coroner.open(m_network, m_chronicle.dead(), m_step);
}

const Tallies& Trainer::Impl::tallies() {
    return m_census.take(m_network, m_parameters.data(), m_evaluator);
}

// After a step; parameters and optimizer before it are in m_next and m_optimizerNext, since they were swapped. The
// record takes them.
void Trainer::Impl::watch(const BiasShift& before) {
    if (m_watched == Watch::Interventions)
        return;
    const bool certified = m_watched == Watch::Certificates;
    if (certified)
        m_coroner.record(m_note, before, m_next, {m_byGradientAlone, m_onKernels}, m_gradient, m_optimizerNext);
    if (m_watch.suspicious(m_network, m_parameters.data(), m_evaluator, certified ? &m_coroner.counts() : nullptr))
        lookAgain();
    else if (certified && m_coroner.due())
        catchUp();
}

void Trainer::Impl::catchUp() {
    if (m_watched == Watch::Certificates && !m_coroner.upToDate())
        m_coroner.bringUpToDate(reached(nullptr), m_evaluator);
}

Coroner::Reached Trainer::Impl::reached(const Tallies* now) const {
    return {m_network, m_parameters, m_optimizer, m_update, now, m_now.training, m_step};
}

void Trainer::Impl::lookAgain() {
    const Tallies& now = m_watch.look(m_network, m_parameters.data(), m_evaluator);
    const auto changes = m_chronicle.changes(now, m_evaluator.samples());
    if (m_watched == Watch::Certificates && (!changes.empty() || m_coroner.due()))
        m_coroner.bringUpToDate(reached(&now), m_evaluator);
    certify(now, changes, m_note);
}

void Trainer::Impl::beforeIntervention() {
    if (m_watched == Watch::Interventions)
        lookAgain(); // a kick wants to know who is dead
    if (m_watched != Watch::Certificates)
        return;
    const Tallies& now = tallies();
    m_coroner.bringUpToDate(reached(&now), m_evaluator);
    m_coroner.beforeIntervention(m_parameters, now);
}

void Trainer::Impl::afterIntervention(Cause cause) {
    const Tallies& now = m_watch.look(m_network, m_parameters.data(), m_evaluator);
    if (m_watched == Watch::Certificates)
        m_coroner.afterIntervention(cause, m_network, m_parameters, now, m_step);
    StepNote note{m_step, m_batches.epoch(), 0};
    certify(now, m_chronicle.changes(now, m_evaluator.samples()), note);
}

void Trainer::Impl::certify(const Tallies& now, const std::vector<Chronicle::Change>& changes, const StepNote& note) {
    if (changes.empty())
        return;
    std::vector<NeuronPlace> places;
    for (const Chronicle::Change& change : changes)
        places.push_back(change.place);
    std::vector<Certificate> certificates(changes.size());
    const bool known = m_watched == Watch::Certificates;
    if (known)
        certificates = m_coroner.certify(m_parameters, now, places, note, m_now.training.learningRate);
    for (std::size_t i = 0; i < changes.size(); ++i)
        writeDown(changes[i], known ? std::optional(certificates[i]) : std::nullopt);
}

void Trainer::Impl::writeDown(const Chronicle::Change& change, const std::optional<Certificate>& certificate) {
    Event event{m_step, static_cast<int>(change.place.layer) + 1, static_cast<int>(change.place.neuron) + 1,
                change.died ? EventKind::Died : EventKind::Revived};
    if (certificate) {
        event.cause = verdictId(certificate->verdict);
        event.detail = certificateText(*certificate);
        event.certificate = std::make_shared<const Certificate>(*certificate);
    }
    m_chronicle.append(std::move(event));
}

} // namespace flatline
