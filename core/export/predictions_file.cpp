#include "core/base/number_text.h"
#include "core/diagnosis/evaluation.h"
#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"

#include <algorithm>

namespace flatline {
namespace {

/// A class's name; one that is a number stays a number, whatever its sign.
std::string classCell(const Dataset& dataset, int number) {
    const std::string& name = dataset.classNames[static_cast<std::size_t>(number)];
    return parseReal(name) ? name : csvCell(name);
}

/// One split with what the network makes of it.
struct Judged {
    const char* name;
    const Split* split;
    Batch<float> outputs;
    Batch<float> predictions;
};

Judged judge(const char* name, const Split& split, const Network<float>& network, std::span<const float> parameters) {
    Judged judged{name, &split, {}, {}};
    if (split.samples() == 0)
        return judged;
    judged.outputs.resize(split.samples(), network.spec().outputs);
    Evaluator evaluator(network.spec(), split);
    evaluator.forEachPiece(network, parameters.data(),
                           [&](Pass<float>& pass, const Batch<float>&, const Targets<float>&, Eigen::Index first) {
                               judged.outputs.middleRows(first, pass.outputs.rows()) = pass.outputs;
                           });
    network.spec().objective->predict(judged.outputs, judged.predictions);
    return judged;
}

void writeHeader(CsvRow& row, const Dataset& dataset, Eigen::Index outputs) {
    row.add("split");
    for (const std::string& name : dataset.featureNames)
        row.add(csvCell(name));
    row.add("target");
    for (Eigen::Index output = 1; output <= outputs; ++output)
        row.add("output" + countCell(output));
    if (dataset.task == Task::Classification)
        row.add("predicted");
    row.end();
}

void writeSample(CsvRow& row, const Dataset& dataset, const Judged& judged, Eigen::Index sample) {
    const Split& split = *judged.split;
    const bool classes = dataset.task == Task::Classification;
    row.add(judged.name);
    for (Eigen::Index feature = 0; feature < split.features.cols(); ++feature)
        row.add(realCell(split.features(sample, feature)));
    row.add(classes ? classCell(dataset, split.targets.labels[static_cast<std::size_t>(sample)])
                    : realCell(split.targets.values(sample, 0)));
    for (Eigen::Index output = 0; output < judged.predictions.cols(); ++output)
        row.add(realCell(judged.predictions(sample, output)));
    if (classes)
        row.add(classCell(dataset, predictedClass(judged.outputs, sample, dataset.classes())));
    row.end();
}

} // namespace

void writePredictions(std::ostream& out, const Network<float>& network, std::span<const float> parameters,
                      const Dataset& dataset) {
    const Judged judged[]{judge("train", dataset.train, network, parameters),
                          judge("test", dataset.test, network, parameters)};
    struct Place {
        int source;
        int split;
        int sample;
    };
    std::vector<Place> places;
    for (int split = 0; split < 2; ++split)
        for (int sample = 0; sample < judged[split].split->samples(); ++sample)
            places.push_back({judged[split].split->sources[static_cast<std::size_t>(sample)], split, sample});
    std::ranges::sort(places, {}, &Place::source);

    CsvRow row(out);
    writeHeader(row, dataset, judged[0].predictions.cols());
    for (const Place& place : places)
        writeSample(row, dataset, judged[place.split], place.sample);
}

} // namespace flatline
