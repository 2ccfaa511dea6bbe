#include "ui/timeline/timeline_labels.h"

#include "ui/theme/tabular.h"
#include "ui/timeline/timeline_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <optional>

namespace flatline {

namespace {

constexpr double burstGap = 9.0;   ///< deaths so close are one burst
constexpr double space = 4.0;      ///< between a sign and its words
constexpr double mostShift = 48.0; ///< words may stand beyond other signs, but no further from their own
constexpr std::size_t mostCandidates = 80;

struct Span {
    double from = 0.0;
    double to = 0.0;
    [[nodiscard]] bool meets(const Span& other) const { return from < other.to && other.from < to; }
};

struct Candidate {
    int rank = 0;        ///< the lower the sooner
    double weight = 0.0; ///< among equals: the greater the sooner
    Span place;          ///< of its signs
    bool leftFirst = false;
    QStringList texts; ///< the first that has room; the last is the shortest
    Ink ink = nullptr;
};

/// How each sign is named: its rank, its ink, and at which side.
struct Naming {
    int rank;
    Ink ink;
    bool leftFirst;
};
constexpr std::array<Naming, timelineSigns> namings{{
    {3, &Theme::dead, false},
    {5, &Theme::revived, false},
    {2, &Theme::kick, false},
    {2, &Theme::kick, false},
    {2, &Theme::kick, false},
    {2, &Theme::kick, false},
    {4, &Theme::text, true}, // what came of it stands at the right
    {0, &Theme::dead, false},
}};                          // in TimelineSign's order
constexpr int massDeath = 4; ///< so many deaths are what a run is about: named before what was done by hand
constexpr int massRank = 1;

std::vector<Candidate> candidatesOf(const Snapshot& snapshot, const std::vector<TimelineMark>& marks) {
    std::vector<Candidate> all;
    const auto add = [&all](TimelineSign sign, double weight, Span place, QStringList texts) {
        const Naming& naming = namings[static_cast<std::size_t>(sign)];
        const double half = halfWidth(sign);
        const bool mass = sign == TimelineSign::Death && weight >= massDeath;
        all.push_back({mass ? massRank : naming.rank,
                       weight,
                       {place.from - half, place.to + half},
                       naming.leftFirst,
                       std::move(texts),
                       naming.ink});
    };
    for (const DeathBurst& burst : deathBursts(marks, burstGap))
        add(TimelineSign::Death, burst.count, {burst.from, burst.to},
            {burstText(snapshot.events, burst, true), burstText(snapshot.events, burst, false)});
    for (const TimelineMark& mark : marks)
        if (mark.sign != TimelineSign::Death) {
            const bool revived = mark.sign == TimelineSign::Revival;
            add(mark.sign, revived ? mark.count : mark.x, {mark.x, mark.x},
                {signText(snapshot, mark, MarkWords::Full), signText(snapshot, mark, MarkWords::Short)});
        }
    std::ranges::stable_sort(all, [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.weight > b.weight;
    });
    if (all.size() > mostCandidates)
        all.erase(all.begin() + mostCandidates, all.end());
    return all;
}

/// Where there is room for `width` right of the signs, possibly beyond a few others.
std::optional<double> rightOf(const Span& own, double width, const std::vector<Span>& taken, double end) {
    double left = own.to + space;
    for (bool moved = true; moved;) {
        moved = false;
        for (const Span& other : taken)
            if (other.meets({left - 1.0, left + width + 1.0})) {
                left = other.to + space;
                moved = true;
            }
        if (left - own.to > mostShift)
            return std::nullopt;
    }
    return left + width <= end ? std::optional(left) : std::nullopt;
}

std::optional<double> leftOf(const Span& own, double width, const std::vector<Span>& taken) {
    const Span place{own.from - space - width, own.from - space};
    const bool free = place.from >= 0.0 && std::ranges::none_of(taken, [&](const Span& other) {
                          return other.meets({place.from - 1.0, place.to + 1.0});
                      });
    return free ? std::optional(place.from) : std::nullopt;
}

} // namespace

double halfWidth(TimelineSign sign) {
    return sign == TimelineSign::Death ? 1.5 : sign == TimelineSign::Revival ? 3.5 : 6.0;
}

std::vector<TimelineLabel> placeLabels(const Snapshot& snapshot, const std::vector<TimelineMark>& marks, double width,
                                       const QFontMetricsF& metrics) {
    std::vector<Span> taken;
    for (const TimelineMark& mark : marks)
        taken.push_back({mark.x - halfWidth(mark.sign), mark.x + halfWidth(mark.sign)});
    std::vector<TimelineLabel> labels;
    for (const Candidate& candidate : candidatesOf(snapshot, marks))
        for (const QString& text : candidate.texts) {
            const double wide = tabularWidth(metrics, text);
            std::optional<double> left = candidate.leftFirst ? leftOf(candidate.place, wide, taken) : std::nullopt;
            if (!left)
                left = rightOf(candidate.place, wide, taken, width);
            if (!left)
                left = leftOf(candidate.place, wide, taken);
            if (!left || text.isEmpty())
                continue;
            labels.push_back({text, candidate.ink, *left, wide});
            taken.push_back({*left - 2.0 * space, *left + wide + 2.0 * space});
            break;
        }
    return labels;
}

} // namespace flatline
