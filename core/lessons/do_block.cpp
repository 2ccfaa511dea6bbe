#include "core/base/number_text.h"
#include "core/data/csv_header.h"
#include "core/lessons/keyed_lines.h"
#include "core/lessons/lesson_blocks.h"

#include <array>

namespace flatline {

namespace {

constexpr std::int64_t mostSteps = 10'000'000;
constexpr double mostStrength = 1000.0;

/// What a phrase has behind its first words.
enum class Tail { Nothing, MaybeNumber, Number, Steps, Change, MaybeChange };

template <class Kind>
struct Phrase {
    std::string_view words;
    Kind kind;
    Tail tail;
};

constexpr std::array<Phrase<Deed::Kind>, 8> deedPhrases{{
    {"kick", Deed::Kind::Kick, Tail::MaybeNumber},
    {"warm", Deed::Kind::Warm, Tail::MaybeNumber},
    {"reset-neurons", Deed::Kind::Reset, Tail::Nothing},
    {"set", Deed::Kind::Set, Tail::Change},
    {"run to", Deed::Kind::RunTo, Tail::Steps},
    {"run for", Deed::Kind::RunFor, Tail::Steps},
    {"run until death", Deed::Kind::RunUntilDeath, Tail::Nothing},
    {"restart", Deed::Kind::Restart, Tail::Nothing},
}};

constexpr std::array<Phrase<Awaited::Kind>, 12> awaitedPhrases{{
    {"step", Awaited::Kind::Step, Tail::Steps},
    {"death", Awaited::Kind::Death, Tail::Nothing},
    {"revival", Awaited::Kind::Revival, Tail::Nothing},
    {"kick", Awaited::Kind::Kick, Tail::Nothing},
    {"warming", Awaited::Kind::Warming, Tail::Nothing},
    {"reset-neurons", Awaited::Kind::Reset, Tail::Nothing},
    {"edit", Awaited::Kind::Edit, Tail::Nothing},
    {"change", Awaited::Kind::Change, Tail::MaybeChange},
    {"dead over", Awaited::Kind::DeadOver, Tail::Number},
    {"dead under", Awaited::Kind::DeadUnder, Tail::Number},
    {"loss under", Awaited::Kind::LossUnder, Tail::Number},
    {"diverged", Awaited::Kind::Diverged, Tail::Nothing},
}};

/// What was found behind a phrase.
struct Found {
    double number = 0.0;
    TextChange change;
};

Result<Found> readTail(const KeyedLine& line, Tail tail, const std::string& text) {
    Found found;
    switch (tail) {
    case Tail::Nothing:
        return text.empty() ? Result<Found>(found)
                            : line.error(FLATLINE_TEXT("\"%1\" is more than this takes"), {text});
    case Tail::Change: {
        const auto change = readTextChange(line, text);
        return change ? Result<Found>(Found{0.0, change.value()}) : change.error();
    }
    case Tail::MaybeChange: {
        const bool bare = text.find('=') == std::string::npos; // any value will do
        const auto change = readTextChange(line, bare ? text + "=" : text);
        return change ? Result<Found>(Found{0.0, change.value()}) : change.error();
    }
    case Tail::MaybeNumber:
    case Tail::Number:
    case Tail::Steps:
        break;
    }
    if (text.empty() && tail == Tail::MaybeNumber)
        return found;
    const auto number = parseReal(text);
    const auto whole = parseInteger(text);
    if (tail == Tail::Steps ? !whole || *whole < 0 || *whole > mostSteps : !number || *number < 0.0)
        return line.error(FLATLINE_TEXT("\"%1\" is no number that fits here"), {text});
    found.number = *number;
    return found;
}

template <class Kind, std::size_t Count>
Result<std::pair<Kind, Found>> readPhrase(const KeyedLine& line, const std::array<Phrase<Kind>, Count>& phrases) {
    std::string known;
    for (const Phrase<Kind>& phrase : phrases) {
        known += (known.empty() ? "" : ", ") + std::string(phrase.words);
        const std::string_view value = line.value;
        if (!value.starts_with(phrase.words))
            continue;
        const std::string_view rest = value.substr(phrase.words.size());
        if (!rest.empty() && rest.front() != ' ')
            continue;
        const auto found = readTail(line, phrase.tail, std::string(trimmed(rest)));
        if (!found)
            return found.error();
        return std::pair{phrase.kind, found.value()};
    }
    return line.error(FLATLINE_TEXT("\"%1\" is none of %2"), {line.value, known});
}

Result<void> readDeed(const KeyedLine& line, PageAction& action) {
    const auto read = readPhrase(line, deedPhrases);
    if (!read)
        return read.error();
    const auto& [kind, found] = read.value();
    Deed deed;
    deed.kind = kind;
    deed.line = line.line;
    deed.path = found.change.path;
    deed.value = found.change.value;
    const bool steps = kind == Deed::Kind::RunTo || kind == Deed::Kind::RunFor;
    if (!steps && found.number > mostStrength)
        return line.error(FLATLINE_TEXT("\"%1\" is too strong; up to 1000 would do"), {line.value});
    if (steps)
        deed.steps = static_cast<std::int64_t>(found.number);
    else
        deed.strength = found.number;
    action.deeds.push_back(std::move(deed));
    return {};
}

Result<void> readAwaited(const KeyedLine& line, PageAction& action) {
    const auto read = readPhrase(line, awaitedPhrases);
    if (!read)
        return read.error();
    const auto& [kind, found] = read.value();
    action.until.push_back({kind, found.number, found.change.path, found.change.value, line.line});
    return {};
}

} // namespace

Result<PageAction> readDoBlock(const SourceBlock& block, const std::string& file) {
    PageAction action;
    const std::vector<KeyRule> rules{
        {"button", false, false,
         [&](const KeyedLine& line) -> Result<void> {
             action.label = line.value;
             return {};
         }},
        {"deed", true, false, [&](const KeyedLine& line) { return readDeed(line, action); }},
        {"until", true, false, [&](const KeyedLine& line) { return readAwaited(line, action); }},
    };
    if (Result<void> read = readKeyed(block.lines, file, rules); !read)
        return read.error();
    if (action.deeds.empty() && action.until.empty())
        return badInput(placeIn(file, block.line, "do"), FLATLINE_TEXT("there is neither a deed nor an until"));
    if (action.deeds.empty() && !action.label.empty())
        return badInput(placeIn(file, block.line, "button"), FLATLINE_TEXT("a button needs a deed"));
    return action;
}

} // namespace flatline
