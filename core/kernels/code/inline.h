#pragma once

#if defined(_MSC_VER) && !defined(__clang__)
#define FLATLINE_INLINE __forceinline
#define FLATLINE_APART __declspec(noinline)
#define FLATLINE_INLINE_LAMBDA
#define FLATLINE_SOON_WRITTEN(address) (void)(address)
#else
#define FLATLINE_INLINE inline __attribute__((always_inline))
#define FLATLINE_APART __attribute__((noinline))
#define FLATLINE_INLINE_LAMBDA __attribute__((always_inline))
#define FLATLINE_SOON_WRITTEN(address) __builtin_prefetch(address, 1)
#endif

namespace flatline::kernels {

/// From here on the compiler does not know where it came from, and makes it of nothing else.
FLATLINE_INLINE void keepPointer([[maybe_unused]] const float*& p) {
#if defined(__GNUC__)
    __asm__("" : "+r"(p));
#endif
}
/// Nor how large it can be: loops over it stay loops.
FLATLINE_INLINE void keepNumber([[maybe_unused]] int& n) {
#if defined(__GNUC__)
    __asm__("" : "+r"(n));
#endif
}

template <int I>
struct Index {
    static constexpr int value = I;
    constexpr operator int() const { return I; } // NOLINT(google-explicit-constructor): it is that number
};

/// body(Index<0>), body(Index<1>), ... : a loop without a counter, so that what it indexes stays in registers.
template <int Count, int From = 0, class Body>
FLATLINE_INLINE void unrolled(const Body& body) {
    if constexpr (From < Count) {
        body(Index<From>{});
        unrolled<Count, From + 1>(body);
    }
}

} // namespace flatline::kernels
