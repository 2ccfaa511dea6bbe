#pragma once

#include "core/network/network.h"
#include "core/network/random_gates.h"
#include "core/training/snapshot.h"
#include "ui/charts/plot_content.h"

#include <QString>

namespace flatline {

/// What is taken apart: an activation function and the values that go into it.
struct AnatomySubject {
    const ActivationRow* row = nullptr;
    ActivationParameters parameters; ///< the middle ones of learnt slopes
    Histogram z;
    std::vector<char> passing;  ///< by bar: whether a gradient passes there
    double inactiveShare = 0.0; ///< of z, that on which f′ is exactly 0
    int layer = 0;              ///< from 1; 0: all hidden layers together
};
/// Of one hidden layer (from 1), or of all (0). The snapshot has hidden layers and is diagnosed.
[[nodiscard]] AnatomySubject anatomySubject(const Snapshot& snapshot, int layer);

/// f (or f′) over the distribution of z, with ReLU's beside it. The kink's slope at 0 is a dot.
[[nodiscard]] PlotContent shapeContent(const AnatomySubject& subject, bool derivative);

/// How the function can be put together.
enum class AnatomyParts {
    Residual, ///< straight pieces: the identity, and what bends it
    Gates,    ///< GELU: the mean of gates that open by chance
    Rest,     ///< ReLU, and what is added to it
};
[[nodiscard]] AnatomyParts partsOf(const ActivationRow& row);
/// "f(x) = x + (α − 1)·min(0, x)"
[[nodiscard]] QString partsFormula(const AnatomySubject& subject);
/// The parts and their sum; `gates` only for those.
[[nodiscard]] PlotContent partsContent(const AnatomySubject& subject, const RandomGates& gates);

} // namespace flatline
