#include "core/verify/expression.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <array>

namespace flatline {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Recursive descent: a method a rule of the grammar, each leaves `m_place` behind what it has read.
class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text) {}

    Result<Expression> all() {
        auto whole = sum();
        if (whole && !atEnd())
            return unexpected(FLATLINE_TEXT("%1 is too much; an operator is needed before it: + - * /"));
        return whole;
    }

private:
    static constexpr int mostDepth = 100; // parentheses within each other; more would only use up the stack

    /// product (('+' | '-') product)*
    Result<Expression> sum() { return chain("+-", &Parser::product); }
    /// factor (('*' | '/') factor)*
    Result<Expression> product() { return chain("*/", &Parser::factor); }

    Result<Expression> chain(std::string_view operators, Result<Expression> (Parser::*part)()) {
        auto left = (this->*part)();
        while (left && !atEnd() && operators.find(m_text[m_place]) != std::string_view::npos) {
            Expression whole = call(std::string(1, m_text[m_place]));
            ++m_place;
            auto right = (this->*part)();
            if (!right)
                return right;
            whole.arguments = {std::move(left).value(), std::move(right).value()};
            left = std::move(whole);
        }
        return left;
    }

    /// '-' factor | '(' sum ')' | number | name
    Result<Expression> factor() {
        if (atEnd())
            return expressionError(column(), FLATLINE_TEXT("something is missing here: a number or RUN.QUANTITY"));
        const Deeper deeper(m_depth);
        if (m_depth > mostDepth)
            return expressionError(column(), FLATLINE_TEXT("there are too many parentheses within each other"));
        if (taken('-')) {
            Expression negated = call("-");
            --negated.column;
            auto term = factor();
            if (!term)
                return term;
            negated.arguments = {std::move(term).value()};
            return negated;
        }
        if (taken('('))
            return closed(sum());
        if (isDigit(m_text[m_place]) || m_text[m_place] == '.')
            return number();
        if (isLetter(m_text[m_place]))
            return named();
        return unexpected(FLATLINE_TEXT("%1 cannot stand here; a number or RUN.QUANTITY can"));
    }

    Result<Expression> closed(Result<Expression> inner) {
        if (!inner)
            return inner;
        if (atEnd() || !taken(')'))
            return expressionError(column(), FLATLINE_TEXT("a closing parenthesis is missing here"));
        return inner;
    }

    Result<Expression> number() {
        Expression result;
        result.column = column();
        const std::size_t begin = m_place;
        while (m_place < m_text.size() && partOfNumber(begin))
            ++m_place;
        const std::string text(m_text.substr(begin, m_place - begin));
        const auto value = parseReal(text);
        if (!value)
            return expressionError(result.column, FLATLINE_TEXT("\"%1\" is not a number, such as 0.5 or 1e-4"), {text});
        result.number = *value;
        return result;
    }
    /// A sign belongs to a number behind its e alone.
    [[nodiscard]] bool partOfNumber(std::size_t begin) const {
        const char c = m_text[m_place];
        const bool sign =
            (c == '-' || c == '+') && m_place > begin && (m_text[m_place - 1] == 'e' || m_text[m_place - 1] == 'E');
        return isDigit(c) || c == '.' || isLetter(c) || sign;
    }

    /// name '(' (sum (',' sum)*)? ')' | name '.' name ('@' step)? | name
    Result<Expression> named() {
        Expression result;
        result.column = column();
        const std::string first = name();
        if (m_place < m_text.size() && m_text[m_place] == '.')
            return quantity(std::move(result), first);
        if (!atEnd() && taken('(')) {
            result.kind = Expression::Kind::Call;
            result.name = first;
            return arguments(std::move(result));
        }
        result.kind = Expression::Kind::Run;
        result.run = first;
        return result;
    }

    Result<Expression> quantity(Expression result, const std::string& run) {
        result.kind = Expression::Kind::Quantity;
        result.run = run;
        ++m_place;
        result.name = name();
        if (result.name.empty())
            return expressionError(column(), FLATLINE_TEXT("a quantity's name is missing after %1."), {run});
        if (m_place == m_text.size() || m_text[m_place] != '@')
            return result;
        ++m_place;
        const int place = column();
        const std::size_t begin = m_place;
        while (m_place < m_text.size() && (isDigit(m_text[m_place]) || isLetter(m_text[m_place])))
            ++m_place;
        const std::string text(m_text.substr(begin, m_place - begin));
        result.step = parseInteger(text);
        if (!result.step)
            return expressionError(place, FLATLINE_TEXT("after @ stands a step, such as @100, and not \"%1\""), {text});
        return result;
    }

    Result<Expression> arguments(Expression result) {
        if (!atEnd() && taken(')'))
            return result;
        for (;;) {
            auto argument = sum();
            if (!argument)
                return argument;
            result.arguments.push_back(std::move(argument).value());
            if (!atEnd() && taken(','))
                continue;
            return closed(std::move(result));
        }
    }

    std::string name() {
        const std::size_t begin = m_place;
        while (m_place < m_text.size() && (isLetter(m_text[m_place]) || (isDigit(m_text[m_place]) && m_place > begin)))
            ++m_place;
        return std::string(m_text.substr(begin, m_place - begin));
    }

    /// Skips blanks.
    bool atEnd() {
        while (m_place < m_text.size() && (m_text[m_place] == ' ' || m_text[m_place] == '\t'))
            ++m_place;
        return m_place == m_text.size();
    }
    bool taken(char c) {
        if (m_text[m_place] != c)
            return false;
        ++m_place;
        return true;
    }
    [[nodiscard]] int column() const { return static_cast<int>(m_place) + 1; }
    [[nodiscard]] Expression call(std::string name) const {
        Expression result;
        result.kind = Expression::Kind::Call;
        result.name = std::move(name);
        result.column = column();
        return result;
    }
    /// Names the character with all its bytes.
    [[nodiscard]] Error unexpected(std::string text) const {
        std::size_t length = 1;
        while (m_place + length < m_text.size() &&
               (static_cast<unsigned char>(m_text[m_place + length]) & 0xC0U) == 0x80U)
            ++length;
        return expressionError(column(), std::move(text), {'"' + std::string(m_text.substr(m_place, length)) + '"'});
    }

    struct Deeper {
        explicit Deeper(int& depth)
            : m_depth(depth) {
            ++m_depth;
        }
        ~Deeper() { --m_depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        int& m_depth;
    };

    std::string_view m_text;
    std::size_t m_place = 0;
    int m_depth = 0;
};

} // namespace

Error expressionError(int column, std::string text, std::vector<std::string> arguments) {
    return badInput("column " + toText(std::int64_t{column}), std::move(text), std::move(arguments));
}

Result<Expression> parseExpression(std::string_view text) {
    return Parser(text).all();
}

} // namespace flatline
