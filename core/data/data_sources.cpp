#include "core/data/generators.h"

namespace flatline {
namespace {

std::vector<DataSourceRow> allSources() {
    std::vector<DataSourceRow> rows;
    for (const GeneratorRow& generator : generatorTable())
        rows.push_back(generator.source);
    constexpr auto classes = Task::Classification;
    rows.insert(
        rows.end(),
        {{"iris", FLATLINE_TEXT("Iris"), FLATLINE_TEXT("150 flowers of 3 species (Fisher, 1936)"), false, false, 4,
          classes, true},
         {"wine", FLATLINE_TEXT("Wine"), FLATLINE_TEXT("178 wines of 3 cultivars (Aeberhard and Forina, 1992)"), false,
          false, 13, classes, true},
         {"breast-cancer", FLATLINE_TEXT("Breast cancer"),
          FLATLINE_TEXT("569 tumours, malignant or benign (Wolberg et al., 1993)"), false, false, 30, classes, true},
         {"digits", FLATLINE_TEXT("Digits"),
          FLATLINE_TEXT("1797 handwritten digits of 8 × 8 pixels (Alpaydin and Kaynak, 1998)"), false, false, 64,
          classes, true},
         {"csv", FLATLINE_TEXT("CSV file"), FLATLINE_TEXT("a table of your own: numbers, and a target column"), false,
          false, 0, classes, true}});
    return rows;
}

} // namespace

std::span<const DataSourceRow> dataSourceTable() {
    static const std::vector<DataSourceRow> rows = allSources();
    return rows;
}

const DataSourceRow* findDataSource(std::string_view id) {
    for (const DataSourceRow& row : dataSourceTable())
        if (id == row.id)
            return &row;
    return nullptr;
}

} // namespace flatline
