#pragma once

#include "core/base/random.h"
#include "core/data/dataset.h"
#include "core/network/network.h"

#include <vector>

/// A random network of three hidden layers and its samples: for tests of bounds on how far z moves.
namespace flatline::bounds {

struct Case {
    NetworkSpec spec;
    Split split;
    std::vector<float> parameters;
};

inline Case drawCase(BatchNorm norm, const char* activation, RandomStream& stream) {
    Case c;
    c.spec.inputs = 2;
    c.spec.hidden = {6, 5, 7};
    c.spec.outputs = 1;
    c.spec.activation = findActivation(activation);
    c.spec.activationParameters = activationParameters(*c.spec.activation, std::nullopt, 0.0);
    c.spec.objective = findObjective("linear");
    c.spec.batchNorm = norm;
    const Layout layout = layoutOf(c.spec);
    c.parameters.resize(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            c.parameters[i] = static_cast<float>(block.kind == BlockKind::RunningVariance ? stream.uniform(0.3, 3.0)
                                                                                          : stream.normal());
    c.split.features.resize(40, 2);
    for (float& x : c.split.features.reshaped())
        x = static_cast<float>(stream.normal());
    c.split.targets.values = Batch<float>::Zero(40, 1);
    return c;
}

} // namespace flatline::bounds
