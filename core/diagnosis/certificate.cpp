#include "core/diagnosis/certificate.h"

#include "core/base/result.h"

#include <numeric>

namespace flatline {
namespace {

const std::array causeRows{
    CauseRow{Cause::GradientWeights, "gradient_weights", FLATLINE_TEXT("gradient on the weights")},
    CauseRow{Cause::GradientBias, "gradient_bias", FLATLINE_TEXT("gradient on the bias")},
    CauseRow{Cause::Momentum, "momentum", FLATLINE_TEXT("memory of earlier gradients")},
    CauseRow{Cause::WeightDecay, "weight_decay", FLATLINE_TEXT("decay of the weights")},
    CauseRow{Cause::BiasDecay, "bias_decay", FLATLINE_TEXT("decay of the bias")},
    CauseRow{Cause::Upstream, "upstream", FLATLINE_TEXT("earlier layers moved")},
    CauseRow{Cause::BatchNorm, "batch_norm", FLATLINE_TEXT("batch norm")},
    CauseRow{Cause::Kick, "kick", FLATLINE_TEXT("thermal kick")},
    CauseRow{Cause::Annealing, "annealing", FLATLINE_TEXT("bias warming")},
    CauseRow{Cause::Edit, "edit", FLATLINE_TEXT("a change by hand")},
    CauseRow{Cause::Handover, "handover", FLATLINE_TEXT("another sample is the margin now")},
};
static_assert(causeRows.size() == causes);

const std::array verdictRows{
    VerdictRow{Verdict::BornDead, "born-dead", FLATLINE_TEXT("Born dead"),
               FLATLINE_TEXT("The starting weights leave it negative on every sample."), ""},
    VerdictRow{Verdict::Overshoot, "overshoot", FLATLINE_TEXT("Overshoot"),
               FLATLINE_TEXT("One step's gradient did more than half of it: a step too far."),
               FLATLINE_TEXT("One step's gradient did more than half of the way back.")},
    VerdictRow{Verdict::Drift, "drift", FLATLINE_TEXT("Drift"),
               FLATLINE_TEXT("Its own gradients took it off the data, little by little."),
               FLATLINE_TEXT("Its own gradients brought it back, little by little.")},
    VerdictRow{Verdict::Momentum, "momentum", FLATLINE_TEXT("Momentum"),
               FLATLINE_TEXT("The memory of earlier gradients carried it on over the edge."),
               FLATLINE_TEXT("The memory of earlier gradients carried it back.")},
    VerdictRow{Verdict::WeightDecay, "weight-decay", FLATLINE_TEXT("Weight decay"),
               FLATLINE_TEXT("Decay shrank the weights that kept it positive."),
               FLATLINE_TEXT("Decay shrank the weights that kept it negative.")},
    VerdictRow{Verdict::BiasDecay, "bias-decay", FLATLINE_TEXT("Bias decay"),
               FLATLINE_TEXT("Decay took away the positive bias that kept it alive."),
               FLATLINE_TEXT("Decay took away the negative bias that held it down.")},
    VerdictRow{Verdict::Upstream, "upstream", FLATLINE_TEXT("Upstream"),
               FLATLINE_TEXT("The layers before it moved, and its inputs with them."),
               FLATLINE_TEXT("The layers before it moved, and its inputs with them.")},
    VerdictRow{Verdict::BatchNorm, "batch-norm", FLATLINE_TEXT("Batch norm"),
               FLATLINE_TEXT("Batch norm's statistics, scale or shift moved it off the data."),
               FLATLINE_TEXT("Batch norm's statistics, scale or shift moved it back.")},
    VerdictRow{Verdict::Kick, "kick", FLATLINE_TEXT("Kick"), FLATLINE_TEXT("A thermal kick threw it off the data."),
               FLATLINE_TEXT("A thermal kick threw it back onto the data.")},
    VerdictRow{Verdict::Annealing, "annealing", FLATLINE_TEXT("Bias warming"),
               FLATLINE_TEXT("The warmth added to its bias was taken away again."),
               FLATLINE_TEXT("The warmth added to its bias lifted it.")},
    VerdictRow{Verdict::Edit, "edit", FLATLINE_TEXT("A change by hand"),
               FLATLINE_TEXT("A setting or its parameters were changed while it ran."),
               FLATLINE_TEXT("A setting or its parameters were changed while it ran.")},
};

} // namespace

std::span<const CauseRow> causeTable() {
    return causeRows;
}

std::span<const VerdictRow> verdictTable() {
    return verdictRows;
}

const char* verdictId(Verdict verdict) {
    return verdictRows[static_cast<std::size_t>(verdict)].id;
}

double Contributions::sum() const {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace flatline
