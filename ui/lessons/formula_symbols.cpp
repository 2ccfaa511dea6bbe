#include "ui/lessons/formula_symbols.h"

#include <QtGlobal>

#include <algorithm>
#include <iterator>

namespace flatline {

namespace {

const FormulaSymbol symbols[] = {
    {"\\alpha", "α", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "alpha")},
    {"\\beta", "β", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "beta")},
    {"\\gamma", "γ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "gamma")},
    {"\\delta", "δ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "delta")},
    {"\\epsilon", "ε", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "epsilon")},
    {"\\zeta", "ζ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "zeta")},
    {"\\eta", "η", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "eta")},
    {"\\theta", "θ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "theta")},
    {"\\iota", "ι", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "iota")},
    {"\\kappa", "κ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "kappa")},
    {"\\lambda", "λ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "lambda")},
    {"\\mu", "μ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "mu")},
    {"\\nu", "ν", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "nu")},
    {"\\xi", "ξ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "xi")},
    {"\\pi", "π", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "pi")},
    {"\\rho", "ρ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "rho")},
    {"\\sigma", "σ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "sigma")},
    {"\\tau", "τ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "tau")},
    {"\\upsilon", "υ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "upsilon")},
    {"\\phi", "φ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "phi")},
    {"\\chi", "χ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "chi")},
    {"\\psi", "ψ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "psi")},
    {"\\omega", "ω", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "omega")},
    {"\\Gamma", "Γ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital gamma")},
    {"\\Delta", "Δ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital delta")},
    {"\\Theta", "Θ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital theta")},
    {"\\Lambda", "Λ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital lambda")},
    {"\\Xi", "Ξ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital xi")},
    {"\\Pi", "Π", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital pi")},
    {"\\Sigma", "Σ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital sigma")},
    {"\\Phi", "Φ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital phi")},
    {"\\Psi", "Ψ", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital psi")},
    {"\\Omega", "Ω", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "capital omega")},
    {"\\ell", "ℓ", SymbolClass::Variable, QT_TRANSLATE_NOOP("formulas", "l")},
    {"+", "+", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "plus")},
    {"-", "−", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "minus")},
    {"\\pm", "±", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "plus or minus")},
    {"\\cdot", "·", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "times")},
    {"\\times", "×", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "times")},
    {"*", "·", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "times")},
    {"\\odot", "⊙", SymbolClass::Binary, QT_TRANSLATE_NOOP("formulas", "times, element by element,")},
    {"=", "=", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "equals")},
    {"<", "<", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is less than")},
    {">", ">", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is greater than")},
    {"<-", "←", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "becomes")},
    {"->", "→", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "goes to")},
    {"\\to", "→", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "goes to")},
    {"\\le", "≤", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is at most")},
    {"\\ge", "≥", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is at least")},
    {"\\ne", "≠", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is not equal to")},
    {"\\approx", "≈", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is approximately")},
    {"\\propto", "∝", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is proportional to")},
    {"\\in", "∈", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is in")},
    {"\\ll", "≪", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is much less than")},
    {"\\gg", "≫", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is much greater than")},
    {"\\sim", "∼", SymbolClass::Relation, QT_TRANSLATE_NOOP("formulas", "is distributed as")},
    {"\\partial", "∂", SymbolClass::Prefix, QT_TRANSLATE_NOOP("formulas", "partial")},
    {"\\nabla", "∇", SymbolClass::Prefix, QT_TRANSLATE_NOOP("formulas", "the gradient of")},
    {"\\infty", "∞", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "infinity")},
    {"\\ldots", "…", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "and so on")},
    {"\\dots", "…", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "and so on")},
    {"/", "∕", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "over")},
    {"|", "|", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "bar")},
    {"!", "!", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "factorial")},
    {"'", "′", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "prime")},
    {"%", "%", SymbolClass::Ordinary, QT_TRANSLATE_NOOP("formulas", "percent")},
    {"\\max", "max", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the greatest of")},
    {"\\min", "min", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the least of")},
    {"\\ln", "ln", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the natural logarithm of")},
    {"\\log", "log", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the logarithm of")},
    {"\\exp", "exp", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the exponential of")},
    {"\\tanh", "tanh", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the hyperbolic tangent of")},
    {"\\erf", "erf", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the error function of")},
    {"\\sgn", "sgn", SymbolClass::Function, QT_TRANSLATE_NOOP("formulas", "the sign of")},
    {"\\sum", "∑", SymbolClass::Large, QT_TRANSLATE_NOOP("formulas", "the sum")},
    {"\\prod", "∏", SymbolClass::Large, QT_TRANSLATE_NOOP("formulas", "the product")},
    {"(", "(", SymbolClass::Open, QT_TRANSLATE_NOOP("formulas", "open parenthesis")},
    {")", ")", SymbolClass::Close, QT_TRANSLATE_NOOP("formulas", "close parenthesis")},
    {"[", "[", SymbolClass::Open, QT_TRANSLATE_NOOP("formulas", "open bracket")},
    {"]", "]", SymbolClass::Close, QT_TRANSLATE_NOOP("formulas", "close bracket")},
    {"\\{", "{", SymbolClass::Open, QT_TRANSLATE_NOOP("formulas", "open brace")},
    {"\\}", "}", SymbolClass::Close, QT_TRANSLATE_NOOP("formulas", "close brace")},
    {",", ",", SymbolClass::Punctuation, QT_TRANSLATE_NOOP("formulas", ",")},
    {";", ";", SymbolClass::Punctuation, QT_TRANSLATE_NOOP("formulas", ";")},
    {":", ":", SymbolClass::Punctuation, QT_TRANSLATE_NOOP("formulas", ":")},
    {".", ".", SymbolClass::Punctuation, QT_TRANSLATE_NOOP("formulas", ".")},
    {"\\,", "", SymbolClass::Space, ""},
    {"\\quad", "", SymbolClass::Space, ""},
};

const FormulaSymbol* findBy(const char* FormulaSymbol::*key, const QString& text) {
    const auto found = std::find_if(std::begin(symbols), std::end(symbols), [key, &text](const FormulaSymbol& symbol) {
        return text == QString::fromUtf8(symbol.*key);
    });
    return found == std::end(symbols) ? nullptr : found;
}

} // namespace

std::span<const FormulaSymbol> formulaSymbols() {
    return symbols;
}

const FormulaSymbol* findFormulaSymbol(const QString& text) {
    const FormulaSymbol* written = findBy(&FormulaSymbol::source, text);
    const bool shownAlike = written == nullptr && !text.isEmpty() && text[0].unicode() > 0x7f;
    return shownAlike ? findBy(&FormulaSymbol::text, text) : written;
}

} // namespace flatline
