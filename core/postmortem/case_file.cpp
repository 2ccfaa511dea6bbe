#include "core/postmortem/case_file.h"

namespace flatline {

KeptCaseFiles::KeptCaseFiles(const CaseFiles& files) {
    std::size_t neurons = 0;
    std::size_t open = 0;
    const auto isPlain = [](const CaseFile& file) { return file == CaseFile{.dead = file.dead, .since = file.since}; };
    m_widths.reserve(files.size());
    for (const std::vector<CaseFile>& layer : files) {
        m_widths.push_back(layer.size());
        neurons += layer.size();
        for (const CaseFile& file : layer)
            open += isPlain(file) ? 0 : 1;
    }
    m_plain.reserve(neurons);
    m_open.reserve(open);
    for (const std::vector<CaseFile>& layer : files)
        for (const CaseFile& file : layer) {
            if (!isPlain(file))
                m_open.push_back({m_plain.size(), file});
            m_plain.push_back({file.since, file.dead});
        }
}

CaseFiles KeptCaseFiles::files() const {
    CaseFiles files;
    std::size_t neuron = 0;
    auto open = m_open.begin();
    for (const std::size_t width : m_widths) {
        files.emplace_back();
        for (std::size_t j = 0; j < width; ++j, ++neuron) {
            if (open != m_open.end() && open->neuron == neuron)
                files.back().push_back((open++)->file);
            else
                files.back().push_back({.dead = m_plain[neuron].dead, .since = m_plain[neuron].since});
        }
    }
    return files;
}

std::size_t KeptCaseFiles::bytes() const {
    std::size_t bytes = sizeof(KeptCaseFiles) + m_widths.size() * sizeof(std::size_t) + m_plain.size() * sizeof(Plain) +
                        m_open.size() * sizeof(Open);
    for (const Open& open : m_open)
        bytes += open.file.inputs.size() * sizeof(float);
    return bytes;
}

} // namespace flatline
