#pragma once

#include "app/command_line/sweep_options.h"
#include "app/command_line/training.h"
#include "app/experiments/open_experiment.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace flatline {

/// All runs of a sweep, counted from 0: the first axis changes slowest, the seed fastest. Immutable; any thread.
class SweepGrid {
public:
    /// Each point of the grid is a valid experiment. Errors: what the experiment's file, or a point, has wrong.
    [[nodiscard]] static Result<SweepGrid> create(const SweepOptions& options);

    /// Whether every point finds its data and its starting parameters, and its network fits them. Looks at the first
    /// seed of each.
    [[nodiscard]] Result<void> check(const RunInputs& inputs) const;

    [[nodiscard]] std::int64_t runs() const { return m_points * m_seeds.count(); }
    [[nodiscard]] Settings settings(std::int64_t run) const;
    /// The values of the axes, then the seed.
    [[nodiscard]] std::vector<std::string> values(std::int64_t run) const;
    /// What an error says before the key at fault: "healthy (training.momentum=0.5, seed=3)".
    [[nodiscard]] QString name(std::int64_t run) const;

    [[nodiscard]] const std::vector<SweepAxis>& axes() const { return m_axes; }
    [[nodiscard]] const SeedList& seeds() const { return m_seeds; }
    [[nodiscard]] int mostLayers() const { return m_mostLayers; } ///< hidden ones, of the deepest network

private:
    SweepGrid(FoundExperiment experiment, const SweepOptions& options);
    [[nodiscard]] Result<Settings> tryPoint(const FoundExperiment& experiment, std::int64_t point) const;
    [[nodiscard]] Result<void> tryAll();
    [[nodiscard]] std::vector<std::string> pointValues(std::int64_t point) const;
    [[nodiscard]] QStringList pointTexts(std::int64_t point) const; ///< "training.momentum=0.5"

    FoundExperiment m_experiment;
    SettingTexts m_changes;
    std::vector<SweepAxis> m_axes;
    SeedList m_seeds;
    std::int64_t m_points = 1; ///< combinations of the axes' values
    int m_mostLayers = 0;
};

} // namespace flatline
