#include "app/command_line/sweep_grid.h"

#include "core/base/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace flatline {
namespace {

constexpr std::int64_t mostPoints = 1000000; // each is looked at before the first run
constexpr std::int64_t mostRuns = 1000000000000;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

QString withDetails(const QString& name, const QStringList& details) {
    return details.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, details.join(QLatin1String(", ")));
}

} // namespace

SweepGrid::SweepGrid(FoundExperiment experiment, const SweepOptions& options)
    : m_experiment(std::move(experiment))
    , m_changes(options.changes)
    , m_axes(options.axes) {}

Result<SweepGrid> SweepGrid::create(const SweepOptions& options) {
    auto experiment = findExperiment(options.experiment);
    if (!experiment)
        return experiment.error();
    SweepGrid grid(std::move(experiment).value(), options);
    for (const SweepAxis& axis : grid.m_axes) {
        const auto values = static_cast<std::int64_t>(axis.values.size());
        if (grid.m_points > mostPoints / values)
            return usageError(tr("the grid has more than %1 points").arg(mostPoints));
        grid.m_points *= values;
    }
    if (const auto valid = grid.tryAll(); !valid)
        return valid.error();
    const std::int64_t own = grid.tryPoint(grid.m_experiment, 0).value().seed;
    grid.m_seeds = options.seeds.value_or(SeedList{own, own, {}});
    if (grid.m_seeds.count() > mostRuns / grid.m_points)
        return usageError(tr("the sweep has more than %1 runs").arg(mostRuns));
    return grid;
}

Result<void> SweepGrid::tryAll() {
    for (std::int64_t point = 0; point < m_points; ++point) {
        const auto settings = tryPoint(m_experiment, point);
        if (!settings) {
            FoundExperiment named = m_experiment;
            named.name = withDetails(named.name, pointTexts(point));
            return tryPoint(named, point).error();
        }
        m_mostLayers = std::max(m_mostLayers, static_cast<int>(settings.value().network.hidden.size()));
    }
    return {};
}

Result<void> SweepGrid::check(const RunInputs& inputs) const {
    for (std::int64_t run = 0; run < runs(); run += m_seeds.count())
        if (const auto start = loadStart(settings(run), inputs); !start)
            return inExperiment(name(run), start.error());
    return {};
}

/// The values of one point, by the digits of its number.
std::vector<std::string> SweepGrid::pointValues(std::int64_t point) const {
    std::vector<std::string> values(m_axes.size());
    for (std::size_t i = m_axes.size(); i-- > 0;) {
        const auto choices = static_cast<std::int64_t>(m_axes[i].values.size());
        values[i] = m_axes[i].values[static_cast<std::size_t>(point % choices)];
        point /= choices;
    }
    return values;
}

Result<Settings> SweepGrid::tryPoint(const FoundExperiment& experiment, std::int64_t point) const {
    SettingTexts changes = m_changes;
    const std::vector<std::string> values = pointValues(point);
    for (std::size_t i = 0; i < m_axes.size(); ++i)
        changes.emplace_back(m_axes[i].path, values[i]);
    return withChanges(experiment, changes);
}

Settings SweepGrid::settings(std::int64_t run) const {
    Settings settings = tryPoint(m_experiment, run / m_seeds.count()).value();
    settings.seed = m_seeds.at(run % m_seeds.count());
    return settings;
}

std::vector<std::string> SweepGrid::values(std::int64_t run) const {
    std::vector<std::string> values = pointValues(run / m_seeds.count());
    values.push_back(toText(m_seeds.at(run % m_seeds.count())));
    return values;
}

QStringList SweepGrid::pointTexts(std::int64_t point) const {
    QStringList texts;
    const std::vector<std::string> values = pointValues(point);
    for (std::size_t i = 0; i < m_axes.size(); ++i)
        texts << QString::fromStdString(m_axes[i].path + '=' + values[i]);
    return texts;
}

QString SweepGrid::name(std::int64_t run) const {
    const QString seed = QString::number(m_seeds.at(run % m_seeds.count()));
    return withDetails(m_experiment.name, pointTexts(run / m_seeds.count()) << QStringLiteral("seed=") + seed);
}

} // namespace flatline
