#include "core/network/layout.h"

#include <algorithm>
#include <cassert>

namespace flatline {

std::string_view blockKindId(BlockKind kind) {
    static constexpr std::array<std::string_view, blockKinds> ids{"weight", "bias",         "alpha",      "gamma",
                                                                  "beta",   "running_mean", "running_var"};
    return ids[static_cast<std::size_t>(kind)];
}

bool isLearnt(BlockKind kind) {
    return kind != BlockKind::RunningMean && kind != BlockKind::RunningVariance;
}

Layout::Layout(const std::vector<int>& widths, LayoutOptions options)
    : m_layers(static_cast<int>(widths.size()) - 1) {
    const auto append = [this](int layer, BlockKind kind, int rows, int columns) {
        m_places.back()[static_cast<std::size_t>(kind)] = static_cast<int>(m_blocks.size());
        m_blocks.push_back({layer, kind, rows, columns, m_size});
        m_size += m_blocks.back().size();
    };
    for (std::size_t i = 1; i < widths.size(); ++i) {
        const int layer = static_cast<int>(i);
        const bool hidden = layer < m_layers;
        m_places.emplace_back().fill(-1);
        append(layer, BlockKind::Weight, widths[i], widths[i - 1]);
        append(layer, BlockKind::Bias, widths[i], 1);
        if (hidden && options.learntSlopes)
            append(layer, BlockKind::Alpha, widths[i], 1);
        if (hidden && options.batchNorm)
            for (const BlockKind kind :
                 {BlockKind::Gamma, BlockKind::Beta, BlockKind::RunningMean, BlockKind::RunningVariance})
                append(layer, kind, widths[i], 1);
    }
}

const Block& Layout::block(int layer, BlockKind kind) const {
    const Block* found = find(layer, kind);
    assert(found != nullptr);
    return *found;
}

const Block* Layout::find(int layer, BlockKind kind) const {
    assert(layer >= 1 && layer <= m_layers);
    const int place = m_places[static_cast<std::size_t>(layer - 1)][static_cast<std::size_t>(kind)];
    return place < 0 ? nullptr : &m_blocks[static_cast<std::size_t>(place)];
}

std::vector<float> relaid(const Layout& from, std::span<const float> values, const Layout& to,
                          std::vector<float> otherwise) {
    for (const Block& block : to.blocks())
        if (const Block* source = from.find(block.layer, block.kind))
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(source->offset), block.size(),
                        otherwise.begin() + static_cast<std::ptrdiff_t>(block.offset));
    return otherwise;
}

} // namespace flatline
