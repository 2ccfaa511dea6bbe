#pragma once

#include "core/settings/settings.h"

#include <cmath>

/// The update rules as PyTorch's documentation writes them, for one parameter, in double: what core's are measured by.
namespace flatline::reference {

struct Memory {
    double first = 0.0;
    double second = 0.0;
    int steps = 0;
};

/// The parameter after a step; lambda: its decay.
inline double sgd(const TrainingSettings& settings, double lambda, double p, double gradient, Memory& memory) {
    const double g = gradient + lambda * p;
    memory.first = settings.momentum * memory.first + g;
    return p - settings.learningRate * memory.first;
}

/// AdamW.
inline double adam(const TrainingSettings& settings, double lambda, double p, double gradient, Memory& memory) {
    ++memory.steps;
    p -= settings.learningRate * lambda * p;
    memory.first = 0.9 * memory.first + 0.1 * gradient;
    memory.second = 0.999 * memory.second + 0.001 * gradient * gradient;
    const double mean = memory.first / (1.0 - std::pow(0.9, memory.steps));
    const double square = memory.second / (1.0 - std::pow(0.999, memory.steps));
    return p - settings.learningRate * mean / (std::sqrt(square) + 1e-8);
}

inline double rmsprop(const TrainingSettings& settings, double lambda, double p, double gradient, Memory& memory) {
    const double g = gradient + lambda * p;
    memory.second = 0.99 * memory.second + 0.01 * g * g;
    return p - settings.learningRate * g / (std::sqrt(memory.second) + 1e-8);
}

inline double update(const TrainingSettings& settings, double lambda, double p, double gradient, Memory& memory) {
    const auto rule = settings.optimizer == "adam" ? adam : (settings.optimizer == "rmsprop" ? rmsprop : sgd);
    return rule(settings, lambda, p, gradient, memory);
}

} // namespace flatline::reference
