#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace flatline {

/// Where a cache line begins.
inline constexpr std::align_val_t cacheLine{64};

template <class T>
struct LineAllocator {
    using value_type = T;
    LineAllocator() = default;
    template <class Other>
    explicit LineAllocator(const LineAllocator<Other>&) {}
    [[nodiscard]] T* allocate(std::size_t count) {
        return static_cast<T*>(::operator new(count * sizeof(T), cacheLine));
    }
    void deallocate(T* values, std::size_t) { ::operator delete(values, cacheLine); }
    friend bool operator==(const LineAllocator&, const LineAllocator&) { return true; }
};
/// A vector of floats from the start of a cache line: wide registers are read and written in one go.
using LineVector = std::vector<float, LineAllocator<float>>;
[[nodiscard]] inline LineVector alignedCopy(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}
[[nodiscard]] inline std::vector<float> plainCopy(const LineVector& values) {
    return {values.begin(), values.end()};
}

/// So many floats, 0 at first, from the start of a cache line.
class AlignedFloats {
public:
    AlignedFloats() = default;
    explicit AlignedFloats(std::size_t count)
        : m_values(static_cast<float*>(::operator new(count * sizeof(float), cacheLine)))
        , m_size(count) {
        std::fill_n(m_values.get(), count, 0.0F);
    }

    [[nodiscard]] float* data() { return m_values.get(); }
    [[nodiscard]] const float* data() const { return m_values.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    struct Free {
        void operator()(float* values) const { ::operator delete(values, cacheLine); }
    };
    std::unique_ptr<float, Free> m_values;
    std::size_t m_size = 0;
};

} // namespace flatline
