#pragma once

#include "ui/lessons/formula_symbols.h"

#include <QString>

#include <vector>

namespace flatline {

/// A formula, or a part of one, as it is built.
struct FormulaNode {
    enum class Kind {
        Row,      ///< the parts, one after the other
        Symbol,   ///< `text`
        Fraction, ///< numerator, denominator
        Root,     ///< what stands under it
        Scripts,  ///< base, below, above; a script that is not there is an empty row
        Fence,    ///< opening symbol, content, closing symbol
        Cases     ///< value, condition, value, condition, …
    };
    Kind kind = Kind::Row;
    QString text;                                    ///< of a symbol, as it is shown
    SymbolClass symbolClass = SymbolClass::Ordinary; ///< of a symbol
    const FormulaSymbol* symbol = nullptr;           ///< of a symbol that the table has
    std::vector<FormulaNode> parts = {};

    [[nodiscard]] bool empty() const { return kind == Kind::Row && parts.empty(); }
    [[nodiscard]] bool is(SymbolClass wanted) const { return kind == Kind::Symbol && symbolClass == wanted; }
};

[[nodiscard]] FormulaNode formulaNode(FormulaNode::Kind kind, std::vector<FormulaNode> parts);
[[nodiscard]] FormulaNode formulaSymbol(const QString& text, SymbolClass symbolClass,
                                        const FormulaSymbol* symbol = nullptr);
/// A row of these: what stands between an opening and its closing symbol becomes a fence, and a plus or minus that has
/// nothing before it to join becomes Ordinary, since it belongs to what follows. In a condition ("if -x < 1") words are
/// nothing to join.
[[nodiscard]] FormulaNode formulaRow(std::vector<FormulaNode> items, bool condition);
/// Without its scripts.
[[nodiscard]] const FormulaNode& baseOf(const FormulaNode& item);

} // namespace flatline
