#include <Eigen/Core>

#include <benchmark/benchmark.h>
#include <immintrin.h>
#include <string>

// What this machine can do: fused multiply-adds in registers alone, and Eigen's own products at the workloads' sizes.
// Compiled for AVX2 and FMA; one thread; flops a second. The wide peak is AVX-512's.

namespace {

/// Twelve sums, so that none waits for itself: two units with a latency of four to five cycles need ten.
void peak(benchmark::State& state) {
    constexpr int sums = 12;
    constexpr int turns = 4096;
    __m256 sum[sums];
    for (int i = 0; i < sums; ++i)
        sum[i] = _mm256_set1_ps(static_cast<float>(i));
    __m256 a = _mm256_set1_ps(0.999F);
    __m256 b = _mm256_set1_ps(0.001F);
    benchmark::DoNotOptimize(a);
    benchmark::DoNotOptimize(b);
    for (auto _ : state) {
        for (int turn = 0; turn < turns; ++turn)
            for (int i = 0; i < sums; ++i) // NOLINT: unrolled by the compiler
                sum[i] = _mm256_fmadd_ps(sum[i], a, b);
        for (int i = 0; i < sums; ++i)
            benchmark::DoNotOptimize(sum[i]);
    }
    state.counters["flops"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * turns * sums * 8 * 2, benchmark::Counter::kIsRate);
}

#if defined(__GNUC__)
__attribute__((target("avx512f"))) void wideTurns(benchmark::State& state, int turns) {
    constexpr int sums = 12;
    __m512 sum[sums];
    for (int i = 0; i < sums; ++i)
        sum[i] = _mm512_set1_ps(static_cast<float>(i));
    __m512 a = _mm512_set1_ps(0.999F);
    __m512 b = _mm512_set1_ps(0.001F);
    benchmark::DoNotOptimize(a);
    benchmark::DoNotOptimize(b);
    for (auto _ : state) {
        for (int turn = 0; turn < turns; ++turn)
            for (int i = 0; i < sums; ++i) // NOLINT: unrolled by the compiler
                sum[i] = _mm512_fmadd_ps(sum[i], a, b);
        for (int i = 0; i < sums; ++i)
            benchmark::DoNotOptimize(sum[i]);
    }
    state.counters["flops"] = benchmark::Counter(static_cast<double>(state.iterations()) * turns * sums * 16 * 2,
                                                 benchmark::Counter::kIsRate);
}
void widePeak(benchmark::State& state) {
    wideTurns(state, 4096);
}
#endif

/// C(m, n) = A(m, k) B(k, n), all column-major.
void product(benchmark::State& state, int m, int n, int k) {
    const Eigen::MatrixXf a = Eigen::MatrixXf::Random(m, k);
    const Eigen::MatrixXf b = Eigen::MatrixXf::Random(k, n);
    Eigen::MatrixXf c(m, n);
    for (auto _ : state) {
        c.noalias() = a * b;
        benchmark::DoNotOptimize(c.data());
        benchmark::ClobberMemory();
    }
    state.counters["flops"] =
        benchmark::Counter(2.0 * m * n * k * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

struct Size {
    const char* workload;
    int m, n, k;
};

} // namespace

int main(int argc, char** argv) {
    benchmark::RegisterBenchmark("peak", peak);
#if defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f"))
        benchmark::RegisterBenchmark("wide peak", widePeak);
#endif
    for (const Size& size :
         {Size{"W1", 8, 10, 8}, Size{"W2", 32, 32, 32}, Size{"W3", 256, 64, 256}, Size{"square", 1024, 1024, 1024}}) {
        const std::string name = std::string("product/") + size.workload + "/" + std::to_string(size.m) + "x" +
                                 std::to_string(size.n) + "x" + std::to_string(size.k);
        benchmark::RegisterBenchmark(name.c_str(), product, size.m, size.n, size.k);
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
