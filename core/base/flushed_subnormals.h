#pragma once

#if defined(__SSE2__) || defined(_M_X64)
#define FLATLINE_FLUSHES_BY_SSE
#include <xmmintrin.h>
#elif defined(__aarch64__) && defined(__GNUC__)
#define FLATLINE_FLUSHES_BY_FPCR
#include <cstdint>
#endif

namespace flatline {

/// While one of these lives, the thread that made it takes numbers below 1.2e-38 (subnormal ones, of float) for 0,
/// where the machine can: with them many processors are a hundred times slower. They are what gradients fade into at
/// the end of a training that went well, and far below the rounding of any parameter. Costs a few cycles; what was the
/// rule before is so again at the end. The guarded place: elsewhere it does nothing.
class FlushedSubnormals {
public:
    FlushedSubnormals() { set(m_before | flush); }
    ~FlushedSubnormals() { set(m_before); }
    FlushedSubnormals(const FlushedSubnormals&) = delete;
    FlushedSubnormals& operator=(const FlushedSubnormals&) = delete;
    FlushedSubnormals(FlushedSubnormals&&) = delete;
    FlushedSubnormals& operator=(FlushedSubnormals&&) = delete;

    static constexpr bool works() { return flush != 0; }

private:
#if defined(FLATLINE_FLUSHES_BY_SSE)
    using Control = unsigned;
    static constexpr Control flush = 0x8040; ///< results, and what is read
    static Control get() {
        return _mm_getcsr();
    }
    static void set(Control control) {
        _mm_setcsr(control);
    }
#elif defined(FLATLINE_FLUSHES_BY_FPCR)
    using Control = std::uint64_t;
    static constexpr Control flush = 1U << 24U;
    static Control get() {
        Control control = 0;
        __asm__ volatile("mrs %0, fpcr" : "=r"(control));
        return control;
    }
    static void set(Control control) {
        __asm__ volatile("msr fpcr, %0" : : "r"(control) : "memory");
    }
#else
    using Control = unsigned;
    static constexpr Control flush = 0;
    static Control get() {
        return 0;
    }
    static void set(Control) {}
#endif
    Control m_before = get();
};

} // namespace flatline
