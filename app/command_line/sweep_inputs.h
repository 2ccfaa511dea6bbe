#pragma once

#include "app/command_line/training.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace flatline {

/// The data and starting parameters of many runs: each file is read once, and runs with equal settings of the data and
/// equal seeds share one data set as long as there is room. Any thread.
class SweepInputs {
public:
    [[nodiscard]] Result<std::shared_ptr<const Dataset>> dataset(const Settings& settings);
    [[nodiscard]] Result<std::vector<float>> parameters(const std::string& file, const Layout& layout);
    /// Both as functions; they live no longer than this.
    [[nodiscard]] RunInputs functions();

private:
    using Text = std::shared_ptr<const std::string>;
    [[nodiscard]] Result<Text> text(const std::string& key, const std::function<Result<std::string>()>& read);
    void keep(const std::string& key, const std::shared_ptr<const Dataset>& dataset);

    std::mutex m_mutex;
    std::map<std::string, Text> m_texts;
    std::map<std::string, std::shared_ptr<const Dataset>> m_datasets;
    std::deque<std::string> m_order; ///< the data sets' keys, oldest first
    std::size_t m_bytes = 0;         ///< about what the data sets take
};

} // namespace flatline
