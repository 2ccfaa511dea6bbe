#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// The kinds of parameters. Alpha: PReLU's slopes. Gamma and beta: batch norm's scale and shift. The running
/// figures are batch norm's memory of its inputs: part of the state, but no gradient moves them.
enum class BlockKind { Weight, Bias, Alpha, Gamma, Beta, RunningMean, RunningVariance };
inline constexpr std::size_t blockKinds = 7;
[[nodiscard]] std::string_view blockKindId(BlockKind kind); ///< the name in a parameters file
[[nodiscard]] bool isLearnt(BlockKind kind);                ///< whether the optimizer moves it

/// A named piece of the flat parameter vector: rows x columns, row after row. A weight block's row is a unit
/// and its columns are that unit's inputs; every other block has one column.
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

/// What a hidden layer has beside weights and biases.
struct LayoutOptions {
    bool learntSlopes = false;
    bool batchNorm = false;
};

/// Where each parameter of a network stands in the one flat vector that holds them all.
class Layout {
public:
    Layout() = default;
    /// widths: inputs, hidden layers ..., outputs.
    explicit Layout(const std::vector<int>& widths, LayoutOptions options = {});

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] int layers() const { return m_layers; } ///< hidden layers and the output layer
    [[nodiscard]] const std::vector<Block>& blocks() const { return m_blocks; }
    [[nodiscard]] const Block& block(int layer, BlockKind kind) const; ///< layer from 1; one that is there
    [[nodiscard]] const Block* find(int layer, BlockKind kind) const;  ///< null where the layer has none
    bool operator==(const Layout&) const = default;

private:
    std::vector<Block> m_blocks;
    std::vector<std::array<int, blockKinds>> m_places; ///< by layer and kind; -1: none
    std::size_t m_size = 0;
    int m_layers = 0;
};

/// Values of one layout in the order of another: blocks that both have are copied, the others take `otherwise`
/// (one entry a parameter of `to`).
[[nodiscard]] std::vector<float> relaid(const Layout& from, std::span<const float> values, const Layout& to,
                                        std::vector<float> otherwise);

} // namespace flatline
