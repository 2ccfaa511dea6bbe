#include "core/verify/quantity.h"

#include "core/base/number_text.h"
#include "core/diagnosis/certificate.h"

#include <algorithm>
#include <string>

namespace flatline {
namespace {

/// What stands in the name for the placeholder, if the rest of it is the id's.
std::optional<std::string> filling(std::string_view name, std::string_view id, std::string_view placeholder) {
    const std::size_t place = id.find(placeholder);
    if (place == std::string_view::npos)
        return std::nullopt;
    const std::string_view before = id.substr(0, place);
    const std::string_view after = id.substr(place + placeholder.size());
    if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
        return std::nullopt;
    return std::string(name.substr(before.size(), name.size() - before.size() - after.size()));
}

/// "weight-decay" as a part of a name: weight_decay. A hyphen would be a minus.
std::string underscored(std::string id) {
    std::ranges::replace(id, '-', '_');
    return id;
}

std::optional<FoundQuantity> match(std::string_view name, const QuantityRow& row) {
    if (name == row.id)
        return FoundQuantity{&row, 0, false};
    if (const auto layer = filling(name, row.id, "K")) {
        const auto number = parseInteger(*layer);
        return number && *number >= 1 && *number <= 100
                   ? std::optional(FoundQuantity{&row, static_cast<int>(*number), true})
                   : std::nullopt;
    }
    if (const auto cause = filling(name, row.id, "CAUSE"))
        for (const VerdictRow& verdict : verdictTable())
            if (*cause == underscored(verdict.id))
                return FoundQuantity{&row, static_cast<int>(verdict.verdict), false};
    return std::nullopt;
}

std::vector<QuantityRow> allQuantities() {
    std::vector<QuantityRow> all;
    for (const auto part : {traceQuantities, neuronQuantities, eventQuantities, movementQuantities, plateauQuantities,
                            decayQuantities, kickQuantities, curveQuantities, slopeQuantities}) {
        const std::vector<QuantityRow> rows = part();
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

} // namespace

void RunDemand::add(const RunDemand& other) {
    watch = std::max(watch, other.watch);
    keep.parameters = keep.parameters || other.keep.parameters;
    keep.trace = keep.trace || other.keep.trace;
}

std::span<const QuantityRow> quantityTable() {
    static const std::vector<QuantityRow> table = allQuantities();
    return table;
}

std::optional<FoundQuantity> findQuantity(std::string_view name) {
    if (name.find_first_of("KCAUSE") != std::string_view::npos)
        return std::nullopt; // the placeholders themselves
    for (const QuantityRow& row : quantityTable())
        if (const auto found = match(name, row))
            return found;
    return std::nullopt;
}

} // namespace flatline
