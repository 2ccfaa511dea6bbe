#include "core/comparison/fork.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace flatline {
namespace {

using Interventions = std::vector<Intervention>;

std::ptrdiff_t countBefore(std::span<const Intervention> all, std::int64_t step) {
    return std::ranges::count_if(all, [step](const Intervention& one) { return one.step < step; });
}

} // namespace

// A run's end is before what is planned for its step; a moment of the past is after all that acted at its step.
Fork forkOf(const Snapshot& snapshot) {
    Fork fork;
    fork.run = snapshot.run;
    fork.step = snapshot.now.step;
    fork.dataset = snapshot.dataset;
    fork.experiment = snapshot.experiment;
    fork.now = snapshot.settings;
    Interventions& all = fork.experiment.interventions;
    const std::ptrdiff_t earlier = countBefore(all, fork.step);
    const std::ptrdiff_t acted =
        snapshot.past ? countBefore(all, fork.step + 1) : std::min(std::ssize(snapshot.curves->marks), std::ssize(all));
    fork.acted = static_cast<std::size_t>(std::max(earlier, acted));
    all.resize(fork.acted);
    const std::int64_t open = snapshot.past ? fork.step + 1 : fork.step;
    std::ranges::copy_if(snapshot.restart.interventions, std::back_inserter(all),
                         [open](const Intervention& planned) { return planned.step >= open; });
    for (const auto& keyframe : snapshot.path)
        if (keyframe->step <= fork.step && keyframe->interventions <= static_cast<std::size_t>(earlier))
            fork.from = keyframe;
    return fork;
}

bool trainUntil(Trainer& trainer, std::int64_t step, const std::atomic<bool>& cancelled) {
    while (trainer.stepsDone() < step && !cancelled)
        if (!trainer.step())
            break;
    return !cancelled;
}

std::optional<Trainer> trainerAt(const Fork& fork, const TrainerOptions& options, const std::atomic<bool>& cancelled) {
    Settings experiment = fork.experiment;
    Interventions& all = experiment.interventions;
    const auto first = all.begin() + countBefore(std::span(all).first(fork.acted), fork.step);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(fork.acted);
    const Interventions atStep(first, end); // or planned, at the very step of the fork
    all.erase(first, end);
    Result<Trainer> made = Trainer::create(std::move(experiment), fork.dataset, {}, options);
    if (!made || fork.from == nullptr)
        return std::nullopt; // what a run was made of can be made again
    Trainer trainer = std::move(made).value();
    Keyframe start = *fork.from;
    start.events = start.marks = 0;
    start.caseFiles = nullptr;
    trainer.restore(start);
    if (!trainUntil(trainer, fork.step, cancelled))
        return std::nullopt;
    for (const Intervention& one : atStep)
        if (!trainer.act(one.action))
            return std::nullopt;
    return trainer;
}

Result<std::optional<Trainer>> trainFromStart(const Settings& experiment, std::int64_t steps,
                                              std::shared_ptr<const Dataset> dataset, const ParameterLoader& parameters,
                                              const std::atomic<bool>& cancelled) {
    std::vector<float> start;
    if (const std::string& file = experiment.initialization.file; !file.empty()) {
        const Result<NetworkSpec> spec = makeNetworkSpec(experiment, *dataset);
        if (!spec)
            return spec.error();
        Result<std::vector<float>> read = parameters(file, layoutOf(spec.value()));
        if (!read)
            return read.error();
        start = std::move(read).value();
    }
    Result<Trainer> made =
        Trainer::create(experiment, std::move(dataset), std::move(start), {.watch = Watch::Interventions});
    if (!made)
        return made.error();
    if (!trainUntil(made.value(), steps, cancelled))
        return std::optional<Trainer>();
    return std::optional<Trainer>(std::move(made).value());
}

} // namespace flatline
