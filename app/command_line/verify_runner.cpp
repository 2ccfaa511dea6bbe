#include "app/command_line/verify_runner.h"

#include "app/command_line/console.h"
#include "app/command_line/ordered_pool.h"
#include "app/command_line/progress.h"
#include "app/command_line/stop_request.h"
#include "app/lessons/built_in_lessons.h"
#include "app/lessons/verified_claims.h"

#include <algorithm>

namespace flatline {
namespace {

/// What a check needs, from that lesson's place. The lesson must outlive it.
ClaimInputs inputsFor(const Lesson& lesson, const Claim& claim, const RunInputs& runs) {
    return {[&lesson, line = claim.line](const std::string& experiment, const std::vector<TextChange>& changes) {
                return openLessonExperiment(lesson, experiment, changes, line);
            },
            runs.dataset, runs.parameters};
}

/// An error of a run says which claim it was made for.
Error inClaim(const LessonClaim& claim, Error error) {
    error.where = claim.lesson->file + ": " + claim.check.claim().id + (error.where.empty() ? "" : ": ") + error.where;
    return error;
}

Result<void> addClaims(const QString& pathOrId, std::vector<LessonClaim>& claims) {
    auto opened = openLesson(pathOrId);
    if (!opened)
        return opened.error();
    const auto lesson = std::make_shared<const Lesson>(std::move(opened).value());
    for (const Claim& claim : lesson->claims) {
        auto check = ClaimCheck::create(claim, lesson->file, inputsFor(*lesson, claim, {}));
        if (!check)
            return check.error();
        std::string hash = hashOf(claim, check.value().experiments());
        claims.push_back({lesson, std::move(check).value(), std::move(hash)});
    }
    return {};
}

} // namespace

Result<std::vector<LessonClaim>> findClaims(const VerifyOptions& options) {
    std::vector<LessonClaim> claims;
    for (const QString& lesson : options.lessons)
        if (const auto added = addClaims(lesson, claims); !added)
            return added.error();
    return claims;
}

VerifyOutcome runVerify(const std::vector<LessonClaim>& claims, const VerifyOptions& options) {
    constexpr std::chrono::milliseconds patience(50);
    using Found = Result<SeedOutcome>;
    SweepInputs shared;
    const RunInputs inputs = shared.functions();
    const auto count = static_cast<std::int64_t>(claims.size()) * options.seeds;
    Progress progress(!options.quiet && errorIsTerminal());
    OrderedPool<Found> pool(static_cast<int>(std::min<std::int64_t>(options.jobs, count)), count,
                            [&](std::int64_t index, const std::atomic<bool>& stop) {
                                const LessonClaim& claim = claims[static_cast<std::size_t>(index / options.seeds)];
                                return claim.check.check(1 + index % options.seeds,
                                                         inputsFor(*claim.lesson, claim.check.claim(), inputs), stop);
                            });
    VerifyOutcome outcome;
    std::vector<SeedOutcome> seeds;
    std::int64_t done = 0;
    while (!pool.finished()) {
        if (const auto found = pool.next(patience)) {
            if (!*found) {
                outcome.error = inClaim(claims[outcome.tallies.size()], found->error());
                break;
            }
            ++done;
            seeds.push_back(found->value());
        }
        if (static_cast<int>(seeds.size()) == options.seeds) {
            outcome.tallies.push_back(tallyOf(seeds));
            seeds.clear();
        }
        if (StopRequest::received() != 0)
            pool.stop();
        progress.showRuns(static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(count, 1)), done,
                          count);
    }
    return outcome;
}

} // namespace flatline
