#include "ui/lessons/formula_parser.h"

#include <QLocale>

#include <algorithm>
#include <optional>
#include <utility>

namespace flatline {

namespace {

constexpr int deepest = 24; ///< more could not be read, and would exhaust the stack at some point

class Parser {
public:
    explicit Parser(const QString& tex)
        : m_tex(tex) {}

    Result<FormulaNode> whole() {
        auto all = row(End::Text);
        if (!all)
            return all;
        if (all.value().empty())
            return error(FLATLINE_TEXT("there is nothing in this formula"));
        return all;
    }

private:
    enum class End { Text, Brace, Cell };

    Error error(const char* text, std::vector<std::string> arguments = {}) const {
        return badInput("column " + std::to_string(m_at + 1), text, std::move(arguments));
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_tex.size(); }
    [[nodiscard]] bool at(QLatin1String text) const { return QStringView(m_tex).mid(m_at).startsWith(text); }
    [[nodiscard]] bool atCellEnd() const { return at(QLatin1String("&")) || at(QLatin1String("\\\\")); }

    void skipSpace() {
        while (!atEnd() && m_tex[m_at].isSpace())
            ++m_at;
    }

    /// Up to what ends it, which stays.
    Result<FormulaNode> row(End end) {
        if (++m_depth > deepest)
            return error(FLATLINE_TEXT("this is nested too deeply"));
        std::vector<FormulaNode> items;
        for (skipSpace(); !atEnd(); skipSpace()) {
            if (at(QLatin1String("}"))) {
                if (end == End::Text)
                    return error(FLATLINE_TEXT("this } closes nothing"));
                break;
            }
            if (atCellEnd()) {
                if (end == End::Cell)
                    break;
                return error(FLATLINE_TEXT("& and \\\\ stand only in \\cases{ … }"));
            }
            auto next = item();
            if (!next)
                return next;
            items.push_back(std::move(next).value());
        }
        --m_depth;
        return formulaRow(std::move(items), m_words);
    }

    /// { … }
    Result<FormulaNode> group(const std::string& owner) {
        skipSpace();
        if (!at(QLatin1String("{")))
            return error(FLATLINE_TEXT("%1 needs braces here: { … }"), {owner});
        const qsizetype start = m_at++;
        auto content = row(End::Brace);
        if (content && atEnd()) {
            m_at = start;
            return error(FLATLINE_TEXT("this { is never closed"));
        }
        ++m_at;
        return content;
    }

    Result<FormulaNode> item() {
        auto base = nucleus();
        if (!base)
            return base;
        FormulaNode below;
        FormulaNode above;
        for (skipSpace(); at(QLatin1String("_")) || at(QLatin1String("^")); skipSpace()) {
            const bool low = m_tex[m_at] == QLatin1Char('_');
            FormulaNode& place = low ? below : above;
            if (!place.empty())
                return error(FLATLINE_TEXT("a second %1 on the same symbol"), {low ? "_" : "^"});
            ++m_at;
            auto script = scriptOf(low ? "_" : "^");
            if (!script)
                return script;
            place = std::move(script).value();
        }
        if (below.empty() && above.empty())
            return base;
        FormulaNode scripts = formulaNode(FormulaNode::Kind::Scripts, {});
        scripts.parts = {std::move(base).value(), std::move(below), std::move(above)};
        return scripts;
    }

    /// Braces, or one symbol.
    Result<FormulaNode> scriptOf(const char* mark) {
        skipSpace();
        if (atEnd() || at(QLatin1String("}")) || atCellEnd())
            return error(FLATLINE_TEXT("nothing stands after %1"), {mark});
        if (at(QLatin1String("{"))) {
            auto content = group(mark);
            if (content && content.value().empty())
                return error(FLATLINE_TEXT("nothing stands after %1"), {mark});
            return content;
        }
        auto one = nucleus();
        return one ? Result<FormulaNode>(formulaNode(FormulaNode::Kind::Row, {std::move(one).value()})) : one;
    }

    Result<FormulaNode> nucleus() {
        const QChar first = m_tex[m_at];
        if (first == QLatin1Char('{'))
            return group("{");
        if (first == QLatin1Char('_') || first == QLatin1Char('^'))
            return error(FLATLINE_TEXT("nothing stands before %1"), {std::string(1, first.toLatin1())});
        if (first == QLatin1Char('\\'))
            return command();
        if (first.isDigit())
            return formulaSymbol(run([](QChar c) {
                                     return c.isDigit() || c == QLatin1Char('.');
                                 }).replace(QLatin1Char('.'), QLocale().decimalPoint()),
                                 SymbolClass::Ordinary);
        if (m_words && first.isLetter() && m_at + 1 < m_tex.size() && m_tex[m_at + 1].isLetter())
            return formulaSymbol(run([](QChar c) { return c.isLetter(); }), SymbolClass::Words);
        for (const qsizetype length : {qsizetype{2}, qsizetype{1}})
            if (const FormulaSymbol* symbol = findFormulaSymbol(m_tex.mid(m_at, length))) {
                m_at += std::min(length, m_tex.size() - m_at);
                return formulaSymbol(QString::fromUtf8(symbol->text), symbol->symbolClass, symbol);
            }
        const qsizetype length = first.isHighSurrogate() ? 2 : 1;
        const QString text = m_tex.mid(m_at, length);
        if (first.unicode() < 0x80 && !first.isLetter())
            return error(FLATLINE_TEXT("%1 means nothing in a formula; words stand in \\text{ … }"),
                         {text.toStdString()});
        m_at += length;
        return formulaSymbol(text, first.isLetter() ? SymbolClass::Variable : SymbolClass::Ordinary);
    }

    template <class Belongs>
    QString run(Belongs belongs) {
        const qsizetype start = m_at;
        while (!atEnd() && belongs(m_tex[m_at]))
            ++m_at;
        // "0.5." : the last point ends a sentence.
        if (m_at - start > 1 && m_tex[m_at - 1] == QLatin1Char('.'))
            --m_at;
        return m_tex.mid(start, m_at - start);
    }

    Result<FormulaNode> command() {
        const qsizetype start = m_at++;
        if (!atEnd() && !m_tex[m_at].isLetter())
            ++m_at; // "\{"
        else
            run([](QChar c) { return c.isLetter() && c.unicode() < 0x80; });
        const QString name = m_tex.mid(start, m_at - start);
        if (name == QLatin1String("\\frac"))
            return fraction();
        if (name == QLatin1String("\\sqrt"))
            return root();
        if (name == QLatin1String("\\text"))
            return words();
        if (name == QLatin1String("\\cases"))
            return cases();
        if (const FormulaSymbol* symbol = findFormulaSymbol(name))
            return formulaSymbol(QString::fromUtf8(symbol->text), symbol->symbolClass, symbol);
        m_at = start;
        return unknown(name);
    }

    [[nodiscard]] Error unknown(const QString& name) const {
        std::string known = "\\frac, \\sqrt, \\text, \\cases";
        for (const FormulaSymbol& symbol : formulaSymbols())
            if (symbol.source[0] == '\\')
                known += std::string(", ") + symbol.source;
        return error(FLATLINE_TEXT("%1 is not known here; known are: %2"), {name.toStdString(), known});
    }

    Result<FormulaNode> fraction() {
        auto above = group("\\frac");
        if (!above)
            return above;
        auto below = group("\\frac");
        if (!below)
            return below;
        return formulaNode(FormulaNode::Kind::Fraction, {std::move(above).value(), std::move(below).value()});
    }

    Result<FormulaNode> root() {
        auto content = group("\\sqrt");
        return content ? Result<FormulaNode>(formulaNode(FormulaNode::Kind::Root, {std::move(content).value()}))
                       : content;
    }

    Result<FormulaNode> words() {
        skipSpace();
        const qsizetype end = m_tex.indexOf(QLatin1Char('}'), m_at);
        if (!at(QLatin1String("{")) || end < 0)
            return error(FLATLINE_TEXT("%1 needs braces here: { … }"), {"\\text"});
        const QString text = m_tex.mid(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        return formulaSymbol(text, SymbolClass::Words);
    }

    Result<FormulaNode> cases() {
        skipSpace();
        if (!at(QLatin1String("{")))
            return error(FLATLINE_TEXT("%1 needs braces here: { … }"), {"\\cases"});
        const qsizetype start = m_at++;
        std::vector<FormulaNode> cells;
        while (!at(QLatin1String("}"))) {
            if (const std::optional<Error> wrong = caseLine(cells))
                return *wrong;
            if (atEnd()) {
                m_at = start;
                return error(FLATLINE_TEXT("this { is never closed"));
            }
            if (at(QLatin1String("\\\\")))
                m_at += 2;
            skipSpace();
        }
        ++m_at;
        if (cells.empty())
            return error(FLATLINE_TEXT("\\cases{ … } needs lines: value & condition \\\\ value & condition"));
        return formulaNode(FormulaNode::Kind::Cases, std::move(cells));
    }

    /// value & condition
    std::optional<Error> caseLine(std::vector<FormulaNode>& cells) {
        auto value = row(End::Cell);
        if (!value)
            return value.error();
        FormulaNode condition;
        if (at(QLatin1String("&"))) {
            ++m_at;
            const bool outer = std::exchange(m_words, true);
            auto read = row(End::Cell);
            m_words = outer;
            if (!read)
                return read.error();
            condition = std::move(read).value();
        }
        if (at(QLatin1String("&")))
            return error(FLATLINE_TEXT("a line of \\cases has two parts: value & condition"));
        cells.push_back(std::move(value).value());
        cells.push_back(std::move(condition));
        return std::nullopt;
    }

    const QString& m_tex;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_words = false; ///< two letters and more are a word: where conditions stand
};

} // namespace

Result<FormulaNode> parseFormula(const QString& tex) {
    return Parser(tex).whole();
}

} // namespace flatline
