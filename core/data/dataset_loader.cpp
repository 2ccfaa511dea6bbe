#include "core/data/dataset_loader.h"

#include "core/data/csv_header.h"
#include "core/data/csv_reader.h"
#include "core/data/csv_target.h"
#include "core/data/generators.h"
#include "core/data/split.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace flatline {
namespace {

Result<RawData> readOwnCsv(const Settings& settings, const TextLoader& load) {
    const std::string& file = settings.data.file;
    if (file.empty())
        return badInput("data.file", FLATLINE_TEXT("left out; source \"csv\" needs the path of a CSV file"));
    const auto text = load(file, false);
    if (!text)
        return text.error();
    auto table = readCsv(text.value(), file, settings.data.target);
    if (!table)
        return table.error();
    return interpretTarget(std::move(table).value(), settings.network.output);
}

Result<RawData> readBuiltIn(const DataSourceRow& source, const TextLoader& load) {
    std::string file = std::string(source.id) + ".csv";
    std::replace(file.begin(), file.end(), '-', '_');
    const auto text = load(file, true);
    if (!text)
        return text.error();
    auto table = readCsv(text.value(), file, "");
    if (!table)
        return table.error();
    return asClasses(std::move(table).value());
}

Result<RawData> readSource(const DataSourceRow& source, const Settings& settings, const TextLoader& load) {
    if (const GeneratorRow* generator = findGenerator(source.id))
        return generate(*generator, settings.data.samples, settings.data.noise,
                        static_cast<std::uint64_t>(settings.seed));
    return source.features == 0 ? readOwnCsv(settings, load) : readBuiltIn(source, load);
}

std::string nameOf(const DataSourceRow& source, const std::string& file) {
    if (source.features != 0)
        return source.label;
    const std::size_t folder = file.find_last_of("/\\");
    return folder == std::string::npos ? file : file.substr(folder + 1);
}

/// Moves in what is the same for both parts.
Dataset describe(RawData& data, std::string name, const Scaling& scaling) {
    Dataset dataset;
    dataset.name = std::move(name);
    dataset.task = data.task;
    dataset.featureNames = std::move(data.featureNames);
    dataset.targetName = std::move(data.targetName);
    dataset.classNames = std::move(data.classNames);
    const auto single = [](double value) { return static_cast<float>(value); };
    std::transform(scaling.means.begin(), scaling.means.end(), std::back_inserter(dataset.means), single);
    std::transform(scaling.deviations.begin(), scaling.deviations.end(), std::back_inserter(dataset.deviations),
                   single);
    return dataset;
}

} // namespace

Result<Dataset> makeDataset(const Settings& settings, const TextLoader& text) {
    const DataSourceRow* source = findDataSource(settings.data.source);
    if (source == nullptr)
        return badInput("data.source", FLATLINE_TEXT("\"%1\" is no data set"), {settings.data.source});
    auto raw = readSource(*source, settings, text);
    if (!raw)
        return raw.error();
    RawData data = std::move(raw).value();

    const auto heldOut =
        drawTestSet(data.samples(), settings.data.testFraction, static_cast<std::uint64_t>(settings.seed));
    if (!heldOut)
        return heldOut.error();
    Scaling scaling;
    if (settings.data.standardize.value_or(source->byDefaultStandardized))
        scaling = measureScaling(data, heldOut.value());
    const bool withClassValues = settings.network.output == "linear";
    auto train = takeSplit(data, heldOut.value(), false, scaling, settings.data.offset, withClassValues);
    if (!train)
        return train.error();
    auto test = takeSplit(data, heldOut.value(), true, scaling, settings.data.offset, withClassValues);
    if (!test)
        return test.error();

    Dataset dataset = describe(data, nameOf(*source, settings.data.file), scaling);
    dataset.train = std::move(train).value();
    dataset.test = std::move(test).value();
    return dataset;
}

Result<std::vector<std::string>> csvColumns(std::string_view text, const std::string& fileName) {
    auto scanner = CsvScanner::create(text, fileName);
    if (!scanner)
        return scanner.error();
    auto header = readCsvHeader(scanner.value());
    if (!header)
        return header.error();
    return std::move(header).value().names;
}

} // namespace flatline
