#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// What a claim measures, as a tree. The language is small:
///   numbers            0.5   1e-4
///   + - * / ( )        with their usual precedence; a - before a term
///   FUNCTION(x, ...)   of numbers, of a run's quantity at all steps, or of runs
///   RUN.NAME           a quantity of a run at its end
///   RUN.NAME@STEP      the same when it had taken so many steps
///   RUN                a run as a whole, where a function asks for one
/// The tree says nothing yet of whether there are such runs, quantities and functions: Measure looks them up.
struct Expression {
    enum class Kind { Number, Quantity, Run, Call };
    Kind kind = Kind::Number;
    double number = 0.0;
    std::string name; ///< of a quantity or function; operators are the functions "+", "-", "*", "/"
    std::string run;  ///< of a quantity or run
    std::optional<std::int64_t> step = {};  ///< of a quantity; nothing: the end
    std::vector<Expression> arguments = {}; ///< of a call; "-" has one or two
    int column = 1;                         ///< where it begins in the text, from 1; of an operator its sign
    bool operator==(const Expression&) const = default;
};

/// Errors: BadInput, `where` the column ("column 7"), the message what is wrong there and what would be right.
[[nodiscard]] Result<Expression> parseExpression(std::string_view text);

/// An error at a place of the text.
[[nodiscard]] Error expressionError(int column, std::string text, std::vector<std::string> arguments = {});

} // namespace flatline
