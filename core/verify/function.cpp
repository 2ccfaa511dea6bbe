#include "core/verify/function.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t any = 100; // arguments: as many as one likes

using Values = std::span<const double>;

/// NaN where one of them is: what is not known does not count as small.
template <class Better>
double best(Values values, Better better) {
    double result = values.empty() ? none : values.front();
    for (const double value : values)
        if (std::isnan(value))
            return none;
        else if (better(value, result))
            result = value;
    return result;
}
double least(Values values) {
    return best(values, std::less<>());
}
double greatest(Values values) {
    return best(values, std::greater<>());
}

template <class Holds>
double firstStep(Values values, Holds holds) {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isnan(values[i]))
            return none;
        else if (holds(values[i]))
            return static_cast<double>(i);
    return std::numeric_limits<double>::infinity();
}

constexpr std::array numberFunctions{
    NumberFunction{"abs", "abs(x)", FLATLINE_TEXT("without its sign"), 1, 1, [](Values x) { return std::abs(x[0]); }},
    NumberFunction{"min", "min(x, y, …)", FLATLINE_TEXT("the least of them"), 1, any, least},
    NumberFunction{"max", "max(x, y, …)", FLATLINE_TEXT("the greatest of them"), 1, any, greatest},
    NumberFunction{"sqrt", "sqrt(x)", FLATLINE_TEXT("square root"), 1, 1, [](Values x) { return std::sqrt(x[0]); }},
    NumberFunction{"log", "log(x)", FLATLINE_TEXT("natural logarithm"), 1, 1, [](Values x) { return std::log(x[0]); }},
    NumberFunction{"exp", "exp(x)", FLATLINE_TEXT("exponential function"), 1, 1,
                   [](Values x) { return std::exp(x[0]); }},
    NumberFunction{"pow", "pow(x, y)", FLATLINE_TEXT("x to the power of y"), 2, 2,
                   [](Values x) { return std::pow(x[0], x[1]); }},
};

constexpr std::array stepsFunctions{
    StepsFunction{"highest", "highest(RUN.NAME)", FLATLINE_TEXT("the greatest value of all steps"), 0,
                  [](Values values, Values) { return greatest(values); }},
    StepsFunction{"lowest", "lowest(RUN.NAME)", FLATLINE_TEXT("the least value of all steps"), 0,
                  [](Values values, Values) { return least(values); }},
    StepsFunction{
        "first_below", "first_below(RUN.NAME, x)",
        FLATLINE_TEXT("the first step at which it is below x; infinite where it never is"), 1,
        [](Values values, Values x) { return firstStep(values, [&](double value) { return value < x[0]; }); }},
    StepsFunction{
        "first_above", "first_above(RUN.NAME, x)",
        FLATLINE_TEXT("the first step at which it is above x; infinite where it never is"), 1,
        [](Values values, Values x) { return firstStep(values, [&](double value) { return value > x[0]; }); }},
};

} // namespace

std::span<const NumberFunction> numberFunctionTable() {
    return numberFunctions;
}

std::span<const StepsFunction> stepsFunctionTable() {
    return stepsFunctions;
}

} // namespace flatline
