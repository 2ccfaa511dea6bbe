#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace flatline {

/// So many floats, 0 at first, from the start of a cache line.
class AlignedFloats {
public:
    AlignedFloats() = default;
    explicit AlignedFloats(std::size_t count)
        : m_values(static_cast<float*>(::operator new(count * sizeof(float), line)))
        , m_size(count) {
        std::fill_n(m_values.get(), count, 0.0F);
    }

    [[nodiscard]] float* data() { return m_values.get(); }
    [[nodiscard]] const float* data() const { return m_values.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    static constexpr std::align_val_t line{64};
    struct Free {
        void operator()(float* values) const { ::operator delete(values, line); }
    };
    std::unique_ptr<float, Free> m_values;
    std::size_t m_size = 0;
};

} // namespace flatline
