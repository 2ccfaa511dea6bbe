#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/settings/settings.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace flatline {

/// Hands over the whole text of a file: for a built-in data set the name in resources/datasets ("iris.csv"),
/// for source "csv" the path in data.file as it stands. core opens no files itself.
using TextLoader = std::function<Result<std::string>(const std::string& name, bool builtIn)>;

/// Where data can come from: a row a source, in the contract's order.
struct DataSourceRow {
    const char* id;      ///< the contract's name
    const char* label;   ///< translatable
    const char* formula; ///< how the samples are drawn, or where they come from; for tooltips and `list`
    bool generated;      ///< else read from a text; data.samples and data.noise then mean nothing
    bool hasNoise;
    int features; ///< 0: as many as the file has
    Task task;
    bool byDefaultStandardized;
};
[[nodiscard]] std::span<const DataSourceRow> dataSourceTable();
[[nodiscard]] const DataSourceRow* findDataSource(std::string_view id);

/// Generates or reads the data, standardizes, adds the offset, splits. A pure function of the settings, the
/// seed and the text. Reads settings.data, settings.seed and settings.network.output (which decides whether a
/// numeric target is a regression, and whether classes also need values to be fitted with squared loss).
[[nodiscard]] Result<Dataset> makeDataset(const Settings& settings, const TextLoader& text);

/// The column names of a CSV text's header row, for choosing the target.
[[nodiscard]] Result<std::vector<std::string>> csvColumns(std::string_view text, const std::string& fileName);

} // namespace flatline
