#pragma once

#include "core/kernels/code/inline.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace flatline::kernels {

/// Four floats without the names of any machine's instructions: what serves where there are no kernels of its own. GCC
/// and Clang have vectors that they turn into the machine's; elsewhere it is an array. Gives the same bits as Sse2. See
/// Avx2 for the names.
struct Portable {
#if defined(__GNUC__)
    typedef float Floats __attribute__((vector_size(16)));
    typedef std::int32_t Ints __attribute__((vector_size(16)));
#else
    typedef float Floats[4];
    typedef std::int32_t Ints[4];
#endif
    struct F {
        Floats x;
    };
    struct I {
        Ints x;
    };
    static constexpr int lanes = 4;
    static constexpr int registers = 16;

    template <class To, class From>
    static FLATLINE_INLINE To cast(From a) {
        To result;
        std::memcpy(&result, &a, sizeof(result));
        return result;
    }
    static FLATLINE_INLINE F of(float a, float b, float c, float d) {
        const float lane[4] = {a, b, c, d};
        return load(lane);
    }
    template <class Function>
    static FLATLINE_INLINE F each(Function function) {
        return of(function(0), function(1), function(2), function(3));
    }
    template <class Function>
    static FLATLINE_INLINE I eachInt(Function function) {
        const std::int32_t lane[4] = {function(0), function(1), function(2), function(3)};
        return loadInt(lane);
    }
    /// operation(a, b), written for numbers, of all lanes.
    template <class Operation>
    static FLATLINE_INLINE F both(F a, F b, Operation operation) {
#if defined(__GNUC__)
        return {operation(a.x, b.x)};
#else
        return each([&](int i) { return operation(a.x[i], b.x[i]); });
#endif
    }
    template <class Operation>
    static FLATLINE_INLINE I bothInt(I a, I b, Operation operation) {
#if defined(__GNUC__)
        return {operation(a.x, b.x)};
#else
        return eachInt([&](int i) { return operation(a.x[i], b.x[i]); });
#endif
    }
    template <class Operation>
    static FLATLINE_INLINE F compare(F a, F b, Operation operation) {
#if defined(__GNUC__)
        return asFloat({operation(a.x, b.x)});
#else
        return mask([&](int i) { return operation(a.x[i], b.x[i]); });
#endif
    }
    template <class Function>
    static FLATLINE_INLINE F mask(Function function) {
        return asFloat(eachInt([&](int i) { return function(i) ? -1 : 0; }));
    }

    static FLATLINE_INLINE F zero() {
        return all(0.0F);
    }
    static FLATLINE_INLINE F all(float x) {
        return of(x, x, x, x);
    }
    static FLATLINE_INLINE F broadcast(const float* p) {
        return all(*p);
    }
    static FLATLINE_INLINE F load(const float* p) {
        F result;
        std::memcpy(&result.x, p, sizeof(result.x));
        return result;
    }
    static FLATLINE_INLINE void store(float* p, F x) {
        std::memcpy(p, &x.x, sizeof(x.x));
    }
    static FLATLINE_INLINE F add(F a, F b) {
        return both(a, b, [](auto p, auto q) { return p + q; });
    }
    static FLATLINE_INLINE F sub(F a, F b) {
        return both(a, b, [](auto p, auto q) { return p - q; });
    }
    static FLATLINE_INLINE F mul(F a, F b) {
        return both(a, b, [](auto p, auto q) { return p * q; });
    }
    static FLATLINE_INLINE F div(F a, F b) {
        return both(a, b, [](auto p, auto q) { return p / q; });
    }
    static FLATLINE_INLINE F sqrt(F a) {
        return each([&](int i) { return std::sqrt(a.x[i]); });
    }
    static FLATLINE_INLINE F fma(F a, F b, F c) {
        return add(mul(a, b), c);
    }
    static FLATLINE_INLINE F min(F a, F b) {
        return select(less(a, b), a, b);
    }
    static FLATLINE_INLINE F max(F a, F b) {
        return select(greater(a, b), a, b);
    }
    static FLATLINE_INLINE F abs(F a) {
        return bitAnd(a, asFloat(allInt(INT32_MAX)));
    }
    static FLATLINE_INLINE F neg(F a) {
        return asFloat(bothInt(asInt(a), allInt(INT32_MIN), [](auto p, auto q) { return p ^ q; }));
    }
    static FLATLINE_INLINE F bitAnd(F a, F b) {
        return asFloat(bothInt(asInt(a), asInt(b), [](auto p, auto q) { return p & q; }));
    }
    static FLATLINE_INLINE F bitOr(F a, F b) {
        return asFloat(bothInt(asInt(a), asInt(b), [](auto p, auto q) { return p | q; }));
    }
    static FLATLINE_INLINE F bitAndNot(F m, F a) {
        return asFloat(bothInt(asInt(m), asInt(a), [](auto p, auto q) { return ~p & q; }));
    }
    static FLATLINE_INLINE F less(F a, F b) {
        return compare(a, b, [](auto p, auto q) { return p < q; });
    }
    static FLATLINE_INLINE F lessEqual(F a, F b) {
        return compare(a, b, [](auto p, auto q) { return p <= q; });
    }
    static FLATLINE_INLINE F greater(F a, F b) {
        return compare(a, b, [](auto p, auto q) { return p > q; });
    }
    static FLATLINE_INLINE F equal(F a, F b) {
        return compare(a, b, [](auto p, auto q) { return p == q; });
    }
    static FLATLINE_INLINE F whereAbove0(F a, F b) {
        return bitAnd(a, greater(b, zero()));
    }
    static FLATLINE_INLINE void lowerInto(float* lowest, F x) {
        store(lowest, min(x, load(lowest)));
    }
    static FLATLINE_INLINE F select(F m, F a, F b) {
        return bitOr(bitAnd(m, a), bitAndNot(m, b));
    }
    static FLATLINE_INLINE unsigned bits(F m) {
        const I p = asInt(m);
        unsigned result = 0;
        for (int i = 0; i < lanes; ++i)
            result |= p.x[i] < 0 ? 1U << static_cast<unsigned>(i) : 0U;
        return result;
    }

    static FLATLINE_INLINE I allInt(std::int32_t x) {
        return eachInt([&](int) { return x; });
    }
    static FLATLINE_INLINE I loadInt(const std::int32_t* p) {
        I result;
        std::memcpy(&result.x, p, sizeof(result.x));
        return result;
    }
    static FLATLINE_INLINE void storeInt(std::int32_t* p, I x) {
        std::memcpy(p, &x.x, sizeof(x.x));
    }
    static FLATLINE_INLINE I addInt(I a, I b) { // as unsigned: wraps round
        return eachInt([&](int i) {
            return static_cast<std::int32_t>(static_cast<std::uint32_t>(a.x[i]) + static_cast<std::uint32_t>(b.x[i]));
        });
    }
    static FLATLINE_INLINE I subInt(I a, I b) {
        return eachInt([&](int i) {
            return static_cast<std::int32_t>(static_cast<std::uint32_t>(a.x[i]) - static_cast<std::uint32_t>(b.x[i]));
        });
    }
    static FLATLINE_INLINE I equalInt(I a, I b) {
        return eachInt([&](int i) { return a.x[i] == b.x[i] ? -1 : 0; });
    }
    template <int Bits>
    static FLATLINE_INLINE I shiftLeft(I a) {
        return eachInt([&](int i) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(a.x[i]) << Bits); });
    }
    template <int Bits>
    static FLATLINE_INLINE I shiftRight(I a) {
        return eachInt([&](int i) { return a.x[i] >> Bits; });
    }
    /// What does not fit becomes the smallest number, as on x86.
    static FLATLINE_INLINE I toInt(F a) {
        const F shift = all(12582912.0F); // 1.5 * 2^23: beside it a float has no digits after the point left
        if (bits(lessEqual(abs(a), all(4194304.0F))) == 15U)
            return subInt(asInt(add(a, shift)), asInt(shift));
        return eachInt([&](int i) {
            const float rounded = std::nearbyint(a.x[i]);
            return rounded >= -2147483648.0F && rounded < 2147483648.0F ? static_cast<std::int32_t>(rounded)
                                                                        : INT32_MIN;
        });
    }
    static FLATLINE_INLINE I truncate(F a) {
        return eachInt([&](int i) {
            return a.x[i] >= -2147483648.0F && a.x[i] < 2147483648.0F ? static_cast<std::int32_t>(a.x[i]) : INT32_MIN;
        });
    }
    static FLATLINE_INLINE F toFloat(I a) {
        return each([&](int i) { return static_cast<float>(a.x[i]); });
    }
    static FLATLINE_INLINE I asInt(F a) {
        return cast<I>(a);
    }
    static FLATLINE_INLINE F asFloat(I a) {
        return cast<F>(a);
    }
    static FLATLINE_INLINE void keep(F&) {}

    static FLATLINE_INLINE void transposeBlock(const float* from, std::ptrdiff_t fromStride, int rows, float* to,
                                               std::ptrdiff_t toStride, int columns) {
        for (int i = 0; i < columns; ++i)
            for (int j = 0; j < 8; ++j)
                to[i * toStride + j] = j < rows ? from[j * fromStride + i] : 0.0F;
    }
    static FLATLINE_INLINE F loadSome(const float* p, int count) {
        return each([&](int i) { return i < count ? p[i] : 0.0F; });
    }
    static FLATLINE_INLINE void storeSome(float* p, F x, int count) {
        for (int i = 0; i < lanes && i < count; ++i)
            p[i] = x.x[i];
    }

    static FLATLINE_INLINE float sum(F a) {
        return (a.x[0] + a.x[2]) + (a.x[1] + a.x[3]);
    }

    static FLATLINE_INLINE void sums4(F a, F b, F c, F d, float* to) {
        store(to, of(sum(a), sum(b), sum(c), sum(d)));
    }

    struct D {
        double x[2];
    };
    static constexpr int doubleLanes = 2;
    static FLATLINE_INLINE D zeroDouble() {
        return {};
    }
    static FLATLINE_INLINE D allDouble(double x) {
        return {{x, x}};
    }
    static FLATLINE_INLINE D loadDouble(const double* p) {
        return {{p[0], p[1]}};
    }
    static FLATLINE_INLINE void storeDouble(double* p, D x) {
        std::memcpy(p, x.x, sizeof(x.x));
    }
    static FLATLINE_INLINE D low(F a) {
        return {{static_cast<double>(a.x[0]), static_cast<double>(a.x[1])}};
    }
    static FLATLINE_INLINE D high(F a) {
        return {{static_cast<double>(a.x[2]), static_cast<double>(a.x[3])}};
    }
    static FLATLINE_INLINE F narrow(D low, D high) {
        return of(static_cast<float>(low.x[0]), static_cast<float>(low.x[1]), static_cast<float>(high.x[0]),
                  static_cast<float>(high.x[1]));
    }
    static FLATLINE_INLINE D addDouble(D a, D b) {
        return {{a.x[0] + b.x[0], a.x[1] + b.x[1]}};
    }
    static FLATLINE_INLINE D subDouble(D a, D b) {
        return {{a.x[0] - b.x[0], a.x[1] - b.x[1]}};
    }
    static FLATLINE_INLINE D mulDouble(D a, D b) {
        return {{a.x[0] * b.x[0], a.x[1] * b.x[1]}};
    }
    static FLATLINE_INLINE D divDouble(D a, D b) {
        return {{a.x[0] / b.x[0], a.x[1] / b.x[1]}};
    }
    static FLATLINE_INLINE D fmaDouble(D a, D b, D c) {
        return addDouble(mulDouble(a, b), c);
    }
    static FLATLINE_INLINE D lowBitsAsPower(D a) {
        std::uint64_t bits[2];
        std::memcpy(bits, &a, sizeof(bits));
        bits[0] <<= 52U;
        bits[1] <<= 52U;
        std::memcpy(&a, bits, sizeof(bits));
        return a;
    }
    static FLATLINE_INLINE D minDouble(D a, D b) {
        return {{a.x[0] < b.x[0] ? a.x[0] : b.x[0], a.x[1] < b.x[1] ? a.x[1] : b.x[1]}};
    }

    struct U {
        std::uint64_t x[2];
    };
    static constexpr int wideLanes = 2;
    static FLATLINE_INLINE U allWide(std::uint64_t x) {
        return {{x, x}};
    }
    static FLATLINE_INLINE U countWide(std::uint64_t first) {
        return {{first, first + 1}};
    }
    static FLATLINE_INLINE U addWide(U a, U b) {
        return {{a.x[0] + b.x[0], a.x[1] + b.x[1]}};
    }
    static FLATLINE_INLINE U mulWide(U a, U b) {
        constexpr std::uint64_t low = 0xFFFFFFFFU;
        return {{(a.x[0] & low) * (b.x[0] & low), (a.x[1] & low) * (b.x[1] & low)}};
    }
    static FLATLINE_INLINE U highWords(U a) {
        return {{a.x[0] >> 32U, a.x[1] >> 32U}};
    }
    static FLATLINE_INLINE U xorWide(U a, U b) {
        return {{a.x[0] ^ b.x[0], a.x[1] ^ b.x[1]}};
    }
    static FLATLINE_INLINE void storeWords(std::uint32_t* p, U a, U b, U c, U d) {
        for (int i = 0; i < 2; ++i) {
            p[4 * i] = static_cast<std::uint32_t>(a.x[i]);
            p[4 * i + 1] = static_cast<std::uint32_t>(b.x[i]);
            p[4 * i + 2] = static_cast<std::uint32_t>(c.x[i]);
            p[4 * i + 3] = static_cast<std::uint32_t>(d.x[i]);
        }
    }
    template <int Place, int Shift>
    static FLATLINE_INLINE D ofPairs(const std::uint32_t* p) {
        return {{static_cast<double>(p[Place] >> Shift), static_cast<double>(p[Place + 2] >> Shift)}};
    }
};

} // namespace flatline::kernels
