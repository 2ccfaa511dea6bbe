#pragma once

#include "ui/charts/plot_content.h"
#include "ui/fields/output_table.h"

#include <optional>

namespace flatline {

/// What a class's own share costs, loss = -ln p, with the sample's share under each objective on it; a share of 0 costs
/// an infinite loss, which stands at the upper edge. Nothing for outputs that are no shares.
[[nodiscard]] std::optional<PlotContent> shareLosses(const OutputTable& table);

} // namespace flatline
