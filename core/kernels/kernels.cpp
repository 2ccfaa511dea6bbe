#include "core/kernels/kernels.h"

#include "core/kernels/instruction_sets.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#if defined(FLATLINE_X86) && defined(_MSC_VER)
#include <intrin.h>
#endif

namespace flatline::kernels {
namespace {

#if defined(FLATLINE_X86)
#if defined(FLATLINE_AVX2_ALONE)
constexpr bool avx2Alone = true; // the others are not compiled
#else
constexpr bool avx2Alone = false;
#endif
#if defined(_MSC_VER)
/// Whether leaf 7 says so of all these bits, and the system saves those registers.
bool machineHas(int features, unsigned long long registers) {
    int leaf[4];
    __cpuid(leaf, 1);
    constexpr int fma = 1 << 12, saves = 1 << 27;
    if ((leaf[2] & fma) == 0 || (leaf[2] & saves) == 0 || (_xgetbv(0) & registers) != registers)
        return false;
    __cpuidex(leaf, 7, 0);
    return (leaf[1] & features) == features;
}
bool machineHasAvx2() {
    return machineHas(1 << 5, 0x6);
}
bool machineHasAvx512() {
    constexpr int foundation = 1 << 16, doubleAndQuad = 1 << 17, shorter = static_cast<int>(1U << 31U);
    return machineHasAvx2() && machineHas(foundation | doubleAndQuad | shorter, 0xE6);
}
#else
bool machineHasAvx2() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
bool machineHasAvx512() {
    return machineHasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}
#endif

Kernels withAvx512() {
    Kernels kernels = avx2;
    kernels.id = "avx512";
    kernels.name = "AVX-512, AVX2 and FMA";
    kernels.product = avx512Wide.product;
    kernels.batch.gradient = avx512Wide.gradient;
    kernels.batch.bySamples = avx512Wide.bySamples;
    kernels.batch.eightWide = avx512Wide.eightWide;
    kernels.draws.philox = avx512Wide.philox;
    kernels.draws.shuffle = avx512Wide.shuffle;
    kernels.updates.sgd = avx512Wide.sgd;
    kernels.updates.momentum = avx512Wide.momentum;
    kernels.activations = avx512Wide.activations;
    kernels.dots = avx512Wide.dots;
    return kernels;
}
#endif

std::vector<const Kernels*> availableHere() {
    std::vector<const Kernels*> result;
#if defined(FLATLINE_X86)
    if constexpr (!avx2Alone) {
        static const Kernels avx512 = withAvx512();
        if (machineHasAvx512())
            result.push_back(&avx512);
    }
    if (machineHasAvx2())
        result.push_back(&avx2);
    if constexpr (!avx2Alone)
        result.push_back(&sse2);
#endif
    result.push_back(&portable);
    return result;
}

const Kernels& choose() {
    const char* wish = std::getenv("FLATLINE_KERNELS");
    if (wish == nullptr || *wish == '\0')
        return *available().front();
    if (const Kernels* named = find(wish))
        return *named;
    std::string known;
    for (const Kernels* kernels : available())
        known += std::string(known.empty() ? "" : ", ") + kernels->id;
    std::fprintf(stderr, "FLATLINE_KERNELS: '%s' is not available here; there are %s. Using '%s'.\n", wish,
                 known.c_str(), available().front()->id);
    return *available().front();
}

} // namespace

std::span<const Kernels* const> available() {
    static const std::vector<const Kernels*> kernels = availableHere();
    return kernels;
}

const Kernels* find(std::string_view id) {
    for (const Kernels* kernels : available())
        if (id == kernels->id)
            return kernels;
    return nullptr;
}

const Kernels& chosen() {
    static const Kernels& kernels = choose();
    return kernels;
}

} // namespace flatline::kernels
