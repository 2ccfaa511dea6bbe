#include "ui/lessons/formula_speech.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace flatline {

namespace {

using Kind = FormulaNode::Kind;

QString tr(const char* text) {
    return QCoreApplication::translate("formulas", text);
}

QString symbolText(const FormulaNode& node) {
    if (node.symbol == nullptr)
        return node.text;
    return *node.symbol->spoken == '\0' ? QString() : tr(node.symbol->spoken);
}

/// What stands directly before a parenthesis and is no factor: f(z), σ(z).
bool takesArgument(const FormulaNode& node) {
    static const QString letters = QStringLiteral("fghFLPEσΦφψ′");
    const FormulaNode& base = baseOf(node);
    return base.is(SymbolClass::Function) || (base.kind == Kind::Symbol && letters.contains(base.text));
}

/// What can be multiplied without a sign.
bool isFactor(const FormulaNode& node) {
    const FormulaNode& base = baseOf(node);
    if (base.kind != Kind::Symbol)
        return base.kind != Kind::Cases;
    if (base.symbolClass == SymbolClass::Ordinary)
        return base.symbol == nullptr || base.text == QStringLiteral("∞") || base.text[0].isLetter();
    return base.symbolClass == SymbolClass::Variable || base.symbolClass == SymbolClass::Prefix ||
           base.symbolClass == SymbolClass::Function || base.symbolClass == SymbolClass::Large;
}

QString between(const FormulaNode& left, const FormulaNode& right) {
    const bool fence = baseOf(right).kind == Kind::Fence;
    if (fence && takesArgument(left))
        return baseOf(left).is(SymbolClass::Function) ? QString() : tr("of");
    const FormulaNode& base = baseOf(left);
    const bool ends = !base.is(SymbolClass::Prefix) && !base.is(SymbolClass::Function) && !base.is(SymbolClass::Large);
    return ends && isFactor(left) && isFactor(right) ? tr("times") : QString();
}

QString rowText(const FormulaNode& node) {
    QStringList words;
    const FormulaNode* before = nullptr;
    for (const FormulaNode& part : node.parts) {
        const QString text = spokenFormula(part);
        if (text.isEmpty())
            continue;
        if (before != nullptr)
            if (const QString word = between(*before, part); !word.isEmpty())
                words << word;
        if (part.is(SymbolClass::Punctuation) && !words.isEmpty())
            words.last() += text;
        else
            words << text;
        before = &part;
    }
    return words.join(QLatin1Char(' '));
}

/// "partial L", "2 n": such a thing needs no words around it.
bool isShort(const FormulaNode& node) {
    return node.kind == Kind::Symbol || (node.kind == Kind::Scripts && isShort(node.parts[0])) ||
           (node.kind == Kind::Row &&
            (node.parts.size() == 1 || (node.parts.size() == 2 && node.parts[0].is(SymbolClass::Prefix))) &&
            isShort(node.parts.back()));
}

QString fractionText(const FormulaNode& node) {
    const QString above = spokenFormula(node.parts[0]);
    const QString below = spokenFormula(node.parts[1]);
    if (isShort(node.parts[0]) && isShort(node.parts[1]))
        return tr("%1 over %2").arg(above, below);
    return tr("fraction, %1, over %2, end of fraction").arg(above, below);
}

QString rootText(const FormulaNode& node) {
    const QString content = spokenFormula(node.parts[0]);
    return isShort(node.parts[0]) ? tr("the square root of %1").arg(content)
                                  : tr("the square root of %1, end of root").arg(content);
}

QString powerText(const QString& base, const FormulaNode& power) {
    const QString text = spokenFormula(power);
    if (text == QLatin1String("2"))
        return tr("%1 squared").arg(base);
    if (text == tr("prime"))
        return tr("%1 prime").arg(base);
    return isShort(power) ? tr("%1 to the power of %2").arg(base, text)
                          : tr("%1 to the power of %2, end of power").arg(base, text);
}

QString limitsText(const FormulaNode& node, const QString& base) {
    const QString below = spokenFormula(node.parts[1]);
    const QString above = spokenFormula(node.parts[2]);
    if (above.isEmpty())
        return tr("%1 over %2 of").arg(base, below);
    return below.isEmpty() ? tr("%1 up to %2 of").arg(base, above) : tr("%1 from %2 to %3 of").arg(base, below, above);
}

QString scriptsText(const FormulaNode& node) {
    QString text = spokenFormula(node.parts[0]);
    if (node.parts[0].is(SymbolClass::Large))
        return limitsText(node, text);
    if (!node.parts[1].empty())
        text = tr("%1 sub %2").arg(text, spokenFormula(node.parts[1]));
    return node.parts[2].empty() ? text : powerText(text, node.parts[2]);
}

QString fenceText(const FormulaNode& node) {
    return QStringLiteral("%1 %2 %3")
        .arg(symbolText(node.parts[0]), spokenFormula(node.parts[1]), symbolText(node.parts[2]));
}

QString casesText(const FormulaNode& node) {
    QStringList lines;
    for (std::size_t i = 0; i + 1 < node.parts.size(); i += 2)
        lines << QStringList{spokenFormula(node.parts[i]), spokenFormula(node.parts[i + 1])}.join(QLatin1Char(' '));
    return tr("one of these: %1").arg(lines.join(QStringLiteral("; ")));
}

} // namespace

QString spokenFormula(const FormulaNode& formula) {
    using Speech = QString (*)(const FormulaNode&);
    static constexpr std::array<Speech, 7> speeches{rowText,     symbolText, fractionText, rootText,
                                                    scriptsText, fenceText,  casesText}; // as Kind has them
    return speeches[static_cast<std::size_t>(formula.kind)](formula);
}

} // namespace flatline
