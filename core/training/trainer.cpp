#include "core/training/trainer.h"

#include "core/base/number_text.h"
#include "core/diagnosis/chronicle.h"
#include "core/diagnosis/death_watch.h"
#include "core/diagnosis/evaluation.h"
#include "core/network/initialization.h"
#include "core/settings/setting_table.h"
#include "core/training/batches.h"
#include "core/training/divergence.h"
#include "core/training/kick.h"
#include "core/training/optimizer.h"

#include <algorithm>
#include <cassert>

namespace flatline {

class Trainer::Impl {
public:
    Impl(Settings settings, std::shared_ptr<const Dataset> dataset, NetworkSpec spec, std::vector<float> start)
        : m_experiment(settings)
        , m_now(std::move(settings))
        , m_dataset(std::move(dataset))
        , m_network(std::move(spec))
        , m_start(start)
        , m_parameters(std::move(start))
        , m_chronicle(m_network.spec().hidden)
        , m_next(m_parameters.size())
        , m_gradient(m_parameters.size())
        , m_batches(m_now.seed, m_now.training.shuffle, m_dataset->train.samples())
        , m_evaluator(m_network.spec(), m_dataset->train)
        , m_observer(m_network.spec(), *m_dataset) {
        m_byHand.assign(m_experiment.interventions.size(), 0);
        lookAgain(bornDeadCause);
    }

    bool step();
    Result<void> act(const Action& action);
    void restore(const Keyframe& keyframe);
    void reset();
    [[nodiscard]] Settings restartSettings() const;
    [[nodiscard]] Keyframe keyframe() const;
    [[nodiscard]] Examination examine(bool histograms, float range, int bins);

    Settings m_experiment; ///< as started, with what was done by hand
    Settings m_now;        ///< in force; its interventions are the experiment's
    std::shared_ptr<const Dataset> m_dataset;
    Network<float> m_network;
    std::vector<float> m_start;
    std::vector<float> m_parameters;
    std::vector<Mark> m_marks;
    Chronicle m_chronicle;
    std::optional<Error> m_divergence;
    std::int64_t m_step = 0;
    [[nodiscard]] const Batches& batches() const { return m_batches; }

private:
    void lookAgain(const std::string& cause);
    void perform(const Action& action);
    void kick(const ThermalKick& kick);
    void change(const SettingChange& change);
    void applySettings(const Settings& settings);
    void diverge(const NonFinitePlace& place);

    std::vector<float> m_next;
    std::vector<float> m_gradient;
    OptimizerState m_optimizer;
    OptimizerState m_optimizerBefore; ///< of the step under way, in case it diverges
    Batches m_batches;
    Evaluator m_evaluator;
    Observer m_observer;
    DeathWatch m_watch;
    std::vector<char> m_byHand;  ///< which of the experiment's interventions were made by hand
    std::size_t m_performed = 0; ///< how many of them have acted
    int m_kicks = 0;
    Batch<float> m_features;
    Targets<float> m_targets;
    Pass<float> m_pass;
};

bool Trainer::Impl::step() {
    if (m_divergence)
        return false;
    const auto& planned = m_experiment.interventions;
    while (m_performed < planned.size() && planned[m_performed].step <= m_step)
        perform(planned[m_performed++].action);
    if (m_divergence)
        return false; // a kick went over the edge
    const std::int64_t epoch = m_batches.epoch();
    const int position = m_batches.position();
    m_batches.next(m_dataset->train, m_now.training.batchSize, m_features, m_targets);
    m_network.forward(m_parameters.data(), m_features, m_pass);
    const auto& objective = m_network.spec().objective->functions<float>();
    const float scale = 1.0F / static_cast<float>(m_features.rows());
    const LossSum loss = objective.loss(m_pass.outputs, m_targets, scale, &m_pass.outputGradient);
    std::fill(m_gradient.begin(), m_gradient.end(), 0.0F);
    m_network.backward(m_parameters.data(), m_features, m_pass, m_gradient.data());
    m_optimizerBefore = m_optimizer;
    findOptimizer(m_now.training.optimizer)
        ->update(m_now.training, m_network.layout(), m_parameters, m_gradient, m_optimizer, m_next);
    if (const auto place = findNonFinite(loss, m_pass, m_gradient, m_next, m_network.layout())) {
        std::swap(m_optimizer, m_optimizerBefore); // the state stays that of the last finite step
        m_batches.seek(epoch, position);
        diverge(*place);
        return false;
    }
    m_parameters.swap(m_next);
    ++m_step;
    if (m_watch.suspicious(m_network, m_parameters.data()))
        lookAgain({});
    return true;
}

void Trainer::Impl::diverge(const NonFinitePlace& place) {
    m_divergence = divergenceError(m_step + 1, place);
    m_chronicle.append({m_step + 1, place.layer, 0, EventKind::Diverged, {}, place.what});
}

void Trainer::Impl::lookAgain(const std::string& cause) {
    const Tallies& tallies = m_watch.look(m_network, m_parameters.data(), m_evaluator);
    m_chronicle.update(tallies, m_evaluator.samples(), m_step, cause);
}

void Trainer::Impl::perform(const Action& action) {
    const int before = m_chronicle.deadCount();
    if (const auto* thermal = std::get_if<ThermalKick>(&action))
        kick(*thermal);
    else
        change(std::get<SettingChange>(action));
    m_marks.push_back({m_step, action, before, m_chronicle.deadCount()});
}

void Trainer::Impl::kick(const ThermalKick& kick) {
    const RandomStream stream(static_cast<std::uint64_t>(m_now.seed), StreamId::Kicks,
                              static_cast<std::uint32_t>(m_kicks++));
    m_next = m_parameters;
    const int struck = applyKick(kick, m_chronicle.dead(), m_network.layout(), stream, m_next);
    if (const auto place = findNonFinite({}, {}, {}, m_next, m_network.layout())) {
        diverge(*place); // parameters near the largest number, kicked over the edge
        return;
    }
    m_parameters.swap(m_next);
    m_chronicle.append({m_step,
                        kick.target.layer,
                        kick.target.neuron,
                        EventKind::Kick,
                        {},
                        "strength=" + toText(kick.strength) + " target=" + targetText(kick.target) +
                            " neurons=" + toText(std::int64_t{struck})});
    lookAgain("kick");
}

void Trainer::Impl::change(const SettingChange& change) {
    const Result<void> set = setSetting(m_now, change.path, change.value);
    assert(set.ok()); // create() and act() have checked it
    (void)set;
    applySettings(m_now);
    m_chronicle.append({m_step, 0, 0, EventKind::Set, {}, change.path + "=" + settingText(change.value)});
    lookAgain("set");
}

void Trainer::Impl::applySettings(const Settings& settings) {
    const ActivationRow* activation = findActivation(settings.network.activation);
    m_network.setActivation(*activation,
                            activationParameters(*activation, settings.network.alpha, settings.network.slopeAtZero));
}

Result<void> Trainer::Impl::act(const Action& action) {
    if (const auto* change = std::get_if<SettingChange>(&action)) {
        const SettingRow* row = findSetting(change->path);
        if (row == nullptr || !row->live)
            return badInput(change->path, FLATLINE_TEXT("this setting cannot be changed while training goes on"));
        Settings changed = m_now;
        if (Result<void> set = setSetting(changed, change->path, change->value); !set)
            return set;
    } else if (Result<void> target = checkTarget(std::get<ThermalKick>(action).target, m_network.spec().hidden);
               !target) {
        return target;
    }
    if (const auto* change = std::get_if<SettingChange>(&action);
        change != nullptr && m_step == 0 && m_performed == 0) {
        // Nothing has happened yet: it is simply another start.
        [[maybe_unused]] const Result<void> set = setSetting(m_experiment, change->path, change->value);
        assert(set.ok());
        reset();
        return {};
    }
    const auto place = static_cast<std::ptrdiff_t>(m_performed);
    m_experiment.interventions.insert(m_experiment.interventions.begin() + place, {m_step, action});
    m_byHand.insert(m_byHand.begin() + place, 1);
    ++m_performed;
    m_divergence.reset(); // the parameters are finite; another rate or activation may go on from there
    perform(action);
    return {};
}

Keyframe Trainer::Impl::keyframe() const {
    return {m_step,       m_batches.epoch(),    m_batches.position(),        m_kicks,        m_performed,
            m_parameters, m_optimizer.velocity, m_chronicle.events().size(), m_marks.size(), m_now};
}

void Trainer::Impl::restore(const Keyframe& keyframe) {
    m_step = keyframe.step;
    m_batches.seek(keyframe.epoch, keyframe.epochPosition);
    m_kicks = keyframe.kicks;
    m_performed = keyframe.interventions;
    m_parameters = keyframe.parameters;
    m_optimizer.velocity = keyframe.velocity;
    m_now = keyframe.settings;
    m_divergence.reset();
    m_marks.resize(keyframe.marks);
    m_chronicle.truncate(keyframe.events);
    applySettings(m_now);
    // Finds nothing new but at the very start; the watch needs its witnesses.
    lookAgain(m_chronicle.events().size() == 0 ? bornDeadCause : std::string());
}

Settings Trainer::Impl::restartSettings() const {
    Settings settings = m_experiment;
    settings.interventions.clear();
    for (std::size_t i = 0; i < m_byHand.size(); ++i) {
        const Intervention& intervention = m_experiment.interventions[i];
        if (m_byHand[i] == 0) {
            settings.interventions.push_back(intervention);
        } else if (const auto* change = std::get_if<SettingChange>(&intervention.action)) {
            [[maybe_unused]] const Result<void> set = setSetting(settings, change->path, change->value);
            assert(set.ok()); // act() has checked it
        }
    }
    return settings;
}

void Trainer::Impl::reset() {
    m_experiment = restartSettings();
    m_byHand.assign(m_experiment.interventions.size(), 0);
    Keyframe start;
    start.parameters = m_start;
    start.settings = m_experiment;
    restore(start);
}

Examination Trainer::Impl::examine(bool histograms, float range, int bins) {
    Examination result = m_observer.examine(m_network, m_parameters, histograms, range, bins);
    result.observation.step = m_step;
    result.observation.epoch = m_batches.epoch();
    result.diagnosis.step = m_step;
    return result;
}

Trainer::Trainer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;
Trainer::~Trainer() = default;

Result<Trainer> Trainer::create(Settings settings, std::shared_ptr<const Dataset> dataset, std::vector<float> start) {
    if (Result<void> valid = validate(settings); !valid)
        return valid.error();
    Result<NetworkSpec> spec = makeNetworkSpec(settings, *dataset);
    if (!spec)
        return spec.error();
    const Network<float> network(spec.value());
    if (start.empty())
        start = initialParameters(network.layout(), settings.initialization, settings.seed);
    if (start.size() != network.layout().size())
        return badInput("initialization.file", FLATLINE_TEXT("%1 parameters where the network has %2"),
                        {toText(static_cast<std::int64_t>(start.size())),
                         toText(static_cast<std::int64_t>(network.layout().size()))});
    std::stable_sort(settings.interventions.begin(), settings.interventions.end(),
                     [](const Intervention& a, const Intervention& b) { return a.step < b.step; });
    return Trainer(
        std::make_unique<Impl>(std::move(settings), std::move(dataset), std::move(spec).value(), std::move(start)));
}

bool Trainer::step() {
    return m_impl->step();
}
Result<void> Trainer::act(const Action& action) {
    return m_impl->act(action);
}
Observation Trainer::observe() {
    return m_impl->examine(false, 1.0F, 1).observation;
}
Examination Trainer::examine(float histogramRange, int bins) {
    return m_impl->examine(true, histogramRange, bins);
}
Keyframe Trainer::keyframe() const {
    return m_impl->keyframe();
}
void Trainer::restore(const Keyframe& keyframe) {
    m_impl->restore(keyframe);
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
const std::vector<float>& Trainer::parameters() const {
    return m_impl->m_parameters;
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
const std::optional<Error>& Trainer::divergence() const {
    return m_impl->m_divergence;
}

} // namespace flatline
