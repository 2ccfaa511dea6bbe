#include "core/network/activation.h"

#include "core/base/result.h"
#include "core/network/normal_distribution.h"

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include <array>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

template <class Scalar>
using Array = Eigen::Array<Scalar, Eigen::Dynamic, 1>;
template <class Scalar>
using In = Eigen::Map<const Array<Scalar>>;
template <class Scalar>
using Out = Eigen::Map<Array<Scalar>>;

// Vectorized exp clamps its argument and so turns NaN into a number. Adding 0 * z keeps what is not finite
// visible.

/// exp(-|z|), exactly 0 where the result is below the smallest number: the argument of every sigmoid below.
template <class Scalar>
auto decayed(const In<Scalar>& z) {
    constexpr Scalar vanishes = std::is_same_v<Scalar, float> ? Scalar(104) : Scalar(746);
    return (z.abs() > vanishes).select(Scalar(0), (-z.abs()).exp());
}

struct Identity {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters) {
        f = z;
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters) {
        d = S(1) + S(0) * z;
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        c = S(0) * z;
    }
};

/// s(z) = 1 / (1 + e^-z);  s' = s (1 - s) = e / (1 + e)^2 with e = exp(-|z|), which does not round to 0 too
/// early;  s'' = s' (1 - 2 s) = -sign(z) e (1 - e) / (1 + e)^3
struct Sigmoid {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        f = (z >= S(0)).select(S(1), e) / (S(1) + e) + S(0) * z;
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        d = e / (S(1) + e).square() + S(0) * z;
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        const Array<S> size = e * (S(1) - e) / (S(1) + e).cube() + S(0) * z;
        c = (z > S(0)).select(-size, size);
    }
};

/// tanh' = 1 - tanh^2 = 4 e / (1 + e)^2 with e = exp(-2 |z|);  tanh'' = -2 tanh tanh'
struct Tanh {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters) {
        f = z.tanh() + S(0) * z;
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters) {
        const Array<S> e = decayed<S>(z).square();
        d = S(4) * e / (S(1) + e).square() + S(0) * z;
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        const Array<S> e = decayed<S>(z).square();
        c = S(-8) * z.tanh() * e / (S(1) + e).square() + S(0) * z;
    }
};

/// max(0, z);  1 above 0, 0 below, the chosen slope at 0
struct Relu {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters) {
        for (Eigen::Index i = 0; i < z.size(); ++i)
            f[i] = z[i] <= S(0) ? S(0) : z[i];
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters p) {
        const S atZero = static_cast<S>(p.slopeAtZero);
        for (Eigen::Index i = 0; i < z.size(); ++i)
            d[i] = z[i] < S(0) ? S(0) : (z[i] == S(0) ? atZero : S(1));
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        c = S(0) * z;
    }
};

/// z above 0, alpha z below;  1 above 0, alpha at 0 and below
struct LeakyRelu {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters p) {
        const S alpha = static_cast<S>(p.alpha);
        for (Eigen::Index i = 0; i < z.size(); ++i)
            f[i] = z[i] <= S(0) ? alpha * z[i] : z[i];
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters p) {
        const S alpha = static_cast<S>(p.alpha);
        for (Eigen::Index i = 0; i < z.size(); ++i)
            d[i] = z[i] <= S(0) ? alpha : S(1);
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        c = S(0) * z;
    }
};

/// z above 0, alpha (e^z - 1) below;  1 above 0, alpha e^z at 0 and below;  0 above 0, alpha e^z at 0 and below
struct Elu {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters p) {
        const S alpha = static_cast<S>(p.alpha);
        f = (z > S(0)).select(z, alpha * (-z.abs()).expm1() + S(0) * z);
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters p) {
        const S alpha = static_cast<S>(p.alpha);
        d = (z > S(0)).select(S(1), alpha * decayed<S>(z)) + S(0) * z;
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters p) {
        const S alpha = static_cast<S>(p.alpha);
        c = (z > S(0)).select(S(0), alpha * decayed<S>(z)) + S(0) * z;
    }
};

/// z Phi(z);  Phi(z) + z phi(z);  (2 - z^2) phi(z)
struct Gelu {
    static void value(In<float> z, Out<float> f, ActivationParameters) {
        const Array<double> wide = z.cast<double>();
        f = (wide * normalDistribution(wide)).cast<float>() + 0.0F * z;
    }
    static void derivative(In<float> z, Out<float> d, ActivationParameters) {
        const Array<double> wide = z.cast<double>();
        d = (normalDistribution(wide) + wide * normalDensity(wide)).cast<float>() + 0.0F * z;
    }
    static void value(In<double> z, Out<double> f, ActivationParameters) {
        for (Eigen::Index i = 0; i < z.size(); ++i)
            f[i] = 0.5 * z[i] * std::erfc(-z[i] / std::numbers::sqrt2);
    }
    static void derivative(In<double> z, Out<double> d, ActivationParameters) {
        d = z * normalDensity(z);
        for (Eigen::Index i = 0; i < z.size(); ++i)
            d[i] += 0.5 * std::erfc(-z[i] / std::numbers::sqrt2);
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        const Array<double> wide = z.template cast<double>();
        c = (normalDensity(wide) * (2.0 - wide.square())).template cast<S>() + S(0) * z;
    }
};

/// log(1 + e^z) = max(z, 0) + log(1 + exp(-|z|));  s = 1 / (1 + e^-z);  s'
struct Softplus {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        f = z.max(S(0)) + e.log1p() + S(0) * z;
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters p) {
        Sigmoid::value<S>(z, d, p);
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters p) {
        Sigmoid::derivative<S>(z, c, p);
    }
};

/// z s(z);  s + z s';  s' (2 + z (1 - 2 s)), s the sigmoid
struct Silu {
    template <class S>
    static void value(In<S> z, Out<S> f, ActivationParameters p) {
        const Array<S> input = z; // f may be z
        Sigmoid::value<S>(z, f, p);
        f *= input;
    }
    template <class S>
    static void derivative(In<S> z, Out<S> d, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        d = (z >= S(0)).select(S(1), e) / (S(1) + e) + z * (e / (S(1) + e).square());
    }
    template <class S>
    static void curvature(In<S> z, Out<S> c, ActivationParameters) {
        const Array<S> e = decayed<S>(z);
        c = e / (S(1) + e).square() * (S(2) - z.abs() * ((S(1) - e) / (S(1) + e)));
    }
};

template <class Function, class S>
void valueOf(const S* z, S* out, std::size_t count, ActivationParameters p) {
    const auto n = static_cast<Eigen::Index>(count);
    Function::value(In<S>(z, n), Out<S>(out, n), p);
}

template <class Function, class S>
void derivativeOf(const S* z, S* out, std::size_t count, ActivationParameters p) {
    const auto n = static_cast<Eigen::Index>(count);
    Function::derivative(In<S>(z, n), Out<S>(out, n), p);
}

template <class Function, class S>
void curvatureOf(const S* z, S* out, std::size_t count, ActivationParameters p) {
    const auto n = static_cast<Eigen::Index>(count);
    Function::curvature(In<S>(z, n), Out<S>(out, n), p);
}

template <class Function>
constexpr ElementFunctions<float> single{valueOf<Function, float>, derivativeOf<Function, float>,
                                         curvatureOf<Function, float>};
template <class Function>
constexpr ElementFunctions<double> twice{valueOf<Function, double>, derivativeOf<Function, double>,
                                         curvatureOf<Function, double>};

struct AlphaDefault {
    bool has = false;
    double value = 0.0;
};
enum class Kind { Smooth, ReluWithKink, ReluLike, LearntSlope };

template <class Function>
constexpr ActivationRow row(const char* id, const char* label, const char* formula, const char* derivative,
                            const char* note, Kind kind = Kind::Smooth, AlphaDefault alpha = {}) {
    return {id,
            label,
            formula,
            derivative,
            note,
            alpha.has,
            alpha.value,
            kind == Kind::ReluWithKink,
            kind == Kind::LearntSlope,
            kind != Kind::Smooth,
            single<Function>,
            twice<Function>};
}

const std::array table{
    row<Identity>("identity", FLATLINE_TEXT("Identity"), "f(z) = z", "f′(z) = 1",
                  FLATLINE_TEXT("No bend: the network stays linear, and nothing can die.")),
    row<Sigmoid>("sigmoid", FLATLINE_TEXT("Sigmoid"), "f(z) = 1 / (1 + e⁻ᶻ)", "f′(z) = f (1 − f) ≤ ¼",
                 FLATLINE_TEXT("Never dead, but every layer shrinks the gradient to a quarter or less.")),
    row<Tanh>("tanh", FLATLINE_TEXT("Tanh"), "f(z) = tanh z", "f′(z) = 1 − f²",
              FLATLINE_TEXT("Full slope at 0, next to none where it saturates.")),
    row<Relu>("relu", FLATLINE_TEXT("ReLU"), "f(z) = max(0, z)", "f′(z) = 1 for z > 0, else 0",
              FLATLINE_TEXT("A neuron that is negative on every sample gets no gradient: it is dead."),
              Kind::ReluWithKink),
    row<LeakyRelu>("leaky-relu", FLATLINE_TEXT("Leaky ReLU"), "f(z) = max(z, αz)", "f′(z) = 1 for z > 0, else α",
                   FLATLINE_TEXT("A small slope below 0 keeps every neuron moving."), Kind::ReluLike, {true, 0.01}),
    row<LeakyRelu>("prelu", FLATLINE_TEXT("PReLU"), "f(z) = z for z > 0, else αz", "f′(z) = 1 for z > 0, else α",
                   FLATLINE_TEXT("A leak whose slope each neuron learns, from its negative inputs alone."),
                   Kind::LearntSlope, {true, 0.25}),
    row<Elu>("elu", FLATLINE_TEXT("ELU"), "f(z) = z for z > 0, else α(eᶻ − 1)", "f′(z) = 1 for z > 0, else αeᶻ",
             FLATLINE_TEXT("Does not die but sleeps: far below 0 the slope fades."), Kind::Smooth, {true, 1.0}),
    row<Gelu>("gelu", FLATLINE_TEXT("GELU"), "f(z) = z Φ(z)", "f′(z) = Φ(z) + z φ(z)",
              FLATLINE_TEXT("z times the chance that a standard normal lies below z; exact, by erf.")),
    row<Softplus>("softplus", FLATLINE_TEXT("Softplus"), "f(z) = ln(1 + eᶻ)", "f′(z) = 1 / (1 + e⁻ᶻ)",
                  FLATLINE_TEXT("A smooth ReLU: the slope is small below 0, but not 0.")),
    row<Silu>("silu", FLATLINE_TEXT("SiLU"), "f(z) = z / (1 + e⁻ᶻ)", "f′(z) = s + z s (1 − s), s = 1 / (1 + e⁻ᶻ)",
              FLATLINE_TEXT("The input times its own sigmoid; also called swish.")),
};

} // namespace

std::span<const ActivationRow> activationTable() {
    return table;
}

const ActivationRow* findActivation(std::string_view id) {
    for (const ActivationRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

ActivationParameters activationParameters(const ActivationRow& row, std::optional<double> alpha, double slopeAtZero) {
    return {row.hasAlpha ? alpha.value_or(row.defaultAlpha) : 0.0, row.hasSlopeAtZero ? slopeAtZero : 0.0};
}

} // namespace flatline
