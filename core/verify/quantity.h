#pragma once

#include "core/verify/measured_run.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// What a run must do for a quantity or function to be read from it.
struct RunDemand {
    Watch watch = Watch::Interventions; ///< the cheapest
    MeasuredRun::Keep keep = {};

    void add(const RunDemand& other);
};

/// One quantity of a run at a step: RUN.ID. A new one is a row in one of core/verify/quantities/, or a file of its own
/// there.
struct QuantityRow {
    /// "layerK_dead": K stands for a hidden layer's number; "deaths_CAUSE": for the id of a verdict.
    const char* id;
    const char* meaning;                    ///< translatable; Markdown
    double (*read)(MeasuredRun&, int pick); ///< not a number where there is none. pick: K from 1, or the verdict
    RunDemand demand = {};
    bool survives = false; ///< can be said of a run that has diverged before
};

/// All of them, in the order of the handbook.
[[nodiscard]] std::span<const QuantityRow> quantityTable();

/// A quantity that a name means.
struct FoundQuantity {
    const QuantityRow* row = nullptr;
    int pick = 0;
    bool isLayer = false; ///< pick is a layer's number, of which only a run knows whether it is there
};
[[nodiscard]] std::optional<FoundQuantity> findQuantity(std::string_view name);

/// The parts of the table, by subject.
[[nodiscard]] std::vector<QuantityRow> traceQuantities();
[[nodiscard]] std::vector<QuantityRow> neuronQuantities();
[[nodiscard]] std::vector<QuantityRow> eventQuantities();
[[nodiscard]] std::vector<QuantityRow> movementQuantities();
[[nodiscard]] std::vector<QuantityRow> plateauQuantities();
[[nodiscard]] std::vector<QuantityRow> decayQuantities();
[[nodiscard]] std::vector<QuantityRow> kickQuantities();
[[nodiscard]] std::vector<QuantityRow> curveQuantities();
[[nodiscard]] std::vector<QuantityRow> slopeQuantities();

} // namespace flatline
