#include "app/lessons/verified_claims.h"

#include "app/experiments/experiment_file.h"
#include "app/files/files.h"
#include "app/lessons/built_in_lessons.h"

#include <QFileInfo>

#include <algorithm>

namespace flatline {
namespace {

constexpr qint64 largestFile = 4 << 20;

std::vector<VerifiedClaim> builtInFigures() {
    const auto path = QStringLiteral(":/lessons/verified.csv");
    if (!QFileInfo::exists(path))
        return {};
    const auto text = readText(path, largestFile);
    auto claims = text ? readVerified(text.value(), path.toStdString()) : text.error();
    return claims ? std::move(claims).value() : std::vector<VerifiedClaim>();
}

} // namespace

std::string hashOf(const Claim& claim, std::span<const Settings> experiments) {
    std::vector<std::string> texts;
    for (Settings settings : experiments) {
        settings.seed = 0;
        settings.name.clear();
        texts.push_back(experimentJson(resolved(std::move(settings), {})));
    }
    return claimHash(claim, texts);
}

std::optional<VerifiedClaim> verifiedFigures(const Lesson& lesson, const std::string& claim) {
    const auto found = std::ranges::find(lesson.claims, claim, &Claim::id);
    if (found == lesson.claims.end())
        return std::nullopt;
    std::vector<Settings> experiments;
    for (const ClaimRun& run : found->runs) {
        auto settings = openLessonExperiment(lesson, found->experiment, run.set, found->line);
        if (!settings)
            return std::nullopt;
        experiments.push_back(std::move(settings).value());
    }
    const std::vector<VerifiedClaim> figures = builtInFigures();
    const VerifiedClaim* row = findVerified(figures, claim, hashOf(*found, experiments));
    return row == nullptr ? std::nullopt : std::optional(*row);
}

} // namespace flatline
