#include "core/training/trainer.h"

#include "core/base/number_text.h"
#include "core/settings/setting_table.h"
#include "core/training/trainer_impl.h"

#include <algorithm>

namespace flatline {

Trainer::Trainer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

Result<Trainer> Trainer::create(Settings settings, std::shared_ptr<const Dataset> dataset, std::vector<float> start,
                                const TrainerOptions& options) {
    if (Result<void> valid = validate(settings); !valid)
        return valid.error();
    Result<NetworkSpec> spec = makeNetworkSpec(settings, *dataset);
    if (!spec)
        return spec.error();
    const std::size_t size = layoutOf(spec.value()).size();
    if (!start.empty() && start.size() != size)
        return badInput("initialization.file", FLATLINE_TEXT("%1 parameters where the network has %2"),
                        {toText(static_cast<std::int64_t>(start.size())), toText(static_cast<std::int64_t>(size))});
    for (std::size_t i = 0; i < settings.interventions.size(); ++i) // of the first layer; of others validate() knows
        if (const auto* edit = std::get_if<EditParameters>(&settings.interventions[i].action);
            edit != nullptr && edit->layer == 1) {
            const std::string place = "interventions[" + toText(static_cast<std::int64_t>(i)) + ']';
            if (Result<void> fits = checkWeightCount(*edit, dataset->features(), place); !fits)
                return fits.error();
        }
    std::stable_sort(settings.interventions.begin(), settings.interventions.end(),
                     [](const Intervention& a, const Intervention& b) { return a.step < b.step; });
    return Trainer(std::make_unique<Impl>(std::move(settings), std::move(dataset), std::move(spec).value(),
                                          std::move(start), options));
}

bool Trainer::step() {
    return m_impl->step();
}
void Trainer::intervene() {
    if (!m_impl->m_divergence)
        m_impl->intervene();
}
StepTrace Trainer::lastStep() {
    return m_impl->lastStep();
}
Result<void> Trainer::act(const Action& action) {
    return m_impl->act(action);
}
Observation Trainer::observe() {
    return m_impl->examine(false, 1.0F, 1).observation;
}
double Trainer::trainingLoss() {
    return m_impl->trainingLoss();
}
Examination Trainer::examine(float histogramRange, int bins) {
    return m_impl->examine(true, histogramRange, bins);
}
std::vector<float> Trainer::pendingMove() {
    return m_impl->pendingMove();
}
Keyframe Trainer::keyframe() {
    return m_impl->keyframe();
}
Keyframe Trainer::waypoint() const {
    return m_impl->waypoint();
}
void Trainer::restore(const Keyframe& keyframe) {
    m_impl->restore(keyframe);
}
void Trainer::restore(const Keyframe& keyframe, const Trainer& run) {
    m_impl->takeOver(*run.m_impl);
    m_impl->restore(keyframe);
}
void Trainer::forgetFuture() {
    m_impl->forgetFuture();
}
Trainer Trainer::clone() {
    m_impl->rest();
    return Trainer(std::make_unique<Impl>(*m_impl));
}
void Trainer::rest() {
    m_impl->rest();
}
void Trainer::reset() {
    m_impl->reset();
}
std::int64_t Trainer::stepsDone() const {
    return m_impl->m_step;
}
std::int64_t Trainer::epochsDone() const {
    return m_impl->batches().epoch();
}
const Settings& Trainer::settings() const {
    return m_impl->m_now;
}
Settings Trainer::restartSettings() const {
    return m_impl->restartSettings();
}
const Settings& Trainer::experiment() const {
    return m_impl->m_experiment;
}
const std::shared_ptr<const Dataset>& Trainer::dataset() const {
    return m_impl->m_dataset;
}
const Network<float>& Trainer::network() const {
    return m_impl->m_network;
}
std::vector<float> Trainer::parameters() const {
    return plainCopy(m_impl->m_parameters);
}
const EventLog& Trainer::events() const {
    return m_impl->m_chronicle.events();
}
const std::vector<Mark>& Trainer::marks() const {
    return m_impl->m_marks;
}
const std::vector<std::vector<NeuronLife>>& Trainer::lives() const {
    return m_impl->m_chronicle.lives();
}
int Trainer::deadCount() const {
    return m_impl->m_chronicle.deadCount();
}
std::size_t Trainer::bytesKept() const {
    constexpr std::size_t copies = 3; // the data, and as tiles for the watch and the observer; next and gradient
    const Dataset& data = *m_impl->m_dataset;
    const auto values =
        static_cast<std::size_t>((data.train.samples() + data.test.samples()) * data.train.features.cols());
    return copies * sizeof(float) * (values + m_impl->m_parameters.size());
}
const std::optional<Error>& Trainer::divergence() const {
    return m_impl->m_divergence;
}

} // namespace flatline
