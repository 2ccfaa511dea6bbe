#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace flatline {

enum class BlockKind { Weight, Bias };
[[nodiscard]] std::string_view blockKindId(BlockKind kind); ///< the name in a parameters file

/// A named piece of the flat parameter vector: rows x columns, row after row. A weight block's row is a unit
/// and its columns are that unit's inputs; a bias block has one column.
struct Block {
    int layer = 1; ///< from 1; hidden layers first, the output layer last
    BlockKind kind = BlockKind::Weight;
    int rows = 0;
    int columns = 0;
    std::size_t offset = 0;

    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    }
    [[nodiscard]] std::size_t at(int row, int column) const { ///< from 0
        return offset + static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(column);
    }
    bool operator==(const Block&) const = default;
};

/// Where each parameter of a network stands in the one flat vector that holds them all.
class Layout {
public:
    Layout() = default;
    /// widths: inputs, hidden layers ..., outputs.
    explicit Layout(const std::vector<int>& widths);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] int layers() const { return m_layers; } ///< hidden layers and the output layer
    [[nodiscard]] const std::vector<Block>& blocks() const { return m_blocks; }
    [[nodiscard]] const Block& block(int layer, BlockKind kind) const; ///< layer from 1
    bool operator==(const Layout&) const = default;

private:
    std::vector<Block> m_blocks;
    std::size_t m_size = 0;
    int m_layers = 0;
};

} // namespace flatline
