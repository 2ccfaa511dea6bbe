#include "core/base/number_text.h"
#include "core/lessons/keyed_lines.h"
#include "core/lessons/lesson_blocks.h"
#include "core/settings/setting_table.h"

#include <array>

namespace flatline {

namespace {

constexpr std::int64_t mostSteps = 1'000'000;
constexpr double mostSpeed = 1e6;
constexpr int mostLayers = 100;
constexpr int mostNeurons = 512;

std::vector<NamedThing> namesOf(const KeyedLine& line) {
    std::vector<NamedThing> names;
    for (std::string& name : splitAll(line.value, ','))
        names.push_back({std::move(name), line.line});
    return names;
}

Result<std::pair<int, int>> readNeuron(const KeyedLine& line, const std::string& text) {
    const auto words = splitAt(text, " ");
    const auto layer = words ? parseInteger(words->first) : std::nullopt;
    const auto neuron = words ? parseInteger(words->second) : std::nullopt;
    if (!layer || !neuron || *layer < 1 || *layer > mostLayers || *neuron < 1 || *neuron > mostNeurons)
        return line.error(FLATLINE_TEXT("\"%1\" names no neuron; layer and neuron, counted from 1, would: 2 5"),
                          {text});
    return std::pair{static_cast<int>(*layer), static_cast<int>(*neuron)};
}

Result<Pointer> readPointer(const KeyedLine& line) {
    static constexpr std::array<std::pair<std::string_view, Pointer::Kind>, 4> kinds{
        {{"view", Pointer::Kind::View},
         {"control", Pointer::Kind::Control},
         {"neuron", Pointer::Kind::Neuron},
         {"part", Pointer::Kind::Part}}};
    const auto words = splitAt(line.value, " ");
    for (const auto& [name, kind] : kinds) {
        if (!words || words->first != name)
            continue;
        Pointer pointer{kind, {words->second, line.line}, 0, 0};
        if (kind == Pointer::Kind::Neuron) {
            const auto neuron = readNeuron(line, words->second);
            if (!neuron)
                return neuron.error();
            std::tie(pointer.layer, pointer.neuron) = neuron.value();
        }
        return pointer;
    }
    return line.error(FLATLINE_TEXT("\"%1\" points at nothing; right would be view NAME, control NAME, neuron LAYER "
                                    "NEURON or part NAME"),
                      {line.value});
}

Result<void> readControls(const KeyedLine& line, PageStage& stage) {
    stage.allControls = line.value == "all";
    if (!stage.allControls && line.value != "none")
        stage.controls = namesOf(line);
    return {};
}

Result<void> readSpeed(const KeyedLine& line, PageStage& stage) {
    if (line.value == "full") {
        stage.speed = 0.0;
        return {};
    }
    const auto speed = line.real(1.0, mostSpeed);
    if (!speed)
        return speed.error();
    stage.speed = speed.value();
    return {};
}

} // namespace

Result<TextChange> readTextChange(const KeyedLine& from, const std::string& text) {
    const auto split = splitAt(text, "=");
    if (!split || split->first.empty())
        return from.error(FLATLINE_TEXT("\"%1\" is no PATH = VALUE"), {text});
    const bool ofLessons = split->first == "experiment" || (split->first == "interventions" && split->second == "none");
    if (findSetting(split->first) == nullptr && !ofLessons)
        return from.error(FLATLINE_TEXT("\"%1\" is no key of the experiment file"), {split->first});
    return TextChange{split->first, split->second, from.line};
}

Result<PageStage> readLabBlock(const SourceBlock& block, const std::string& file) {
    PageStage stage;
    stage.line = block.line;
    const auto keep = [](auto read, auto store) -> Result<void> {
        if (!read)
            return read.error();
        store(read.value());
        return {};
    };
    std::optional<KeyedLine> needsExperiment; // the first key that does
    const std::vector<KeyRule> rules{
        {"experiment", false, false,
         [&](const KeyedLine& line) -> Result<void> {
             stage.experiment = line.value;
             return {};
         }},
        {"set", true, false,
         [&](const KeyedLine& line) {
             needsExperiment = needsExperiment.value_or(line);
             return keep(readTextChange(line, line.value), [&](auto& change) { stage.set.push_back(change); });
         }},
        {"steps", false, false,
         [&](const KeyedLine& line) {
             needsExperiment = needsExperiment.value_or(line);
             return keep(line.count(0, mostSteps), [&](auto steps) { stage.steps = steps; });
         }},
        {"views", false, false,
         [&](const KeyedLine& line) -> Result<void> {
             stage.views = namesOf(line);
             return {};
         }},
        {"controls", false, false, [&](const KeyedLine& line) { return readControls(line, stage); }},
        {"point", false, false,
         [&](const KeyedLine& line) { return keep(readPointer(line), [&](auto& pointer) { stage.point = pointer; }); }},
        {"select", false, false,
         [&](const KeyedLine& line) {
             return keep(readNeuron(line, line.value), [&](auto& neuron) { stage.select = neuron; });
         }},
        {"plane", false, false,
         [&](const KeyedLine& line) -> Result<void> {
             stage.plane = planeFromText(line.value);
             return stage.plane ? Result<void>() : line.error(FLATLINE_TEXT("\"%1\" is no plane"), {line.value});
         }},
        {"speed", false, false, [&](const KeyedLine& line) { return readSpeed(line, stage); }},
    };
    if (Result<void> read = readKeyed(block.lines, file, rules); !read)
        return read.error();
    if (needsExperiment && !stage.experiment)
        return needsExperiment->error(FLATLINE_TEXT("this needs an experiment in the same block"));
    return stage;
}

} // namespace flatline
