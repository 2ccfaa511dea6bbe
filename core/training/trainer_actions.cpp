#include "core/base/number_text.h"
#include "core/network/initialization.h"
#include "core/settings/setting_table.h"
#include "core/training/kick.h"
#include "core/training/reset_neurons.h"
#include "core/training/trainer_impl.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace flatline {
namespace {

constexpr std::array kickedNames{"both", "bias", "weights"}; // in the order of KickedParameters

int inputsOf(const Layout& layout, int layer) {
    return layout.block(layer, BlockKind::Weight).columns;
}

std::string struckText(const Target& target, int neurons) {
    return "target=" + targetText(target) + " neurons=" + toText(std::int64_t{neurons});
}

} // namespace

Result<void> Trainer::Impl::act(const Action& action) {
    if (Result<void> valid = validateAction(action, m_now, {}); !valid)
        return valid;
    if (const auto* edit = std::get_if<EditParameters>(&action))
        if (Result<void> fits = checkWeightCount(*edit, inputsOf(m_network.layout(), edit->layer), {}); !fits)
            return fits;
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

void Trainer::Impl::perform(const Action& action) {
    beforeIntervention();
    const int before = m_chronicle.deadCount();
    std::visit([this](const auto& kind) { take(kind); }, action);
    m_marks.push_back({m_step, action, before, m_chronicle.deadCount()});
}

/// How many of that kind acted before the one that is acting: the number of its random substream.
template <class Kind>
std::uint32_t Trainer::Impl::performedBefore() const {
    const auto& all = m_experiment.interventions;
    return static_cast<std::uint32_t>(
        std::count_if(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(m_performed) - 1,
                      [](const Intervention& one) { return std::holds_alternative<Kind>(one.action); }));
}

bool Trainer::Impl::accept() {
    if (const auto place = findNonFinite({}, {}, {}, m_next, m_network.layout())) {
        diverge(*place); // parameters near the largest number, pushed over the edge
        return false;
    }
    m_parameters.swap(m_next);
    return true;
}

void Trainer::Impl::take(const ThermalKick& kick) {
    const RandomStream stream(static_cast<std::uint64_t>(m_now.seed), StreamId::Kicks, performedBefore<ThermalKick>());
    m_next = m_parameters;
    const int struck = applyKick(kick, m_chronicle.dead(), m_network.layout(), stream, m_next);
    if (!accept())
        return;
    m_chronicle.append({m_step,
                        kick.target.layer,
                        kick.target.neuron,
                        EventKind::Kick,
                        {},
                        "strength=" + toText(kick.strength) + ' ' + struckText(kick.target, struck) +
                            " parameters=" + kickedNames[static_cast<std::size_t>(kick.parameters)]});
    afterIntervention(Cause::Kick);
}

void Trainer::Impl::take(const SettingChange& change) {
    [[maybe_unused]] const Result<void> set = setSetting(m_now, change.path, change.value);
    assert(set.ok()); // create() and act() have checked it
    applySettings();
    if (change.path == "network.alpha") // learnt slopes start again there
        for (const Block& block : m_network.layout().blocks())
            if (block.kind == BlockKind::Alpha)
                std::fill_n(m_parameters.begin() + static_cast<std::ptrdiff_t>(block.offset), block.size(),
                            static_cast<float>(startingSlope()));
    m_chronicle.append({m_step, 0, 0, EventKind::Set, {}, change.path + "=" + settingText(change.value)});
    afterIntervention(Cause::Edit);
}

// One that is aimed at the dead where nobody is dead warms nobody.
void Trainer::Impl::take(const BiasWarming& warming) {
    std::vector<NeuronPlace> warmed;
    const bool everybody = warming.target.kind == Target::Kind::All;
    const NeuronMask mask = targetMask(warming.target, m_chronicle.dead());
    int count = 0;
    for (std::size_t k = 0; k < mask.size(); ++k)
        for (std::size_t j = 0; j < mask[k].size(); ++j) {
            count += mask[k][j];
            if (mask[k][j] != 0 && !everybody)
                warmed.push_back({k, j});
        }
    if (everybody || !warmed.empty())
        m_warmths.push_back({m_step, warming, std::move(warmed)});
    updateBiasShift();
    m_chronicle.append({m_step,
                        warming.target.layer,
                        warming.target.neuron,
                        EventKind::Warming,
                        {},
                        "gamma=" + toText(warming.gamma) + " steps=" + toText(warming.steps) + ' ' +
                            struckText(warming.target, count)});
    afterIntervention(Cause::Annealing);
}

void Trainer::Impl::take(const ResetNeurons& reset) {
    constexpr std::uint32_t layersPerReset = 128; // more than a network has
    const std::uint32_t first = layersPerReset * performedBefore<ResetNeurons>();
    const std::vector<float> fresh =
        drawnParameters(m_network.layout(), m_now.initialization, startingSlope(), [&](int layer) {
            return RandomStream(static_cast<std::uint64_t>(m_now.seed), StreamId::Resets,
                                first + static_cast<std::uint32_t>(layer));
        });
    m_next = m_parameters;
    const int count =
        resetNeurons(targetMask(reset.target, m_chronicle.dead()), m_network.layout(), fresh, m_next, m_optimizer);
    m_parameters.swap(m_next);
    m_chronicle.append(
        {m_step, reset.target.layer, reset.target.neuron, EventKind::Reset, {}, struckText(reset.target, count)});
    afterIntervention(Cause::Edit);
}

void Trainer::Impl::take(const EditParameters& edit) {
    const Block& weights = m_network.layout().block(edit.layer, BlockKind::Weight);
    const Block& bias = m_network.layout().block(edit.layer, BlockKind::Bias);
    const int row = edit.neuron - 1;
    std::string detail = struckText({Target::Kind::Neuron, edit.layer, edit.neuron}, 1);
    const auto set = [&](std::size_t place, double value, const std::string& name) {
        m_parameters[place] = static_cast<float>(value);
        m_optimizer.forget(place); // or the velocity of before would carry it off
        detail += ' ' + name + '=' + toText(m_parameters[place]);
    };
    if (edit.bias)
        set(bias.at(row, 0), *edit.bias, "bias");
    for (std::size_t i = 0; i < edit.weights.size(); ++i)
        if (edit.weights[i])
            set(weights.at(row, static_cast<int>(i)), *edit.weights[i],
                "weight" + toText(static_cast<std::int64_t>(i) + 1));
    if (edit.beta)
        set(m_network.layout().block(edit.layer, BlockKind::Beta).at(row, 0), *edit.beta, "beta");
    m_chronicle.append({m_step, edit.layer, edit.neuron, EventKind::Edit, {}, std::move(detail)});
    afterIntervention(Cause::Edit);
}

// Going to learnt slopes or away from them changes what parameters there are.
void Trainer::Impl::applySettings() {
    const ActivationRow* activation = findActivation(m_now.network.activation);
    const Layout before = m_network.layout();
    m_network.setActivation(*activation,
                            activationParameters(*activation, m_now.network.alpha, m_now.network.slopeAtZero));
    m_engineReady = false; // activation, slope or batch size may be others
    const Layout& layout = m_network.layout();
    if (layout == before)
        return;
    const std::vector<float> nothing(layout.size(), 0.0F);
    m_parameters = alignedCopy(relaid(before, m_parameters, layout,
                                      initialParameters(layout, m_now.initialization, startingSlope(), m_now.seed)));
    for (std::vector<float>* memory : {&m_optimizer.first, &m_optimizer.second})
        if (!memory->empty())
            *memory = relaid(before, *memory, layout, nothing);
    resizeScratch();
}

} // namespace flatline
