#pragma once

#include <QString>

#include <span>

namespace flatline {

/// How a symbol stands beside its neighbours, after TeX's classes.
enum class SymbolClass {
    Variable, ///< in italics
    Ordinary, ///< upright
    Prefix,   ///< belongs to what follows: ∂, ∇
    Function, ///< a name: ln, max
    Large,    ///< drawn large, its limits below and above: Σ
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    Words, ///< of running text
    Space
};

/// One symbol of the formulas.
struct FormulaSymbol {
    const char* source; ///< as it is written: "\eta", "<-", "("
    const char* text;   ///< as it is shown, UTF-8
    SymbolClass symbolClass;
    const char* spoken; ///< translatable, context "formulas": as it is read aloud
};
[[nodiscard]] std::span<const FormulaSymbol> formulaSymbols();
/// By what is written; or by what is shown, so that η may stand for \eta. Null: there is none.
[[nodiscard]] const FormulaSymbol* findFormulaSymbol(const QString& text);

} // namespace flatline
