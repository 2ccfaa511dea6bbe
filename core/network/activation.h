#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace flatline {

/// The live figures of an activation function.
struct ActivationParameters {
    double alpha = 0.0;
    double slopeAtZero = 0.0;
    bool operator==(const ActivationParameters&) const = default;
};

/// f, f' and f'' over an array: out[i] = f(z[i]). z and out do not overlap or are the same. NaN in gives NaN out.
/// f'' is 0 on straight pieces and at their kinks.
template <class Scalar>
struct ElementFunctions {
    using Function = void (*)(const Scalar* z, Scalar* out, std::size_t count, ActivationParameters);
    Function value;
    Function derivative;
    Function curvature;
};

/// One activation function. A new one is a new row in activation.cpp; the combo box, the curve in the
/// histogram view, the command line and the tests iterate the table.
struct ActivationRow {
    const char* id;    ///< the contract's name
    const char* label; ///< translatable
    const char* formula;
    const char* derivativeFormula;
    const char* note; ///< translatable: one sentence on what it means for dying
    bool hasAlpha;
    double defaultAlpha; ///< where slopes are learnt: at which they start
    bool hasSlopeAtZero;
    bool learntSlope; ///< each neuron learns its own alpha: a block of the parameters
    bool reluLike;    ///< two straight pieces that meet at 0: margin and 'at risk' have a meaning
    ElementFunctions<float> single;
    ElementFunctions<double> twice; ///< the same in double, for derivative checks

    template <class Scalar>
    [[nodiscard]] const ElementFunctions<Scalar>& functions() const {
        if constexpr (std::is_same_v<Scalar, float>)
            return single;
        else
            return twice;
    }
};

[[nodiscard]] std::span<const ActivationRow> activationTable();
[[nodiscard]] const ActivationRow* findActivation(std::string_view id);

/// alpha where it is given, else the activation's own default.
[[nodiscard]] ActivationParameters activationParameters(const ActivationRow& row, std::optional<double> alpha,
                                                        double slopeAtZero);

} // namespace flatline
