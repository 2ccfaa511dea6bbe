#include "core/network/layout.h"

#include <cassert>

namespace flatline {

std::string_view blockKindId(BlockKind kind) {
    return kind == BlockKind::Weight ? "weight" : "bias";
}

Layout::Layout(const std::vector<int>& widths)
    : m_layers(static_cast<int>(widths.size()) - 1) {
    const auto append = [this](int layer, BlockKind kind, int rows, int columns) {
        m_blocks.push_back({layer, kind, rows, columns, m_size});
        m_size += m_blocks.back().size();
    };
    for (std::size_t layer = 1; layer < widths.size(); ++layer) {
        append(static_cast<int>(layer), BlockKind::Weight, widths[layer], widths[layer - 1]);
        append(static_cast<int>(layer), BlockKind::Bias, widths[layer], 1);
    }
}

const Block& Layout::block(int layer, BlockKind kind) const {
    assert(layer >= 1 && layer <= m_layers);
    return m_blocks[2 * static_cast<std::size_t>(layer - 1) + (kind == BlockKind::Bias ? 1 : 0)];
}

} // namespace flatline
