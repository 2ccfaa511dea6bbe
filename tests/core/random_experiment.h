#pragma once

#include "core/base/number_text.h"
#include "core/base/random.h"
#include "core/settings/setting_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

/// Experiments drawn over the whole range of every setting, hostile values included.
namespace flatline::fixtures {

struct RandomExperiment {
    Settings settings;
    std::string csv; ///< the text of data.file
    int steps = 0;
    int every = 1;
    std::vector<float> start;         ///< as of a parameters file; empty: drawn
    std::vector<Intervention> byHand; ///< by rising step
};

class ExperimentMaker {
public:
    /// Experiment number `number` is always the same. `work`: about how many multiplications it may take.
    ExperimentMaker(std::uint32_t number, double work)
        : m_stream(71, StreamId::Data, number)
        , m_hostility(pick(std::array{0.05, 0.2, 0.6}))
        , m_work(work) {}

    RandomExperiment make() {
        RandomExperiment experiment;
        Settings& settings = experiment.settings;
        for (const SettingRow& row : settingTable())
            if (row.kind != SettingKind::Text && row.kind != SettingKind::Widths)
                row.set(settings, valueFor(row, row.get(settings)));
        settings.network.hidden = widths();
        if (settings.data.source == "csv" || chance(0.15)) {
            settings.data.source = "csv";
            settings.data.file = "hostile.csv";
            experiment.csv = csvText();
        }
        shrink(settings);
        experiment.steps = 2 + static_cast<int>(below(60));
        experiment.every = pick(std::array{1, 1, 7, 1000});
        settings.interventions = interventions(settings, experiment.steps);
        if (chance(0.3))
            experiment.byHand = interventions(settings, experiment.steps);
        return experiment;
    }

    /// Values of every size up to the largest, as a parameters file may hold.
    std::vector<float> hostileStart(std::size_t size) {
        const double scale = std::pow(10.0, m_stream.uniform(-10.0, 38.0));
        std::vector<float> start(size);
        for (float& value : start)
            value = chance(0.1) ? 0.0F : static_cast<float>(std::clamp(scale * m_stream.normal(), -3e38, 3e38));
        return start;
    }
    bool chance(double p) { return m_stream.uniform() < p; }

private:
    std::uint32_t below(std::size_t bound) { return m_stream.below(static_cast<std::uint32_t>(bound)); }
    template <class T, std::size_t n>
    T pick(const std::array<T, n>& choices) {
        return choices[below(n)];
    }

    /// The ordinary value, or with the experiment's own probability any that the row allows.
    SettingValue valueFor(const SettingRow& row, const SettingValue& usual) {
        const bool chosen = row.kind == SettingKind::Choice || row.kind == SettingKind::Boolean;
        if (!chance(chosen ? 0.7 : m_hostility))
            return usual;
        return hostileValue(row);
    }

    SettingValue hostileValue(const SettingRow& row) {
        if (row.optional && chance(0.2))
            return {};
        if (row.kind == SettingKind::Boolean)
            return chance(0.5);
        if (row.kind == SettingKind::Choice) {
            const std::vector<std::string> ids = row.choices();
            return ids[below(ids.size())];
        }
        const double number = numberWithin(row.minimum, row.maximum);
        if (row.kind == SettingKind::Integer)
            return static_cast<std::int64_t>(number);
        return number;
    }

    /// Ends, zero, tiny ones, and what lies between on a linear or a logarithmic scale.
    double numberWithin(double low, double high) {
        const double sign = low < 0.0 && chance(0.5) ? -1.0 : 1.0;
        const double largest = sign < 0.0 ? -low : high;
        switch (below(6)) {
        case 0:
            return low;
        case 1:
            return high;
        case 2:
            return std::clamp(0.0, low, high);
        case 3:
            return std::clamp(sign * pick(std::array{1e-300, 1e-42, 1e-30, 1e-8}), low, high);
        case 4:
            return m_stream.uniform(low, high);
        default:
            return std::clamp(sign * largest * std::pow(10.0, m_stream.uniform(-7.0, 0.0)), low, high);
        }
    }

    std::vector<int> widths() {
        switch (below(8)) {
        case 0:
            return {};
        case 1:
            return std::vector<int>(100, 1 + static_cast<int>(below(4)));
        case 2:
            return {512};
        case 3:
            return std::vector<int>(1 + below(40), 1 + static_cast<int>(below(8)));
        default:
            break;
        }
        std::vector<int> drawn(1 + below(4));
        for (int& width : drawn)
            width = 1 + static_cast<int>(below(16));
        return drawn;
    }

    /// Few samples for a large network: what makes an experiment hostile is not its size.
    void shrink(Settings& settings) {
        double weights = 64.0;
        int before = 10;
        for (const int width : settings.network.hidden) {
            weights += static_cast<double>(width) * (before + 1);
            before = width;
        }
        const double affordable = m_work / (weights * 200.0);
        const int most = static_cast<int>(std::clamp(affordable, 3.0, 300.0));
        settings.data.samples = std::min(settings.data.samples, chance(0.1) ? 1 : most);
        if (affordable < 300.0 && (settings.data.source == "digits" || settings.data.source == "breast-cancer"))
            settings.data.source = "iris";
        if (settings.data.source == "digits")
            settings.data.testFraction = 0.9;
    }

    std::string csvText() {
        const int features = 1 + static_cast<int>(below(5));
        const int rows = 1 + static_cast<int>(below(40));
        std::vector<std::uint32_t> kinds(static_cast<std::size_t>(features) + 1);
        for (std::uint32_t& kind : kinds)
            kind = below(6);
        const std::uint32_t classes = pick(std::array{0U, 1U, 2U, 5U, 40U}); // 0: a number
        std::string text;
        for (int j = 0; j < features; ++j)
            text += "x" + std::to_string(j) + ",";
        text += "y\n";
        for (int i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j + 1 < kinds.size(); ++j)
                text += cell(kinds[j]) + ",";
            text += (classes > 0 ? "c" + std::to_string(below(classes)) : cell(kinds.back())) + "\n";
        }
        return text;
    }

    /// A constant, ordinary, tiny, large, huge or mixed feature.
    std::string cell(std::uint32_t kind) {
        static constexpr std::array scales{0.0, 1.0, 1e-40, 1e6, 1e37};
        if (kind == scales.size())
            return cell(below(scales.size()));
        return toText(1.0 + scales[kind] * m_stream.normal());
    }

    Target target(const std::vector<int>& hidden) {
        if (hidden.empty() || chance(0.5))
            return {chance(0.5) ? Target::Kind::Dead : Target::Kind::All};
        const int layer = 1 + static_cast<int>(below(hidden.size()));
        if (chance(0.5))
            return {Target::Kind::Layer, layer};
        const auto width = static_cast<std::size_t>(hidden[static_cast<std::size_t>(layer) - 1]);
        return {Target::Kind::Neuron, layer, 1 + static_cast<int>(below(width))};
    }

    EditParameters edit(const std::vector<int>& hidden) {
        const auto layer = below(hidden.size());
        EditParameters drawn{
            static_cast<int>(layer) + 1, 1 + static_cast<int>(below(static_cast<std::size_t>(hidden[layer]))), {}, {}};
        drawn.bias = m_stream.normal();
        if (layer > 0)
            for (int i = 0; i < hidden[layer - 1]; ++i)
                drawn.weights.push_back(chance(0.5) ? std::optional(m_stream.normal()) : std::nullopt);
        return drawn;
    }

    Action action(const Settings& settings) {
        switch (below(5)) {
        case 0:
            return ThermalKick{numberWithin(0.0, chance(0.5) ? 1.0 : 1000.0), target(settings.network.hidden),
                               static_cast<KickedParameters>(below(3))};
        case 1:
            return BiasWarming{numberWithin(-1000.0, 1000.0) * (chance(0.5) ? 1.0 : 0.001),
                               1 + static_cast<std::int64_t>(below(80)), target(settings.network.hidden)};
        case 2:
            return ResetNeurons{target(settings.network.hidden)};
        case 3:
            if (!settings.network.hidden.empty())
                return edit(settings.network.hidden);
            break;
        default:
            break;
        }
        std::vector<const SettingRow*> live;
        for (const SettingRow& row : settingTable())
            if (row.live)
                live.push_back(&row);
        const SettingRow& row = *live[below(live.size())];
        return SettingChange{row.path, hostileValue(row)};
    }

    std::vector<Intervention> interventions(const Settings& settings, int steps) {
        std::vector<Intervention> drawn(chance(0.5) ? 0 : 1 + below(4));
        for (Intervention& one : drawn)
            one = {static_cast<std::int64_t>(below(static_cast<std::size_t>(steps))), action(settings)};
        std::ranges::stable_sort(drawn, {}, &Intervention::step);
        return drawn;
    }

    RandomStream m_stream;
    double m_hostility;
    double m_work;
};

} // namespace flatline::fixtures
