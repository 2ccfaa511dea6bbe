#include "core/verify/quantity.h"

#include <optional>

namespace flatline {
namespace {

/// So far; those born dead did not die.
double countEvents(const MeasuredRun& run, EventKind kind, std::optional<int> layer, const char* cause) {
    const EventLog& events = run.trainer().events();
    int count = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        count += event.kind == kind && event.step > 0 && (!layer || event.layer == *layer) &&
                         (cause == nullptr || event.cause == cause)
                     ? 1
                     : 0;
    }
    return count;
}

template <EventKind Kind>
double all(MeasuredRun& run, int) {
    return countEvents(run, Kind, {}, nullptr);
}
template <EventKind Kind>
double inLayer(MeasuredRun& run, int layer) {
    return countEvents(run, Kind, layer, nullptr);
}
template <EventKind Kind>
double byCause(MeasuredRun& run, int verdict) {
    return countEvents(run, Kind, {}, verdictId(static_cast<Verdict>(verdict)));
}

constexpr RunDemand dated{Watch::Deaths};
constexpr RunDemand certified{Watch::Certificates};

} // namespace

// What has happened up to the step.
std::vector<QuantityRow> eventQuantities() {
    return {
        {"deaths", FLATLINE_TEXT("deaths after step 0; a neuron that came back may die again"), all<EventKind::Died>,
         dated},
        {"deaths_CAUSE",
         FLATLINE_TEXT(
             "those of one cause: `deaths_overshoot`, `deaths_bias_decay`, … (`flatline run --neurons` names them)"),
         byCause<EventKind::Died>, certified},
        {"layerK_deaths", FLATLINE_TEXT("those in hidden layer K"), inLayer<EventKind::Died>, dated},
        {"revivals", FLATLINE_TEXT("how often a dead neuron came back"), all<EventKind::Revived>, dated},
        {"revivals_CAUSE", FLATLINE_TEXT("those of one cause: `revivals_upstream`, …"), byCause<EventKind::Revived>,
         certified},
        {"layerK_revivals", FLATLINE_TEXT("those in hidden layer K"), inLayer<EventKind::Revived>, dated},
    };
}

} // namespace flatline
