#include "core/data/csv_target.h"

#include "core/base/number_text.h"
#include "core/data/csv_scanner.h"

#include <utility>

namespace flatline {
namespace {

RawData featuresOf(CsvTable& table, Task task) {
    RawData data;
    data.task = task;
    data.featureNames = std::move(table.featureNames);
    data.targetName = std::move(table.targetName);
    data.features = std::move(table.features);
    return data;
}

} // namespace

Result<RawData> interpretTarget(CsvTable table, std::string_view output) {
    const bool numeric = !table.targetNumbers.empty();
    const bool many = table.targetNumbers.size() > mostNumericClasses;
    if (!numeric || !(output == "linear" || (output.empty() && many)))
        return asClasses(std::move(table));
    RawData data = featuresOf(table, Task::Regression);
    data.values.reserve(table.targets.size());
    for (const int target : table.targets)
        data.values.push_back(table.targetNumbers[static_cast<std::size_t>(target)]);
    return data;
}

Result<RawData> asClasses(CsvTable table) {
    if (table.targetTexts.size() > mostClasses)
        return badInput(std::move(table.targetPlace),
                        FLATLINE_TEXT("the target \"%1\" has %2 different values, too many for classes (at most 1000); "
                                      "choose another column, or make it numbers throughout and the output linear"),
                        {shownText(table.targetName), toText(static_cast<std::int64_t>(table.targetTexts.size()))});
    RawData data = featuresOf(table, Task::Classification);
    data.classNames = std::move(table.targetTexts);
    data.labels = std::move(table.targets);
    return data;
}

} // namespace flatline
