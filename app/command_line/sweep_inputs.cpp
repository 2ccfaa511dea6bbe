#include "app/command_line/sweep_inputs.h"

#include "app/files/loaders.h"
#include "core/export/csv_files.h"
#include "core/settings/setting_table.h"

#include <string_view>

namespace flatline {
namespace {

constexpr std::size_t mostBytes = std::size_t{128} << 20;

/// All that makeDataset looks at.
std::string keyOf(const Settings& settings) {
    std::string key = std::to_string(settings.seed) + '\n' + settings.network.output;
    for (const SettingRow& row : settingTable())
        if (std::string_view(row.path).starts_with("data."))
            key += '\n' + settingText(row.get(settings));
    return key;
}

std::size_t bytesOf(const Dataset& dataset) {
    constexpr std::size_t besides = 1000; // names, and the memory's own accounts
    constexpr std::size_t eachSample = 16;
    const auto samples =
        static_cast<std::size_t>(dataset.train.samples()) + static_cast<std::size_t>(dataset.test.samples());
    const auto features = static_cast<std::size_t>(dataset.features());
    return besides + samples * (eachSample + features * sizeof(float));
}

} // namespace

// What two threads want at the same time both of them make: it is the same.
Result<SweepInputs::Text> SweepInputs::text(const std::string& key, const std::function<Result<std::string>()>& read) {
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_texts.find(key); found != m_texts.end())
            return found->second;
    }
    auto content = read();
    if (!content)
        return content.error();
    const std::lock_guard lock(m_mutex);
    return m_texts.emplace(key, std::make_shared<const std::string>(std::move(content).value())).first->second;
}

Result<std::shared_ptr<const Dataset>> SweepInputs::dataset(const Settings& settings) {
    const std::string key = keyOf(settings);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_datasets.find(key); found != m_datasets.end())
            return found->second;
    }
    auto made = makeDataset(settings, [this](const std::string& name, bool builtIn) -> Result<std::string> {
        const auto found = text((builtIn ? "built-in " : "data ") + name, [&] { return loadText(name, builtIn); });
        if (!found)
            return found.error();
        return *found.value();
    });
    if (!made)
        return made.error();
    auto dataset = std::make_shared<const Dataset>(std::move(made).value());
    keep(key, dataset);
    return dataset;
}

void SweepInputs::keep(const std::string& key, const std::shared_ptr<const Dataset>& dataset) {
    const std::lock_guard lock(m_mutex);
    if (!m_datasets.emplace(key, dataset).second)
        return;
    m_order.push_back(key);
    m_bytes += bytesOf(*dataset);
    while (m_bytes > mostBytes) {
        const auto oldest = m_datasets.find(m_order.front());
        m_bytes -= bytesOf(*oldest->second);
        m_datasets.erase(oldest);
        m_order.pop_front();
    }
}

Result<std::vector<float>> SweepInputs::parameters(const std::string& file, const Layout& layout) {
    const auto found = text("parameters " + file, [&file] { return loadParametersText(file); });
    if (!found)
        return found.error();
    return readParameters(*found.value(), file, layout);
}

RunInputs SweepInputs::functions() {
    return {[this](const Settings& settings) { return dataset(settings); },
            [this](const std::string& file, const Layout& layout) { return parameters(file, layout); }};
}

} // namespace flatline
