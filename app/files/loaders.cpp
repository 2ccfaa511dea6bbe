#include "app/files/loaders.h"

#include "app/files/files.h"
#include "core/export/csv_files.h"

namespace flatline {
namespace {

constexpr qint64 largestData = qint64{64} << 20;
constexpr qint64 largestParameters = qint64{1} << 30; // 100 layers of 512 x 512, some 30 bytes each

} // namespace

Result<std::string> loadText(const std::string& name, bool builtIn) {
    const QString file = QString::fromStdString(name);
    return readText(builtIn ? QStringLiteral(":/datasets/") + file : file, largestData);
}

Result<Dataset> loadDataset(const Settings& settings) {
    return makeDataset(settings, loadText);
}

Result<std::string> loadParametersText(const std::string& file) {
    return readText(QString::fromStdString(file), largestParameters);
}

Result<std::vector<float>> loadParameters(const std::string& file, const Layout& layout) {
    const auto text = loadParametersText(file);
    if (!text)
        return text.error();
    return readParameters(text.value(), file, layout);
}

} // namespace flatline
