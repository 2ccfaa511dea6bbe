#include "core/network/initialization.h"

#include "core/base/random.h"
#include "core/base/result.h"

#include <array>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

double heVariance(int fanIn, int) {
    return 2.0 / fanIn;
}
double xavierVariance(int fanIn, int fanOut) {
    return 2.0 / (fanIn + fanOut);
}
double lecunVariance(int fanIn, int) {
    return 1.0 / fanIn;
}
double halfVariance(int, int) {
    return 1.0 / 12.0;
} // uniform on -0.5 .. 0.5
double noVariance(int, int) {
    return 0.0;
}

const std::array table{
    InitializationRow{"he-normal", FLATLINE_TEXT("He normal"), "N(0, 2 / fan_in)", true, heVariance},
    InitializationRow{"he-uniform", FLATLINE_TEXT("He uniform"), "U(±√(6 / fan_in))", false, heVariance},
    InitializationRow{"xavier-normal", FLATLINE_TEXT("Xavier normal"), "N(0, 2 / (fan_in + fan_out))", true,
                      xavierVariance},
    InitializationRow{"xavier-uniform", FLATLINE_TEXT("Xavier uniform"), "U(±√(6 / (fan_in + fan_out)))", false,
                      xavierVariance},
    InitializationRow{"lecun-normal", FLATLINE_TEXT("LeCun normal"), "N(0, 1 / fan_in)", true, lecunVariance},
    InitializationRow{"uniform", FLATLINE_TEXT("Uniform ±0.5"), "U(±0.5)", false, halfVariance},
    InitializationRow{"zeros", FLATLINE_TEXT("Zeros"), "0", true, noVariance},
};

} // namespace

std::span<const InitializationRow> initializationTable() {
    return table;
}

const InitializationRow* findInitialization(std::string_view id) {
    for (const InitializationRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

std::vector<float> initialParameters(const Layout& layout, const InitializationSettings& settings, std::int64_t seed) {
    const InitializationRow* row = findInitialization(settings.weights);
    assert(row != nullptr);
    std::vector<float> parameters(layout.size());
    for (const Block& block : layout.blocks()) {
        float* values = parameters.data() + block.offset;
        if (block.kind == BlockKind::Bias) {
            std::fill_n(values, block.size(), static_cast<float>(settings.bias));
            continue;
        }
        RandomStream stream(static_cast<std::uint64_t>(seed), StreamId::Initialization,
                            static_cast<std::uint32_t>(block.layer));
        const double deviation = std::sqrt(row->variance(block.columns, block.rows)) * settings.gain;
        const double half = std::sqrt(3.0) * deviation; // a uniform on +-half has that deviation
        for (std::size_t i = 0; i < block.size(); ++i)
            values[i] = static_cast<float>(row->normal ? deviation * stream.normal() : stream.uniform(-half, half));
    }
    return parameters;
}

} // namespace flatline
