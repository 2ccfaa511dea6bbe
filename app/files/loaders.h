#pragma once

#include "core/data/dataset_loader.h"
#include "core/training/worker.h"

namespace flatline {

/// Built-in data sets out of the program itself, the user's own from their files. Safe on any thread.
[[nodiscard]] Result<std::string> loadText(const std::string& name, bool builtIn);
[[nodiscard]] Result<Dataset> loadDataset(const Settings& settings);
[[nodiscard]] Result<std::string> loadParametersText(const std::string& file);
[[nodiscard]] Result<std::vector<float>> loadParameters(const std::string& file, const Layout& layout);

} // namespace flatline
