#include "ui/lessons/formula_node.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace flatline {

namespace {

/// What stands between an opening and its closing symbol becomes one part, which can grow as a whole.
std::vector<FormulaNode> fenced(std::vector<FormulaNode> items) {
    std::vector<FormulaNode> done;
    std::vector<std::size_t> open;
    for (FormulaNode& item : items) {
        if (item.is(SymbolClass::Open))
            open.push_back(done.size());
        const bool closes = baseOf(item).is(SymbolClass::Close) && !open.empty();
        if (!closes) {
            done.push_back(std::move(item));
            continue;
        }
        const auto first = done.begin() + static_cast<std::ptrdiff_t>(open.back());
        FormulaNode opening = std::move(*first);
        FormulaNode content = formulaNode(FormulaNode::Kind::Row,
                                          {std::make_move_iterator(first + 1), std::make_move_iterator(done.end())});
        FormulaNode& closing = item.kind == FormulaNode::Kind::Scripts ? item.parts.front() : item;
        FormulaNode fence = formulaNode(FormulaNode::Kind::Fence, {});
        fence.parts = {std::move(opening), std::move(content), closing};
        closing = std::move(fence);
        done.erase(done.begin() + static_cast<std::ptrdiff_t>(open.back()), done.end());
        done.push_back(std::move(item));
        open.pop_back();
    }
    return done;
}

/// Plus and minus are signs where nothing stands before them that they could join.
void markSigns(std::vector<FormulaNode>& items, bool afterWords) {
    bool joins = false;
    for (FormulaNode& item : items) {
        if (item.is(SymbolClass::Space))
            continue;
        if (item.is(SymbolClass::Binary) && !joins)
            item.symbolClass = SymbolClass::Ordinary;
        static constexpr std::array notJoined{SymbolClass::Binary,      SymbolClass::Relation, SymbolClass::Open,
                                              SymbolClass::Punctuation, SymbolClass::Function, SymbolClass::Large};
        const FormulaNode& base = baseOf(item);
        joins = !(afterWords && item.is(SymbolClass::Words)) &&
                !(base.kind == FormulaNode::Kind::Symbol &&
                  std::ranges::find(notJoined, base.symbolClass) != notJoined.end());
    }
}

} // namespace

FormulaNode formulaNode(FormulaNode::Kind kind, std::vector<FormulaNode> parts) {
    FormulaNode made;
    made.kind = kind;
    made.parts = std::move(parts);
    return made;
}

FormulaNode formulaSymbol(const QString& text, SymbolClass symbolClass, const FormulaSymbol* symbol) {
    FormulaNode made;
    made.kind = FormulaNode::Kind::Symbol;
    made.text = text;
    made.symbolClass = symbolClass;
    made.symbol = symbol;
    return made;
}

const FormulaNode& baseOf(const FormulaNode& item) {
    return item.kind == FormulaNode::Kind::Scripts ? item.parts.front() : item;
}

FormulaNode formulaRow(std::vector<FormulaNode> items, bool condition) {
    markSigns(items, condition);
    return formulaNode(FormulaNode::Kind::Row, fenced(std::move(items)));
}

} // namespace flatline
